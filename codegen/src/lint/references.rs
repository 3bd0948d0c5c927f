//! References: to something, from somewhere, and not round in circles.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::Report;
use super::view::{Role, Standing, View, section};
use crate::finding::Line;
use crate::spec::{Kind, Schema};
use crate::yaml::Node;

const SECTIONS: &[&str] = &["schemas", "parameters", "responses", "requestBodies"];

pub(super) fn check(view: &View<'_>, report: &mut Report<'_>) {
    unused(view, report);
    schemes(view, report);
    aliases(view, report);
    bodies(view, report);
    recursion(view, report);
    nullable_items(view, report);
}

/// A list of values cannot hold `null` in Rust.
fn nullable_items(view: &View<'_>, report: &mut Report<'_>) {
    for site in view.sites.iter().filter(|s| matches!(s.standing, Standing::Item)) {
        if site.schema.nullable || view.service.resolve(site.schema).nullable {
            let message = format!("{} may be null, which the type of the list cannot hold", site.what);
            let remedy = "drop `nullable`, or write `x-any: true` for items of any kind";
            report.add("nullable-item", site.line("nullable"), message, remedy);
        }
    }
}

/// Components that neither an operation nor the envelope reaches; errors count as use.
fn unused(view: &View<'_>, report: &mut Report<'_>) {
    let mut reached = HashSet::new();
    let mut queue: Vec<&Node> = ["paths", "x-envelope"].iter().filter_map(|key| view.root.get(key)).collect();
    while let Some(node) = queue.pop() {
        for name in references(node) {
            let target =
                name.split_once('/').and_then(|(s, key)| view.root.get("components")?.get(s)?.get(key));
            if reached.insert(name) {
                queue.extend(target);
            }
        }
    }
    for name in SECTIONS {
        for entry in section(view.root, name) {
            if !reached.contains(format!("{name}/{}", entry.key).as_str()) {
                let message = format!("nothing refers to components/{name}/{}", entry.key);
                report.add("component-unused", entry.line, message, "refer to it, or remove it");
            }
        }
    }
}

/// The `section/name` of every component that `node` refers to.
fn references(node: &Node) -> Vec<&str> {
    let own = node.get("$ref").and_then(Node::text).and_then(|t| t.strip_prefix("#/components/"));
    let mut names: Vec<&str> = own.into_iter().collect();
    names.extend(node.entries().iter().flat_map(|e| references(&e.node)));
    names.extend(node.items().iter().flat_map(references));
    names
}

fn schemes(view: &View<'_>, report: &mut Report<'_>) {
    let own = view.calls.iter().filter_map(|c| c.node.get("security"));
    let all = view.root.get("security").into_iter().chain(own);
    let used: BTreeSet<&str> =
        all.flat_map(Node::items).flat_map(Node::entries).map(|e| e.key.as_str()).collect();
    for entry in section(view.root, "securitySchemes") {
        if !used.contains(entry.key.as_str()) {
            let message = format!("no `security` names the scheme `{}`", entry.key);
            report.add("component-unused", entry.line, message, "name it where it is accepted, or remove it");
        }
    }
}

/// A named schema that is only another name for a second one has no type of its own to become.
fn aliases(view: &View<'_>, report: &mut Report<'_>) {
    for (name, schema) in &view.service.schemas {
        if let Kind::Ref(target) = &schema.kind {
            let message = format!("the schema {name} is only another name for {target}");
            report.add("schema-alias", schema.line, message, "refer to the other one directly");
        }
    }
}

/// Requests and responses become structs, so each must be an object with a name.
fn bodies(view: &View<'_>, report: &mut Report<'_>) {
    for call in &view.calls {
        for media in call.media.iter().filter(|m| m.role != Role::Error) {
            let kind = view.service.schemas.get(&media.name).map(|s| &s.kind);
            if media.list || !matches!(kind, Some(Kind::Object(_) | Kind::Ref(_))) {
                let message = format!("a body of {} is no object with named properties", call.operation.id);
                report.add(
                    "body-object",
                    media.line,
                    message,
                    "refer to a named object; the generator knows no other body",
                );
            }
        }
    }
}

/// Objects that need themselves to be complete, and lists that consist of themselves.
fn recursion(view: &View<'_>, report: &mut Report<'_>) {
    let edges: BTreeMap<&str, BTreeSet<&str>> =
        view.service.schemas.iter().map(|(name, schema)| (name.as_str(), needs(schema, view))).collect();
    let reach: BTreeMap<&str, BTreeSet<&str>> =
        edges.keys().map(|name| (*name, closure(&edges, name))).collect();
    let line = |name: &str| view.service.schemas.get(name).map_or(Line::TOP, |s| s.line);
    for (name, reached) in reach.iter().filter(|(name, reached)| reached.contains(*name)) {
        let mut circle = reached.iter().filter(|other| reach.get(*other).is_some_and(|r| r.contains(name)));
        if circle.clone().all(|other| line(other) >= line(name)) {
            let others = circle.by_ref().copied().collect::<Vec<_>>().join(", ");
            let message = format!("{name} needs itself without end, by way of {others}");
            report.add("recursion", line(name), message, "make a reference on the way optional or nullable");
        }
    }
}

/// The named schemas without which a value of `schema` cannot be.
fn needs<'d>(schema: &'d Schema, view: &View<'d>) -> BTreeSet<&'d str> {
    let mut needed = BTreeSet::new();
    match &schema.kind {
        Kind::Object(properties) => {
            let required = properties.iter().filter(|p| p.required && !p.schema.nullable);
            required.for_each(|p| needed_by(&p.schema, view, &mut needed));
        }
        // A list of itself has no type, even if it is empty.
        Kind::Array(item) => named_in(item, &mut needed),
        Kind::Ref(_) => named_in(schema, &mut needed),
        _ => {}
    }
    needed
}

/// Of a required property: the schema it refers to, or that of the items it must have.
fn needed_by<'d>(schema: &'d Schema, view: &View<'d>, needed: &mut BTreeSet<&'d str>) {
    let filled = |list: &Schema| list.limits.min_items.is_some_and(|n| n > 0);
    match &schema.kind {
        Kind::Ref(name) => {
            let Some(target) = view.service.schemas.get(name) else { return };
            let endless = matches!(target.kind, Kind::Object(_) | Kind::Ref(_)) || filled(target);
            if endless && !target.nullable {
                needed.insert(name);
            }
        }
        Kind::Array(item) if filled(schema) && !item.nullable => needed_by(item, view, needed),
        _ => {}
    }
}

fn named_in<'d>(schema: &'d Schema, into: &mut BTreeSet<&'d str>) {
    match &schema.kind {
        Kind::Ref(name) => _ = into.insert(name),
        Kind::Array(item) => named_in(item, into),
        _ => {}
    }
}

fn closure<'d>(edges: &BTreeMap<&'d str, BTreeSet<&'d str>>, from: &str) -> BTreeSet<&'d str> {
    let mut seen = BTreeSet::new();
    let mut queue = vec![from];
    while let Some(name) = queue.pop() {
        for next in edges.get(name).into_iter().flatten() {
            if seen.insert(*next) {
                queue.push(next);
            }
        }
    }
    seen
}
