//! Finds values in a response by a path.

use std::borrow::Cow;
use std::slice;

use serde_json::Value;

use crate::operation::Step;
use crate::token::Ids;
use crate::wire::decode::decode;

/// All values under a path: none, one, or one for each row.
pub(super) fn find<'v>(value: &'v Value, path: &[Step], ids: &Ids) -> Vec<Cow<'v, Value>> {
    let mut found = vec![Cow::Borrowed(value)];
    for step in path {
        found = found.into_iter().flat_map(|value| take(value, *step, ids)).collect();
    }
    found.retain(|value| !value.is_null());
    found
}

/// The text of the first value under a path.
pub(super) fn text(value: &Value, path: &[Step], ids: &Ids) -> Option<String> {
    texts(value, path, ids).into_iter().next()
}

/// The texts of all values under a path.
pub(super) fn texts(value: &Value, path: &[Step], ids: &Ids) -> Vec<String> {
    if path.is_empty() {
        return Vec::new();
    }
    let found = find(value, path, ids);
    found.iter().filter_map(|value| plain(value)).filter(|text| !text.is_empty()).collect()
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

/// The missing property of a path, if one is missing. A `null` instead of a list is an empty list.
pub(super) fn lacks(value: &Value, path: &[Step]) -> Option<&'static str> {
    let mut value = Cow::Borrowed(value);
    for (step, next) in path.iter().zip(path.iter().skip(1).map(Some).chain([None])) {
        let Step::Property(name) = *step else { return None };
        let list = !matches!(next, None | Some(Step::Property(_)));
        value = match property(value, name) {
            Some(there) if list && is_list(&there) => return None,
            Some(there) if !list && !there.is_null() => there,
            _ => return Some(name),
        };
    }
    None
}

/// Whether services send a list in this form.
fn is_list(value: &Value) -> bool {
    match value {
        Value::Array(rows) => rows.iter().all(|row| unquoted(Cow::Borrowed(row)).is_object()),
        Value::Object(_) | Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Whether the row of one of the ids of a path is missing.
pub(super) fn incomplete(pages: &[Value], path: &[Step], ids: &Ids) -> bool {
    let Some(at) = path.iter().position(|step| matches!(step, Step::Rows(..))) else { return false };
    let (Some(above), Some(Step::Rows(property, id))) = (path.get(..=at), path.get(at)) else { return false };
    let there: Vec<_> = pages.iter().flat_map(|page| find(page, above, ids)).collect();
    let there: Vec<_> = there.iter().filter_map(|row| key(row, property)).collect();
    ids.all(id).iter().any(|id| !there.contains(id))
}

/// The property of a row that identifies it, a dotted path.
pub(super) fn key(row: &Value, path: &str) -> Option<String> {
    path.split('.').try_fold(Cow::Borrowed(row), property).as_deref().and_then(plain)
}

/// A property, or several joined: `name@host`.
fn property<'v>(value: Cow<'v, Value>, name: &str) -> Option<Cow<'v, Value>> {
    if name.contains('@') {
        let own = |name| single(Cow::Borrowed(&*value), name).as_deref().and_then(plain);
        let parts = name.split('@').map(own).collect::<Option<Vec<_>>>()?;
        return Some(Cow::Owned(Value::String(parts.join("@"))));
    }
    single(value, name)
}

fn single<'v>(value: Cow<'v, Value>, name: &str) -> Option<Cow<'v, Value>> {
    match unquoted(value) {
        Cow::Borrowed(value) => value.get(name).map(|value| unquoted(Cow::Borrowed(value))),
        Cow::Owned(mut value) => value.get_mut(name).map(|value| unquoted(Cow::Owned(value.take()))),
    }
}

fn take<'v>(value: Cow<'v, Value>, step: Step, ids: &Ids) -> Vec<Cow<'v, Value>> {
    let (id, of) = match step {
        Step::Property(name) => return property(value, name).into_iter().collect(),
        Step::Every => ("", ""),
        Step::Row(property, id) | Step::Rows(property, id) => (property, id),
    };
    let rows = match unquoted(value) {
        Cow::Borrowed(value) => rows(value).iter().map(Cow::Borrowed).collect(),
        Cow::Owned(value) => rows(&value).iter().cloned().map(Cow::Owned).collect::<Vec<_>>(),
    };
    if step == Step::Every {
        return rows;
    }
    let wanted = ids.all(of);
    let any = wanted.is_empty() && matches!(step, Step::Row(..));
    let has = |row: &Cow<'_, Value>| any || key(row, id).is_some_and(|own| wanted.contains(&own));
    match step {
        Step::Rows(..) => rows.into_iter().filter(has).collect(),
        _ => rows.into_iter().find(has).into_iter().collect(),
    }
}

/// An object or a list in a string is parsed; all other values are unchanged.
fn unquoted(value: Cow<'_, Value>) -> Cow<'_, Value> {
    let json = value.as_str().filter(|text| text.trim_start().starts_with(['{', '[']));
    match json.and_then(|json| decode(json).ok()) {
        Some(inner) => Cow::Owned(inner),
        None => value,
    }
}

/// The rows of a list; services send a single object instead of a list with one item.
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
        let quoted = json!({"data": value["data"].to_string()});
        assert_eq!(
            text(&quoted, &path, &Ids::of(&[("address", "1"), ("endpoint", "b")])).as_deref(),
            Some("Y")
        );
        assert_eq!(find(&quoted, &[Step::Property("data"), Step::Every], &Ids::default()).len(), 2);
    }

    #[test]
    fn there_is_a_row_for_each_id_and_an_id_can_be_two_properties() {
        let rows = |names: &[(&str, &str)]| {
            let rows = names.iter().map(|(name, host)| json!({"name": name, "host": host}));
            json!({"users": rows.collect::<Vec<_>>()})
        };
        let path = [Step::Property("users"), Step::Rows("name@host", "account")];
        let mut ids = Ids::default();
        ids.put("account", vec!["app@%".to_owned(), "ops@10.0.0.1".to_owned()]);
        let first = rows(&[("app", "10.0.0.1"), ("app", "%"), ("old", "%")]);
        let second = rows(&[("ops", "%"), ("ops", "10.0.0.1")]);
        assert_eq!(find(&first, &path, &ids).len(), 1);
        assert_eq!(find(&second, &path, &ids).len(), 1);
        assert!(incomplete(std::slice::from_ref(&first), &path, &ids));
        assert!(!incomplete(&[first.clone(), second], &path, &ids));
        let sent = [Step::Property("users"), Step::Every, Step::Property("name@host")];
        let sent: Vec<_> = find(&first, &sent, &ids).iter().filter_map(|value| plain(value)).collect();
        assert_eq!(sent, ["app@10.0.0.1", "app@%", "old@%"]);
        assert_eq!(find(&json!({"users": [{"name": "app"}]}), &path, &ids).len(), 0);
        assert_eq!(find(&first, &path, &Ids::default()).len(), 0, "no id is not every id");
    }

    #[test]
    fn what_is_missing_above_the_rows_is_no_empty_list() {
        let path = [Step::Property("a"), Step::Property("rows"), Step::Row("id", "i"), Step::Property("s")];
        for (value, missing) in [
            (json!({"a": {"rows": []}}), None),
            (json!({"a": {"rows": null}}), None),
            (json!({"a": {"rows": ""}}), None),
            (json!({"a": {"rows": {}}}), None),
            (json!({"a": "{\"rows\": \"[]\"}"}), None),
            (json!({"a": {"rows": 7}}), Some("rows")),
            (json!({"a": {"rows": [{}, 7]}}), Some("rows")),
            (json!({"a": {"rows": "OK"}}), Some("rows")),
            (json!({"a": {}}), Some("rows")),
            (json!({"a": null}), Some("a")),
            (json!({}), Some("a")),
            (json!([]), Some("a")),
            (json!("OK"), Some("a")),
        ] {
            assert_eq!(lacks(&value, &path), missing, "{value}");
        }
        assert_eq!(lacks(&json!({}), &[]), None);
        assert_eq!(lacks(&json!({"a": 7}), &path[..1]), None);
    }
}
