//! Fields that a table lists beside the object that holds them: `data.id`, or what the example shows within `data`.

use std::collections::VecDeque;

use serde_json::Value as Json;

use crate::facts::{Field, Type};

/// The most objects before a field that may hold it.
const HOLDERS: usize = 64;

/// Moves fields to the objects that hold them: `data.id` into `data`, and what the example shows within an object
/// that stands before it.
pub(super) fn nest(fields: Vec<Field>, example: Option<&Json>) -> Vec<Field> {
    let mut top: Vec<Field> = Vec::new();
    // Where objects stand in the list, the last first.
    let mut holders: VecDeque<usize> = VecDeque::new();
    for mut field in fields {
        let name = field.name.replace("[]", "").replace("[*]", "");
        if let Some((outer, inner)) = name.split_once('.')
            && let Some(at) = holders.iter().copied().find(|at| top[*at].name == outer)
        {
            field.name = inner.to_owned();
            top[at].fields.push(field);
            continue;
        }
        let known = example.and_then(Json::as_object).is_some_and(|map| map.contains_key(&field.name));
        let holds = |at: &usize| within(example, &top[*at].name).is_some_and(|v| deep(v, &field.name));
        match holders.iter().copied().find(holds).filter(|_| !known) {
            Some(at) => top[at].fields.push(field),
            None => {
                if holds_fields(&field) {
                    holders.push_front(top.len());
                    holders.truncate(HOLDERS);
                }
                top.push(field);
            }
        }
    }
    for field in top.iter_mut().filter(|f| !f.fields.is_empty()) {
        let inner = within(example, &field.name);
        field.fields = nest(std::mem::take(&mut field.fields), inner);
    }
    top
}

/// Whether a field may be an object, or a list of objects.
fn holds_fields(field: &Field) -> bool {
    match &field.ty {
        Type::Object(_) | Type::Unsaid => true,
        Type::List(item) => matches!(**item, Type::Object(_) | Type::Unsaid),
        _ => false,
    }
}

/// The object, or the first of a list of objects, that an example has under a name.
fn within<'j>(example: Option<&'j Json>, name: &str) -> Option<&'j Json> {
    let mut inner = example?.get(name)?;
    while let Json::Array(items) = inner {
        inner = items.first()?;
    }
    Some(inner)
}

/// Whether a name stands anywhere within a value.
fn deep(value: &Json, name: &str) -> bool {
    match value {
        Json::Object(map) => map.contains_key(name) || map.values().any(|v| deep(v, name)),
        Json::Array(items) => items.first().is_some_and(|item| deep(item, name)),
        _ => false,
    }
}
