//! What the parts of a value have to do with each other (`x-relations`).
//!
//! Problem: JSON Schema can say such rules, but what a validator then says of a breach nobody understands.
//! Default: a keyword of our own checks them and names the rule. A field that is null counts as left out.

use jsonschema::paths::Location;
use jsonschema::{Keyword, ValidationError};
use serde_json::{Map, Value as Json};

use crate::keyword::Told;

/// The keyword; its value is the list of relations, as the spec has it.
pub(crate) const KEYWORD: &str = "x-relations";

/// Makes the keyword out of its list.
pub(crate) fn keyword<'a>(
    _: &'a Map<String, Json>,
    relations: &'a Json,
    _: Location,
) -> Result<Box<dyn for<'i> Keyword<'i>>, ValidationError<'a>> {
    let relations = relations.as_array().cloned().unwrap_or_default();
    Ok(Box::new(Told(move |value: &Json| relations.iter().filter_map(|r| breach(r, value)).collect())))
}

fn breach(relation: &Json, value: &Json) -> Option<String> {
    let word = |key: &str| relation.get(key).and_then(Json::as_str);
    if let (Some(field), Some(other), Some(due)) = (word("given"), word("when"), word("is")) {
        let broken = value.is_object() && is(value, other, due) != given(value, field);
        return broken.then(|| format!("`{field}` is given exactly when `{other}` is `{due}`"));
    }
    if let (Some(field), Some(wanted)) = (word("count"), word("is")) {
        let bound = |key: &str| relation.get(key).and_then(Json::as_u64);
        let has = value.as_array()?.iter().filter(|item| is(item, field, wanted)).count() as u64;
        let broken =
            has < bound("minimum").unwrap_or(0) || bound("maximum").is_some_and(|maximum| has > maximum);
        return broken.then(|| format!("{has} items with the `{field}` `{wanted}` are too few or too many"));
    }
    let fields: Vec<&str> =
        relation.get("exactly-one")?.as_array()?.iter().filter_map(Json::as_str).collect();
    let has = fields.iter().filter(|field| given(value, field)).count();
    (value.is_object() && has != 1)
        .then(|| format!("exactly one of {} is given, here {has}", fields.join(", ")))
}

fn given(object: &Json, field: &str) -> bool {
    object.get(field).is_some_and(|value| !value.is_null())
}

fn is(object: &Json, field: &str, wanted: &str) -> bool {
    object.get(field).and_then(Json::as_str) == Some(wanted)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::schema;

    #[test]
    fn what_breaks_a_relation_is_told_in_its_words() {
        let object = json!({"type": "object", "nullable": true, "additionalProperties": true, "x-relations": [
            {"given": "day", "when": "every", "is": "MONTH"}, {"exactly-one": ["number", "time"]}]});
        let list = json!({"type": "array", "items": {}, "x-relations": [
            {"count": "role", "is": "OS", "minimum": 1, "maximum": 1}, {"count": "role", "is": "DATA", "minimum": 1}]});
        let rows = [
            (&object, json!({"every": "MONTH", "day": "1", "time": "t"}), vec![]),
            (&object, json!({"every": "DAY", "day": null, "number": "1", "time": null}), vec![]),
            (&object, json!(null), vec![]),
            (
                &object,
                json!({"every": "MONTH", "time": "t"}),
                vec!["`day` is given exactly when `every` is `MONTH`"],
            ),
            (
                &object,
                json!({"day": "1", "time": "t"}),
                vec!["`day` is given exactly when `every` is `MONTH`"],
            ),
            (&object, json!({}), vec!["exactly one of number, time is given, here 0"]),
            (&object, json!({"number": 1, "time": 2}), vec!["exactly one of number, time is given, here 2"]),
            (&list, json!([{"role": "DATA"}, {"role": "OS"}, {"role": "DATA"}, {}]), vec![]),
            (&list, json!([{"role": "OS"}]), vec!["0 items with the `role` `DATA` are too few or too many"]),
            (
                &list,
                json!([{"role": "OS"}, {"role": "DATA"}, {"role": "OS"}]),
                vec!["2 items with the `role` `OS` are too few or too many"],
            ),
        ];
        for (schema, value, expected) in rows {
            let validator = schema::compile(schema, &json!({})).unwrap();
            assert_eq!(schema::faults(&validator, &value), expected, "{value}");
        }
    }
}
