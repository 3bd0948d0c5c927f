//! `x-features`: each operation belongs to one part of the service, and needs no other part but the first.

use std::collections::{HashMap, HashSet};

use super::Report;
use super::view::{Call, View, entry};
use crate::finding::Line;
use crate::names::field_name;
use crate::spec::{Feature, Operation, Service};

/// The longest name of a part. That of its Cargo feature begins with the stem of the spec.
const LONGEST: usize = 64;
/// The most parts of a service: each costs time in every build, and readers have to choose from them.
const MOST: usize = 64;

pub(super) fn check(view: &View<'_>, report: &mut Report<'_>) {
    let service = view.service;
    let Some(node) = view.root.get("x-features") else { return };
    let message = match service.features.as_slice() {
        [] => "x-features has no parts".to_owned(),
        [only] => format!("`{}` is the only part in x-features", only.name),
        _ => String::new(),
    };
    if !message.is_empty() {
        let line = service.features.first().map_or(node.line, |only| only.line);
        report.add("features-unknown", line, message, "write at least two, or remove x-features");
    }
    if let Some(more) = service.features.get(MOST) {
        let message = format!("x-features has more than {MOST} parts");
        report.add("features-unknown", more.line, message, "write several tags under one part");
    }
    service.features.iter().for_each(|feature| name(feature, report));
    tags(service, report);
    let mut unknown = HashSet::new();
    for call in view.calls.iter().filter(|_| !service.features.is_empty()) {
        if placed(service, call, &mut unknown, report) {
            apart(service, call, report);
        }
    }
}

/// The name becomes that of a Cargo feature and of modules.
fn name(Feature { name, line, .. }: &Feature, report: &mut Report<'_>) {
    let word =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    let (fault, remedy) = if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !name.split('-').all(word)
    {
        let remedy = "write lower-case words and numbers with one dash between them, a word first";
        ("cannot be part of a feature's name".to_owned(), remedy)
    } else if name.len() > LONGEST {
        (format!("is longer than {LONGEST} characters"), "write a shorter name")
    } else {
        return;
    };
    report.add("features-unknown", *line, format!("`{name}` of x-features {fault}"), remedy);
}

/// Each part has tags, each tag stands once, and operations have it.
fn tags(service: &Service, report: &mut Report<'_>) {
    let used: HashSet<_> = service.operations.iter().filter_map(|o| o.tag.as_ref()).collect();
    let mut known: HashMap<&String, &String> = HashMap::new();
    for Feature { name, tags, line, .. } in &service.features {
        let mut add = |message: String, remedy: &str| report.add("features-unknown", *line, message, remedy);
        if tags.is_empty() {
            let remedy = "write the tags of its operations, or remove it";
            add(format!("`{name}` of x-features has no tags"), remedy);
        }
        for tag in tags {
            if !used.contains(tag) {
                let message = format!("`{name}` of x-features has the tag `{tag}`, which no operation has");
                add(message, "write the first tag of an operation");
            }
            if let Some(other) = known.insert(tag, name) {
                let message = if other == name {
                    format!("`{name}` of x-features has the tag `{tag}` twice")
                } else {
                    format!("`{name}` of x-features has the tag `{tag}`, which `{other}` has already")
                };
                add(message, "keep it once");
            }
        }
    }
}

/// Whether an operation belongs to a part, which each one does. A tag that is in no part is reported once.
fn placed<'s>(
    service: &Service,
    call: &Call<'s>,
    unknown: &mut HashSet<&'s str>,
    report: &mut Report<'_>,
) -> bool {
    let operation = call.operation;
    let tag = operation.tag.as_deref().unwrap_or_default();
    if service.features.iter().any(|feature| feature.tags.iter().any(|known| known == tag)) {
        return true;
    }
    let (fault, remedy) = if tag.is_empty() {
        ("has no tag, by which x-features places it".to_owned(), "write a tag that x-features has")
    } else if unknown.insert(tag) {
        let count = service.operations.iter().filter(|o| o.tag.as_deref() == Some(tag)).count();
        let all = if count > 1 { format!(" ({count} operations have it)") } else { String::new() };
        let fault = format!("has the tag `{tag}`, which x-features does not have{all}");
        (fault, "add it to a part of x-features")
    } else {
        return false;
    };
    let line = entry(call.node, "tags").map_or(operation.line, |tags| tags.line);
    report.add("features-unknown", line, format!("{} {fault}", operation.id), remedy);
    false
}

/// What an operation needs is there wherever the operation is.
fn apart(service: &Service, call: &Call<'_>, report: &mut Report<'_>) {
    let operation = call.operation;
    let line = |key: &str| entry(call.node, key).map_or(operation.line, |entry| entry.line);
    let mut check = |what: &str, needed: &Operation, line: Line| {
        if let Some(feature) = service.further_feature(operation, needed) {
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
