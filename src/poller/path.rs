//! Finding things in a response by a path.

use std::slice;

use serde_json::Value;

use crate::operation::Step;
use crate::token::Ids;

/// All values under a path: none, one, or one for each row.
pub(super) fn find<'v>(value: &'v Value, path: &[Step], ids: &Ids) -> Vec<&'v Value> {
    let mut found = vec![value];
    for step in path {
        found = found.into_iter().flat_map(|value| take(value, *step, ids)).collect();
    }
    found.retain(|value| !value.is_null());
    found
}

/// The text of the first value under a path.
pub(super) fn text(value: &Value, path: &[Step], ids: &Ids) -> Option<String> {
    if path.is_empty() {
        return None;
    }
    find(value, path, ids).first().and_then(|value| plain(value)).filter(|text| !text.is_empty())
}

/// A scalar as text.
pub(super) fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

fn take<'v>(value: &'v Value, step: Step, ids: &Ids) -> Vec<&'v Value> {
    match step {
        Step::Property(name) => value.get(name).into_iter().collect(),
        Step::Every => rows(value).iter().collect(),
        Step::Row(property, id) => {
            let wanted = ids.all(id);
            let has = |row: &&Value| {
                let own = property.split('.').try_fold(*row, |value, name| value.get(name)).and_then(plain);
                wanted.is_empty() || own.is_some_and(|own| wanted.contains(&own))
            };
            rows(value).iter().find(has).into_iter().collect()
        }
    }
}

/// The rows of a list; services send a lone object for a list of one.
fn rows(value: &Value) -> &[Value] {
    match value {
        Value::Array(rows) => rows,
        Value::Object(_) => slice::from_ref(value),
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn rows_are_found_by_their_ids_and_the_first_without_one() {
        let value = json!({"data": [{"id": 1, "links": [{"e": {"id": "a"}, "s": "X"}, {"e": {"id": "b"}, "s": "Y"}]},
            {"id": "2", "links": {"e": {"id": "c"}, "s": "Z"}}]});
        let path = [
            Step::Property("data"),
            Step::Row("id", "address"),
            Step::Property("links"),
            Step::Row("e.id", "endpoint"),
            Step::Property("s"),
        ];
        let found = |ids: &[(&str, &str)]| text(&value, &path, &Ids::of(ids));
        assert_eq!(found(&[]).as_deref(), Some("X"));
        assert_eq!(found(&[("address", "1"), ("endpoint", "b")]).as_deref(), Some("Y"));
        assert_eq!(found(&[("address", "2")]).as_deref(), Some("Z"));
        assert_eq!(found(&[("address", "2"), ("endpoint", "b")]), None);
        assert_eq!(found(&[("address", "3")]), None);
        assert_eq!(find(&value, &[Step::Property("data"), Step::Every], &Ids::default()).len(), 2);
    }
}
