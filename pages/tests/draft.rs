//! Drafts: what no spec has becomes a spec that lint takes, and a page that is checked against it says nothing new.

#![allow(clippy::unwrap_used, clippy::panic)] // tests; clippy does not know their helpers

use std::path::Path;

use dbplane_codegen::lint;
use dbplane_codegen::spec::{Document, Service};
use dbplane_pages::{check, draft, read};

fn corpus() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

/// The specs of the corpus without one.
fn services_without(stem: &str) -> Vec<Service> {
    let mut services = dbplane_codegen::load(&corpus().join("specs")).unwrap();
    services.retain(|s| s.stem != stem);
    services
}

/// A draft whose texts were written, linted: by itself, or as a part of the spec that it belongs to.
fn linted(stem: &str, draft: &str) -> Service {
    assert!(draft.contains("TODO: what it does"), "{draft}");
    let written = draft.replace("\"TODO", "\"Text");
    let text = &match written.split_once("\npaths:\n") {
        Some((head, rest)) if head.starts_with("# For ") => {
            let (paths, schemas) = rest.split_once("components:\n  schemas:").unwrap();
            let spec = std::fs::read_to_string(corpus().join("specs").join(format!("{stem}.yaml"))).unwrap();
            let spec = spec.replacen("\npaths:\n", &format!("\npaths:\n{paths}"), 1);
            let schemas = schemas.trim_start_matches(" {}").trim_start_matches('\n');
            spec.replacen("\n  schemas:\n", &format!("\n  schemas:\n{schemas}"), 1)
        }
        _ => written,
    };
    let document = Document::open("", "draft.yaml", |_: &str| Ok(text.to_owned()));
    let linted = document.and_then(|document| lint::check(stem, &document));
    linted.unwrap_or_else(|found| {
        let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
        panic!("{}\n{text}", lines.join("\n"))
    })
}

#[test]
fn a_draft_is_a_spec_from_which_its_page_hardly_differs() {
    for (file, stem, operations) in [
        ("oceanbase.html", "oceanbase-library", 1),
        ("oceanbase-unplaced.txt", "oceanbase-library", 1),
        ("huawei-topics.html", "huawei-lamps", 1),
        ("huawei-lists.md", "huawei-lamps", 1),
        ("samsung.txt", "samsung-boxes", 3),
    ] {
        let page = read(file, &std::fs::read(corpus().join(file)).unwrap()).unwrap();
        let text = draft(&page, &services_without(stem), "2026-02-03").unwrap();
        let service = linted(stem, &text);
        assert_eq!(service.operations.len(), operations, "{file}");
        assert_eq!(text.contains("2026-02-03"), page.date.is_none(), "{file}");
        let left: Vec<String> = check(&page, &[service]).drifts.iter().map(ToString::to_string).collect();
        // What a draft leaves to the reviewer: headers of credentials, which other specs of the vendor would tell,
        // a name for each placeholder of a sample, and values of a sample that a guessed type does not suit.
        let told = |line: &&String| !line.contains(" header ") && !line.contains("example-mismatch");
        let told: Vec<&String> = left.iter().filter(told).collect();
        assert!(told.is_empty(), "{file}: {told:#?}\n{text}");
    }
}

/// A page without a title gives its operation a name made of method and path.
#[test]
fn an_operation_without_a_title_is_called_by_its_path() {
    let text = std::fs::read_to_string(corpus().join("oceanbase.txt")).unwrap();
    let page = read("page.txt", text.strip_prefix("Add a book\n").unwrap().as_bytes()).unwrap();
    let service = linted("oceanbase-library", &draft(&page, &[], "2026-02-03").unwrap());
    assert_eq!(service.operations[0].id, "postShelvesBooks");
    assert_eq!(service.operations[0].summary, "Post shelves books");
}

#[test]
fn what_is_known_is_not_drafted() {
    let page = read("samsung.txt", &std::fs::read(corpus().join("samsung.txt")).unwrap()).unwrap();
    assert_eq!(draft(&page, &services_without(""), "2026-02-03"), None);
}

/// Another operation of a known vendor is drafted as its other specs do it.
#[test]
fn a_draft_follows_the_specs_that_are_there() {
    let text = std::fs::read_to_string(corpus().join("oceanbase.html")).unwrap();
    let text = text.replace("/api/v2/shelves/{shelfId}/books", "/api/v2/shelves/{shelfId}/films");
    let text = text.replace("<h1>Add a book</h1>", "<h1>Add a film</h1>");
    let page = read("film.html", text.as_bytes()).unwrap();
    let draft = draft(&page, &services_without(""), "2026-02-03").unwrap();
    let service = linted("oceanbase-library", &draft);
    let operation = service.operations.iter().find(|o| o.summary == "Add a film").unwrap();
    assert_eq!((operation.id.as_str(), operation.summary.as_str()), ("addAFilm", "Add a film"));
    assert_eq!(operation.source.url, "https://library.example.com/add-book");
    assert_eq!(operation.security, ["digest"], "as the other spec has it");
    let header = operation.parameters.iter().find(|p| p.name == "X-Library").unwrap();
    assert!(header.required, "the page only samples it; the other spec requires it");
    assert!(draft.contains("x-idempotent: false # TODO"), "{draft}");
    assert!(draft.contains("#/components/schemas/AddBookResponse"), "the response that is there: {draft}");
}
