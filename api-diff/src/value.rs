//! Limits, defaults and examples of single values, compared.

use dbplane_codegen::spec::{Kind, Limits, Schema};
use serde_json::Value as Json;

use crate::differ::{Differ, Subject};
use crate::rules;
use crate::side::Side;

/// A type of the old version and one of the new.
pub(crate) type Types<'v> = (&'v Schema, &'v Schema);

/// Notes how the limits of something that is sent differ.
pub(crate) fn limits(differ: &mut Differ<'_, '_>, subject: &Subject, (a, b): Types<'_>) {
    let (old, new) = (documented(differ.old, a), documented(differ.new, b));
    let steps: Vec<LimitStep> = old.iter().zip(&new).flat_map(|(a, b)| steps(a, b)).collect();
    let told = |wanted: Turn| {
        let told: Vec<_> = steps.iter().filter(|s| s.turn == wanted).map(|s| s.told.clone()).collect();
        (!told.is_empty()).then(|| format!("({})", told.join("; ")))
    };
    for (turn, rule) in [
        (Turn::Tighter, rules::LIMIT_TIGHTENED),
        (Turn::Looser, rules::LIMIT_LOOSENED),
        (Turn::Other, rules::PATTERN),
    ] {
        if let Some(detail) = told(turn) {
            differ.note(rule, subject, detail);
        }
    }
}

/// Notes how the rules between the parts of something that is sent differ.
pub(crate) fn relations(differ: &mut Differ<'_, '_>, subject: &Subject, (a, b): Types<'_>) {
    let words = |schema: &Schema| schema.relations.iter().map(|(_, r)| r.words()).collect::<Vec<_>>();
    let (old, new) = (words(a), words(b));
    let missing = |from: &[String], of: &[String]| {
        let gone: Vec<_> = of.iter().filter(|rule| !from.contains(rule)).cloned().collect();
        (!gone.is_empty()).then(|| format!("({})", gone.join("; ")))
    };
    if let Some(detail) = missing(&old, &new) {
        differ.note(rules::RELATION_ADDED, subject, detail);
    }
    if let Some(detail) = missing(&new, &old) {
        differ.note(rules::RELATION_REMOVED, subject, detail);
    }
}

/// Whether limits differ at all.
pub(crate) fn limits_differ(differ: &Differ<'_, '_>, (a, b): Types<'_>) -> bool {
    documented(differ.old, a) != documented(differ.new, b)
}

/// Old and new default, if they differ.
pub(crate) fn defaults(differ: &Differ<'_, '_>, (a, b): Types<'_>) -> Option<String> {
    let (old, new) = (default(differ.old, a), default(differ.new, b));
    (old != new).then(|| format!("from {} to {}", told(old), told(new)))
}

/// Whether the examples differ.
pub(crate) fn examples(differ: &Differ<'_, '_>, (a, b): Types<'_>) -> bool {
    let example = |side: &Side<'_>, schema: &Schema| {
        schema.example.clone().or_else(|| side.service.resolve(schema).example.clone())
    };
    example(differ.old, a) != example(differ.new, b)
}

/// Whether those that are in both lists stand in another order.
pub(crate) fn reordered(old: &[String], new: &[String]) -> bool {
    let kept = old.iter().filter(|name| new.contains(name));
    kept.ne(new.iter().filter(|name| old.contains(name)))
}

fn default(side: &Side<'_>, schema: &Schema) -> Option<Json> {
    schema.default.clone().or_else(|| side.service.resolve(schema).default.clone())
}

fn told(value: Option<Json>) -> String {
    value.map_or_else(|| "none".to_owned(), |value| format!("`{value}`"))
}

/// The limits of a value and of what it lists, the outer ones first.
fn documented(side: &Side<'_>, schema: &Schema) -> Vec<Limits> {
    let mut found = Vec::new();
    let mut schema = side.service.resolve(schema);
    loop {
        found.push(schema.limits.clone());
        match &schema.kind {
            Kind::Array(item) => schema = side.service.resolve(item),
            _ => return found,
        }
    }
}

/// Which way a limit moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Tighter,
    Looser,
    /// Neither set of values holds the other, as far as can be told.
    Other,
}

/// One limit that differs.
struct LimitStep {
    turn: Turn,
    told: String,
}

fn steps(a: &Limits, b: &Limits) -> Vec<LimitStep> {
    let count = |n: Option<i64>| n.map(|n| n as f64);
    let lower = |word, a: Option<f64>, b: Option<f64>| bound(word, a, b, f64::NEG_INFINITY, |a, b| b > a);
    let upper = |word, a: Option<f64>, b: Option<f64>| bound(word, a, b, f64::INFINITY, |a, b| b < a);
    let found = [
        lower("minimum", a.minimum, b.minimum),
        upper("maximum", a.maximum, b.maximum),
        lower("minimum length", count(a.min_length), count(b.min_length)),
        upper("maximum length", count(a.max_length), count(b.max_length)),
        lower("minimum number of items", count(a.min_items), count(b.min_items)),
        upper("maximum number of items", count(a.max_items), count(b.max_items)),
        multiple(a.multiple_of.unwrap_or(1), b.multiple_of.unwrap_or(1)),
        excluded(&a.excluded, &b.excluded),
        pattern(a.pattern.as_deref(), b.pattern.as_deref()),
    ];
    found.into_iter().flatten().collect()
}

fn bound(
    word: &str,
    a: Option<f64>,
    b: Option<f64>,
    none: f64,
    tighter: fn(f64, f64) -> bool,
) -> Option<LimitStep> {
    if a == b {
        return None;
    }
    let turn = if tighter(a.unwrap_or(none), b.unwrap_or(none)) { Turn::Tighter } else { Turn::Looser };
    let shown = |n: Option<f64>| n.map_or_else(|| "none".to_owned(), |n| n.to_string());
    Some(LimitStep { turn, told: format!("{word} from {} to {}", shown(a), shown(b)) })
}

fn multiple(a: i64, b: i64) -> Option<LimitStep> {
    let turn = match () {
        () if a == b => return None,
        () if b % a == 0 => Turn::Tighter,
        () if a % b == 0 => Turn::Looser,
        () => Turn::Other,
    };
    Some(LimitStep { turn, told: format!("multiple of {b} instead of {a}") })
}

fn excluded(a: &[i64], b: &[i64]) -> Option<LimitStep> {
    let within = |inner: &[i64], outer: &[i64]| inner.iter().all(|n| outer.contains(n));
    let turn = match (within(a, b), within(b, a)) {
        (true, true) => return None,
        (true, false) => Turn::Tighter,
        (false, true) => Turn::Looser,
        (false, false) => Turn::Other,
    };
    Some(LimitStep { turn, told: format!("excluded values from {a:?} to {b:?}") })
}

fn pattern(a: Option<&str>, b: Option<&str>) -> Option<LimitStep> {
    let turn = match (a, b) {
        _ if a == b => return None,
        (None, _) => Turn::Tighter,
        (_, None) => Turn::Looser,
        _ => Turn::Other,
    };
    let shown = |p: Option<&str>| p.map_or_else(|| "none".to_owned(), |p| format!("`{p}`"));
    Some(LimitStep { turn, told: format!("pattern from {} to {}", shown(a), shown(b)) })
}
