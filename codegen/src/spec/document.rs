//! Reading a whole document.

use std::collections::BTreeMap;

use super::schema::SchemaStanding;
use super::walker::Walker;
use super::{Document, METHODS, Operation, Schema, Service};
use crate::finding::{Finding, Line};

const ROOT: &[&str] = &[
    "openapi",
    "info",
    "servers",
    "security",
    "tags",
    "externalDocs",
    "paths",
    "components",
    "x-envelope",
    "x-features",
    "x-requires",
    "x-states",
];
const COMPONENTS: &[&str] = &["schemas", "parameters", "responses", "requestBodies", "securitySchemes"];

/// Reads the document of the service `stem`.
///
/// Returns the service and everything that is wrong with it; a service with findings must not be generated.
#[must_use]
pub fn read(stem: &str, document: &Document) -> (Service, Vec<Finding>) {
    let Document { files, root } = document;
    let mut walker = Walker { files, root, findings: Vec::new() };
    walker.known_keys(root, "the document", ROOT);
    walker.openapi_version();
    let (title, version, description) = walker.info();
    walker.states();
    let service = Service {
        stem: stem.to_owned(),
        files: files.clone(),
        title,
        version,
        description,
        requires: walker.requires(),
        features: walker.features(stem),
        operations: walker.operations(),
        schemas: walker.schemas(),
        json: root.to_json(),
    };
    (service, walker.findings)
}

impl<'d> Walker<'d> {
    fn openapi_version(&mut self) {
        let version = self.text(self.root, "the document", "openapi");
        if !version.is_empty() && !version.starts_with("3.0.") {
            let line = self.root.get("openapi").map_or(Line::TOP, |n| n.line);
            let message = format!("OpenAPI {version} is not understood");
            self.report("openapi-version", line, message, "write the document in OpenAPI 3.0.3");
        }
    }

    fn info(&mut self) -> (String, String, String) {
        let Some(info) = self.root.get("info") else {
            self.report(
                "key-missing",
                Line::TOP,
                "the document has no `info`",
                "add `info:` with title, version, description",
            );
            return Default::default();
        };
        self.known_keys(info, "info", &["title", "version", "description", "contact", "license"]);
        let version = self.text(info, "info", "version");
        if !version.chars().all(|c| c.is_ascii_graphic()) {
            let line = info.get("version").map_or(info.line, |n| n.line);
            self.report(
                "info-version",
                line,
                "info.version is not plain ASCII",
                "write digits, letters and dots",
            );
        }
        (self.text(info, "info", "title"), version, self.text(info, "info", "description"))
    }

    /// `x-requires`: the services without which the client of this one cannot work.
    fn requires(&mut self) -> Vec<String> {
        self.text_items(self.root, "the document", "x-requires")
    }

    fn schemas(&mut self) -> BTreeMap<String, Schema> {
        let mut schemas = BTreeMap::new();
        let Some(components) = self.root.get("components") else { return schemas };
        self.known_keys(components, "components", COMPONENTS);
        for section in COMPONENTS.iter().filter(|s| **s != "schemas") {
            self.mapping(components, "components", section);
        }
        for entry in self.mapping(components, "components", "schemas") {
            let schema = self.schema(&entry.node, &entry.key, SchemaStanding::Named);
            if schema.description.is_empty() {
                let message = format!("the schema {} has no description", entry.key);
                self.report("description-missing", entry.line, message, "say in a sentence what it is");
            }
            schemas.insert(entry.key.clone(), Schema { line: entry.line, ..schema });
        }
        schemas
    }

    fn operations(&mut self) -> Vec<Operation> {
        let mut operations: Vec<Operation> = Vec::new();
        let envelope = self.envelope(self.root);
        if self.root.get("paths").is_none() {
            self.report("key-missing", Line::TOP, "the document has no `paths`", "add `paths:`");
        }
        for path in self.mapping(self.root, "the document", "paths") {
            if path.node.get("$ref").is_some() {
                self.report("ref-path-item", path.line, "a path refers elsewhere", "write the path item out");
                continue;
            }
            let fragment = path.key.split_once('#').map_or("one", |(_, fragment)| fragment);
            let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            let plain = |c: char| c.is_ascii_graphic() && !"?\"<>\\^`|%".contains(c);
            if !path.key.starts_with('/')
                || !path.key.chars().all(plain)
                || path.key.split('/').any(|segment| segment == "." || segment == "..")
                || !fragment.starts_with(word)
                || !fragment.chars().all(word)
            {
                let message = format!("the path `{}` is no plain path", path.key);
                self.report(
                    "path-shape",
                    path.line,
                    message,
                    "begin with `/`; write plain ASCII without `..`; make `?` and what follows query parameters; a fragment is a word",
                );
            }
            self.known_keys(&path.node, "a path", METHODS);
            for method in path.node.entries().iter().filter(|e| METHODS.contains(&e.key.as_str())) {
                operations.push(self.operation(&path.key, &method.key, method.line, &method.node));
            }
        }
        for operation in operations.iter_mut().filter(|o| o.envelope.is_none()) {
            operation.envelope.clone_from(&envelope);
        }
        operations
    }
}
