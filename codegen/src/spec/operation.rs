//! Reading operations.

use super::schema::SchemaStanding;
use super::walker::Walker;
use super::{Body, DocumentedError, Kind, Location, Operation, Parameter, Schema, Success};
use crate::finding::Line;
use crate::yaml::{Entry, Node};

const OPERATION: &[&str] = &[
    "operationId",
    "summary",
    "description",
    "tags",
    "parameters",
    "requestBody",
    "responses",
    "security",
    "deprecated",
    "externalDocs",
    "x-replaced-by",
    "x-rust-name",
    "x-source",
    "x-idempotent",
    "x-read-only",
    "x-single-attempt",
    "x-charged",
    "x-envelope",
    "x-paging",
    "x-long-running",
    "x-response-header",
    "x-see",
    "x-codes",
];
const PARAMETER: &[&str] = &[
    "name",
    "in",
    "required",
    "description",
    "schema",
    "example",
    "deprecated",
    "x-replaced-by",
    "x-rust-name",
    "x-client-parameter",
    "x-generated",
    "x-see",
];

/// The media type of a response that is a file.
const BINARY: &str = "application/octet-stream";

impl<'d> Walker<'d> {
    pub(super) fn operation(&mut self, path: &str, method: &str, line: Line, node: &'d Node) -> Operation {
        let id = self.text(node, &format!("{method} {path}"), "operationId");
        let what = if id.is_empty() { format!("{method} {path}") } else { id.clone() };
        self.known_keys(node, &what, OPERATION);
        Operation {
            line,
            method: method.to_ascii_uppercase(),
            path: path.split('#').next().unwrap_or_default().to_owned(),
            key: path.to_owned(),
            summary: self.text(node, &what, "summary"),
            description: self.text(node, &what, "description"),
            parameters: self.parameters(node, &what, path),
            body: self.body(node, &what),
            success: self.success(node, &what),
            errors: self.errors(node, &what),
            codes: self.codes(node, &what),
            security: self.security(node, &what),
            idempotent: self.idempotent(node, &what, method),
            reads: self.reads(node, &what, method),
            single_attempt: self.single_attempt(node, &what, method),
            charged: self.optional_text(node, &what, "x-charged"),
            deprecated: self.deprecation(node, &what),
            source: self.source(node, &what),
            paging: self.paging(node, &what),
            long_running: self.long_running(node, &what),
            response_header: self.response_header(node),
            envelope: self.envelope(node),
            tag: self.text_items(node, &what, "tags").into_iter().next(),
            see: self.see(node),
            rust_name: self.rust_name(node, &what, &id),
            id,
        }
    }

    fn parameters(&mut self, node: &'d Node, what: &str, path: &str) -> Vec<Parameter> {
        let mut parameters: Vec<Parameter> = Vec::new();
        for item in self.items(node, what, "parameters") {
            let Some((target, _)) = self.follow(item, "parameters") else { continue };
            let Some(parameter) = self.parameter(target, what) else { continue };
            if parameters.iter().any(|p| p.name == parameter.name && p.location == parameter.location) {
                let message = format!("{what} lists the parameter `{}` twice", parameter.name);
                self.report("parameter-duplicate", item.line, message, "remove one of the two");
            }
            parameters.push(parameter);
        }
        self.path_parameters(node, what, path, &parameters);
        parameters
    }

    fn path_parameters(&mut self, node: &Node, what: &str, path: &str, parameters: &[Parameter]) {
        let in_template: Vec<&str> =
            path.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect();
        let declared: Vec<&str> =
            parameters.iter().filter(|p| p.location == Location::Path).map(|p| p.name.as_str()).collect();
        for name in in_template.iter().filter(|n| !declared.contains(n)) {
            let message = format!("{what} does not describe the path parameter `{name}`");
            self.report("path-parameters", node.line, message, "add it to `parameters` with `in: path`");
        }
        for name in declared.iter().filter(|n| !in_template.contains(n)) {
            let message = format!("{what} describes the path parameter `{name}`, which its path lacks");
            self.report("path-parameters", node.line, message, "correct the path or the parameter");
        }
    }

    fn parameter(&mut self, node: &'d Node, what: &str) -> Option<Parameter> {
        let name = self.text(node, &format!("a parameter of {what}"), "name");
        let label = format!("parameter `{name}` of {what}");
        self.known_keys(node, &label, PARAMETER);
        let location = match node.get("in").and_then(Node::text) {
            Some("path") => Location::Path,
            Some("query") => Location::Query,
            Some("header") => Location::Header,
            other => {
                let message = format!("{label} stands in `{}`", other.unwrap_or("nothing"));
                self.report("parameter-location", node.line, message, "write path, query or header");
                return None;
            }
        };
        let required = self.flag(node, &label, "required");
        if location == Location::Path && !required {
            self.report("path-parameters", node.line, format!("{label} is optional"), "add `required: true`");
        }
        let schema = self.parameter_schema(node, &label)?;
        let generated = self.optional_text(node, &label, "x-generated");
        if generated.as_deref().is_some_and(|g| g != "uuid") {
            self.report(
                "extension-value",
                node.line,
                format!("{label}: x-generated must be uuid"),
                "write uuid",
            );
        }
        let client = self.flag(node, &label, "x-client-parameter");
        if let Some(name) = node.get("x-rust-name").filter(|_| client) {
            let message = format!("{label} belongs to the client, whose methods are written by hand");
            self.report("rust-name", name.line, message, "drop `x-rust-name`");
        }
        Some(Parameter {
            line: node.line,
            description: self.text(node, &label, "description"),
            client,
            generated: generated.is_some(),
            see: self.text_items(node, &label, "x-see"),
            rust_name: self.rust_name(node, &label, &name),
            deprecated: self.deprecation(node, &label),
            name,
            location,
            required,
            schema,
        })
    }

    fn parameter_schema(&mut self, node: &'d Node, label: &str) -> Option<Schema> {
        let Some(inner) = node.get("schema") else {
            self.report(
                "type-missing",
                node.line,
                format!("{label} has no schema"),
                "add `schema:` with a type",
            );
            return None;
        };
        let mut schema = self.schema(inner, label, SchemaStanding::Inline);
        if let Some(example) = node.get("example") {
            schema.example = Some(example.to_json());
        }
        if matches!(schema.kind, Kind::Array(_) | Kind::Object(_) | Kind::Map) {
            let message = format!("{label} is no plain value");
            self.report("parameter-style", inner.line, message, "use a string, number, boolean or enum");
        }
        Some(schema)
    }

    /// The JSON media type of a request or response body.
    fn media(&mut self, node: &'d Node, what: &str) -> Option<(String, Option<serde_json::Value>)> {
        let content = node.get("content")?;
        if content.entries().len() != 1 {
            self.report(
                "media-type-one",
                content.line,
                format!("{what} has several media types"),
                "keep application/json",
            );
        }
        let entry = content.entries().first()?;
        let plain = entry.key.split(';').next().unwrap_or_default().trim();
        if plain != "application/json" {
            let message = format!("{what} is `{}`", entry.key);
            self.report(
                "media-type",
                entry.line,
                message,
                "write application/json, or application/octet-stream for a file in a success response",
            );
            return None;
        }
        self.known_keys(&entry.node, what, &["schema", "example"]);
        let Some(schema) = entry.node.get("schema") else {
            self.report(
                "media-schema",
                entry.line,
                format!("{what} has no schema"),
                "refer to a named schema",
            );
            return None;
        };
        let read = self.schema(schema, what, SchemaStanding::Inline);
        let name = match read.kind {
            Kind::Ref(name) => name,
            Kind::Array(item) if matches!(item.kind, Kind::Ref(_)) => String::new(),
            _ => {
                let message = format!("{what} has a schema without a name");
                self.report(
                    "inline-object",
                    schema.line,
                    message,
                    "move it to components/schemas and refer to it",
                );
                String::new()
            }
        };
        Some((name, entry.node.get("example").map(Node::to_json)))
    }

    fn body(&mut self, node: &'d Node, what: &str) -> Option<Body> {
        let (body, _) = self.follow(node.get("requestBody")?, "requestBodies")?;
        let label = format!("the request body of {what}");
        self.known_keys(body, &label, &["required", "description", "content"]);
        if !self.flag(body, &label, "required") {
            self.report(
                "body-optional",
                body.line,
                format!("{label} is optional"),
                "add `required: true`, or drop the body",
            );
        }
        let (schema, example) = self.media(body, &label)?;
        let description = self.optional_text(body, &label, "description").unwrap_or_default();
        Some(Body { schema, description, example })
    }

    fn responses(&mut self, node: &'d Node, what: &str) -> &'d [Entry] {
        match node.get("responses") {
            Some(_) => self.mapping(node, what, "responses"),
            None => {
                self.report("key-missing", node.line, format!("{what} has no responses"), "add `responses:`");
                &[]
            }
        }
    }

    fn success(&mut self, node: &'d Node, what: &str) -> Success {
        let successes: Vec<&Entry> =
            self.responses(node, what).iter().filter(|e| e.key.starts_with('2')).collect();
        let [entry] = successes[..] else {
            let message = format!("{what} has {} success responses", successes.len());
            let line = successes.last().map_or(node.line, |e| e.line);
            self.report(
                "one-success",
                line,
                message,
                "describe exactly one 2xx response; the library takes any 2xx",
            );
            return Success::default();
        };
        let Some(status) = entry.key.parse().ok().filter(|s| (200..300).contains(s)) else {
            let message = format!("{what} succeeds with `{}`", entry.key);
            self.report("response-status", entry.line, message, "write one status, for example 200");
            return Success::default();
        };
        let Some((response, _)) = self.follow(&entry.node, "responses") else { return Success::default() };
        let label = format!("response {status} of {what}");
        self.known_keys(response, &label, &["description", "content", "headers"]);
        self.text(response, &label, "description");
        if let Some(file) = response.get("content").and_then(|content| content.get(BINARY)) {
            return Success { status, schema: None, binary: true, example: self.file(file, &label) };
        }
        let (schema, example) = self.media(response, &label).unwrap_or_default();
        Success { status, schema: Some(schema).filter(|s| !s.is_empty()), binary: false, example }
    }

    /// The example of a response that is a file.
    fn file(&mut self, node: &'d Node, what: &str) -> Option<serde_json::Value> {
        self.known_keys(node, what, &["schema", "example"]);
        let schema = node.get("schema");
        let says = |key: &str, value: &str| schema.and_then(|s| s.get(key)?.text()) == Some(value);
        if !says("type", "string")
            || !says("format", "binary")
            || schema.is_some_and(|s| s.entries().len() > 2)
        {
            let message = format!("{what} is a file with another schema");
            self.report("media-schema", node.line, message, "write `{type: string, format: binary}`");
        }
        self.optional_text(node, what, "example").map(serde_json::Value::String)
    }

    fn errors(&mut self, node: &'d Node, what: &str) -> Vec<DocumentedError> {
        let mut errors = Vec::new();
        let mut bodies = Vec::new();
        for entry in self.responses(node, what) {
            if entry.key == "default" {
                let message = format!("{what} has a `default` response, which would count as success too");
                self.report(
                    "default-response",
                    entry.line,
                    message,
                    "list the statuses, or write 4XX and 5XX",
                );
                continue;
            }
            let class = entry.key.chars().next();
            if class == Some('2') {
                continue;
            }
            let rest = entry.key.get(1..).unwrap_or_default();
            let shaped = rest == "XX" || rest.len() == 2 && rest.chars().all(|c| c.is_ascii_digit());
            if !matches!(class, Some('4' | '5')) || !shaped {
                let message = format!("{what} has the response `{}`", entry.key);
                self.report(
                    "response-status",
                    entry.line,
                    message,
                    "write a status from 200 to 599, or 4XX or 5XX",
                );
            }
            let Some((response, _)) = self.follow(&entry.node, "responses") else { continue };
            let label = format!("response {} of {what}", entry.key);
            self.known_keys(response, &label, &["description", "content", "headers", "x-codes"]);
            let codes = self.codes(response, &label);
            let code = error_code(response).filter(|_| codes.is_empty());
            let code = code.map(|code| format!(" Example of an error code: `{code}`.")).unwrap_or_default();
            let meaning = self.text(response, &label, "description") + &code;
            errors.push(DocumentedError { status: entry.key.clone(), meaning, codes });
            if let Some(content) = response.get("content") {
                self.media(response, &label);
                let schema = content.entries().first().and_then(|e| e.node.get("schema")).map(Node::to_json);
                bodies.push((entry.line, schema));
            }
        }
        if let Some((line, _)) = bodies.iter().find(|(_, body)| *body != bodies[0].1) {
            let message = format!("{what} has several error bodies");
            self.report("error-schemas", *line, message, "describe one error schema per operation");
        }
        errors
    }

    fn security(&mut self, node: &'d Node, what: &str) -> Vec<String> {
        let holder = if node.get("security").is_some() { node } else { self.root };
        if holder.get("security").is_none() {
            let message = format!("{what} does not say how it is authenticated");
            self.report(
                "security-missing",
                node.line,
                message,
                "add `security:` to the document, `security: []` for none",
            );
            return Vec::new();
        }
        let schemes = self.root.get("components").and_then(|c| c.get("securitySchemes"));
        let mut names = Vec::new();
        for entry in self.items(holder, what, "security").iter().flat_map(Node::entries) {
            if schemes.and_then(|s| s.get(&entry.key)).is_none() {
                let message = format!("the security scheme `{}` is not described", entry.key);
                self.report(
                    "security-unknown",
                    entry.line,
                    message,
                    "add it under components/securitySchemes",
                );
            }
            names.push(entry.key.clone());
        }
        names
    }
}

/// The vendor's code in the example of an error.
fn error_code(response: &Node) -> Option<String> {
    let example = response.get("content")?.entries().first()?.node.get("example")?.to_json();
    let keys = ["error_code", "errorCode", "code"];
    keys.iter().find_map(|key| Some(example.get(key)?.as_str()?.to_owned()))
}
