//! The parsers of profile files.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| dbplane::fuzzing::profile(data));
