//! The end of a list, whatever its pages.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| dbplane::fuzzing::items(data));
