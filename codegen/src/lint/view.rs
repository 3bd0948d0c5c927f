//! The service beside the nodes it was read from, for rules that need both meaning and line.

use std::collections::HashSet;

use crate::finding::{Files, Line, Place};
use crate::spec::{Kind, Location, Operation, Parameter, Schema, Service};
use crate::yaml::{Entry, Node};

/// A document: its nodes, its meaning, and the places where something stands.
pub(super) struct View<'d> {
    pub(super) root: &'d Node,
    pub(super) service: &'d Service,
    pub(super) calls: Vec<Call<'d>>,
    pub(super) sites: Vec<Site<'d>>,
}

/// An operation and its nodes.
pub(super) struct Call<'d> {
    pub(super) operation: &'d Operation,
    pub(super) node: &'d Node,
    pub(super) parameters: Vec<(&'d Parameter, &'d Node)>,
    pub(super) media: Vec<Media<'d>>,
}

/// A JSON body of an operation.
pub(super) struct Media<'d> {
    pub(super) role: Role,
    /// Line of the schema.
    pub(super) line: Line,
    /// Name of its schema, or of the items' schema.
    pub(super) name: String,
    /// A list of what the schema describes.
    pub(super) list: bool,
    pub(super) example: Option<&'d Node>,
}

/// What a body is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Request,
    Success,
    Error,
}

/// A schema somewhere in the document.
pub(super) struct Site<'d> {
    /// How to call it in a message.
    pub(super) what: String,
    pub(super) schema: &'d Schema,
    pub(super) node: &'d Node,
    pub(super) standing: Standing<'d>,
    /// The example; of a parameter it may stand next to the schema.
    pub(super) example: Option<&'d Node>,
}

/// Where a schema stands.
#[derive(Debug, Clone, Copy)]
pub(super) enum Standing<'d> {
    /// Under `components/schemas`.
    Named,
    /// A property of the named schema.
    Property(&'d str),
    /// The items of a list.
    Item,
    /// A parameter's.
    Parameter,
}

impl Site<'_> {
    /// The line of one of its keys, or of itself.
    pub(super) fn line(&self, key: &str) -> Line {
        entry(self.node, key).map_or(self.node.line, |e| e.line)
    }
}

impl<'d> View<'d> {
    pub(super) fn new(root: &'d Node, service: &'d Service) -> Self {
        let mut view = Self { root, service, calls: Vec::new(), sites: Vec::new() };
        view.calls = service.operations.iter().filter_map(|o| view.call(o)).collect();
        view.named_sites();
        view.parameter_sites();
        view
    }

    /// The places of what operations share: components that they refer to, and the document's `security`.
    pub(super) fn shared(&self, files: &Files) -> HashSet<Place> {
        let sections = ["parameters", "responses", "requestBodies"].map(|s| section(self.root, s));
        let mut lines = HashSet::new();
        for entry in sections.into_iter().flatten().chain(entry(self.root, "security")) {
            lines.insert(entry.line);
            collect(&entry.node, &mut lines);
        }
        lines.into_iter().map(|line| files.place(line)).collect()
    }

    /// Follows a reference into `components/<name>`; a node that is none stays itself.
    pub(super) fn follow(&self, node: &'d Node, name: &str) -> Option<&'d Node> {
        let Some(target) = node.get("$ref") else { return Some(node) };
        let key = target.text()?.strip_prefix("#/components/")?.strip_prefix(name)?.strip_prefix('/')?;
        self.root.get("components")?.get(name)?.get(key)
    }

    /// The schema under a dotted path of properties of a named schema.
    pub(super) fn property(&self, schema: &str, path: &str) -> Option<&'d Schema> {
        self.service.property(schema, path)
    }

    fn call(&self, operation: &'d Operation) -> Option<Call<'d>> {
        let method = operation.method.to_ascii_lowercase();
        let node = self.root.get("paths")?.get(&operation.key)?.get(&method)?;
        let mut parameters = Vec::new();
        for item in node.get("parameters").map(Node::items).unwrap_or_default() {
            let found = self.follow(item, "parameters").and_then(|n| Some((parameter(operation, n)?, n)));
            parameters.extend(found);
        }
        let request = node.get("requestBody").and_then(|n| self.follow(n, "requestBodies"));
        let mut media: Vec<Media<'d>> =
            request.and_then(|n| self.media(n, Role::Request)).into_iter().collect();
        for response in node.get("responses").map(Node::entries).unwrap_or_default() {
            let role = if response.key.starts_with('2') { Role::Success } else { Role::Error };
            media.extend(self.follow(&response.node, "responses").and_then(|n| self.media(n, role)));
        }
        Some(Call { operation, node, parameters, media })
    }

    fn media(&self, node: &'d Node, role: Role) -> Option<Media<'d>> {
        let entry = node.get("content")?.entries().first()?;
        let outer = entry.node.get("schema")?;
        let list = outer.get("items").is_some();
        let inner = outer.get("items").unwrap_or(outer);
        let inner = inner.get("allOf").and_then(|n| n.items().first()).unwrap_or(inner);
        let name = inner.get("$ref")?.text()?.strip_prefix("#/components/schemas/")?.to_owned();
        Some(Media { role, line: outer.line, name, list, example: entry.node.get("example") })
    }

    fn named_sites(&mut self) {
        for entry in section(self.root, "schemas") {
            let Some((name, schema)) = self.service.schemas.get_key_value(&entry.key) else { continue };
            self.site(name, schema, &entry.node, Standing::Named);
            if let Kind::Object(properties) = &schema.kind {
                for property in properties {
                    let found = entry.node.get("properties").and_then(|n| n.get(&property.name));
                    if let Some(node) = found {
                        let what = format!("{name}.{}", property.name);
                        self.site(&what, &property.schema, node, Standing::Property(name));
                    }
                }
            }
        }
    }

    fn parameter_sites(&mut self) {
        let mut seen = HashSet::new();
        let mut found = Vec::new();
        for (parameter, node) in self.calls.iter().flat_map(|c| &c.parameters) {
            if seen.insert(std::ptr::from_ref::<Node>(node)) {
                found.push((*parameter, *node));
            }
        }
        for (parameter, node) in found {
            if let Some(inner) = node.get("schema") {
                let what = format!("parameter `{}`", parameter.name);
                let first = self.sites.len();
                self.site(&what, &parameter.schema, inner, Standing::Parameter);
                if let (Some(site), Some(example)) = (self.sites.get_mut(first), node.get("example")) {
                    site.example = Some(example);
                }
            }
        }
    }

    /// A schema, and those of the lists in it.
    fn site(&mut self, what: &str, schema: &'d Schema, node: &'d Node, standing: Standing<'d>) {
        let example = node.get("example");
        self.sites.push(Site { what: what.to_owned(), schema, node, standing, example });
        if let (Kind::Array(item), Some(items)) = (&schema.kind, node.get("items")) {
            self.site(&format!("{what}[]"), item, items, Standing::Item);
        }
    }
}

/// The entry under `key` of a mapping.
pub(super) fn entry<'d>(node: &'d Node, key: &str) -> Option<&'d Entry> {
    node.entries().iter().find(|e| e.key == key)
}

/// The components of one section.
pub(super) fn section<'d>(root: &'d Node, name: &str) -> &'d [Entry] {
    root.get("components").and_then(|c| c.get(name)).map(Node::entries).unwrap_or_default()
}

/// The parameter of `operation` that was read from `node`.
fn parameter<'d>(operation: &'d Operation, node: &Node) -> Option<&'d Parameter> {
    let (name, place) = (node.get("name")?.text()?.trim(), node.get("in")?.text()?);
    operation.parameters.iter().find(|p| {
        let location = match p.location {
            Location::Path => "path",
            Location::Query => "query",
            Location::Header => "header",
        };
        p.name == name && location == place
    })
}

/// The lines of a node and of all that is in it.
fn collect(node: &Node, lines: &mut HashSet<Line>) {
    lines.insert(node.line);
    for entry in node.entries() {
        lines.insert(entry.line);
        collect(&entry.node, lines);
    }
    node.items().iter().for_each(|item| collect(item, lines));
}
