//! Enums, compared by their variants.

use std::collections::BTreeMap;

use dbplane_codegen::names::variant_name;
use dbplane_codegen::spec::{Kind, Schema};

use crate::differ::{Differ, Subject};
use crate::pairs::Pair;
use crate::rules;
use crate::uses::Direction;

/// Notes how two enums differ.
pub(crate) fn compare(
    differ: &mut Differ<'_, '_>,
    subject: &Subject,
    pair: Pair<'_>,
    a: &Schema,
    b: &Schema,
) {
    let (old, new) = (variants(a), variants(b));
    let missing = |from: &BTreeMap<String, &str>, of: &BTreeMap<String, &str>| {
        let gone = of.iter().filter(|(variant, _)| !from.contains_key(*variant));
        gone.map(|(variant, value)| (variant.clone(), (*value).to_owned())).collect::<Vec<_>>()
    };
    for (rule, list, others) in
        [(rules::ENUM_NARROWED, missing(&new, &old), &new), (rules::ENUM_WIDENED, missing(&old, &new), &old)]
    {
        if !list.is_empty() {
            // The variants of an enum that others keep using are still there.
            let here = subject.instead_of.is_none();
            let variants = list.iter().filter(|_| here).map(|(variant, _)| format!("::{variant}"));
            let items: Vec<_> = variants.map(|tail| pair.items(&tail)).collect();
            let detail = if others.len() < list.len() {
                format!("(all but {})", quoted(others.values().copied()))
            } else {
                format!("({})", quoted(list.iter().map(|(_, value)| value.as_str())))
            };
            differ.note(rule, &subject.clone().with_items(items), detail);
        }
    }
    let respelt: Vec<_> = old
        .iter()
        .filter_map(|(variant, value)| Some((value, new.get(variant)?)))
        .filter(|(a, b)| a != b)
        .map(|(a, b)| format!("`{b}` instead of `{a}`"))
        .collect();
    let subject = &subject.clone().with_items([]);
    if !respelt.is_empty() {
        differ.note(rules::ENUM_RESPELT, subject, format!("({})", respelt.join(", ")));
    }
    let sent = subject.uses.iter().any(|u| u.direction == Direction::Request);
    match (open(a), open(b)) {
        (false, true) if sent => differ.note(rules::ENUM_OPENED, subject, ""),
        (true, false) if sent => differ.note(rules::ENUM_CLOSED, subject, ""),
        _ => {}
    }
}

fn quoted<'v>(values: impl Iterator<Item = &'v str>) -> String {
    values.map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ")
}

/// The texts of an enum, by the names of their variants.
fn variants(schema: &Schema) -> BTreeMap<String, &str> {
    let Kind::Enum { values, .. } = &schema.kind else { return BTreeMap::new() };
    values.iter().filter_map(|value| Some((variant_name(value)?, value.as_str()))).collect()
}

fn open(schema: &Schema) -> bool {
    matches!(schema.kind, Kind::Enum { extensible: true, .. })
}
