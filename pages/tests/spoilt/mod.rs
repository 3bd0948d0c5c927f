//! The pages of the corpus, to be spoilt, and what is found on them.

#![allow(dead_code, clippy::unwrap_used, clippy::panic)] // tests; each file uses some of it

use std::path::Path;

use dbplane_codegen::spec::Service;
use dbplane_pages::facts::Page;
use dbplane_pages::{check, read};

pub(crate) fn corpus() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

pub(crate) fn services() -> Vec<Service> {
    dbplane_codegen::load(&corpus().join("specs")).unwrap()
}

pub(crate) fn text(file: &str) -> String {
    std::fs::read_to_string(corpus().join(file)).unwrap()
}

pub(crate) fn page(text: &str) -> Page {
    read("page", text.as_bytes()).unwrap_or_else(|finding| panic!("{finding}\n{text}"))
}

/// What checking a text finds, as rule and place.
pub(crate) fn found(text: &str) -> Vec<String> {
    check(&page(text), &services()).drifts.iter().map(ToString::to_string).collect()
}

pub(crate) fn rules(text: &str) -> Vec<&'static str> {
    check(&page(text), &services()).drifts.iter().map(|d| d.rule).collect()
}

/// Lines that begin with a text are gone.
pub(crate) fn without(text: &str, beginning: &str) -> String {
    text.lines()
        .filter(|line| !line.trim_start_matches('*').starts_with(beginning))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Every row of a table with pipes in another form.
pub(crate) fn rows(text: &str, row: impl Fn(&str) -> String) -> String {
    let line = |line: &str| if line.starts_with('|') { row(line) } else { line.to_owned() };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

pub(crate) fn cells(line: &str) -> Vec<String> {
    let line = line.trim().trim_start_matches('|').trim_end_matches('|');
    line.split('|').map(|cell| cell.trim().to_owned()).collect()
}
