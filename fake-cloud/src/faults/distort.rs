//! Responses with unknown values of enums and unknown fields.
//!
//! The schema of the response says where enums and objects are. Maps and free values are not changed, because they have
//! no unknown values.

use serde_json::{Map, Value as Json, json};

/// A value that no vendor has.
const VALUE: &str = "FAKE_CLOUD_NEW_VALUE";
/// A field that no vendor has.
const FIELD: &str = "fakeCloudNewField";
/// Nothing is changed below this depth.
const DEPTH: usize = 64;

/// Replaces the value of an enum by an unknown one.
pub(super) fn unknown_value(value: &mut Json, schema: &Json) {
    if value.is_string() && schema.get("enum").is_some() {
        *value = json!(VALUE);
    }
}

/// Adds an unknown field to an object.
pub(super) fn extra_field(value: &mut Json, schema: &Json) {
    if let (Json::Object(object), Some(_)) = (value, schema.get("properties")) {
        object.insert(FIELD.to_owned(), json!({"list": [1, null], "text": "new"}));
    }
}

/// Applies a function to each value that a schema describes.
pub(super) fn everywhere(value: &mut Json, schema: &Json, document: &Json, change: fn(&mut Json, &Json)) {
    walk(value, schema, document, change, DEPTH);
}

fn walk(value: &mut Json, schema: &Json, document: &Json, change: fn(&mut Json, &Json), depth: usize) {
    let Some(depth) = depth.checked_sub(1) else { return };
    if let Some(target) = schema.get("$ref").and_then(Json::as_str).and_then(|r| r.strip_prefix('#')) {
        let target = document.pointer(target).unwrap_or(&Json::Null);
        return walk(value, target, document, change, depth);
    }
    let into = |value: &mut Json, schema: &Json| walk(value, schema, document, change, depth);
    for keyword in ["allOf", "anyOf", "oneOf"] {
        for part in schema.get(keyword).and_then(Json::as_array).into_iter().flatten() {
            into(value, part);
        }
    }
    match value {
        Json::Array(items) => {
            if let Some(schema) = schema.get("items") {
                items.iter_mut().for_each(|item| into(item, schema));
            }
        }
        Json::Object(object) => members(object, schema, into),
        _ => {}
    }
    change(value, schema);
}

fn members(object: &mut Map<String, Json>, schema: &Json, mut into: impl FnMut(&mut Json, &Json)) {
    let properties = schema.get("properties");
    for (name, value) in object {
        match properties.and_then(|properties| properties.get(name)) {
            Some(property) => into(value, property),
            None => {
                if let Some(other) = schema.get("additionalProperties").filter(|other| other.is_object()) {
                    into(value, other);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(change: fn(&mut Json, &Json)) -> Json {
        let document = json!({"components": {"schemas": {
            "State": {"type": "string", "enum": ["A", "B"]},
            "Loop": {"allOf": [{"$ref": "#/components/schemas/Loop"}]},
            "Row": {"type": "object", "properties": {
                "state": {"allOf": [{"$ref": "#/components/schemas/State"}], "nullable": true},
                "rows": {"type": "array", "items": {"$ref": "#/components/schemas/Row"}},
                "tags": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/State"}},
                "free": {"type": "object", "additionalProperties": true},
                "loop": {"$ref": "#/components/schemas/Loop"},
                "name": {"type": "string"}}}}}});
        let mut value = json!({"state": "A", "rows": [{"state": null}, {"state": "B", "name": "n"}],
            "tags": {"t": "A"}, "free": {"x": {}}, "loop": "l"});
        everywhere(&mut value, &json!({"$ref": "#/components/schemas/Row"}), &document, change);
        value
    }

    #[test]
    fn enums_everywhere_and_nothing_else() {
        let new = json!({"state": VALUE, "rows": [{"state": null}, {"state": VALUE, "name": "n"}],
            "tags": {"t": VALUE}, "free": {"x": {}}, "loop": "l"});
        assert_eq!(changed(unknown_value), new);
    }

    #[test]
    fn objects_with_named_fields_get_one_more() {
        let made = changed(extra_field);
        let new = |pointer: &str| made.pointer(pointer).and_then(|value| value.get(FIELD)).is_some();
        assert!(new("") && new("/rows/0") && new("/rows/1"));
        assert!(!new("/tags") && !new("/free") && !new("/free/x"));
    }
}
