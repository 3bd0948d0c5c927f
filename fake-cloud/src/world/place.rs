//! Places in a response, by the paths of `x-states` and `x-long-running`.
//!
//! Problem: the same paths by which a client finds ids and states say where the cloud has to write them.
//! Default: a property that is missing is added to its object; a row that is missing is made from the first row of its
//! list. In an empty list, and below what is no object, there is no place.

use std::collections::BTreeMap;

use dbplane_codegen::spec::{Step, steps};
use serde_json::Value as Json;

/// Ids by their names.
pub(crate) type Ids = BTreeMap<String, String>;

/// Changes all values at a path.
pub(crate) fn change(body: &mut Json, path: &str, ids: &Ids, mut change: impl FnMut(&mut Json)) {
    visit(body, &steps(path), ids, &mut change);
}

/// Removes the row that a path leads to. Says whether the path has one.
pub(crate) fn remove(body: &mut Json, path: &str, ids: &Ids) -> bool {
    let mut steps = steps(path);
    let Some(last) = steps.iter().rposition(|step| matches!(step, Step::Row(..))) else { return false };
    let Some(Step::Row(property, id)) = steps.drain(last..).next() else { return false };
    visit(body, &steps, ids, &mut |list| {
        if let Some(rows) = list.as_array_mut() {
            rows.retain(|row| !is(row, &property, ids.get(&id)));
        }
    });
    true
}

/// A scalar as text.
pub(crate) fn plain(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Number(_) | Json::Bool(_) => value.to_string(),
        _ => String::new(),
    }
}

/// A text to write over a value: a number where that is one.
pub(crate) fn like(model: &Json, text: String) -> Json {
    let number = text.parse::<i64>().ok().filter(|_| model.is_number());
    number.map_or(Json::String(text), Json::from)
}

fn visit(value: &mut Json, path: &[Step], ids: &Ids, change: &mut dyn FnMut(&mut Json)) {
    let Some((step, rest)) = path.split_first() else { return change(value) };
    match (step, value) {
        (Step::Property(name), Json::Object(object)) => {
            visit(object.entry(name.clone()).or_insert(Json::Null), rest, ids, change);
        }
        (Step::Every, Json::Array(rows)) => rows.iter_mut().for_each(|row| visit(row, rest, ids, change)),
        (Step::Row(property, id), Json::Array(rows)) => {
            let place = rows.iter().position(|row| is(row, property, ids.get(id)));
            let place = place.or_else(|| copy_first(rows, property, ids.get(id)?));
            if let Some(row) = place.and_then(|place| rows.get_mut(place)) {
                visit(row, rest, ids, change);
            }
        }
        // Services send a lone object for a list of one.
        (Step::Every | Step::Row(..), row @ Json::Object(_)) => visit(row, rest, ids, change),
        _ => {}
    }
}

/// Whether a row has an id; any has if there is none to look for.
fn is(row: &Json, property: &str, id: Option<&String>) -> bool {
    let own = property.split('.').try_fold(row, |value, name| value.get(name)).map(plain);
    id.is_none_or(|id| own.as_ref() == Some(id))
}

/// Adds a copy of the first row with another id.
fn copy_first(rows: &mut Vec<Json>, property: &str, id: &str) -> Option<usize> {
    let mut row = rows.first()?.clone();
    change(&mut row, property, &Ids::new(), |value| *value = like(value, id.to_owned()));
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
    fn what_is_missing_is_added_only_where_there_is_a_place() {
        let mut body = json!({"data": {}, "rows": [], "text": "x", "number": 7});
        for path in ["data.state", "rows[*].state", "rows[id].state", "text.state"] {
            change(&mut body, path, &ids("a"), |state| *state = json!("UP"));
        }
        change(&mut body, "number", &ids("a"), |number| *number = like(number, "12".to_owned()));
        assert_eq!(body, json!({"data": {"state": "UP"}, "rows": [], "text": "x", "number": 12}));
    }
}
