//! The walk in CONTRIBUTING.md: what it shows is what the check says of its page.

#![allow(clippy::unwrap_used)] // tests; clippy does not know their helpers

use std::path::Path;

use dbplane_pages::lock::Lock;
use dbplane_pages::{Format, deviations, report, review};

/// Without the numbers of lines in specs, which other changes move.
fn unnumbered(text: &str) -> String {
    let number = regex_lite::Regex::new(r"\.yaml:\d+").unwrap();
    number.replace_all(text, ".yaml").into_owned()
}

#[test]
fn the_walk_shows_what_the_check_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |file: &str| std::fs::read_to_string(root.join(file)).unwrap();
    let services = dbplane_codegen::load(&root.join("specs")).unwrap();
    let explained =
        deviations::read("specs/deviations.yaml", &read("specs/deviations.yaml"), &services).unwrap();
    let lock = Lock::read("specs/pages.lock", &read("specs/pages.lock")).unwrap();
    let file = "pages/tests/loop/change-proxy-port.md";
    let page = dbplane_pages::read(file, read(file).as_bytes()).unwrap();
    let found = review(&[page], &services, &explained, &lock);
    let said = report(&found.findings, Format::Text);
    assert_eq!((found.findings.len(), found.explained), (1, 0), "{said}");
    let walk = unnumbered(&read("CONTRIBUTING.md"));
    assert!(walk.contains(unnumbered(&said).trim()), "CONTRIBUTING.md does not show:\n{said}");
}
