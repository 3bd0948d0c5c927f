//! The parser of Digest challenges.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| dbplane::fuzzing::challenge(data));
