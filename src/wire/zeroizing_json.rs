//! JSON that is wiped from memory.
//!
//! Problem: a request body is JSON for a while, and a password in it would stay in freed memory. Default: the
//! texts of a [`ZeroizingJson`] value are wiped when it is dropped. Override: none.

use serde_json::Value;
use zeroize::Zeroize;

/// A JSON value whose texts are wiped when it is dropped.
#[derive(Clone)]
pub(crate) struct ZeroizingJson(pub(crate) Value);

impl Drop for ZeroizingJson {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(wipe),
        Value::Object(object) => object.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_text_is_wiped() {
        let mut value = json!({"a": [{"b": "secret"}, "secret", 1], "c": null});
        wipe(&mut value);
        assert_eq!(value, json!({"a": [{"b": ""}, "", 1], "c": null}));
    }
}
