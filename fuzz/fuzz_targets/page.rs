//! The readers of vendors' pages.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Ok(page) = dbplane_pages::read("page", data) {
        let _ = dbplane_pages::facts::digest(&page);
        let _ = dbplane_pages::check(&page, &[]);
    }
});
