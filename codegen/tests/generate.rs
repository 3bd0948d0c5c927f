//! The generator: the same text every time, and what it promises callers.

#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

mod support;

use std::path::Path;

use dbplane_codegen::spec::{Kind, Service};
use support::{base, file, module};

fn specs() -> Vec<Service> {
    dbplane_codegen::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs")).unwrap()
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
        let [operations, client, table] =
            ["operations", "client", "table"].map(|name| module(&service, name));
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
