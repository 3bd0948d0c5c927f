//! The tolerant decoder of responses.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| dbplane::fuzzing::response(data));
