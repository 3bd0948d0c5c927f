//! Examples of a page that suit what was drafted of it.
//!
//! Problem: pages mask values, forget properties, and show what their tables do not describe; lint refuses such examples.
//! Default: an example is drafted if it conforms to the draft's schema, and left out if not; `docs check` tells why.

use dbplane_codegen::spec::Limits;
use serde_json::Value as Json;

use super::schemas::is_enum;
use crate::facts::{Body, Field, Type};

/// How deep an example is looked into.
const DEPTH: usize = 24;

/// Whether an example conforms to the schema that is drafted of a body. What is received may be null.
pub(super) fn conforms(value: &Json, body: &Body, received: bool) -> bool {
    Conform { body, received }.object(value, &body.fields, 0)
}

struct Conform<'b> {
    body: &'b Body,
    received: bool,
}

impl Conform<'_> {
    fn object(&self, value: &Json, fields: &[Field], depth: usize) -> bool {
        let Json::Object(map) = value else { return false };
        let known = |(name, value): (&String, &Json)| {
            fields
                .iter()
                .find(|field| field.name == *name)
                .is_some_and(|field| self.field(value, field, depth))
        };
        let there =
            |field: &Field| field.required != Some(true) || self.received || map.contains_key(&field.name);
        // An object without properties takes any.
        depth < DEPTH && (fields.is_empty() || map.iter().all(known) && fields.iter().all(there))
    }

    fn field(&self, value: &Json, field: &Field, depth: usize) -> bool {
        if value.is_null() {
            return self.received || field.nullable;
        }
        self.typed(value, &field.ty, field, depth)
    }

    fn typed(&self, value: &Json, ty: &Type, field: &Field, depth: usize) -> bool {
        let limits = &field.limits;
        match (ty, value) {
            (Type::List(item), Json::Array(items)) => {
                let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
                let fits = limits.min_items.is_none_or(|n| count >= n)
                    && limits.max_items.is_none_or(|n| count <= n);
                let bare = Field { limits: Limits::default(), ..field.clone() };
                fits && items.iter().all(|value| !value.is_null() && self.typed(value, item, &bare, depth))
            }
            (Type::Object(_), _) => self.object(value, self.body.inside(field), depth + 1),
            (Type::Integer { wide }, _) => value.as_i64().is_some_and(|n| {
                let small = *wide || i32::try_from(n).is_ok();
                small && !limits.excluded.contains(&n) && within(value, field)
            }),
            (Type::Number, Json::Number(_)) => within(value, field),
            (Type::Boolean, Json::Bool(_)) => true,
            (Type::Time, Json::String(text)) => dbplane_codegen::lint::conform::is_time(text),
            (Type::Text | Type::Unsaid | Type::Unread(_), Json::String(text)) => is_text(text, field),
            _ => false,
        }
    }
}

fn within(value: &Json, field: &Field) -> bool {
    let multiple =
        field.limits.multiple_of.is_none_or(|n| value.as_i64().is_some_and(|v| v.checked_rem(n) == Some(0)));
    let number = value.as_f64().unwrap_or(f64::NAN);
    multiple
        && field.limits.minimum.is_none_or(|n| number >= n)
        && field.limits.maximum.is_none_or(|n| number <= n)
}

fn is_text(text: &str, field: &Field) -> bool {
    let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
    let limits = &field.limits;
    let shaped = |pattern: &String| regex_lite::Regex::new(pattern).is_ok_and(|shape| shape.is_match(text));
    limits.min_length.is_none_or(|n| length >= n)
        && limits.max_length.is_none_or(|n| length <= n)
        && limits.pattern.as_ref().is_none_or(shaped)
        && (!is_enum(field) || field.values.iter().any(|value| value == text))
}
