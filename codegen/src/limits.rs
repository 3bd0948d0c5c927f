//! The documented limits of requests, as static tables for the validator of the library.
//!
//! Tables instead of code: they compile fast, and one validator reads them all.

use std::collections::BTreeSet;

use crate::idents;
use crate::layout::{Code, define};
use crate::lower;
use crate::scope::Scope;
use crate::spec::{Kind, Limits, Property, Relation, Schema, Service};

/// Writes a static for each request schema that has something to check.
pub(crate) fn limits(scope: &Scope<'_>, checked: &Checked) -> Vec<String> {
    let service = scope.service;
    let mut out = Vec::new();
    for name in checked.iter().filter(|name| scope.has(name)) {
        let Some(schema) = service.schemas.get(name) else { continue };
        let Kind::Object(properties) = &schema.kind else { continue };
        let fields = properties.iter().filter_map(|p| {
            let check = check(service, checked, &p.schema)?;
            Some(Code::call("", [Code::literal(&p.name), check]))
        });
        let object = Code::call("Check::object", [Code::array(fields)]);
        let left = format!("pub(crate) static {}: Check", idents::of_static(name));
        out.push(define(&left, &related(schema, object, required(service, properties))));
    }
    out
}

/// The properties that sending finds missing, where a constructor does not take them.
fn required<'s>(service: &Service, properties: &'s [Property]) -> Vec<&'s str> {
    let usage = lower::usage(service, properties, true);
    let required = properties.iter().filter(|p| lower::is_required_by_name(service, p, usage));
    required.map(|p| p.name.as_str()).collect()
}

/// Names of request schemas that have something to check.
pub(crate) type Checked = BTreeSet<String>;

/// Request schemas that have limits or secrets, themselves or further in.
pub(crate) fn checked(service: &Service) -> Checked {
    let requests = service.request_schemas();
    let mut checked = BTreeSet::new();
    loop {
        let before = checked.len();
        for name in &requests {
            let Some(schema) = service.schemas.get(name) else { continue };
            let Kind::Object(properties) = &schema.kind else { continue };
            if !schema.relations.is_empty()
                || !required(service, properties).is_empty()
                || properties.iter().any(|p| is_checked(service, &p.schema, &checked))
            {
                checked.insert(name.clone());
            }
        }
        if checked.len() == before {
            return checked;
        }
    }
}

fn is_checked(service: &Service, schema: &Schema, known: &BTreeSet<String>) -> bool {
    if let Kind::Ref(name) = &schema.kind
        && known.contains(name)
    {
        return true;
    }
    let target = service.resolve(schema);
    let limited = target.limits != Limits::default();
    match &target.kind {
        Kind::Enum { extensible, .. } => !extensible,
        Kind::Array(item) => limited || !target.relations.is_empty() || is_checked(service, item, known),
        Kind::Object(_) => false,
        _ => target.secret || limited,
    }
}

/// A reference to the check of a schema; `None` when it has no limits and is no secret.
pub(crate) fn check(service: &Service, checked: &Checked, schema: &Schema) -> Option<Code> {
    if let Kind::Ref(name) = &schema.kind
        && let Some(target) = service.schemas.get(name)
    {
        return match target.kind {
            Kind::Object(_) => {
                checked.contains(name).then(|| Code::text(format!("&{}", idents::of_static(name))))
            }
            _ => check(service, checked, target),
        };
    }
    let limits = &schema.limits;
    let found = match &schema.kind {
        Kind::Enum { values, extensible: false } => {
            Code::call("Check::one_of", [Code::array(values.iter().map(|v| Code::literal(v)))])
        }
        Kind::Array(item) => {
            let item = check(service, checked, item);
            if item.is_none() && *limits == Limits::default() && schema.relations.is_empty() {
                return None;
            }
            related(schema, list(limits, item), Vec::new())
        }
        // A secret is there even without limits: the tables also say what to keep out of errors.
        _ if *limits == Limits::default() && !schema.secret => return None,
        Kind::Text { .. } => text(limits, schema.secret),
        Kind::Integer { .. } => integer(limits),
        Kind::Number => {
            let bound = |n: Option<f64>, none: &str| {
                Code::text(n.map_or_else(|| none.to_owned(), |n| format!("{n:?}")))
            };
            let (min, max) = (bound(limits.minimum, "f64::MIN"), bound(limits.maximum, "f64::MAX"));
            Code::call("Check::number", [min, max])
        }
        _ => return None,
    };
    Some(found.reference())
}

fn text(limits: &Limits, secret: bool) -> Code {
    let check = match (limits.min_length, limits.max_length) {
        (None, None) => Code::text("Check::any_text()"),
        (min, max) => Code::call("Check::text", counts(min, max)),
    };
    let pattern = limits.pattern.as_ref().map(|p| Code::call("matching", [Code::literal(p)]));
    let secret = secret.then(|| Code::text("secret()"));
    chain(check, pattern.into_iter().chain(secret).collect())
}

#[allow(clippy::cast_possible_truncation)] // limits are whole numbers far below 2^53
fn integer(limits: &Limits) -> Code {
    let bound = |n: f64| Code::text((n as i64).to_string());
    let check = match (limits.minimum, limits.maximum) {
        (None, None) => Code::text("Check::any_integer()"),
        (Some(min), None) => Code::call("Check::at_least", [bound(min)]),
        (None, Some(max)) => Code::call("Check::at_most", [bound(max)]),
        (Some(min), Some(max)) => Code::call("Check::integer", [bound(min), bound(max)]),
    };
    let multiple = limits.multiple_of.map(|n| Code::call("multiple_of", [Code::text(n.to_string())]));
    let excluded = Code::array(limits.excluded.iter().map(|n| Code::text(n.to_string())));
    let excluded = (!limits.excluded.is_empty()).then(|| Code::call("except", [excluded]));
    chain(check, multiple.into_iter().chain(excluded).collect())
}

fn list(limits: &Limits, item: Option<Code>) -> Code {
    let list = Code::call("Check::list", counts(limits.min_items, limits.max_items));
    chain(list, item.into_iter().map(|item| Code::call("of", [item])).collect())
}

fn chain(first: Code, calls: Vec<Code>) -> Code {
    if calls.is_empty() { first } else { Code::Chain(Box::new(first), calls) }
}

/// The check of a value together with its relations and with what it must have.
fn related(schema: &Schema, check: Code, required: Vec<&str>) -> Code {
    if schema.relations.is_empty() && required.is_empty() {
        return check;
    }
    let named = |name: &str, code: Code| Code::prefixed(format!("{name}: "), code);
    let text = |name: &str, text: &str| named(name, Code::literal(text));
    let relations = schema.relations.iter().map(|(_, relation)| match relation {
        Relation::GivenWhen { property, other, value } => Code::object(
            "Relation::GivenWhen",
            [text("field", property), text("other", other), text("value", value)],
        ),
        Relation::ExactlyOne { properties } => Code::object(
            "Relation::ExactlyOne",
            [named("fields", Code::array(properties.iter().map(|p| Code::literal(p))))],
        ),
        Relation::Count { property, value, minimum, maximum } => {
            let [min, max] = counts(Some(*minimum), *maximum);
            Code::object(
                "Relation::Count",
                [text("field", property), text("value", value), named("min", min), named("max", max)],
            )
        }
    });
    let required = required.into_iter().map(|name| Code::call("Relation::Required", [Code::literal(name)]));
    Code::call("Check::related", [check.reference(), Code::array(required.chain(relations))])
}

fn counts(min: Option<i64>, max: Option<i64>) -> [Code; 2] {
    let number = |n: i64| Code::text(n.max(0).to_string());
    [number(min.unwrap_or(0)), max.map_or_else(|| Code::text("usize::MAX"), number)]
}
