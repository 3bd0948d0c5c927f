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
        let told = text.starts_with("# The page does not name its address");
        assert!(told != (page.url.is_some() || text.starts_with("# For ")), "{file}: {text}");
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

/// A page of the help centre with these rows of a request body, and more tables behind them.
fn page_with(body: &str, more: &str) -> String {
    let head = "| Parameter | Mandatory | Type | Description |\n|---|---|---|---|\n";
    format!(
        "# Lighting a Lamp\n\n#### URI\n\nPOST /v1/{{project_id}}/lamps/{{lampId}}\n\n**Table 1** Path Parameters\n\n{head}\
         | project_id | Yes | String | P. |\n| lampid | Yes | String | L. |\n\n#### Request Parameters\n\n\
         **Table 2** Request header parameters\n\n{head}| Content-Type | Yes | String | C. |\n| Authorization | No | String | A. |\n\
         | X-Auth-Token | Yes | String | T. |\n\n**Table 3** Request body parameters\n\n{head}{body}\n{more}\n\
         #### Response Parameters\n\nStatus code: 200\n\n**Table 8** Response body parameters\n\n\
         | Parameter | Type | Description |\n|---|---|---|\n| spec | Result object | S. |\n| tags | Array of objects | T. |\n\n\
         **Table 9** Result\n\n| Parameter | Type | Description |\n|---|---|---|\n| a | String | A. |\n| b | String | B. |\n\n\
         **Table 10** tags\n\n| Parameter | Type | Description |\n|---|---|---|\n| key | String | K. |\n"
    )
}

/// What vendors call things, and what they say of them, is drafted so that lint takes it, and nothing of it is lost.
#[test]
fn odd_pages_give_drafts_that_lint_takes() {
    let object = |number: u8, name: &str, rows: &str| {
        format!(
            "**Table {number}** {name}\n\n| Parameter | Mandatory | Type | Description |\n|---|---|---|---|\n{rows}\n"
        )
    };
    for (body, more, kept) in [
        ("| href | Yes | String | A. |\n| href | No | String | B. |\n", String::new(), "href:"),
        (
            "| na-me | Yes | String | A. |\n| na_me | No | String | B. |\n| Na-Me | No | String | C. |\n",
            String::new(),
            "x-rust-name: \"na_me_value\"",
        ),
        (
            "| new | No | String | A. |\n| clone | No | String | B. |\n| default | No | String | B. |\n",
            String::new(),
            "x-rust-name: \"new_value\"",
        ),
        (
            "| r | No | Result object | A. |\n",
            object(4, "Result", "| a | Yes | String | A. |\n"),
            "LightingALampResult",
        ),
        (
            "| r | No | Option object | A. |\n",
            object(4, "Option", "| a | Yes | String | A. |\n"),
            "LightingALampOption",
        ),
        (
            "| a | No | Integer | Definition<br>A.<br>Range<br>1 to 5<br>Default Value<br>10 |\n",
            String::new(),
            "states the default `10`",
        ),
        (
            "| a | No | String | Definition<br>A.<br>Range<br>• x<br>• y<br>Default Value<br>z |\n",
            String::new(),
            "states the default `z`",
        ),
        ("| a | No | Integer | Definition<br>A.<br>Range<br>0 to 4,294,967,295 |\n", String::new(), "int64"),
        (
            "| a | No | Array of strings | Definition<br>A.<br>Range<br>1 to 10 items |\n",
            String::new(),
            "maxItems: 10",
        ),
        (
            "| a | No | Map<String,String> | A. |\n| b | No | String array | B. |\n| c | No | Array of arrays | C. |\n",
            String::new(),
            "FreeObject",
        ),
        (
            "| s | No | Object | S. |\n",
            object(4, "s", "| s | No | Object | S. |\n| project_id | No | String | P. |\n"),
            "LightingALampS",
        ),
        ("| a | Yes | String | (Deprecated) A. |\n", String::new(), "deprecated: true"),
        (
            "| k | Yes | String | Kind:<br>• -1: one<br>• 1: two<br>• +: more |\n",
            String::new(),
            "One of -1, 1, +.",
        ),
    ] {
        let page = read("page.md", page_with(body, &more).as_bytes()).unwrap();
        let text = draft(&page, &services_without(""), "2026-02-03").unwrap();
        linted("huawei-other-1.0", &text);
        assert!(text.contains(kept), "{kept}: {text}");
        assert!(
            text.contains("name: \"lampId\"") && !text.contains("lampid"),
            "the path has the name: {text}"
        );
        assert!(!text.contains("Content-Type") && !text.contains("Authorization"), "{text}");
    }
}

/// Objects of one name that hold other properties are two schemas, and none of them is lost.
#[test]
fn objects_of_one_name_are_kept_apart() {
    let spec = "**Table 4** Spec\n\n| Parameter | Mandatory | Type | Description |\n|---|---|---|---|\n| a | Yes | String | A. |\n";
    let text = page_with("| spec | Yes | Spec object | S. |\n", spec).replace("Result", "Spec");
    let page = read("page.md", text.as_bytes()).unwrap();
    let text = draft(&page, &services_without(""), "2026-02-03").unwrap();
    let service = linted("huawei-other-1.0", &text);
    let names = |schema: &str| match &service.schemas[schema].kind {
        dbplane_codegen::spec::Kind::Object(properties) => {
            properties.iter().map(|p| p.name.clone()).collect::<Vec<_>>()
        }
        _ => Vec::new(),
    };
    assert_eq!(
        (names("Spec"), names("SpecResponse")),
        (vec!["a".to_owned()], vec!["a".to_owned(), "b".to_owned()])
    );
}
