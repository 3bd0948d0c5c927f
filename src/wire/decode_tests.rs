//! Accepted and refused documents, and their cost.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::wire::model;

#[derive(Debug, PartialEq)]
struct Row {
    id: String,
    size: i64,
    small: Option<i32>,
    ratio: Option<f64>,
    on: bool,
    names: Vec<String>,
    rows: Option<Vec<Row>>,
    time: Option<Timestamp>,
    secret: Option<Secret>,
    extra: Option<Map<String, Value>>,
}

model! {
    Row {
        required: [id, size, on],
        optional: [small, ratio, rows, time, secret, extra],
        defaulted: [names],
    }
}

fn read<T: Decode>(value: &Value) -> Result<T, String> {
    decode(&value.to_string()).map_err(|misfit| misfit.to_string())
}

#[test]
fn odd_responses_decode() {
    let odd = json!({
        "id": 7, "size": "16", "small": "3", "ratio": "1.5", "on": "TRUE", "names": [1, "b", true],
        "rows": [{"id": null, "size": null, "on": 0, "names": null}], "time": 1_755_594_767_000_i64,
        "secret": "s", "extra": {"a": [1, null]}, "added": {"later": 1},
    });
    let row: Row = read(&odd).unwrap();
    assert_eq!(
        (row.id.as_str(), row.size, row.small, row.ratio, row.on),
        ("7", 16, Some(3), Some(1.5), true)
    );
    assert_eq!(row.names, ["1", "b", "true"]);
    let inner = &row.rows.unwrap()[0];
    assert_eq!((inner.id.as_str(), inner.size, inner.on, inner.names.len()), ("", 0, false, 0));
    assert_eq!(row.time.unwrap().unix_millis(), Some(1_755_594_767_000));
    assert_eq!(row.secret.unwrap().expose(), "s");
    assert_eq!(row.extra.unwrap()["a"], json!([1, null]));
    let lone: Row = read(&json!({"id": "a", "size": 1, "on": 1, "rows": odd})).unwrap();
    assert_eq!(lone.rows.unwrap().len(), 1);
    for absent in [json!(null), json!({"id": "", "size": 0, "on": false, "rows": null})] {
        assert_eq!(read::<Option<Row>>(&absent).unwrap().and_then(|row| row.rows), None);
    }
}

#[test]
fn what_is_empty_says_nothing() {
    let row: Row = read(&json!({
        "id": "", "size": "", "small": "", "ratio": " ", "on": "", "names": {}, "rows": {}, "extra": ""
    }))
    .unwrap();
    assert_eq!((row.size, row.small, row.ratio, row.on), (0, None, None, false));
    assert_eq!((row.names.len(), row.rows.map(|rows| rows.len()), row.extra), (0, Some(0), None));
}

#[test]
fn lists_and_objects_may_come_in_strings() {
    let text = |names: &str| json!({"id": "a", "size": 1, "on": true, "names": names});
    for (names, expected) in [
        (r#"["10.0.0.0/8", "::1"]"#, vec!["10.0.0.0/8", "::1"]),
        ("10.0.0.0/8, ::1", vec!["10.0.0.0/8", "::1"]),
        ("alone", vec!["alone"]),
        (" [] ", vec![]),
        ("{}", vec![]),
        ("", vec![]),
    ] {
        assert_eq!(read::<Row>(&text(names)).unwrap().names, expected, "{names}");
    }
    let inner = json!([text("x").to_string()]).to_string();
    let outer = json!({"id": "b", "size": 2, "on": false, "rows": inner, "extra": "{\"k\": 1}"});
    let row: Row = read(&outer).unwrap();
    assert_eq!(row.rows.unwrap()[0].names, ["x"]);
    let lone = json!({"id": "b", "size": 2, "on": false, "rows": text("x").to_string()});
    assert_eq!(read::<Row>(&lone).unwrap().rows.unwrap()[0].names, ["x"]);
    assert_eq!(row.extra.unwrap()["k"], json!(1));
}

#[test]
fn odd_bytes_lose_nothing() {
    let id = |json: &str| {
        let row: Row = decode(&format!(r#"{{"id": "{json}", "size": 1, "on": true}}"#)).unwrap();
        row.id
    };
    for (json, expected) in [
        ("a\nb\0c", "a\nb\0c"),
        (r"\ud83d", "\u{fffd}"),
        (r"\ud83d!", "\u{fffd}!"),
        (r"\udca9\ud83d\ud83d\udca9", "\u{fffd}\u{fffd}💩"),
        (r"\u00e4\/\t\u0000", "ä/\t\0"),
    ] {
        assert_eq!(id(json), expected, "{json}");
    }
    assert!(decode::<Value>("\u{feff}{}").is_ok());
    for broken in [
        r#""\q""#,
        r#""\u12""#,
        r#""\u+123""#,
        "\"\\",
        "01",
        "1.",
        "-",
        "nul",
        "[1,]",
        "{\"a\":1,}",
        "[1}",
        "",
        "1 2",
    ] {
        assert!(decode::<Value>(broken).is_err(), "{broken}");
    }
}

#[test]
fn an_operation_without_a_result_takes_any_word() {
    for body in ["", "\r\n", "OK", "{}", "null", "[1]", "\"done\"", "true", "1.2.3"] {
        assert!(decode::<()>(body).is_ok(), "{body}");
    }
    for body in ["<html>", "{\"a\":", "{} {}", "[1"] {
        assert!(decode::<()>(body).is_err(), "{body}");
    }
}

#[test]
fn misfits_name_the_path_and_not_the_value() {
    let good = json!({"id": "a", "size": 1, "on": true});
    for (name, value, place, wanted) in [
        ("size", json!("hunter2"), "at `rows[0].size`", "expected a whole number, found other text"),
        ("size", json!(1.5), "at `rows[0].size`", "found a number with a fraction"),
        ("small", json!(3_000_000_000_i64), "at `rows[0].small`", "expected an i32"),
        ("on", json!("hunter2"), "at `rows[0].on`", "expected true or false"),
        ("id", json!({"hunter2": 1}), "at `rows[0].id`", "expected text, found an object"),
        ("names", json!("[hunter2"), "at `rows[0].names`", "expected a list, found other text"),
        ("rows", json!("hunter2"), "at `rows[0].rows[0]`", "expected an object, found other text"),
        ("names", json!({"hunter2": 1}), "at `rows[0].names[0]`", "expected text, found an object"),
        ("names", json!([["hunter2"]]), "at `rows[0].names[0]`", "expected text, found a list"),
        ("rows", json!([{"id": "hunter2"}]), "at `rows[0].rows[0]`", "missing field `size`"),
        ("extra", json!(["hunter2"]), "at `rows[0].extra`", "expected an object, found a list"),
        ("secret", json!(["hunter2"]), "at `rows[0].secret`", "expected text"),
    ] {
        let mut inner = good.clone();
        inner[name] = value;
        let mut outer = good.clone();
        outer["rows"] = json!([inner]);
        let error = read::<Row>(&outer).unwrap_err();
        assert!(error.contains(place) && error.contains(wanted) && !error.contains("hunter2"), "{error}");
    }
    assert_eq!(
        decode::<Value>("[1, hunter2]").unwrap_err().to_string(),
        "at `[1]`: invalid JSON at byte 4, expected a value"
    );
}

#[test]
fn hostile_documents_end_in_an_error() {
    let deep = "[".repeat(1_000_000);
    let error = decode::<Value>(&deep).unwrap_err().to_string();
    assert!(error.ends_with("the values are nested too deeplyly"), "{}", &error[error.len() - 60..]);
    // Two bytes of the document become a struct of 500 bytes.
    struct Wide(#[allow(dead_code)] [u8; 500]);
    impl Decode for Wide {
        fn blank() -> Self {
            Self([0; 500])
        }

        fn decode(reader: &mut Reader<'_>) -> Result<Self, Misfit> {
            reader.skip().map(|()| Self::blank())
        }
    }
    let many = format!("[{}0]", "0,".repeat(1_000_000));
    let error = decode::<Vec<Wide>>(&many).err().unwrap().to_string();
    assert!(error.ends_with("the values take more than the allowed memory"), "{error}");
    let maps = format!("[{}0]", "{\"\":0},".repeat(1_000_000));
    assert!(decode::<Value>(&maps).is_err() && decode::<()>(&maps).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_value_is_read_as_serde_json_reads_it(value in value(), pretty: bool) {
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
        prop_assert_eq!(decode::<Value>(&text.unwrap()).unwrap(), value);
    }

    #[test]
    fn what_serde_json_refuses_of_cut_and_changed_text_is_refused(
        value in value(), at: prop::sample::Index, byte in "[\\[\\]{},:0-9a-z\" ]",
    ) {
        let text = value.to_string();
        let at = (0..=at.index(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        let changed = format!("{}{byte}{}", &text[..at], text[at..].chars().skip(1).map(String::from).collect::<String>());
        for text in [&text[..at], &changed] {
            let strict = serde_json::from_str::<Value>(text);
            let own = decode::<Value>(text);
            prop_assert_eq!(own.ok(), strict.ok(), "{}", text);
        }
    }
}

fn value() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1000..1000).prop_map(|n| Value::from(f64::from(n) / 8.0)),
        ".{0,12}".prop_map(Value::from),
    ];
    scalar.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(".{0,6}", inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

#[test]
fn zero_bytes_behind_a_document_are_passed_over_and_nothing_else_is() {
    assert_eq!(decode::<i64>("7\0\0 \0").ok(), Some(7));
    assert_eq!(decode::<serde_json::Value>("{}\n\0").ok(), Some(serde_json::json!({})));
    assert!(decode::<i64>("7\0 8").is_err() && decode::<i64>("\0 7").is_err());
}
