//! The documented limits of requests, checked before anything is sent.
//!
//! Problem: vendors refuse an invalid request late, one fault at a time and often without naming the field.
//! Default: generated code has a static table of limits per request; [`check`] compares the body with it and reports
//! all violations together. Override: none.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use regex_lite::Regex;
use serde_json::Value;

use super::relation::Relation;
use super::scalar::kind;
use crate::secret::Secret;
use crate::violation::Violation;

/// The documented limits of a field. Bounds are inclusive.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Check {
    /// Text. Lengths are in characters; `max` is `usize::MAX` and `pattern` is `""` where there is none. The
    /// pattern may match anywhere, as in JSON Schema.
    Text { min: usize, max: usize, pattern: &'static str, secret: bool },
    /// A whole number. Bounds are the ends of the type, and `multiple_of` is 0 or 1, where there are none.
    Integer { min: i64, max: i64, multiple_of: i64, excluded: &'static [i64] },
    /// A number. Bounds are the ends of the type, or infinite, where there are none.
    Number { min: f64, max: f64 },
    /// One of these values; numbers and booleans are compared by their text.
    OneOf { values: &'static [&'static str] },
    /// A list; `max` is `usize::MAX` where there is none.
    List { min: usize, max: usize, item: Option<&'static Check> },
    /// An object. Fields that are missing or null are not checked: the types see to the required ones.
    Object { fields: &'static [(&'static str, &'static Check)] },
    /// An object or a list with rules between its parts.
    Related { check: &'static Check, relations: &'static [Relation] },
}

/// Functions for generated tables.
#[allow(dead_code)] // which of them the tables need depends on the services
impl Check {
    /// Text of any length.
    pub(crate) const fn any_text() -> Self {
        Self::text(0, usize::MAX)
    }

    /// Text with a number of characters; `usize::MAX` is no bound.
    pub(crate) const fn text(min: usize, max: usize) -> Self {
        Self::Text { min, max, pattern: "", secret: false }
    }

    /// The same text, which must match a pattern.
    pub(crate) const fn matching(self, pattern: &'static str) -> Self {
        match self {
            Self::Text { min, max, secret, .. } => Self::Text { min, max, pattern, secret },
            other => other,
        }
    }

    /// The same text, which is kept out of errors and logs.
    pub(crate) const fn secret(self) -> Self {
        match self {
            Self::Text { min, max, pattern, .. } => Self::Text { min, max, pattern, secret: true },
            other => other,
        }
    }

    /// A whole number without bounds.
    pub(crate) const fn any_integer() -> Self {
        Self::integer(i64::MIN, i64::MAX)
    }

    /// A whole number that is not too small.
    pub(crate) const fn at_least(min: i64) -> Self {
        Self::integer(min, i64::MAX)
    }

    /// A whole number that is not too large.
    pub(crate) const fn at_most(max: i64) -> Self {
        Self::integer(i64::MIN, max)
    }

    /// A whole number between two bounds.
    pub(crate) const fn integer(min: i64, max: i64) -> Self {
        Self::Integer { min, max, multiple_of: 1, excluded: &[] }
    }

    /// The same whole number, which must be a multiple.
    pub(crate) const fn multiple_of(self, multiple_of: i64) -> Self {
        match self {
            Self::Integer { min, max, excluded, .. } => Self::Integer { min, max, multiple_of, excluded },
            other => other,
        }
    }

    /// The same whole number, which must be none of these.
    pub(crate) const fn except(self, excluded: &'static [i64]) -> Self {
        match self {
            Self::Integer { min, max, multiple_of, .. } => Self::Integer { min, max, multiple_of, excluded },
            other => other,
        }
    }

    /// A number between two bounds; the ends of the type are no bounds.
    pub(crate) const fn number(min: f64, max: f64) -> Self {
        Self::Number { min, max }
    }

    /// One of these texts.
    pub(crate) const fn one_of(values: &'static [&'static str]) -> Self {
        Self::OneOf { values }
    }

    /// A list with a number of items; `usize::MAX` is no bound.
    pub(crate) const fn list(min: usize, max: usize) -> Self {
        Self::List { min, max, item: None }
    }

    /// The same list, whose items are checked.
    pub(crate) const fn of(self, item: &'static Self) -> Self {
        match self {
            Self::List { min, max, .. } => Self::List { min, max, item: Some(item) },
            other => other,
        }
    }

    /// An object whose fields are checked.
    pub(crate) const fn object(fields: &'static [(&'static str, &'static Self)]) -> Self {
        Self::Object { fields }
    }

    /// An object or a list with rules between its parts.
    pub(crate) const fn related(check: &'static Self, relations: &'static [Relation]) -> Self {
        Self::Related { check, relations }
    }
}

/// Adds the violations of `value` at `path` (`""` for a body) to `into`.
pub(crate) fn check(value: &Value, check: &'static Check, path: &str, into: &mut Vec<Violation>) {
    match (check, value) {
        (_, Value::Null) => {}
        (Check::Related { check, relations }, _) => {
            self::check(value, check, path, into);
            into.extend(relations.iter().filter_map(|relation| {
                let (field, rule) = relation.breach(value)?;
                let dot = if path.is_empty() || field.is_empty() { "" } else { "." };
                Some(Violation::new(format!("{path}{dot}{field}"), rule))
            }));
        }
        (Check::Object { fields }, Value::Object(object)) => {
            for (name, field_check) in *fields {
                if let Some(field) = object.get(*name) {
                    let dot = if path.is_empty() { "" } else { "." };
                    self::check(field, field_check, &format!("{path}{dot}{name}"), into);
                }
            }
        }
        (Check::List { min, max, item }, Value::Array(items)) => {
            into.extend(count(items.len(), *min, *max, "item").map(|rule| Violation::new(path, rule)));
            for (index, value) in items.iter().enumerate().filter(|_| item.is_some()) {
                if let Some(item) = item {
                    self::check(value, item, &format!("{path}[{index}]"), into);
                }
            }
        }
        _ => into.extend(scalar(value, check).into_iter().map(|rule| Violation::new(path, rule))),
    }
}

/// Adds the secrets in `value` to `into`. Every field that a spec marks as secret is in the tables.
pub(crate) fn secrets(value: &Value, check: &Check, into: &mut Vec<Secret>) {
    match (check, value) {
        (Check::Text { secret: true, .. }, Value::String(text)) => into.push(text.as_str().into()),
        (Check::List { item: Some(item), .. }, Value::Array(items)) => {
            items.iter().for_each(|value| secrets(value, item, into));
        }
        (Check::Object { fields }, Value::Object(object)) => {
            let given = fields.iter().filter_map(|(name, check)| Some((object.get(*name)?, check)));
            given.for_each(|(value, check)| secrets(value, check, into));
        }
        (Check::Related { check, .. }, _) => secrets(value, check, into),
        _ => {}
    }
}

/// The rules that a scalar breaks.
fn scalar(value: &Value, check: &Check) -> Vec<String> {
    match (check, value) {
        (Check::Text { min, max, pattern, secret }, Value::String(text)) => {
            let length = count(text.chars().count(), *min, *max, "character");
            // The length of a secret is confidential too.
            let length = length.map(|rule| if *secret { without_value(&rule) } else { rule });
            let pattern = (!matches(text, pattern)).then(|| match secret {
                true => format!("must match {pattern}"),
                false => format!("must match {pattern}, is {}", quoted(text)),
            });
            length.into_iter().chain(pattern).collect()
        }
        (Check::Integer { min, max, multiple_of, excluded }, Value::Number(number)) => {
            let Some(number) = integer(number) else {
                return vec![format!("must be a whole number, is {number}")];
            };
            integer_rules(number, (*min).into(), (*max).into(), (*multiple_of).into(), excluded)
        }
        (Check::Number { min, max }, Value::Number(number)) => {
            let value = number.as_f64().unwrap_or(f64::NAN);
            let (has_min, has_max) = (*min > f64::MIN, *max < f64::MAX);
            let good = (!has_min || value >= *min) && (!has_max || value <= *max);
            let range = range(has_min.then_some(min), has_max.then_some(max));
            (!good).then(|| format!("must be {range}, is {number}")).into_iter().collect()
        }
        (Check::OneOf { values }, Value::String(text)) => one_of(text, values, &quoted(text)),
        (Check::OneOf { values }, Value::Number(_) | Value::Bool(_)) => {
            let text = value.to_string();
            one_of(&text, values, &text)
        }
        _ => vec![format!("must be {}, is {}", wanted(check), kind(value))],
    }
}

fn integer_rules(number: i128, min: i128, max: i128, multiple_of: i128, excluded: &[i64]) -> Vec<String> {
    let (has_min, has_max) = (min > i64::MIN.into(), max < i64::MAX.into());
    let mut rules = Vec::new();
    // The ends of the type are not documented bounds, but the vendor accepts no number beyond them.
    if number < min || number > max {
        let range = if has_min || has_max {
            range(has_min.then_some(&min), has_max.then_some(&max))
        } else {
            range(Some(&min), Some(&max))
        };
        rules.push(format!("must be {range}, is {number}"));
    }
    if multiple_of > 1 && number % multiple_of != 0 {
        rules.push(format!("must be a multiple of {multiple_of}, is {number}"));
    }
    if excluded.iter().any(|no| i128::from(*no) == number) {
        rules.push(format!("must not be {number}"));
    }
    rules
}

/// The number if it is whole, in any notation.
fn integer(number: &serde_json::Number) -> Option<i128> {
    let text = number.to_string();
    let whole = |float: &f64| float.fract() == 0.0;
    // A cast of a float saturates, and the ends of i128 are beyond every bound.
    text.parse().ok().or_else(|| number.as_f64().filter(whole).map(|float| float as i128))
}

fn one_of(text: &str, values: &[&str], shown: &str) -> Vec<String> {
    match values.contains(&text) {
        true => Vec::new(),
        false => vec![format!("must be one of {}, is {shown}", values.join(", "))],
    }
}

/// The rule about a count, if it is broken. What is counted is named in the singular.
fn count(has: usize, min: usize, max: usize, of: &str) -> Option<String> {
    if (min..=max).contains(&has) {
        return None;
    }
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    let allowed = match (min, max) {
        (_, usize::MAX) => format!("at least {min} {of}{}", plural(min)),
        (0, _) => format!("at most {max} {of}{}", plural(max)),
        _ if min == max => format!("exactly {min} {of}{}", plural(min)),
        _ => format!("{min} to {max} {of}s"),
    };
    Some(format!("must have {allowed}, has {has}"))
}

fn without_value(rule: &str) -> String {
    rule.split_once(", has ").map_or(rule, |(rule, _)| rule).to_owned()
}

fn range<N: PartialEq + std::fmt::Display>(min: Option<&N>, max: Option<&N>) -> String {
    match (min, max) {
        (Some(min), Some(max)) if min == max => min.to_string(),
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => "a number".to_owned(),
    }
}

/// A pattern that the regex engine does not support refuses nothing, because the vendor checks requests anyway.
fn matches(text: &str, pattern: &'static str) -> bool {
    /// Compiling a pattern takes longer than the rest of a call.
    static COMPILED: Mutex<BTreeMap<&str, Option<Arc<Regex>>>> = Mutex::new(BTreeMap::new());
    if pattern.is_empty() {
        return true;
    }
    if let Some(suffix) = id_suffix(pattern) {
        return is_id(text, suffix);
    }
    let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    let regex = compiled.entry(pattern).or_insert_with(|| Regex::new(pattern).ok().map(Arc::new)).clone();
    drop(compiled);
    regex.is_none_or(|regex| regex.is_match(text))
}

/// The suffix of ids, from a pattern such as `^[0-9A-Za-z]{32}in07$`.
///
/// Nearly every request to Huawei Cloud has ids, and the regex engine takes as long for one as the rest of the checks.
fn id_suffix(pattern: &str) -> Option<&str> {
    let suffix = pattern.strip_prefix("^[0-9A-Za-z]{32}")?.strip_suffix('$')?;
    suffix.bytes().all(|byte| byte.is_ascii_alphanumeric()).then_some(suffix)
}

/// Whether the text is an id with this suffix.
fn is_id(text: &str, suffix: &str) -> bool {
    let random = text.strip_suffix(suffix).unwrap_or_default();
    random.len() == 32 && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The text in quotes, truncated if it is long, with characters escaped that affect logs or terminals.
fn quoted(text: &str) -> String {
    const SHOWN: usize = 40;
    match text.char_indices().nth(SHOWN).and_then(|(end, _)| text.get(..end)) {
        Some(start) => format!("{:?}", format!("{start}…")),
        None => format!("{text:?}"),
    }
}

fn wanted(check: &Check) -> &'static str {
    match check {
        Check::Text { .. } | Check::OneOf { .. } => "text",
        Check::Integer { .. } | Check::Number { .. } => "a number",
        Check::List { .. } => "a list",
        Check::Object { .. } => "an object",
        Check::Related { check, .. } => wanted(check),
    }
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
