//! Validators, and their messages.
//!
//! Problem: `x-json-text` lists are JSON in a string, and the message of a validator can contain a password.
//! Default: the keyword is checked as a list; messages contain places and no values.

use dbplane_codegen::lint::conform::is_time;
use jsonschema::paths::Location;
use jsonschema::{Draft, Keyword, ValidationError, Validator, error::ValidationErrorKind};
use serde_json::{Map, Value as Json};

use super::json_text::KEYWORD;

/// A validator for a JSON Schema made of a schema.
pub(crate) fn build(schema: &Json) -> Result<Validator, String> {
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .with_format("date-time", is_time)
        .with_keyword(KEYWORD, keyword)
        .build(schema)
        .map_err(|error| error.to_string())
}

struct JsonText(Validator);

impl JsonText {
    fn faults(&self, value: &Json) -> Vec<String> {
        // That it is a string is checked by `type`.
        let Some(text) = value.as_str() else { return Vec::new() };
        match serde_json::from_str(text) {
            Ok(list) => faults(&self.0, &list),
            Err(_) => vec!["the text is invalid JSON".to_owned()],
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

/// Creates the keyword from the schema of its list.
fn keyword<'a>(
    _: &'a Map<String, Json>,
    list: &'a Json,
    _: Location,
) -> Result<Box<dyn for<'i> Keyword<'i>>, ValidationError<'a>> {
    let validator = build(list).map_err(ValidationError::custom)?;
    Ok(Box::new(JsonText(validator)))
}

/// All faults of a value, as `place: reason`, joined; none for a valid value.
///
/// The value itself is never shown: it may be a password.
pub(crate) fn faults(validator: &Validator, value: &Json) -> Vec<String> {
    validator.iter_errors(value).flat_map(|error| words(&error)).collect()
}

fn words(error: &ValidationError<'_>) -> Vec<String> {
    let place = error.instance_path().as_str().trim_start_matches('/').replace('/', ".");
    let at = |reason: String| if place.is_empty() { reason } else { format!("{place}: {reason}") };
    match error.kind() {
        ValidationErrorKind::AnyOf { context } if !context.is_empty() => {
            context.iter().skip(1).flatten().flat_map(words).collect()
        }
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            unexpected.iter().map(|name| at(format!("the field `{name}` is unknown"))).collect()
        }
        ValidationErrorKind::Required { property } => {
            let name = property.as_str().unwrap_or_default();
            vec![at(format!("the required field `{name}` is missing"))]
        }
        _ => vec![at(error.masked().to_string())],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::schema;
    use serde_json::json;

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
            (json!("a, b"), Some("rows: the text is invalid JSON")),
            (json!("{}"), Some("rows: value is not of type \"array\"")),
            (json!("[{}]"), Some("rows: 0: the required field `name` is missing")),
            (
                json!("[{\"name\": 1, \"b\": 2}]"),
                Some("rows: 0.name: value is not of type \"string\", 0: the field `b` is unknown"),
            ),
        ] {
            let faults = faults(&validator, &json!({"rows": value}));
            assert_eq!(faults.first().map(String::as_str), expected, "{value} {faults:?}");
            assert!(faults.len() < 2);
        }
    }
}
