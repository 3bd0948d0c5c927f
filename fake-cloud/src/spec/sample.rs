//! A value made from a schema, for responses without an example in the spec.
//!
//! Default: examples first, then defaults, then the first value of an enum, then the least value of the type. Patterns
//! are not supported; a pattern needs an example.

use serde_json::{Map, Value as Json, json};

use crate::spec::json_text;

/// Below this depth, objects and lists are empty.
const DEPTH: usize = 12;

/// A value that fits the schema, except for patterns.
pub(crate) fn sample(schema: &Json, document: &Json) -> Json {
    value(schema, document, 0)
}

fn value(schema: &Json, document: &Json, depth: usize) -> Json {
    if depth > 2 * DEPTH {
        return Json::Null;
    }
    if let Some(target) = schema.get("$ref").and_then(Json::as_str) {
        let target = target.strip_prefix('#').and_then(|pointer| document.pointer(pointer));
        return target.map_or(Json::Null, |target| value(target, document, depth + 1));
    }
    if let Some(given) = ["example", "default"].iter().find_map(|key| schema.get(*key)) {
        return given.clone();
    }
    if let Some(first) = schema.pointer("/enum/0") {
        return first.clone();
    }
    for keyword in ["allOf", "oneOf", "anyOf"] {
        if let Some(first) = schema.get(keyword).and_then(|parts| parts.get(0)) {
            return value(first, document, depth + 1);
        }
    }
    match schema.get("type").and_then(Json::as_str) {
        Some("object") => object(schema, document, depth),
        Some("array") if schema.get(json_text::KEYWORD) == Some(&Json::Bool(true)) => {
            json!(array(schema, document, depth).to_string())
        }
        Some("array") => array(schema, document, depth),
        Some("integer" | "number") => json!(integer(schema)),
        Some("boolean") => json!(false),
        Some("string") => json!(text(schema)),
        _ => Json::Null,
    }
}

fn object(schema: &Json, document: &Json, depth: usize) -> Json {
    let mut out = Map::new();
    if depth < DEPTH {
        for (name, part) in schema.get("properties").and_then(Json::as_object).into_iter().flatten() {
            out.insert(name.clone(), value(part, document, depth + 1));
        }
    }
    Json::Object(out)
}

fn array(schema: &Json, document: &Json, depth: usize) -> Json {
    let least = schema.get("minItems").and_then(Json::as_u64).unwrap_or(1).max(1);
    let most = schema.get("maxItems").and_then(Json::as_u64).unwrap_or(least);
    let count = if depth < DEPTH { least.min(most).min(64) } else { 0 };
    let item = schema.get("items").unwrap_or(&Json::Null);
    (0..count).map(|_| value(item, document, depth + 1)).collect()
}

fn integer(schema: &Json) -> i64 {
    let bound = |key: &str| schema.get(key).and_then(Json::as_f64);
    let least = bound("minimum").map_or(0, |low| low.ceil() as i64);
    let least = bound("maximum").map_or(least, |high| least.min(high.floor() as i64));
    let step = schema.get("multipleOf").and_then(Json::as_i64).unwrap_or(1).max(1);
    let first = least.saturating_add(step - 1).div_euclid(step).saturating_mul(step);
    let excluded = schema.pointer("/not/enum").and_then(Json::as_array);
    let taken = |number: i64| excluded.is_some_and(|list| list.contains(&json!(number)));
    (0..=64).map(|n| first.saturating_add(n * step)).find(|number| !taken(*number)).unwrap_or(first)
}

fn text(schema: &Json) -> String {
    if schema.get("format").and_then(Json::as_str) == Some("date-time") {
        return "2024-05-17T00:23:17Z".to_owned();
    }
    let least = schema.get("minLength").and_then(Json::as_u64).unwrap_or(0);
    let most = schema.get("maxLength").and_then(Json::as_u64).unwrap_or(u64::MAX);
    let length = least.max(8).min(most).min(4_096);
    "example-".chars().cycle().take(length as usize).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_limits() {
        let document = json!({"components": {"schemas": {"E": {"type": "string", "enum": ["x", "y"]}}}});
        let schema = json!({"type": "object", "properties": {
            "a": {"type": "integer", "minimum": 1025, "not": {"enum": [1025, 1026]}},
            "b": {"type": "integer", "minimum": 17, "multipleOf": 8},
            "c": {"type": "string", "maxLength": 3}, "d": {"type": "string", "minLength": 10},
            "e": {"allOf": [{"$ref": "#/components/schemas/E"}], "nullable": true},
            "f": {"type": "array", "minItems": 2, "items": {"$ref": "#/components/schemas/E"}},
            "g": {"type": "string", "example": "given"}, "h": {"type": "boolean", "default": true},
        }});
        let made = json!({"a": 1027, "b": 24, "c": "exa", "d": "example-ex", "e": "x", "f": ["x", "x"],
            "g": "given", "h": true});
        assert_eq!(sample(&schema, &document), made);
    }

    #[test]
    fn recursion_ends() {
        let tree = json!({"type": "object", "properties": {"next": {"$ref": "#/components/schemas/T"}}});
        let document = json!({"components": {"schemas": {"T": tree}}});
        assert!(sample(&json!({"$ref": "#/components/schemas/T"}), &document).is_object());
        let looped = json!({"components": {"schemas": {"T": {"$ref": "#/components/schemas/T"}}}});
        assert!(sample(&json!({"$ref": "#/components/schemas/T"}), &looped).is_null());
        assert!(sample(&json!({"$ref": "#/components/schemas/Missing"}), &looped).is_null());
    }
}
