//! Places in a response, by the paths of `x-states` and `x-long-running`.
//!
//! Problem: the paths by which a client finds ids and states say where the cloud has to write them.
//! Default: a property that is missing is added to its object; a row that is missing is made from the first row of its
//! list. An empty list, and a value that is not an object, have no places.

use std::collections::BTreeMap;

use dbplane_codegen::spec::{Step, steps};
use serde_json::Value as Json;

/// Ids by their names.
pub(crate) type Ids = BTreeMap<String, String>;

/// Changes all values at a path.
pub(crate) fn change(body: &mut Json, path: &str, ids: &Ids, mut change: impl FnMut(&mut Json)) {
    visit(body, &steps(path), ids, &mut change);
}

/// Removes the row at a path, and returns whether the path has one.
pub(crate) fn remove(body: &mut Json, path: &str, ids: &Ids) -> bool {
    let mut steps = steps(path);
    let is_row = |step: &Step| matches!(step, Step::Row(..) | Step::Rows(..));
    let Some(last) = steps.iter().rposition(is_row) else { return false };
    let Some(Step::Row(property, id) | Step::Rows(property, id)) = steps.drain(last..).next() else {
        return false;
    };
    visit(body, &steps, ids, &mut |list| {
        if let Some(rows) = list.as_array_mut() {
            rows.retain(|row| !is(row, &property, ids.get(&id)));
        }
    });
    true
}

/// Whether the row at a path is missing.
pub(crate) fn lacks(body: &Json, path: &str, ids: &Ids) -> bool {
    let mut others = body.clone();
    remove(&mut others, path, ids) && others == *body
}

/// The texts of all values at a path.
pub(crate) fn read(body: &Json, path: &str) -> Vec<String> {
    let (mut body, mut found) = (body.clone(), Vec::new());
    change(&mut body, path, &Ids::new(), |value| found.push(plain(value)));
    found
}

/// A scalar as text.
pub(crate) fn plain(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Number(_) | Json::Bool(_) => value.to_string(),
        _ => String::new(),
    }
}

/// A text that replaces a value, as a number if the value is one.
pub(crate) fn like(model: &Json, text: String) -> Json {
    let number = text.parse::<i64>().ok().filter(|_| model.is_number());
    number.map_or(Json::String(text), Json::from)
}

fn visit(value: &mut Json, path: &[Step], ids: &Ids, change: &mut dyn FnMut(&mut Json)) {
    let Some((step, rest)) = path.split_first() else { return change(value) };
    match (step, value) {
        // Two properties in one text can only be read.
        (Step::Property(name), row @ Json::Object(_)) if name.contains('@') => {
            visit(&mut Json::String(key(row, name)), rest, ids, change);
        }
        (Step::Property(name), Json::Object(object)) => {
            visit(object.entry(name.clone()).or_insert(Json::Null), rest, ids, change);
        }
        (Step::Every, Json::Array(rows)) => rows.iter_mut().for_each(|row| visit(row, rest, ids, change)),
        (Step::Row(property, id) | Step::Rows(property, id), Json::Array(rows)) => {
            let place = rows.iter().position(|row| is(row, property, ids.get(id)));
            let place = place.or_else(|| copy_first(rows, property, ids.get(id)?));
            if let Some(row) = place.and_then(|place| rows.get_mut(place)) {
                visit(row, rest, ids, change);
            }
        }
        // Services send a single object instead of a list with one item.
        (Step::Every | Step::Row(..) | Step::Rows(..), row @ Json::Object(_)) => {
            visit(row, rest, ids, change)
        }
        _ => {}
    }
}

/// Whether a row has an id; true if no id is searched for.
fn is(row: &Json, property: &str, id: Option<&String>) -> bool {
    id.is_none_or(|id| key(row, property) == *id)
}

/// The id of a row: the text of a property, given as a dotted path, or the texts of two, `name@host`.
fn key(row: &Json, property: &str) -> String {
    let own = |path: &str| path.split('.').try_fold(row, |value, name| value.get(name)).map(plain);
    let parts: Vec<String> = property.split('@').map(|path| own(path).unwrap_or_default()).collect();
    parts.join("@")
}

/// Adds a copy of the first row with another id.
fn copy_first(rows: &mut Vec<Json>, property: &str, id: &str) -> Option<usize> {
    let mut row = rows.first()?.clone();
    let paths: Vec<&str> = property.split('@').collect();
    for (path, part) in paths.iter().zip(id.splitn(paths.len(), '@')) {
        change(&mut row, path, &Ids::new(), |value| *value = like(value, part.to_owned()));
    }
    rows.push(row);
    rows.len().checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn text(body: &Json, path: &str, ids: &Ids) -> String {
        let (mut text, mut body) = (String::new(), body.clone());
        change(&mut body, path, ids, |value| text = plain(value));
        text
    }

    fn ids(id: &str) -> Ids {
        Ids::from([("id".to_owned(), id.to_owned())])
    }

    #[test]
    fn rows_are_found_made_and_removed_by_their_ids() {
        let mut body =
            json!({"list": [{"x": {"id": "a"}, "state": "UP"}, {"x": {"id": "b"}, "state": "UP"}]});
        let path = "list[x.id=id].state";
        change(&mut body, path, &ids("b"), |state| *state = json!("DOWN"));
        change(&mut body, path, &ids("c"), |state| *state = json!("NEW"));
        assert_eq!(["a", "b", "c"].map(|id| text(&body, path, &ids(id))), ["UP", "DOWN", "NEW"]);
        assert!(remove(&mut body, path, &ids("a")) && !remove(&mut body, "list", &ids("b")));
        assert_eq!(body["list"].as_array().map(Vec::len), Some(2));
    }

    #[test]
    fn a_row_can_be_known_by_two_properties() {
        let mut body = json!({"users": [{"name": "app", "host": "%"}, {"name": "app", "host": "10.0.0.1"}]});
        assert_eq!(read(&body, "users[*].name@host"), ["app@%", "app@10.0.0.1"]);
        let path = "users[*name@host=id].comment";
        change(&mut body, path, &ids("app@10.0.0.1"), |comment| *comment = json!("old"));
        change(&mut body, path, &ids("ops@%"), |comment| *comment = json!("new"));
        assert!(remove(&mut body, "users[*name@host=id]", &ids("app@%")));
        assert_eq!(
            body,
            json!({"users": [{"name": "app", "host": "10.0.0.1", "comment": "old"},
            {"name": "ops", "host": "%", "comment": "new"}]})
        );
    }

    #[test]
    fn what_is_missing_is_added_only_where_there_is_a_place() {
        let mut body = json!({"data": {}, "rows": [], "text": "x", "number": 7});
        for path in ["data.state", "rows[*].state", "rows[id].state", "text.state"] {
            change(&mut body, path, &ids("a"), |state| *state = json!("UP"));
        }
        change(&mut body, "number", &ids("a"), |number| *number = like(number, "12".to_owned()));
        assert_eq!(body, json!({"data": {"state": "UP"}, "rows": [], "text": "x", "number": 12}));
    }
}
