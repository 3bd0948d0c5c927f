//! `x-features`: each operation belongs to one part of the service, and needs no other part but the first.

use super::Report;
use super::view::{Call, View, entry};
use crate::finding::Line;
use crate::names::field_name;
use crate::spec::{Feature, Operation, Service};

/// Modules of the generated code beside which the module of a part stands.
const MODULES: [&str; 10] = [
    "client",
    "core",
    "examples",
    "limits",
    "models",
    "operation",
    "operations",
    "parameters",
    "poller",
    "table",
];

pub(super) fn check(view: &View<'_>, report: &mut Report<'_>) {
    let service = view.service;
    let [first, further @ ..] = service.features.as_slice() else { return };
    if further.is_empty() {
        let message = format!("`{}` is the only part in x-features", first.name);
        report.add("features-unknown", first.line, message, "write at least two, or remove x-features");
    }
    service.features.iter().for_each(|feature| names_and_tags(service, feature, report));
    for call in &view.calls {
        placed(service, call, report);
        apart(service, call, report);
    }
}

/// The name becomes a feature and a module; each tag stands once, and operations have it.
fn names_and_tags(service: &Service, feature: &Feature, report: &mut Report<'_>) {
    let Feature { name, tags, line, .. } = feature;
    let mut add = |message: String, remedy: &str| report.add("features-unknown", *line, message, remedy);
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !name.chars().all(plain) || name.ends_with('-')
    {
        let remedy = "write lower-case words with dashes between them";
        add(format!("`{name}` of x-features cannot be part of a feature's name"), remedy);
    }
    if MODULES.contains(&field_name(name).as_str()) {
        let remedy = "write another name: the generated code has a module of this one";
        add(format!("`{name}` of x-features is the name of a module"), remedy);
    }
    if tags.is_empty() {
        add(format!("`{name}` of x-features has no tags"), "write the tags of its operations, or remove it");
    }
    for (index, tag) in tags.iter().enumerate() {
        if !service.operations.iter().any(|o| o.tag.as_ref() == Some(tag)) {
            let message = format!("`{name}` of x-features has the tag `{tag}`, which no operation has");
            add(message, "write the first tag of an operation");
        }
        let others = service.features.iter().filter(|other| other.line != *line);
        if tags[..index].contains(tag) || others.flat_map(|other| &other.tags).any(|other| other == tag) {
            add(format!("the tag `{tag}` stands twice in x-features"), "keep it once");
        }
    }
}

/// An operation of a service in parts belongs to one.
fn placed(service: &Service, call: &Call<'_>, report: &mut Report<'_>) {
    let operation = call.operation;
    let tag = operation.tag.as_deref().unwrap_or_default();
    if !service.features.iter().any(|feature| feature.tags.iter().any(|known| known == tag)) {
        let message = match tag {
            "" => format!("{} has no tag, and x-features places operations by their tags", operation.id),
            tag => format!("{} has the tag `{tag}`, which x-features does not have", operation.id),
        };
        let line = entry(call.node, "tags").map_or(operation.line, |tags| tags.line);
        report.add("features-unknown", line, message, "add its tag to a part of x-features");
    }
}

/// What an operation needs is there wherever the operation is.
fn apart(service: &Service, call: &Call<'_>, report: &mut Report<'_>) {
    let (operation, own) = (call.operation, service.feature(call.operation));
    let line = |key: &str| entry(call.node, key).map_or(operation.line, |entry| entry.line);
    let mut check = |what: &str, needed: &Operation, line: Line| {
        if let Some(feature) = service.feature(needed).filter(|feature| Some(*feature) != own) {
            let message = format!(
                "{what} of {} needs {}, which is only in `{}`",
                operation.id, needed.id, feature.name
            );
            let remedy = "write both tags under one part of x-features, or the needed one under the first";
            report.add("features-apart", line, message, remedy);
        }
    };
    if let Some(work) = &operation.long_running {
        for states in work.poll.iter().chain(&work.then) {
            if let Some(needed) = service.operation(&states.operation) {
                check("x-long-running", needed, line("x-long-running"));
            }
        }
    }
    if let Some(method) = &operation.charged {
        let called = |o: &&Operation| field_name(&o.rust_name) == *method;
        if let Some(needed) = service.operations.iter().find(called) {
            check("x-charged", needed, line("x-charged"));
        }
    }
    let successor = operation.deprecated.as_ref().and_then(|deprecation| deprecation.replaced_by.as_ref());
    if let Some(needed) = successor.and_then(|id| service.operation(id)) {
        check("x-replaced-by", needed, line("x-replaced-by"));
    }
}
