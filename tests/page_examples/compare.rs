//! What a page shows against what comes out of a model.

use serde_json::Value;

/// Where a value of the page is missing or another one in what a model wrote. The model may write more, and it may
/// write nothing where the page has a null.
pub(crate) fn losses(page: &Value, written: &Value) -> Vec<String> {
    let mut losses = Vec::new();
    walk(page, Some(written), "", &mut losses);
    losses
}

fn walk(page: &Value, written: Option<&Value>, place: &str, losses: &mut Vec<String>) {
    match (page, written) {
        (Value::Null, None | Some(Value::Null)) => {}
        (Value::Object(page), Some(Value::Object(written))) => {
            for (name, value) in page {
                walk(value, written.get(name), &format!("{place}/{name}"), losses);
            }
        }
        (Value::Array(page), Some(Value::Array(written))) if page.len() == written.len() => {
            for (index, (page, written)) in page.iter().zip(written).enumerate() {
                walk(page, Some(written), &format!("{place}/{index}"), losses);
            }
        }
        (page, Some(written)) if page == written => {}
        (page, written) => losses.push(format!("{place}: {page} became {written:?}")),
    }
}

#[test]
fn losses_are_found_and_nulls_may_come_and_go() {
    let page = serde_json::json!({"a": 1, "b": [{"c": "", "d": null}], "e": {}});
    let same = serde_json::json!({"a": 1, "b": [{"c": ""}], "e": {}, "f": null});
    assert_eq!(losses(&page, &same), Vec::<String>::new());
    for other in [
        serde_json::json!({"a": "1", "b": [{"c": "", "d": null}], "e": {}}),
        serde_json::json!({"a": 1, "b": [{"c": ""}, {}], "e": {}}),
        serde_json::json!({"a": 1, "b": [{"c": null}], "e": {}}),
        serde_json::json!({"a": 1, "b": [{"c": ""}]}),
        serde_json::json!({"a": 1, "b": [{"c": ""}], "e": []}),
        serde_json::json!({"a": 1, "b": [{"c": "", "d": false}], "e": {}}),
    ] {
        assert_eq!(losses(&page, &other).len(), 1, "{other}");
    }
}
