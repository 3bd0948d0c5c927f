//! The file of deviations: what it explains, what it no longer explains, and what is wrong with it.

#![allow(clippy::unwrap_used, clippy::panic)] // tests; clippy does not know their helpers

use std::path::Path;

use dbplane_codegen::spec::Service;
use dbplane_pages::{deviations, rules};

fn services() -> Vec<Service> {
    dbplane_codegen::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/specs")).unwrap()
}

fn page(file: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(file)).unwrap()
}

/// What is left of the findings on a page, as rules and places.
fn left(file: &str, text: &str, entries: &str) -> Vec<String> {
    let services = services();
    let deviations = deviations::read("deviations.yaml", entries, &services).unwrap();
    let checked = dbplane_pages::check(&dbplane_pages::read(file, text.as_bytes()).unwrap(), &services);
    let left = deviations.explain(checked.drifts, &checked.seen, &services);
    left.iter().map(|d| format!("{} {}", d.rule, d.place)).collect()
}

fn entry(service: &str, rule: &str, place: &str, page: &str, spec: &str) -> String {
    format!(
        "{service}:\n  - rule: {rule}\n    place: {place}\n    page: '{page}'\n    spec: '{spec}'\n    reason: r\n    \
         source: s\n    date: \"2025-01\"\n"
    )
}

#[test]
fn an_entry_explains_what_its_reviewer_saw() {
    let text = page("oceanbase.txt").replace("boolean |", "string |");
    let place = "addBook response success";
    let explains = |page: &str, spec: &str, text: &str| {
        left("oceanbase.txt", text, &entry("oceanbase-library", "type-changed", place, page, spec))
    };
    assert!(explains("string", "boolean", &text).is_empty());
    assert!(explains("s*", "*", &text).is_empty());
    let both = [format!("type-changed {place}"), format!("deviation-stale {place}")];
    assert_eq!(explains("integer", "boolean", &text), both, "the page says something else than was seen");
    assert_eq!(explains("string", "integer", &text), both, "the spec says something else than was seen");
    let mended = explains("string", "boolean", &page("oceanbase.txt"));
    assert_eq!(mended, [format!("deviation-stale {place}")], "the page was mended");
}

#[test]
fn an_entry_is_judged_only_if_its_page_was_given() {
    let one = entry("samsung-boxes", "status-removed", "DeleteBox status 404", "nothing", "404");
    let many = entry("huawei-lamps", "parameter-added", "'* header X-Trace'", "nothing", "nothing");
    for (file, entries, stale) in [
        ("samsung.txt", &one, 1),
        ("oceanbase.txt", &one, 0),
        ("oceanbase.txt", &many, 0),
        // One page of two: the other may be the one that has it.
        ("huawei-lists.txt", &many, 0),
    ] {
        assert_eq!(left(file, &page(file), entries).len(), stale, "{file}");
    }
    let note = one.replace("status-removed", "note");
    assert!(left("samsung.txt", &page("samsung.txt"), &note).is_empty(), "notes are never stale");
}

#[test]
fn every_fault_of_the_file_has_line_and_rule() {
    let good = entry("samsung-boxes", "status-removed", "DeleteBox status 404", "nothing", "404");
    let services = services();
    assert!(deviations::read("d.yaml", &good, &services).is_ok_and(|d| d.len() == 1 && !d.is_empty()));
    for (what, from, to, rule, line) in [
        ("a service that is not there", "samsung-boxes:", "samsung-jars:", "deviation-service", 2),
        ("a rule that is not there", "status-removed", "status-gone", "deviation-rule", 2),
        ("an operation that is not there", "DeleteBox", "RemoveBox", "deviation-place", 3),
        ("a date that is none", "\"2025-01\"", "\"in 2025\"", "deviation-date", 8),
        ("a number as a date", "\"2025-01\"", "2025", "deviation-form", 8),
        ("no reason", "    reason: r\n", "", "deviation-form", 2),
        ("no source", "    source: s\n", "", "deviation-form", 2),
        ("no place", "    place: DeleteBox status 404\n", "", "deviation-form", 2),
        ("an empty place", "DeleteBox status 404", "[]", "deviation-form", 3),
        ("another key", "    reason: r\n", "    reason: r\n    why: not\n", "deviation-form", 7),
        ("no list", "  - rule: status-removed\n", "    rule: status-removed\n", "deviation-form", 2),
        ("bad YAML", "reason: r", "reason: [", "yaml-syntax", 7),
    ] {
        let text = good.replacen(from, to, 1);
        assert_ne!(text, good, "{what}");
        let Err(found) = deviations::read("d.yaml", &text, &services) else {
            panic!("{what}: nothing found")
        };
        let first = found.iter().find(|f| f.rule == rule).unwrap_or_else(|| panic!("{what}: {found:?}"));
        assert_eq!((first.place.file.as_str(), first.place.line), ("d.yaml", line), "{what}: {first}");
        assert!(
            rule.starts_with("yaml") || rules().iter().any(|r| r.id == rule && r.remedy == first.remedy),
            "{what}"
        );
    }
}

/// The file of this project suits its specs.
#[test]
fn the_deviations_of_the_project_are_good() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let services = dbplane_codegen::load(&specs).unwrap();
    let text = std::fs::read_to_string(specs.join(dbplane_codegen::DEVIATIONS)).unwrap();
    let read = deviations::read("deviations.yaml", &text, &services);
    assert!(read.is_ok(), "{:#?}", read.err());
}
