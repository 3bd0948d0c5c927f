//! Lists that are sent as JSON in a string (`x-json-text`).
//!
//! Problem: a validator would apply the schema of such a list to the string itself. Default: a keyword of our own
//! (`validator.rs`) parses the string and checks the list in it; [`unfold`] replaces the string by the list.

use serde_json::Value as Json;

/// The keyword; its value is the schema of the list.
pub(crate) const KEYWORD: &str = "x-json-text";

/// Replaces the string by the list that it contains.
pub(crate) fn unfold(body: &mut Json, property: &str) {
    if let Some(value) = body.get_mut(property)
        && let Some(list) = value.as_str().and_then(|text| serde_json::from_str(text).ok())
    {
        *value = list;
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_list_is_unfolded_and_anything_else_stays() {
        let mut body = json!({"rows": "[1]", "none": null, "text": "a"});
        for property in ["rows", "none", "text", "absent"] {
            unfold(&mut body, property);
        }
        assert_eq!(body, json!({"rows": [1], "none": null, "text": "a"}));
    }
}
