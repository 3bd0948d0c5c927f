//! What the generated documentation says: summaries, arguments, retries, deprecation, examples, links.

#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

mod support;

use support::{base, file};

/// rustc refuses an alias with quotes or white space other than blanks, and one that is the method's name.
#[test]
fn a_title_that_cannot_be_an_alias_is_none() {
    for (summary, alias) in [
        ("List Things", Some("List Things")),
        ("List Things.", Some("List Things")),
        ("List the owner's things", None),
        (r#"'List "things"'"#, None),
        (r#""List\tthings""#, None),
        (r#""List\nthings""#, Some("List things")),
        (r#""List\u00a0things""#, None),
        ("list_things", None),
    ] {
        let client = file(&base(&[("summary: List Things", &format!("summary: {summary}"))]), "client.rs");
        let before = client.split("pub fn list_things").next().unwrap();
        let expected = match alias {
            Some(title) => format!("#[doc(alias({title:?}, \"list thing\"))]"),
            None => "#[doc(alias = \"list thing\")]".to_owned(),
        };
        let found = before.lines().find(|l| l.contains("alias")).map(|l| l.trim().to_owned());
        assert_eq!(found, Some(expected), "{summary}");
    }
}

#[test]
fn names_for_rust_stand_in_the_code_and_the_vendors_on_the_wire_and_in_the_docs() {
    let spec = base(&[
        ("operationId: MoveThing", "operationId: MoveThing\n      x-rust-name: shift_it"),
        ("name: mode\n", "name: mode\n          x-rust-name: in_mode\n"),
        ("name: job_id\n", "name: job_id\n          x-rust-name: job\n"),
        (
            "        tags:\n",
            "        default: {type: string, description: The default., x-rust-name: preset}\n        tags:\n",
        ),
    ]);
    let text = |name: &str| file(&spec, name).split_whitespace().collect::<Vec<_>>().join(" ");
    let (client, operations, models) = (text("client.rs"), text("operations.rs"), text("models.rs"));
    assert!(
        client.contains(
            "#[doc(alias(\"Move Thing\", \"MoveThing\", \"shift it\", \"shift\"))] pub fn shift_it("
        )
    );
    assert!(client.contains("pub fn show_job(&self, job: impl Into<String>)"), "{client}");
    assert!(operations.contains("pub struct ShiftIt(pub(crate) Call);"), "{operations}");
    assert!(operations.contains("The vendor's operation ID is `MoveThing`."), "{operations}");
    assert!(operations.contains("pub fn in_mode(mut self") && operations.contains("set(\"mode\", "));
    assert!(operations.contains("call.set(\"job_id\", job);"), "{operations}");
    assert!(text("table.rs").contains("static SHIFT_IT: Operation = Operation { id: \"MoveThing\""));
    assert!(models.contains("#[doc(alias = \"default\")]"), "{models}");
    assert!(
        models.contains("pub preset: Option<String>") && models.contains("preset = \"default\""),
        "{models}"
    );
    assert!(models.contains("pub fn preset(mut self"), "{models}");
}

#[test]
fn docs_name_the_body_and_the_arguments() {
    let plain = base(&[]);
    let operations = file(&plain, "operations.rs");
    assert!(operations.contains("/// - `body` ([`models::MoveRequest`]): Where to move."), "{operations}");
    assert!(operations.contains("/// - `thing_id`: The thing. Limits: matches `^t[0-9]+$`. Example: `t1`."));
    let described = base(&[(
        "      required: true\n      content",
        "      required: true\n      description: The <goal>.\n      content",
    )]);
    assert!(
        file(&described, "operations.rs").contains(r"/// - `body` ([`models::MoveRequest`]): The \<goal\>.")
    );
    let two = base(&[("required: [thing_id, port]", "required: [thing_id, tags, port]")]);
    let models = file(&two, "models.rs");
    assert!(
        models.contains("/// Creates a `MoveRequest` with the required fields.\n    pub fn new(tags: "),
        "{models}"
    );
}

#[test]
fn docs_say_what_a_date_is() {
    for (kind, said) in [
        ("page", "page of 2024-02-29"),
        ("version", "version in effect since 2024-02-29"),
        ("reading", "read on 2024-02-29"),
    ] {
        let operations = file(&base(&[("date-of: page", &format!("date-of: {kind}"))]), "operations.rs");
        let line = format!("https://example.com/move), Things, {said}.");
        assert!(operations.contains(&line), "{line}");
    }
}

#[test]
fn docs_say_whether_a_call_may_be_retried() {
    let operations = file(&base(&[]), "operations.rs");
    assert!(operations.contains(" `GET /v1/things`, success status 200. Read-only."));
    assert!(operations.contains("`POST /v1/things/{thing_id}/move`, success status 202. Not idempotent."));
    let operations = file(&base(&[("x-idempotent: false", "x-idempotent: true")]), "operations.rs");
    assert!(operations.contains("success status 202. Idempotent."));
    let once = "x-idempotent: false\n      x-single-attempt: true\n      x-charged: list_things";
    let spec = base(&[("x-idempotent: false", once)]);
    let operations = file(&spec, "operations.rs");
    assert!(
        operations.contains("Costs money. Never retried, regardless of options. If its response is lost,")
    );
    assert!(
        operations.contains(": check with [`list_things`](Client::list_things) before sending it again.")
    );
    let often = "x-idempotent: false\n      x-charged: none";
    let operations = file(&base(&[("x-idempotent: false", often)]), "operations.rs");
    assert!(operations.contains("Costs money. Retried only if the service certainly did not carry it out."));
    assert!(
        operations.contains(": no operation tells, so check the vendor's console before sending it again.")
    );
    assert_eq!(file(&spec, "table.rs").matches("single_attempt: true").count(), 1);
}

#[test]
fn what_is_deprecated_names_what_to_use_instead() {
    let spec = base(&[
        (
            "operationId: ShowJob",
            "operationId: ShowJob\n      deprecated: true\n      x-replaced-by: ListThings",
        ),
        ("name: mode\n", "name: mode\n          deprecated: true\n          x-replaced-by: size\n"),
        ("        tags:\n", "        tags:\n          deprecated: true\n          x-replaced-by: port\n"),
    ]);
    let text = |name: &str| file(&spec, name).split_whitespace().collect::<Vec<_>>().join(" ");
    let (client, operations, models) = (text("client.rs"), text("operations.rs"), text("models.rs"));
    assert!(
        client.contains("#[deprecated(note = \"use `list_things` instead\")] pub fn show_job("),
        "{client}"
    );
    assert!(operations.contains("/// Deprecated: use [`ListThings`] instead."), "{operations}");
    assert!(operations.contains("#[deprecated(note = \"use `size` instead\")] pub fn mode(mut self"));
    assert!(
        models.contains("#[deprecated(note = \"use `port` instead\")] #[must_use] pub fn tags("),
        "{models}"
    );
    assert!(models.contains("/// Deprecated: use `port` instead. pub tags: "), "{models}");
}

#[test]
fn a_deprecated_operation_warns_its_callers_and_nobody_else() {
    let spec = base(&[("operationId: ShowJob", "operationId: ShowJob\n      deprecated: true")]);
    let operations = file(&spec, "operations.rs");
    assert!(!operations.contains("#[deprecated"), "{operations}");
    assert!(operations.contains("/// Deprecated by the vendor."), "{operations}");
    assert_eq!(file(&spec, "client.rs").matches("#[deprecated").count(), 1);
}

/// The example of an operation is its request as the spec shows it, in the way that suits the operation.
#[test]
fn an_example_sends_the_request_of_the_spec() {
    let service = base(&[]);
    let list = file(&service, "examples/list_things.md");
    assert_eq!(
        list,
        "# Example\n```rust,no_run\n# async fn example(client: dbplane::vendor::things::Client) -> Result<(), \
         dbplane::Error> {\nlet mut rows = client.list_things().items();\nwhile let Some(row) = \
         rows.try_next().await? {\n    println!(\"{row:?}\");\n}\n# Ok(()) }\n```\n"
    );
    let moved = file(&service, "examples/move_thing.md");
    assert!(moved.contains("use dbplane::vendor::things::models;\n"), "{moved}");
    assert!(moved.contains("\nlet body = models::MoveRequest::new("), "{moved}");
    assert!(moved.contains("    .move_thing(\"t1\", body)\n    .send_and_wait("), "{moved}");
    let operations = file(&service, "operations.rs");
    assert!(operations.contains("#[doc = include_str!(\"examples/move_thing.md\")]"), "{operations}");
    assert!(operations.contains("/// Built by [`Client::move_thing`]."));
    let inline = dbplane_codegen::generate_inline(&service).unwrap();
    assert!(!inline.contains("include_str!") && inline.contains("/// let body = models::MoveRequest::new("));
}

#[test]
fn an_example_reads_the_file_that_comes() {
    let none = "        \"204\":\n          description: It is done.\n";
    let some = "        \"200\":\n          description: A file.\n          content:\n            \
                application/octet-stream:\n              schema: {type: string, format: binary}\n";
    let moved = file(&base(&[(none, some)]), "examples/show_job.md");
    assert!(moved.contains("let mut file = client.show_job("), "{moved}");
    assert!(moved.contains("while let Some(piece) = file.try_next().await? {"), "{moved}");
}

#[test]
fn error_codes_link_their_constants() {
    let own = "      operationId: MoveThing\n      x-codes: {TOO_HEAVY: [\"T.1\", \"T.2\"]}";
    let service = base(&[("      operationId: MoveThing", own)]);
    let operations = file(&service, "operations.rs");
    let line = "/// - Error codes of this operation: `T.1`, `T.2` ([`TOO_HEAVY`](crate::vendor::codes::TOO_HEAVY)).\n";
    assert!(operations.contains(line), "{operations}");
}

#[test]
fn docs_link_what_belongs_together() {
    let service = base(&[
        (
            "      operationId: MoveThing",
            "      operationId: MoveThing\n      x-see: {before: [ListThings], after: [ShowJob]}",
        ),
        (
            "          required: true\n          description: The thing.",
            "          required: true\n          x-see: [ListThings]\n          description: The thing.",
        ),
        ("      operationId: ListThings", "      operationId: ListThings\n      tags: [Things]"),
    ]);
    let operations = file(&service, "operations.rs");
    assert!(
        operations.contains(" Usually preceded by [`ListThings`]. Usually followed by [`ShowJob`]."),
        "{operations}"
    );
    assert!(operations.contains("Example: `t1`. Returned by [`ListThings`].\n"), "{operations}");
    let client = file(&service, "client.rs");
    assert!(client.contains("/// | Things | [`list_things`](Self::list_things) |\n"), "{client}");
    assert!(
        client.contains("/// | Other | [`move_thing`](Self::move_thing), [`show_job`](Self::show_job) |\n")
    );
}
