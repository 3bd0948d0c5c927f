//! Lists that travel as JSON in a string (`x-json-text`).
//!
//! Problem: what a schema says of such a list, a validator would look for in the string itself. Default: a keyword
//! of our own reads the string and checks the list in it; [`unfold`] gives the list to who works with it.

use jsonschema::paths::Location;
use jsonschema::{Keyword, ValidationError, Validator};
use serde_json::{Map, Value as Json};

use crate::schema;

/// The keyword; its value is the schema of the list.
pub(crate) const KEYWORD: &str = "x-json-text";

struct JsonText(Validator);

impl JsonText {
    fn faults(&self, value: &Json) -> Vec<String> {
        // That it is a string is checked by `type`.
        let Some(text) = value.as_str() else { return Vec::new() };
        match serde_json::from_str(text) {
            Ok(list) => schema::faults(&self.0, &list),
            Err(_) => vec!["the text is no JSON".to_owned()],
        }
    }
}

impl<'i> Keyword<'i> for JsonText {
    fn validate(&self, value: &'i Json) -> Result<(), ValidationError<'i>> {
        let faults = self.faults(value);
        if faults.is_empty() { Ok(()) } else { Err(ValidationError::custom(faults.join(", "))) }
    }

    fn is_valid(&self, value: &'i Json) -> bool {
        self.faults(value).is_empty()
    }
}

/// Makes the keyword out of the schema of its list.
pub(crate) fn keyword<'a>(
    _: &'a Map<String, Json>,
    list: &'a Json,
    _: Location,
) -> Result<Box<dyn for<'i> Keyword<'i>>, ValidationError<'a>> {
    let validator = schema::build(list).map_err(ValidationError::custom)?;
    Ok(Box::new(JsonText(validator)))
}

/// Puts the list in the place of the string that holds it.
pub(crate) fn unfold(body: &mut Json, property: &str) {
    if let Some(value) = body.get_mut(property)
        && let Some(list) = value.as_str().and_then(|text| serde_json::from_str(text).ok())
    {
        *value = list;
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_list_in_the_string_is_checked() {
        let document = json!({"components": {"schemas": {"Row": {
            "type": "object", "required": ["name"], "properties": {"name": {"type": "string"}},
        }}}});
        let list = json!({"type": "object", "properties": {"rows": {
            "type": "array", "x-json-text": true, "maxItems": 2, "nullable": true,
            "items": {"$ref": "#/components/schemas/Row"},
        }}});
        let validator = schema::compile(&list, &document).unwrap();
        for (value, expected) in [
            (json!("[{\"name\": \"a\"}]"), None),
            (json!(null), None),
            (json!([{"name": "a"}]), Some("rows: value is not of types \"null\", \"string\"")),
            (json!("a, b"), Some("rows: the text is no JSON")),
            (json!("{}"), Some("rows: value is not of type \"array\"")),
            (json!("[{}]"), Some("rows: 0: the required field `name` is missing")),
            (
                json!("[{\"name\": 1, \"b\": 2}]"),
                Some("rows: 0.name: value is not of type \"string\", 0: the field `b` is unknown"),
            ),
        ] {
            let faults = schema::faults(&validator, &json!({"rows": value}));
            assert_eq!(faults.first().map(String::as_str), expected, "{value} {faults:?}");
            assert!(faults.len() < 2);
        }
    }

    #[test]
    fn a_list_is_unfolded_and_anything_else_stays() {
        let mut body = json!({"rows": "[1]", "none": null, "text": "a"});
        for property in ["rows", "none", "text", "absent"] {
            unfold(&mut body, property);
        }
        assert_eq!(body, json!({"rows": [1], "none": null, "text": "a"}));
    }
}
