//! The generator: the same text every time, and what it promises callers.

#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

use std::path::Path;

use dbplane_codegen::spec::{Document, Kind, Service};

fn specs() -> Vec<Service> {
    dbplane_codegen::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs")).unwrap()
}

fn file(service: &Service, name: &str) -> String {
    let module = dbplane_codegen::generate(service).unwrap();
    module.files.into_iter().find(|(n, _)| n == name).unwrap().1
}

#[test]
fn the_same_specs_give_the_same_text() {
    let (one, other) = (specs(), specs());
    assert!(one.len() >= 5);
    for (a, b) in one.iter().zip(&other) {
        assert_eq!(dbplane_codegen::generate(a).unwrap().files, dbplane_codegen::generate(b).unwrap().files);
        assert_eq!(
            dbplane_codegen::generate_inline(a).unwrap(),
            dbplane_codegen::generate_inline(b).unwrap()
        );
    }
}

#[test]
fn every_operation_has_a_builder_a_method_and_a_table_row() {
    for service in specs() {
        let (operations, client, table) =
            (file(&service, "operations.rs"), file(&service, "client.rs"), file(&service, "table.rs"));
        for operation in &service.operations {
            let builder = dbplane_codegen::names::type_name(&operation.rust_name);
            let method = dbplane_codegen::names::field_name(&operation.rust_name);
            assert!(operations.contains(&format!("pub struct {builder}(pub(crate) Call);")), "{builder}");
            assert!(client.contains(&format!("pub fn {method}(")), "{method}");
            assert!(table.contains(&format!("id: \"{}\",", operation.id)), "{}", operation.id);
            assert!(operations.contains(&operation.source.url), "{}", operation.id);
        }
    }
}

/// Documents that pass the lint don't get this far; the generator must not panic over others.
#[test]
fn what_cannot_become_rust_is_a_finding() {
    let mut service = specs().remove(0);
    service.operations[0].rust_name = "self".to_owned();
    assert_eq!(dbplane_codegen::generate(&service).unwrap_err().rule, "emit");

    let mut service = specs().remove(0);
    let object = service.schemas.values().find(|s| matches!(s.kind, Kind::Object(_))).unwrap().clone();
    service.schemas.insert("DbplaneSecret".to_owned(), object);
    assert_eq!(dbplane_codegen::generate(&service).unwrap_err().rule, "progenitor");
}

#[test]
fn nothing_of_the_http_library_or_the_generator_is_public() {
    for service in specs() {
        let files = dbplane_codegen::generate(&service).unwrap().files;
        for (name, text) in files.into_iter().filter(|(name, _)| name.ends_with(".rs")) {
            assert!(text.starts_with("// @generated"), "{name}");
            for foreign in ["reqwest", "progenitor", "typify", "chrono", "regress"] {
                let code = text.lines().filter(|l| !l.trim_start().starts_with("//"));
                assert!(
                    !code.clone().any(|l| l.contains(foreign)),
                    "{name} of {} names {foreign}",
                    service.stem
                );
            }
        }
    }
}

#[test]
fn secrets_times_and_enums_get_their_types() {
    let samsung = specs().into_iter().find(|s| s.stem == "samsung-mariadb-1.0").unwrap();
    let models = file(&samsung, "models.rs");
    for line in [
        "pub database_user_password: Secret,",
        "pub created_at: Timestamp,",
        "pub service_state: ServiceState,",
        "pub secret_key: Option<Secret>,",
        "pub contents: Vec<RdbClusterResponse>,",
        "pub database_port: Option<i64>,",
    ] {
        assert!(models.contains(line), "{line}");
    }
    assert!(!models.contains("pub database_user_password: String"));
}

/// `bad/base.yaml` with some of its text replaced.
fn base(changes: &[(&str, &str)]) -> Service {
    let mut text = include_str!("bad/base.yaml").to_owned();
    for (old, new) in changes {
        assert!(text.contains(old), "{old}");
        text = text.replacen(old, new, 1);
    }
    dbplane_codegen::lint::check("vendor-things", &Document::read("base.yaml", &text).unwrap()).unwrap()
}

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
fn a_method_says_brackets_as_they_are() {
    let client =
        file(&base(&[("description: Lists things.", "description: Lists [all] things. More.")]), "client.rs");
    assert!(client.contains(r"/// Lists \[all\] things."), "{client}");
}

#[test]
fn the_table_says_what_only_reads() {
    let reads = |service: &Service, id: &str| {
        let table = file(service, "table.rs");
        let row = table.split(&format!("id: \"{id}\",")).nth(1).unwrap().to_owned();
        row.split("\n};").next().unwrap().ends_with("..READ")
    };
    let plain = base(&[]);
    assert!(reads(&plain, "ListThings"), "a GET");
    assert!(!reads(&plain, "MoveThing"), "a POST");
    let marked = base(&[("x-idempotent: false", "x-idempotent: true\n      x-read-only: true")]);
    assert!(reads(&marked, "MoveThing"), "a POST that only reads");
    let dbss = specs().into_iter().find(|s| s.stem == "huawei-dbss-v2").unwrap();
    assert!(reads(&dbss, "ListDbOmInstances"));
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
        operations
            .contains(": check with [`list_things`](super::Client::list_things) before sending it again.")
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
fn an_envelope_of_an_operation_counts_before_the_documents() {
    let own = "x-idempotent: false\n      x-envelope: {success: job_id, success-values: [\"j\"]}";
    let table = file(&base(&[("x-idempotent: false", own)]), "table.rs");
    let flat = table.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains(r#"success: "job_id", values: &["j"], request_id: None"#), "{flat}");
    assert!(flat.contains(r#"success: "success", values: &[], request_id: Some("request_id")"#), "{flat}");
}

#[test]
fn a_secret_header_is_given_as_a_secret() {
    let header = "        - name: request_id\n          in: query\n          required: true\n          x-generated: uuid\n          \
        description: Mark of the call.\n          schema: {type: string}";
    let secret = "        - name: X-Mark\n          in: header\n          required: true\n          \
        description: Mark of the call.\n          schema: {type: string, x-secret: true}";
    let spec = base(&[(header, secret)]);
    assert!(file(&spec, "client.rs").contains("x_mark: impl Into<Secret>"));
    assert!(file(&spec, "operations.rs").contains("call.set_secret(\"X-Mark\", x_mark);"));
    assert!(file(&spec, "parameters.rs").contains("required().check(&Check::any_text().secret())"));
}

#[test]
fn a_fragment_is_not_sent() {
    let again = "  /v1/things/{thing_id}/move#again:\n    post:\n      operationId: MoveThingAgain\n      summary: Move\n      \
        description: Moves.\n      x-source: {url: \"https://example.com/m\", date: \"2024-02-29\"}\n      \
        x-idempotent: false\n      parameters:\n        - name: thing_id\n          in: path\n          required: true\n          \
        description: The thing.\n          schema: {type: string}\n      requestBody:\n        \
        $ref: \"#/components/requestBodies/Move\"\n      responses:\n        \"204\":\n          description: Done.\n  \
        /v1/jobs/{job_id}:\n";
    let table = file(&base(&[("  /v1/jobs/{job_id}:\n", again)]), "table.rs");
    assert_eq!(table.matches("path: \"/v1/things/{thing_id}/move\"").count(), 2, "{table}");
    assert!(!table.contains("#again"), "{table}");
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

/// Limits that stand on a named list or scalar, not on the property that refers to it.
#[test]
fn limits_behind_a_reference_are_checked_and_told() {
    let spec = base(&[
        ("        tags:\n", "        node: {$ref: \"#/components/schemas/Node\"}\n        tags:\n"),
        (
            "    Accepted:\n",
            r##"    Node:
      type: object
      description: A node.
      properties:
        marks: {$ref: "#/components/schemas/Marks"}
    Marks:
      type: array
      description: Marks.
      minItems: 1
      items: {type: string}
    Accepted:
"##,
        ),
    ]);
    let limits = file(&spec, "limits.rs");
    assert!(limits.contains("static NODE: Check"), "{limits}");
    assert!(limits.contains("(\"node\", &NODE)"), "{limits}");
    assert!(file(&spec, "models.rs").contains("/// Marks. Limits: at least 1 item."));
}

#[test]
fn clippy_is_told_of_many_arguments() {
    let parameter = |n: usize| {
        format!(
            "        - name: p{n}\n          in: query\n          required: true\n          description: P.\n          \
             schema: {{type: string}}\n"
        )
    };
    for (count, told) in [(5, false), (6, true)] {
        let more: String = (0..count).map(parameter).collect();
        let job = "        - name: job_id\n";
        let spec = base(&[(job, &format!("{more}{job}"))]);
        for name in ["client.rs", "operations.rs"] {
            assert_eq!(file(&spec, name).contains("too_many_arguments"), told, "{count} in {name}");
        }
    }
}

#[test]
fn a_list_in_a_string_is_a_list_to_the_caller_and_any_value_is_a_value() {
    let spec = base(&[
        ("tags: [\"a\"]", "tags: '[\"a\"]'"),
        ("          minItems: 1\n", "          x-json-text: true\n          minItems: 1\n"),
        (
            "{type: object, additionalProperties: true, description: Anything else.}",
            "{x-any: true, description: Anything else.}",
        ),
    ]);
    let models = file(&spec, "models.rs");
    assert!(models.contains("pub tags: Option<Vec<String>>,"), "{models}");
    assert!(models.contains("pub extra: Option<Value>,"), "{models}");
    assert!(file(&spec, "table.rs").contains("json_texts: &[\"tags\"],"));
    assert!(file(&spec, "limits.rs").contains("Check::list(1, 2)"));
}

#[test]
fn rows_of_a_page_may_lie_deep() {
    let spec = base(&[
        (
            "items: things\n        total: total",
            "items: data.things\n        total: data.total\n        more: success",
        ),
        ("resource: \"things[id=thing_id]\"", "resource: \"data.things[id=thing_id]\""),
        ("state: \"things[id=thing_id].mode\"", "state: \"data.things[id=thing_id].mode\""),
        (
            "        things:\n          type: array",
            "        data: {$ref: \"#/components/schemas/Data\"}\n        unused:\n          type: array",
        ),
        (
            "              example:\n                success: true\n                things:\n                  - id: \"t1\"\n                    mode: null\n                    weight: 1.5\n                    made_at: \"2025-08-27T09:00:00Z\"\n                total: 1\n",
            "",
        ),
        (
            "    Thing:\n",
            "    Data:\n      type: object\n      description: A page.\n      properties:\n        things:\n          type: array\n          description: Things.\n          items: {$ref: \"#/components/schemas/Thing\"}\n        total: {type: integer, description: All.}\n    Thing:\n",
        ),
    ]);
    assert!(file(&spec, "operations.rs").contains("list(table::LIST_THINGS_PAGING) -> models::Thing"));
    let table = file(&spec, "table.rs");
    for line in ["items: \"data.things\"", "total: Some(\"data.total\")", "more: Some(\"success\")"] {
        assert!(table.contains(line), "{line}");
    }
}

#[test]
fn the_table_knows_the_servers_and_their_variables() {
    let servers = "  - url: https://{word}.example.com\n    variables:\n      word: {enum: [\"a\", \"b\"], default: \"a\"}\n";
    let table = file(&base(&[("  - url: https://things.example.com\n", servers)]), "table.rs");
    let expected = r#"Server { url: "https://{word}.example.com", variables: &[("word", &["a", "b"])] }"#;
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").replace(", }", " }");
    assert!(flat(&table).contains(expected), "{table}");
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
    assert!(operations.contains("/// Built by [`Client::move_thing`](super::Client::move_thing)."));
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
        operations.contains(" Call before it: [`ListThings`]. Call after it: [`ShowJob`]."),
        "{operations}"
    );
    assert!(operations.contains("Example: `t1`. Returned by [`ListThings`].\n"), "{operations}");
    let client = file(&service, "client.rs");
    assert!(client.contains("/// | Things | [`list_things`](Self::list_things) |\n"), "{client}");
    assert!(
        client.contains("/// | Other | [`move_thing`](Self::move_thing), [`show_job`](Self::show_job) |\n")
    );
}
