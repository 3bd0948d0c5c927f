//! OpenAPI 3.0 schemas as JSON Schema, for a validator.
//!
//! Problem: a schema of OpenAPI 3.0 is not a JSON Schema: `nullable` is a separate keyword, `int32` is a format,
//! references point into the document. And it is lenient by default, but the cloud should be strict.
//! Default: a property that the schema does not name is refused; an enum that the vendor can extend (`x-extensible`)
//! accepts any text, because the library sends unknown values too.

use jsonschema::Validator;
use serde_json::{Map, Value as Json, json};

use super::json_text;
use super::validator::build;

const COMPONENTS: &str = "#/components/schemas/";
/// Keywords that have the same meaning in both languages and contain no schema.
const SAME: &[&str] = &[
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "multipleOf",
    "pattern",
    "required",
    "uniqueItems",
];

/// A validator for a schema of `document`.
///
/// # Errors The schema can't be compiled, for example because of an invalid pattern.
pub(crate) fn compile(schema: &Json, document: &Json) -> Result<Validator, String> {
    build(&translate(schema, document))
}

/// The schema and all that it refers to, as one JSON Schema.
pub(crate) fn translate(schema: &Json, document: &Json) -> Json {
    let mut queue = Vec::new();
    let mut whole = one(schema, document, &mut queue);
    let mut definitions = Map::new();
    while let Some(name) = queue.pop() {
        if !definitions.contains_key(&name) {
            let target = document.pointer(&format!("/components/schemas/{name}")).unwrap_or(&Json::Null);
            let translated = one(target, document, &mut queue);
            definitions.insert(name, translated);
        }
    }
    if let Some(object) = whole.as_object_mut() {
        object.insert("$defs".to_owned(), Json::Object(definitions));
    }
    whole
}

fn one(schema: &Json, document: &Json, queue: &mut Vec<String>) -> Json {
    let mut out = Map::new();
    if schema.get(json_text::KEYWORD) == Some(&Json::Bool(true)) {
        return text_with(schema, document);
    }
    if let Some(name) = schema.get("$ref").and_then(Json::as_str).and_then(|r| r.strip_prefix(COMPONENTS)) {
        out.insert("$ref".to_owned(), json!(format!("#/$defs/{name}")));
        queue.push(name.to_owned());
        return Json::Object(out);
    }
    for (keyword, value) in schema.as_object().into_iter().flatten() {
        if SAME.contains(&keyword.as_str()) {
            out.insert(keyword.clone(), value.clone());
        }
    }
    if let Some(kind) = schema.get("type") {
        out.insert("type".to_owned(), kind.clone());
    }
    composed(schema, document, &mut out, queue);
    objects(schema, document, &mut out, queue);
    formats(schema, &mut out);
    if schema.get("nullable") == Some(&Json::Bool(true)) { or_null(out) } else { Json::Object(out) }
}

/// A string that contains a list: the keyword contains the complete schema of the list.
fn text_with(list: &Json, document: &Json) -> Json {
    let mut list = list.clone();
    let nullable = list.get("nullable") == Some(&Json::Bool(true));
    if let Some(list) = list.as_object_mut() {
        list.retain(|keyword, _| keyword != json_text::KEYWORD && keyword != "nullable");
    }
    let kinds = if nullable { json!(["string", "null"]) } else { json!("string") };
    json!({"type": kinds, json_text::KEYWORD: translate(&list, document)})
}

fn composed(schema: &Json, document: &Json, out: &mut Map<String, Json>, queue: &mut Vec<String>) {
    for keyword in ["allOf", "anyOf", "oneOf"] {
        if let Some(parts) = schema.get(keyword).and_then(Json::as_array) {
            let parts = parts.iter().map(|part| one(part, document, queue)).collect();
            out.insert(keyword.to_owned(), Json::Array(parts));
        }
    }
    for keyword in ["not", "items"] {
        if let Some(part) = schema.get(keyword) {
            out.insert(keyword.to_owned(), one(part, document, queue));
        }
    }
    if let Some(values) = schema.get("enum")
        && schema.get("x-extensible") != Some(&Json::Bool(true))
    {
        out.insert("enum".to_owned(), values.clone());
    }
}

fn objects(schema: &Json, document: &Json, out: &mut Map<String, Json>, queue: &mut Vec<String>) {
    if let Some(properties) = schema.get("properties").and_then(Json::as_object) {
        let properties =
            properties.iter().map(|(name, part)| (name.clone(), one(part, document, queue))).collect();
        out.insert("properties".to_owned(), Json::Object(properties));
        out.insert("additionalProperties".to_owned(), json!(false));
    }
    match schema.get("additionalProperties") {
        Some(Json::Bool(open)) => {
            out.insert("additionalProperties".to_owned(), json!(open));
        }
        Some(part @ Json::Object(_)) => {
            out.insert("additionalProperties".to_owned(), one(part, document, queue));
        }
        _ => {}
    }
}

fn formats(schema: &Json, out: &mut Map<String, Json>) {
    match schema.get("format").and_then(Json::as_str) {
        Some("int32") => {
            out.entry("minimum").or_insert(json!(i32::MIN));
            out.entry("maximum").or_insert(json!(i32::MAX));
        }
        Some("int64") => {
            out.entry("minimum").or_insert(json!(i64::MIN));
            out.entry("maximum").or_insert(json!(i64::MAX));
        }
        Some("date-time") => {
            out.insert("format".to_owned(), json!("date-time"));
        }
        _ => {}
    }
}

/// The schema, or `null`.
fn or_null(mut schema: Map<String, Json>) -> Json {
    let kind = schema.get("type").and_then(Json::as_str).map(str::to_owned);
    let plain =
        ["enum", "allOf", "anyOf", "oneOf", "not"].iter().all(|keyword| !schema.contains_key(*keyword));
    match kind {
        Some(kind) if plain => {
            schema.insert("type".to_owned(), json!([kind, "null"]));
            Json::Object(schema)
        }
        _ => json!({"anyOf": [{"type": "null"}, schema]}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::validator::faults;

    fn check(schema: Json, value: Json) -> Vec<String> {
        let document = json!({"components": {"schemas": {
            "Port": {"type": "integer", "format": "int32", "minimum": 1, "not": {"enum": [7]}},
            "Open": {"type": "string", "enum": ["a"], "x-extensible": true},
            "Free": {"type": "object", "additionalProperties": true},
            "Tree": {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Tree"}}},
        }}});
        faults(&compile(&schema, &document).unwrap(), &value)
    }

    #[test]
    fn strictness() {
        let object = json!({"type": "object", "required": ["p"], "properties": {
            "p": {"$ref": "#/components/schemas/Port"}, "o": {"$ref": "#/components/schemas/Open"},
            "f": {"$ref": "#/components/schemas/Free"}, "t": {"$ref": "#/components/schemas/Tree"},
            "n": {"type": "string", "nullable": true, "maxLength": 2},
            "r": {"nullable": true, "allOf": [{"$ref": "#/components/schemas/Port"}]},
            "d": {"type": "string", "format": "date-time"},
        }});
        let good = json!({"p": 1, "o": "new", "f": {"any": 1}, "t": {"next": {}}, "n": null, "r": null,
            "d": "2026-01-15T08:30:00.123000Z"});
        assert_eq!(check(object.clone(), good), Vec::<String>::new());
        let cases = [
            (json!({}), "the required field `p` is missing"),
            (json!({"p": 1, "x": 2}), "the field `x` is unknown"),
            (json!({"p": 1, "t": {"next": {"y": 1}}}), "t.next: the field `y` is unknown"),
            (json!({"p": 0}), "p: value is less than the minimum of 1"),
            (json!({"p": 2_147_483_648_i64}), "p: value is greater than the maximum of 2147483647"),
            (json!({"p": "secret"}), "p: value is not of type \"integer\""),
            (json!({"p": 1, "n": "abc"}), "n: value is longer than 2 characters"),
            (json!({"p": 1, "r": 0}), "r: value is less than the minimum of 1"),
            (json!({"p": 1, "d": "yesterday"}), "d: value is not a \"date-time\""),
        ];
        for (value, expected) in cases {
            assert_eq!(check(object.clone(), value), [expected]);
        }
        assert_eq!(check(object, json!({"p": 7})).len(), 1);
    }
}
