//! Operations: there are some, each is reached by a route of its own, and its parameters can be sent.

use std::collections::HashMap;

use super::Report;
use super::view::{Call, View, entry, section};
use crate::names;
use crate::spec::{Kind, Location, Operation, Parameter};
use crate::yaml::Node;

/// Headers that the library or its HTTP client writes.
const HEADERS: &[&str] =
    &["accept", "authorization", "connection", "content-length", "content-type", "host", "transfer-encoding"];

pub(super) fn check(view: &View<'_>, report: &mut Report<'_>) {
    present(view, report);
    routes(view, report);
    view.calls.iter().for_each(|call| charged(view, call, report));
    let credentials = credentials(view);
    for (parameter, node) in view.calls.iter().flat_map(|c| &c.parameters) {
        values(view, parameter, node, report);
        if parameter.location == Location::Header {
            header(parameter, node, &credentials, report);
        }
    }
}

fn present(view: &View<'_>, report: &mut Report<'_>) {
    let Some(paths) = entry(view.root, "paths") else { return };
    if paths.node.entries().is_empty() {
        report.add("operations-none", paths.line, "the document has no operations", "describe one");
    }
    for path in paths.node.entries().iter().filter(|p| p.node.entries().is_empty()) {
        let message = format!("the path {} has no operations", path.key);
        report.add("operations-none", path.line, message, "describe one, or remove the path");
    }
}

/// What costs money says how to find out whether it was carried out.
fn charged(view: &View<'_>, call: &Call<'_>, report: &mut Report<'_>) {
    let (operation, line) = (call.operation, call.node.get("x-charged").map_or(call.node.line, |n| n.line));
    let reads = |method: &str| {
        view.service.operations.iter().any(|o| o.reads && names::field_name(&o.rust_name) == method)
    };
    match operation.charged.as_deref() {
        None if operation.single_attempt => {
            let message =
                format!("{} is sent once, and does not say how to find out what it did", operation.id);
            let remedy = "add `x-charged:` with a method of the client that reads, or `none`";
            report.add("charged-missing", line, message, remedy);
        }
        Some(method) if method != "none" && !method.starts_with("find_") && !reads(method) => {
            let message = format!("the client has no method `{method}` that only reads");
            let remedy = "name the method of an operation that reads, or one that finds by name, or `none`";
            report.add("charged-unknown", line, message, remedy);
        }
        _ => {}
    }
}

fn routes(view: &View<'_>, report: &mut Report<'_>) {
    let mut seen: HashMap<(&str, String), &str> = HashMap::new();
    for path in view.root.get("paths").map(Node::entries).unwrap_or_default() {
        if template(&path.key).is_none() {
            let message = format!("the template {} has an empty, repeated or unclosed name", path.key);
            report.add("path-template", path.line, message, "write each name once, as `{name}`");
        }
    }
    for call in &view.calls {
        let operation = call.operation;
        let Some(shape) = template(&operation.key) else { continue };
        if let Some(other) = seen.insert((operation.method.as_str(), shape), &operation.id) {
            let message = format!("{} has the route of {other}", operation.id);
            report.add(
                "route-ambiguous",
                operation.line,
                message,
                "make the paths differ in more than parameter names",
            );
        }
        fragment(view, operation, report);
    }
}

/// Operations that share method and path are distinguished by their bodies, and by a fragment in the document.
fn fragment(view: &View<'_>, operation: &Operation, report: &mut Report<'_>) {
    if !operation.key.contains('#') {
        return;
    }
    let same = |o: &&Operation| o.method == operation.method && o.path == operation.path;
    let sharing: Vec<_> = view.service.operations.iter().filter(same).collect();
    let fault = match sharing.iter().find(|o| o.body.is_none()) {
        _ if sharing.len() == 1 => "no other operation has its method and path".to_owned(),
        Some(bare) => format!("{} has no body to be distinguished by", bare.id),
        None => return,
    };
    let message = format!("{} stands under a path with a fragment, but {fault}", operation.id);
    report.add("path-fragment", operation.line, message, "drop the fragment, or describe the body");
}

/// The template without its names; `None` when its braces or names are wrong.
fn template(path: &str) -> Option<String> {
    let (mut shape, mut rest, mut names) = (String::new(), path, Vec::new());
    while let Some((before, after)) = rest.split_once('{') {
        let (name, behind) = after.split_once('}')?;
        if name.is_empty() || name.contains('{') || before.contains('}') || names.contains(&name) {
            return None;
        }
        names.push(name);
        shape.push_str(before);
        shape.push_str("{}");
        rest = behind;
    }
    shape.push_str(rest);
    (!rest.contains('}')).then_some(shape)
}

/// What a parameter refers to must be a plain value, and there.
fn values(view: &View<'_>, parameter: &Parameter, node: &Node, report: &mut Report<'_>) {
    let target = view.service.resolve(&parameter.schema);
    let line = node.get("schema").map_or(node.line, |n| n.line);
    if matches!(parameter.schema.kind, Kind::Ref(_))
        && matches!(target.kind, Kind::Object(_) | Kind::Map | Kind::Array(_))
    {
        let message = format!("the parameter `{}` refers to no plain value", parameter.name);
        report.add("parameter-style", line, message, "use a string, number, boolean or enum");
    }
    if parameter.schema.nullable || target.nullable {
        let message = format!(
            "the parameter `{}` is nullable, but null cannot be sent in a URL or header",
            parameter.name
        );
        report.add("parameter-nullable", line, message, "drop `nullable`; an optional parameter is left out");
    }
}

/// Lower-case names of the headers that carry credentials.
fn credentials(view: &View<'_>) -> Vec<String> {
    let schemes = section(view.root, "securitySchemes").iter();
    let named = schemes.filter(|s| s.node.get("in").and_then(Node::text) == Some("header"));
    named.filter_map(|s| Some(s.node.get("name")?.text()?.to_ascii_lowercase())).collect()
}

fn header(parameter: &Parameter, node: &Node, credentials: &[String], report: &mut Report<'_>) {
    let name = parameter.name.to_ascii_lowercase();
    let line = node.get("name").map_or(node.line, |n| n.line);
    if !name.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c)) {
        let message = format!("`{}` cannot be the name of a header", parameter.name);
        report.add("header-name", line, message, "correct the name");
    } else if HEADERS.contains(&name.as_str()) || credentials.contains(&name) {
        let message = format!("the header `{}` is written by the library, not by the caller", parameter.name);
        report.add("header-name", line, message, "drop the parameter; credentials belong to securitySchemes");
    }
}
