//! What the parts of a request have to do with each other.
//!
//! Problem: some rules are about two fields, or about all items of a list, and the vendor's response to a breach
//! names neither. Default: generated tables hold such rules beside the limits of the fields, and a breach is
//! reported with them. Override: none.

use serde_json::{Map, Value};

/// A documented relation. A field that is null counts as left out.
#[derive(Debug)]
pub(crate) enum Relation {
    /// The field is given.
    Required(&'static str),
    /// The field is given exactly when the other one has the value.
    GivenWhen { field: &'static str, other: &'static str, value: &'static str },
    /// Exactly one of the fields is given.
    ExactlyOne { fields: &'static [&'static str] },
    /// So many items have the value in the field; `max` is `usize::MAX` where there is no bound.
    Count { field: &'static str, value: &'static str, min: usize, max: usize },
}

impl Relation {
    /// The field that breaks it (`""` for the value as a whole) and the rule in words, if it is broken.
    pub(crate) fn breach(&self, of: &Value) -> Option<(&'static str, String)> {
        match (self, of) {
            (Self::Required(field), Value::Object(object)) => {
                given(object, field).is_none().then(|| (*field, "is required".to_owned()))
            }
            (Self::GivenWhen { field, other, value }, Value::Object(object)) => {
                let due = given(object, other).and_then(Value::as_str) == Some(value);
                match (due, given(object, field).is_some()) {
                    (true, false) => Some((field, format!("must be set when {other} is {value}"))),
                    (false, true) => Some((field, format!("must not be set unless {other} is {value}"))),
                    _ => None,
                }
            }
            (Self::ExactlyOne { fields }, Value::Object(object)) => {
                let given: Vec<_> =
                    fields.iter().filter(|field| given(object, field).is_some()).copied().collect();
                let has = if given.is_empty() { "none".to_owned() } else { given.join(", ") };
                let rule = || format!("must have exactly one of {}, has {has}", fields.join(", "));
                (given.len() != 1).then(|| ("", rule()))
            }
            (Self::Count { field, value, min, max }, Value::Array(items)) => {
                let has = items.iter().filter(|item| item.get(field).and_then(Value::as_str) == Some(value));
                let has = has.count();
                let wanted = match *max {
                    max if max == *min => format!("exactly {min}"),
                    usize::MAX => format!("at least {min}"),
                    max => format!("{min} to {max}"),
                };
                let rule = || format!("must have {wanted} of {field} {value}, has {has}");
                (!(*min..=*max).contains(&has)).then(|| ("", rule()))
            }
            _ => None,
        }
    }
}

fn given<'v>(object: &'v Map<String, Value>, field: &str) -> Option<&'v Value> {
    object.get(field).filter(|value| !value.is_null())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_relation_is_kept_or_broken() {
        let monthly = Relation::GivenWhen { field: "day", other: "every", value: "MONTH" };
        let one = Relation::ExactlyOne { fields: &["number", "time"] };
        let system = Relation::Count { field: "role", value: "OS", min: 1, max: 1 };
        let data = Relation::Count { field: "role", value: "DATA", min: 1, max: usize::MAX };
        let spare = Relation::Count { field: "role", value: "TEMP", min: 0, max: 1 };
        type Row<'r> = (&'r Relation, Value, Option<(&'r str, &'r str)>);
        let name = Relation::Required("name");
        let rows: [Row<'_>; 17] = [
            (&name, json!({"name": ""}), None),
            (&name, json!({"name": null}), Some(("name", "is required"))),
            (&name, json!({}), Some(("name", "is required"))),
            (&monthly, json!({"every": "MONTH", "day": "1"}), None),
            (&monthly, json!({"every": "DAY", "day": null}), None),
            (&monthly, json!({}), None),
            (&monthly, json!({"every": "MONTH"}), Some(("day", "must be set when every is MONTH"))),
            (&monthly, json!({"day": "1"}), Some(("day", "must not be set unless every is MONTH"))),
            (&one, json!({"number": "1", "time": null}), None),
            (&one, json!({}), Some(("", "must have exactly one of number, time, has none"))),
            (
                &one,
                json!({"number": "", "time": ""}),
                Some(("", "must have exactly one of number, time, has number, time")),
            ),
            (&system, json!([{"role": "OS"}, {"role": "DATA"}, {}]), None),
            (&system, json!([]), Some(("", "must have exactly 1 of role OS, has 0"))),
            (&data, json!([{"role": "OS"}]), Some(("", "must have at least 1 of role DATA, has 0"))),
            (&data, json!([{"role": "DATA"}, {"role": "DATA"}]), None),
            (
                &spare,
                json!([{"role": "TEMP"}, {"role": "TEMP"}]),
                Some(("", "must have 0 to 1 of role TEMP, has 2")),
            ),
            (&spare, json!("no list"), None),
        ];
        for (relation, value, expected) in rows {
            let found = relation.breach(&value);
            assert_eq!(found.as_ref().map(|(field, rule)| (*field, rule.as_str())), expected, "{value}");
        }
    }
}
