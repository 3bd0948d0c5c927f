//! Whether a JSON value is what a schema describes, and if not, where and why.

use std::sync::LazyLock;

use regex_lite::Regex;
use serde_json::{Map, Value as Json};

use crate::spec::{Kind, Limits, Property, Relation, Schema, Service};

static TIME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let hours = r"([01]\d|2[0-3])";
    let clock = format!(r"{hours}:[0-5]\d:([0-5]\d|60)(\.\d+)?");
    Regex::new(&format!(r"^\d{{4}}-\d{{2}}-\d{{2}}[Tt]{clock}([Zz]|[+-]{hours}:?[0-5]\d)$")).ok()
});

/// Whether the text is a time with an offset from UTC: RFC 3339, or with an offset without its colon, as one
/// vendor writes it.
#[must_use]
pub fn is_time(text: &str) -> bool {
    TIME.as_ref().is_some_and(|shape| shape.is_match(text))
        && text.get(..10).is_some_and(super::dates::possible)
}

/// A part of a value that is not what its schema describes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// JSON pointer to the part; empty for the whole.
    pub pointer: String,
    /// What is wrong with it.
    pub message: String,
    /// A number or a boolean stands where text is meant.
    pub unquoted: bool,
}

/// Everything in `value` that `schema` does not allow.
#[must_use]
pub fn mismatches(service: &Service, schema: &Schema, value: &Json) -> Vec<Mismatch> {
    let mut conform = Conform { service, pointer: String::new(), found: Vec::new() };
    conform.value(schema, value);
    conform.found
}

struct Conform<'s> {
    service: &'s Service,
    pointer: String,
    found: Vec<Mismatch>,
}

impl Conform<'_> {
    fn miss(&mut self, message: impl Into<String>) {
        self.found.push(Mismatch { pointer: self.pointer.clone(), message: message.into(), unquoted: false });
    }

    fn inside(&mut self, token: &str, check: impl FnOnce(&mut Self)) {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&token.replace('~', "~0").replace('/', "~1"));
        check(self);
        self.pointer.truncate(length);
    }

    fn value(&mut self, schema: &Schema, value: &Json) {
        let target = self.service.resolve(schema);
        if value.is_null() {
            if !schema.nullable && !target.nullable {
                self.miss("is null, which the schema does not allow");
            }
            return;
        }
        for (_, relation) in target.relations.iter().filter(|(_, relation)| !holds(relation, value)) {
            self.miss(format!("breaks a rule: {}", relation.words()));
        }
        match (&target.kind, value) {
            (_, Json::String(text)) if target.json_text => self.json_text(target, text),
            (_, _) if target.json_text => {
                self.miss(format!("is {}, but the schema says text that holds JSON", name_of(value)));
            }
            (Kind::Object(properties), Json::Object(map)) => self.object(properties, map),
            (Kind::Array(item), Json::Array(items)) => self.array(item, &target.limits, items),
            (Kind::Text { time }, Json::String(text)) => self.text(&target.limits, *time, text),
            (Kind::Enum { values, .. }, Json::String(text)) => {
                if !values.contains(text) {
                    self.miss(format!("is `{text}`, which is none of the enum's values"));
                }
            }
            (Kind::Integer { small }, Json::Number(_)) => self.integer(&target.limits, *small, value),
            (Kind::Number, Json::Number(_)) => self.bounds(&target.limits, value),
            // A reference to nothing is a finding of its own.
            (Kind::Map, Json::Object(_)) | (Kind::Boolean, Json::Bool(_)) | (Kind::Ref(_) | Kind::Any, _) => {
            }
            (kind, _) => self.wrong_type(kind, value),
        }
    }

    /// Text that holds the JSON of a list.
    fn json_text(&mut self, list: &Schema, text: &str) {
        match (&list.kind, serde_json::from_str(text)) {
            (Kind::Array(item), Ok(Json::Array(items))) => self.array(item, &list.limits, &items),
            _ => self.miss("is text, but not the JSON of a list"),
        }
    }

    fn wrong_type(&mut self, kind: &Kind, value: &Json) {
        let text = matches!(kind, Kind::Text { .. } | Kind::Enum { .. });
        let message = format!("is {}, but the schema says {}", name_of(value), name_of_kind(kind));
        let unquoted = text && (value.is_number() || value.is_boolean());
        self.found.push(Mismatch { pointer: self.pointer.clone(), message, unquoted });
    }

    fn object(&mut self, properties: &[Property], map: &Map<String, Json>) {
        for missing in properties.iter().filter(|p| p.required && !map.contains_key(&p.name)) {
            self.miss(format!("lacks `{}`, which is required", missing.name));
        }
        for (name, value) in map {
            self.inside(name, |this| match properties.iter().find(|p| p.name == *name) {
                Some(property) => this.value(&property.schema, value),
                None => this.miss("is a property that the schema does not have"),
            });
        }
    }

    fn array(&mut self, item: &Schema, limits: &Limits, items: &[Json]) {
        self.count(items.len(), limits.min_items, limits.max_items, "items");
        for (index, value) in items.iter().enumerate() {
            self.inside(&index.to_string(), |this| this.value(item, value));
        }
    }

    fn text(&mut self, limits: &Limits, time: bool, text: &str) {
        self.count(text.chars().count(), limits.min_length, limits.max_length, "characters");
        if let Some(pattern) = &limits.pattern
            && Regex::new(pattern).is_ok_and(|r| !r.is_match(text))
        {
            self.miss(format!("does not match the pattern `{pattern}`"));
        }
        if time && !is_time(text) {
            self.miss("is no time such as 2025-08-27T09:00:00Z");
        }
    }

    fn count(&mut self, count: usize, low: Option<i64>, high: Option<i64>, of: &str) {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        if let Some(low) = low.filter(|low| count < *low) {
            self.miss(format!("has {count} {of}, fewer than {low}"));
        }
        if let Some(high) = high.filter(|high| count > *high) {
            self.miss(format!("has {count} {of}, more than {high}"));
        }
    }

    fn integer(&mut self, limits: &Limits, small: bool, value: &Json) {
        let Some(number) = value.as_i64() else {
            return self.miss("is no whole number of 64 bits");
        };
        if small && i32::try_from(number).is_err() {
            self.miss("does not fit 32 bits");
        }
        self.bounds(limits, value);
        if let Some(multiple) = limits.multiple_of.filter(|m| number.checked_rem(*m) != Some(0)) {
            self.miss(format!("is no multiple of {multiple}"));
        }
        if limits.excluded.contains(&number) {
            self.miss(format!("is {number}, which is excluded"));
        }
    }

    fn bounds(&mut self, limits: &Limits, value: &Json) {
        let Some(number) = value.as_f64() else { return };
        if let Some(low) = limits.minimum.filter(|low| number < *low) {
            self.miss(format!("is {number}, below the minimum {low}"));
        }
        if let Some(high) = limits.maximum.filter(|high| number > *high) {
            self.miss(format!("is {number}, above the maximum {high}"));
        }
    }
}

/// Whether a relation holds in a value of the right type; null counts as left out.
fn holds(relation: &Relation, value: &Json) -> bool {
    let text = |value: &Json, name: &str| value.get(name).and_then(Json::as_str).map(str::to_owned);
    let given = |name: &String| value.get(name).is_some_and(|part| !part.is_null());
    match relation {
        Relation::GivenWhen { property, other, value: wanted } => {
            given(property) == (text(value, other).as_ref() == Some(wanted))
        }
        Relation::ExactlyOne { properties } => properties.iter().filter(|name| given(name)).count() == 1,
        Relation::Count { property, value: wanted, minimum, maximum } => {
            let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
            let count = items.iter().filter(|item| text(item, property).as_ref() == Some(wanted)).count();
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            (*minimum..=maximum.unwrap_or(i64::MAX)).contains(&count)
        }
    }
}

fn name_of(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "a boolean",
        Json::Number(_) => "a number",
        Json::String(_) => "text",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}

fn name_of_kind(kind: &Kind) -> &'static str {
    match kind {
        Kind::Object(_) | Kind::Map => "an object",
        Kind::Array(_) => "a list",
        Kind::Text { .. } | Kind::Enum { .. } => "text",
        Kind::Integer { .. } => "a whole number",
        Kind::Number => "a number",
        Kind::Boolean => "a boolean",
        Kind::Ref(_) | Kind::Any => "something else",
    }
}

#[cfg(test)]
mod tests {
    use super::is_time;

    #[test]
    fn times_have_a_day_a_clock_and_an_offset() {
        for time in ["2026-02-28T23:59:60Z", "2026-02-01t10:00:00.5+08:00", "2026-02-01T10:00:00-0330"] {
            assert!(is_time(time), "{time}");
        }
        let odd = ["", "2026-02-01", "2026-02-01T10:00:00", "2026-02-29T10:00:00Z", "2026-02-01T24:00:00Z"];
        for text in odd.into_iter().chain(["2026-02-01 10:00:00Z", "2026-02-01T10:00:00+08", "é026-02-01T1"])
        {
            assert!(!is_time(text), "{text}");
        }
    }
}
