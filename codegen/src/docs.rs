//! Doc comments: our own words from the spec, made safe for rustdoc, with the limits spelt out.

use serde_json::Value as Json;

use crate::layout::fits;
use crate::names::type_name;
use crate::spec::{Deprecation, Feature, Kind, Limits, Operation, Parameter, Property, Schema, Service};

mod operation;
mod prose;

pub(crate) use operation::{argument, body, client, common_errors, operation};
pub(crate) use prose::{code, escape};

/// Doc comment of text of one or more lines.
pub(crate) fn lines(text: &str) -> String {
    markdown(&escape(text))
}

/// The same for text that is Markdown already.
pub(crate) fn markdown(text: &str) -> String {
    text.trim().lines().map(|line| format!("{}\n", format!("/// {}", line.trim()).trim_end())).collect()
}

/// The same for Markdown with code in it, whose indent stays.
pub(crate) fn verbatim(text: &str) -> String {
    text.lines().map(|line| format!("{}\n", format!("/// {line}").trim_end())).collect()
}

/// A line of a doc comment that is there only with a feature of the service.
pub(crate) fn only_with(feature: &Feature, line: &str) -> String {
    let (feature, doc) = (format!("feature = {:?}", feature.cargo), format!("doc = {line:?}"));
    let flat = format!("#[cfg_attr({feature}, {doc})]");
    if fits(&flat, 0) { format!("{flat}\n") } else { format!("#[cfg_attr(\n    {feature},\n    {doc}\n)]\n") }
}

/// A doc comment as a field or method has it.
pub(crate) fn indented(doc: &str) -> String {
    doc.lines().map(|line| format!("    {line}\n")).collect()
}

/// The attribute of what is deprecated; `named` gives the Rust name of what to use instead.
pub(crate) fn deprecated(deprecation: &Deprecation, named: impl Fn(&str) -> Option<String>) -> String {
    let note = match deprecation.replaced_by.as_deref().and_then(named) {
        Some(name) => format!("use `{name}` instead"),
        None => "deprecated by the vendor".to_owned(),
    };
    format!("#[deprecated(note = {note:?})]\n")
}

/// Docs of a struct.
pub(crate) fn model(schema: &Schema) -> String {
    let relations: Vec<_> = schema.relations.iter().map(|(_, relation)| relation.words()).collect();
    let details =
        if relations.is_empty() { String::new() } else { format!("Rules: {}.", relations.join("; ")) };
    lines(&with_details(&schema.description, &details))
}

/// Docs of a struct's field.
pub(crate) fn property(service: &Service, property: &Property) -> String {
    let target = service.resolve(&property.schema);
    let own = &property.schema.description;
    let text = if own.is_empty() { &target.description } else { own };
    let text = with_details(text, &details(service, &property.schema));
    lines(&(text + &deprecation(property.deprecated.as_ref())))
}

/// The operations that return the value of a parameter, as a sentence with links; empty where none is known.
///
/// Those that are not there wherever the operation is are left out.
fn returned_by(service: &Service, operation: &Operation, parameter: &Parameter) -> String {
    let there = |id: &&String| {
        service.operation(id).is_some_and(|other| service.further_feature(operation, other).is_none())
    };
    let ids: Vec<String> = parameter.see.iter().filter(there).cloned().collect();
    match links(service, &ids).as_slice() {
        [] => String::new(),
        links => format!("Returned by {}.", links.join(" and ")),
    }
}

/// Links to the builders of operations, from a place in their module.
fn links(service: &Service, ids: &[String]) -> Vec<String> {
    let operations = ids.iter().filter_map(|id| service.operation(id));
    operations.map(|o| format!("[`{}`]", type_name(&o.rust_name))).collect()
}

/// The same as a sentence, by the vendor's names.
fn deprecation(deprecation: Option<&Deprecation>) -> String {
    match deprecation.map(|d| d.replaced_by.as_deref()) {
        Some(Some(name)) => format!("\n\nDeprecated: use `{name}` instead."),
        Some(None) => "\n\nDeprecated by the vendor.".to_owned(),
        None => String::new(),
    }
}

fn with_details(text: &str, details: &str) -> String {
    match (text.trim(), details) {
        (text, "") => text.to_owned(),
        ("", details) => details.to_owned(),
        (text, details) => format!("{text} {details}"),
    }
}

/// Limits, default and example of a schema as sentences.
fn details(service: &Service, schema: &Schema) -> String {
    let target = service.resolve(schema);
    let mut details = limits(&target.limits);
    if matches!(target.kind, Kind::Array(_)) {
        details.extend(target.relations.iter().map(|(_, relation)| relation.words()));
    }
    if let Kind::Array(item) = &target.kind {
        let each = limits(&service.resolve(item).limits);
        details.extend(each.into_iter().map(|l| format!("each {l}")));
    }
    let mut sentences = Vec::new();
    if !details.is_empty() {
        sentences.push(format!("Limits: {}.", details.join("; ")));
    }
    if let Some(default) = schema.default.as_ref().or(target.default.as_ref()) {
        sentences.push(format!("Default: {}.", plain(default)));
    }
    let example = schema.example.as_ref().or(target.example.as_ref());
    if let Some(example) = example.filter(|e| !e.is_object() && !e.is_array() && !e.is_null()) {
        sentences.push(format!("Example: {}.", plain(example)));
    }
    sentences.join(" ")
}

fn plain(value: &Json) -> String {
    value.as_str().map_or_else(|| code(&value.to_string()), code)
}

fn limits(limits: &Limits) -> Vec<String> {
    let mut out = Vec::new();
    out.extend(range(limits.minimum, limits.maximum));
    out.extend(count(limits.min_length, limits.max_length, "character"));
    out.extend(count(limits.min_items, limits.max_items, "item"));
    out.extend(limits.multiple_of.map(|n| format!("a multiple of {n}")));
    out.extend(limits.pattern.as_ref().map(|p| format!("matches {}", code(p))));
    if !limits.excluded.is_empty() {
        let list = limits.excluded.iter().map(ToString::to_string).collect::<Vec<_>>();
        out.push(format!("none of {}", list.join(", ")));
    }
    out
}

fn range(minimum: Option<f64>, maximum: Option<f64>) -> Option<String> {
    span(minimum.map(|n| n.to_string()), maximum.map(|n| n.to_string()))
}

fn count(low: Option<i64>, high: Option<i64>, of: &str) -> Option<String> {
    let text = span(low.map(|n| n.to_string()), high.map(|n| n.to_string()))?;
    let many = if high.or(low) == Some(1) { "" } else { "s" };
    Some(format!("{text} {of}{many}"))
}

fn span(low: Option<String>, high: Option<String>) -> Option<String> {
    match (low, high) {
        (Some(low), Some(high)) if low == high => Some(format!("exactly {low}")),
        (Some(low), Some(high)) => Some(format!("{low} to {high}")),
        (Some(low), None) => Some(format!("at least {low}")),
        (None, Some(high)) => Some(format!("at most {high}")),
        (None, None) => None,
    }
}

/// Docs of a parameter's setter.
pub(crate) fn parameter(service: &Service, operation: &Operation, parameter: &Parameter) -> String {
    let text = with_details(&parameter.description, &details(service, &parameter.schema));
    lines(&(text + &deprecation(parameter.deprecated.as_ref())))
        + &markdown(&returned_by(service, operation, parameter))
}
