//! Reading and writing JSON records without failing.
//!
//! Problem: worlds keep what they have in the form in which it is shown, so that every version of a service
//! shows its own fields. The places are JSON pointers.
//! Default: what is not there reads as empty text, 0, false or no items, and cannot be written into.

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
    /// Sets a field of an object that is there.
    fn put(&mut self, pointer: &str, value: impl Into<Json>);
    /// Appends to a list that is there.
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
        let Some((parent, name)) = pointer.rsplit_once('/') else { return };
        if let Some(parent) = self.pointer_mut(parent).and_then(Json::as_object_mut) {
            parent.insert(name.to_owned(), value.into());
        }
    }

    fn push(&mut self, pointer: &str, value: Json) {
        if let Some(list) = self.pointer_mut(pointer).and_then(Json::as_array_mut) {
            list.push(value);
        }
    }
}

/// The texts of a list; what is not text is left out.
pub(crate) fn texts(list: &[Json]) -> Vec<&str> {
    list.iter().filter_map(Json::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_not_there_is_empty_and_stays_away() {
        let mut record = json!({"a": {"b": "text", "n": 7, "f": true, "none": null}, "list": [1]});
        assert_eq!((record.text("/a/b"), record.number("/a/n"), record.flag("/a/f")), ("text", 7, true));
        assert_eq!((record.text("/a/x"), record.number("/a/b"), record.flag("/x/y")), ("", 0, false));
        assert!(record.given("/a/none").is_none() && record.given("/a/n").is_some());
        record.put("/a/new", 1);
        record.put("/x/new", 1);
        record.push("/list", json!(2));
        record.push("/a", json!(2));
        assert_eq!(record.items("/list"), [json!(1), json!(2)]);
        assert!(record.items("/a/b").is_empty() && record.items_mut("/none").is_empty());
        assert_eq!(record["a"], json!({"b": "text", "n": 7, "f": true, "none": null, "new": 1}));
        assert!(record.get("x").is_none());
    }
}
