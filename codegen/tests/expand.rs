//! What a document says once for all of its operations: the wrapper of responses, and common errors.

#![allow(clippy::unwrap_used, clippy::panic)] // clippy knows tests, not their helpers

use dbplane_codegen::lint;
use dbplane_codegen::spec::{Document, Kind, Service};

const BASE: &str = r##"
openapi: 3.0.3
info: {title: Things, version: "1.0", description: Things.}
servers: [{url: "https://things.example.com"}]
security: []
x-envelope:
  success: success
  wrapper: {$ref: "#/components/schemas/Envelope"}
  data: data
x-errors:
  "400": {$ref: "#/components/responses/Failed"}
  "500": {$ref: "#/components/responses/Failed"}
paths:
  /v1/things:
    get:
      operationId: listThings
      summary: List Things
      description: Lists things.
      x-source: {url: "https://example.com/list", date: "2025-02-28"}
      responses:
        "200":
          description: The things.
          content:
            application/json:
              schema: {type: array, description: The things., items: {$ref: "#/components/schemas/Thing"}}
        "500": {description: Out of order.}
  /v1/things/{id}:
    get:
      operationId: showThing
      summary: Show Thing
      description: Shows a thing.
      x-source: {url: "https://example.com/show", date: "2025-02-28"}
      parameters: [{name: id, in: path, required: true, description: The thing., schema: {type: string}}]
      responses:
        "200":
          description: A thing.
          content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}
  /v1/whole:
    get:
      operationId: showWhole
      summary: Show Whole
      description: Shows the whole.
      x-source: {url: "https://example.com/whole", date: "2025-02-28"}
      responses:
        "200":
          description: All of it.
          content: {application/json: {schema: {$ref: "#/components/schemas/Whole"}}}
components:
  responses:
    Failed: {description: It failed.}
  schemas:
    Envelope:
      type: object
      description: What is around the data.
      properties:
        success: {type: boolean, description: Whether it went well.}
        cost: {type: integer, format: int64, description: Milliseconds.}
    Thing:
      type: object
      description: A thing.
      properties:
        name: {type: string, description: Its name.}
    Whole:
      type: object
      description: A response of its own.
      properties:
        success: {type: boolean, description: Whether it went well.}
        data: {nullable: true, description: The thing., allOf: [{$ref: "#/components/schemas/Thing"}]}
        more: {type: string, description: What only this one has.}
"##;

fn service(text: &str) -> Service {
    let document = Document::read("things.yaml", text).unwrap();
    lint::check("vendor-things", &document).unwrap_or_else(|findings| panic!("{findings:#?}"))
}

fn properties(service: &Service, operation: usize) -> Vec<&str> {
    let schema = service.operations[operation].success.schema.as_ref().unwrap();
    let Kind::Object(properties) = &service.schemas[schema].kind else { panic!("{schema}") };
    properties.iter().map(|p| p.name.as_str()).collect()
}

#[test]
fn responses_are_wrapped_unless_they_are_whole() {
    let service = service(BASE);
    assert_eq!(properties(&service, 0), ["data", "success", "cost"]);
    assert_eq!(properties(&service, 1), ["data", "success", "cost"]);
    assert_eq!(properties(&service, 2), ["success", "data", "more"]);
    let data = |operation: usize| service.wrapped(&service.operations[operation]).unwrap().1;
    assert!(matches!(data(0).kind, Kind::Array(_)), "{:?}", data(0));
    assert!(matches!(service.resolve(data(1)).kind, Kind::Object(_)), "{:?}", data(1));
}

#[test]
fn common_errors_are_added_where_an_operation_says_nothing_else() {
    let service = service(BASE);
    let errors = |operation: usize| {
        let errors = service.operations[operation].errors.iter();
        errors.map(|e| format!("{} {}", e.status, e.meaning)).collect::<Vec<_>>()
    };
    assert_eq!(errors(0), ["400 It failed.", "500 Out of order."]);
    assert_eq!(errors(1), ["400 It failed.", "500 It failed."]);
}

#[test]
fn the_envelope_is_one_type_in_rust() {
    let module = dbplane_codegen::generate(&service(BASE)).unwrap();
    let file = |name: &str| &module.files.iter().find(|(n, _)| n == name).unwrap().1;
    let models = file("models.rs");
    assert!(
        models.contains("pub struct Envelope {") && models.contains("const DATA: &'static str = \"data\";")
    );
    assert!(!models.contains("Response {"), "{models}");
    let operations = file("operations.rs");
    assert!(
        operations.contains("ListThings -> Enveloped<Vec<models::Thing>, models::Envelope>"),
        "{operations}"
    );
    assert!(operations.contains("ShowThing -> Enveloped<models::Thing, models::Envelope>"), "{operations}");
    let common =
        "Can return the [common errors](Client#common-errors). Constants for error codes: [`vendor::codes`]";
    assert!(file("client.rs").contains("/// # Common errors\n/// - 400: It failed.\n"));
    assert!(operations.contains(common) && operations.contains("/// - 500: Out of order.\n"), "{operations}");
}

#[test]
fn what_is_no_envelope_is_found() {
    for (old, new, rule) in [
        ("  data: data\n", "", "key-missing"),
        ("schemas/Envelope\"}\n", "schemas/None\"}\n", "ref-unknown"),
        ("wrapper: {$ref: \"#/components/schemas/Envelope\"}", "wrapper: {type: object}", "extension-value"),
        ("x-errors:\n", "x-errors: []\nx-other:\n", "extension-unknown"),
    ] {
        assert!(BASE.contains(old), "{old}");
        let document = Document::read("things.yaml", &BASE.replacen(old, new, 1)).unwrap();
        let findings = lint::check("vendor-things", &document).unwrap_err();
        assert!(findings.iter().any(|f| f.rule == rule), "{rule}: {findings:#?}");
    }
}
