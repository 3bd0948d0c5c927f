//! Infallible reading and writing of JSON records.
//!
//! Problem: worlds store resources in the form in which they are returned, so that every version of a service has its
//! own fields. Places are JSON pointers.
//! Default: missing values are read as empty text, 0, false or no items. Writing to a missing place is a bug in a
//! world: it panics in debug builds, and does nothing in others.

use serde_json::Value as Json;

/// Fields of a JSON value.
pub(crate) trait Fields {
    fn text(&self, pointer: &str) -> &str;
    fn number(&self, pointer: &str) -> i64;
    fn flag(&self, pointer: &str) -> bool;
    fn items(&self, pointer: &str) -> &[Json];
    fn items_mut(&mut self, pointer: &str) -> &mut [Json];
    /// A field that is neither missing nor null.
    fn given(&self, pointer: &str) -> Option<&Json>;
    /// Sets a field of an existing object.
    fn put(&mut self, pointer: &str, value: impl Into<Json>);
    /// Appends to an existing list.
    fn push(&mut self, pointer: &str, value: Json);
}

impl Fields for Json {
    fn text(&self, pointer: &str) -> &str {
        self.pointer(pointer).and_then(Json::as_str).unwrap_or_default()
    }

    fn number(&self, pointer: &str) -> i64 {
        self.pointer(pointer).and_then(Json::as_i64).unwrap_or_default()
    }

    fn flag(&self, pointer: &str) -> bool {
        self.pointer(pointer).and_then(Json::as_bool).unwrap_or_default()
    }

    fn items(&self, pointer: &str) -> &[Json] {
        self.pointer(pointer).and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default()
    }

    fn items_mut(&mut self, pointer: &str) -> &mut [Json] {
        self.pointer_mut(pointer).and_then(Json::as_array_mut).map(Vec::as_mut_slice).unwrap_or_default()
    }

    fn given(&self, pointer: &str) -> Option<&Json> {
        self.pointer(pointer).filter(|value| !value.is_null())
    }

    fn put(&mut self, pointer: &str, value: impl Into<Json>) {
        let place = pointer.rsplit_once('/');
        let place = place.and_then(|(parent, name)| Some((self.pointer_mut(parent)?.as_object_mut()?, name)));
        debug_assert!(place.is_some(), "there is no object for {pointer}");
        if let Some((parent, name)) = place {
            parent.insert(name.to_owned(), value.into());
        }
    }

    fn push(&mut self, pointer: &str, value: Json) {
        let list = self.pointer_mut(pointer).and_then(Json::as_array_mut);
        debug_assert!(list.is_some(), "nothing can be appended at {pointer}");
        if let Some(list) = list {
            list.push(value);
        }
    }
}

/// The texts of a list; other items are omitted.
pub(crate) fn texts(list: &[Json]) -> Vec<&str> {
    list.iter().filter_map(Json::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_not_there_is_empty() {
        let mut record = json!({"a": {"b": "text", "n": 7, "f": true, "none": null}, "list": [1]});
        assert_eq!((record.text("/a/b"), record.number("/a/n"), record.flag("/a/f")), ("text", 7, true));
        assert_eq!((record.text("/a/x"), record.number("/a/b"), record.flag("/x/y")), ("", 0, false));
        assert!(record.given("/a/none").is_none() && record.given("/a/n").is_some());
        record.put("/a/new", 1);
        record.push("/list", json!(2));
        assert_eq!(record.items("/list"), [json!(1), json!(2)]);
        assert!(record.items("/a/b").is_empty() && record.items_mut("/none").is_empty());
        assert_eq!(record["a"], json!({"b": "text", "n": 7, "f": true, "none": null, "new": 1}));
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "there is no object for /x/new")]
    fn a_field_of_nothing_is_noticed() {
        json!({"a": {}}).put("/x/new", 1);
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "nothing can be appended at /a")]
    fn a_row_of_no_list_is_noticed() {
        json!({"a": {}}).push("/a", json!(2));
    }
}
