//! Limits of requests, by tables.

use proptest::prelude::*;
use serde_json::json;

use super::*;

static NAME: Check = Check::Text { min: 3, max: 20, pattern: "^[a-z][a-zA-Z0-9\\-]*$", secret: false };
static SECRET: Check = Check::Text { min: 8, max: 30, pattern: "[0-9]", secret: true };
static PORT: Check = Check::Integer { min: 1025, max: 65534, multiple_of: 0, excluded: &[1033, 7009] };
static SIZE: Check = Check::Integer { min: 16, max: i64::MAX, multiple_of: 8, excluded: &[] };
static LIMIT: Check = Check::Integer { min: i64::MIN, max: 100, multiple_of: 1, excluded: &[] };
static FREE: Check = Check::Integer { min: i64::MIN, max: i64::MAX, multiple_of: 1, excluded: &[] };
static RATIO: Check = Check::Number { min: 0.5, max: f64::MAX };
static KIND: Check = Check::OneOf { values: &["alert", "audit", "5"] };
static NAMES: Check = Check::List { min: 1, max: 2, item: Some(&NAME) };
static ONE: Check = Check::List { min: 1, max: 1, item: None };
static DISK: Check = Check::Object { fields: &[("size_gb", &SIZE)] };
static DISKS: Check = Check::List { min: 0, max: usize::MAX, item: Some(&DISK) };
static GROUP: Check = Check::Object { fields: &[("disks", &DISKS)] };
static GROUPS: Check = Check::List { min: 1, max: usize::MAX, item: Some(&GROUP) };
static BODY: Check =
    Check::Object { fields: &[("groups", &GROUPS), ("password", &SECRET), ("children", &CHILDREN)] };
static CHILDREN: Check = Check::List { min: 0, max: 1, item: Some(&BODY) };

fn broken(value: &Value, by: &'static Check) -> Vec<String> {
    let mut violations = Vec::new();
    check(value, by, "", &mut violations);
    violations.iter().map(ToString::to_string).collect()
}

#[test]
fn names_the_rule() {
    let long = format!("must match ^[a-z][a-zA-Z0-9\\-]*$, is \"{}…\"", "_".repeat(40));
    let rows: Vec<(Value, &'static Check, Vec<&str>)> = vec![
        (json!("db-1"), &NAME, vec![]),
        (json!("ab"), &NAME, vec!["must have 3 to 20 characters, has 2"]),
        (json!("äöü"), &NAME, vec![r#"must match ^[a-z][a-zA-Z0-9\-]*$, is "äöü""#]),
        (json!("a\n\u{202e}b"), &NAME, vec![r#"must match ^[a-z][a-zA-Z0-9\-]*$, is "a\n\u{202e}b""#]),
        (json!("_".repeat(50)), &NAME, vec!["must have 3 to 20 characters, has 50", &long]),
        (json!(7), &NAME, vec!["must be text, is a number"]),
        (json!("hunter2"), &SECRET, vec!["must have 8 to 30 characters"]),
        (json!("swordfish"), &SECRET, vec!["must match [0-9]"]),
        (json!("swordfish1"), &SECRET, vec![]),
        (json!(1025), &PORT, vec![]),
        (json!(99), &PORT, vec!["must be 1025 to 65534, is 99"]),
        (json!(1033), &PORT, vec!["must not be 1033"]),
        (json!(3306.5), &PORT, vec!["must be a whole number, is 3306.5"]),
        (json!(3306.0), &PORT, vec![]),
        (json!("3306"), &PORT, vec!["must be a number, is text"]),
        (json!(17), &SIZE, vec!["must be a multiple of 8, is 17"]),
        (json!(9), &SIZE, vec!["must be at least 16, is 9", "must be a multiple of 8, is 9"]),
        (json!(101), &LIMIT, vec!["must be at most 100, is 101"]),
        (json!(i64::MIN), &FREE, vec![]),
        (json!(0.25), &RATIO, vec!["must be at least 0.5, is 0.25"]),
        (json!(1e300), &RATIO, vec![]),
        (json!("audit"), &KIND, vec![]),
        (json!(5), &KIND, vec![]),
        (json!("x\"y"), &KIND, vec![r#"must be one of alert, audit, 5, is "x\"y""#]),
        (json!(true), &KIND, vec!["must be one of alert, audit, 5, is true"]),
        (json!([]), &NAMES, vec!["must have 1 to 2 items, has 0"]),
        (json!(["abc", "x"]), &NAMES, vec!["[1]: must have 3 to 20 characters, has 1"]),
        (json!([1, 2]), &ONE, vec!["must have exactly 1 item, has 2"]),
        (json!({}), &ONE, vec!["must be a list, is an object"]),
        (json!(null), &ONE, vec![]),
    ];
    for (value, by, expected) in rows {
        assert_eq!(broken(&value, by), expected, "{value}");
    }
    let far = broken(&json!(u64::MAX), &FREE);
    assert!(far.len() == 1 && far.concat().ends_with("is 18446744073709551615"), "{far:?}");
}

#[test]
fn names_every_field_at_once() {
    let body = json!({
        "groups": [{"disks": [{"size_gb": 16}, {"size_gb": 17}]}, {"disks": null}, {}],
        "password": "hunter2",
        "children": [{"groups": []}],
        "unknown": "is not checked",
    });
    let expected = [
        "groups[0].disks[1].size_gb: must be a multiple of 8, is 17",
        "password: must have 8 to 30 characters",
        "children[0].groups: must have at least 1 item, has 0",
    ];
    assert_eq!(broken(&body, &BODY), expected);
}

#[test]
fn an_unreadable_pattern_refuses_nothing() {
    static ODD: Check = Check::Text { min: 0, max: usize::MAX, pattern: "(?=lookahead)", secret: false };
    assert!(broken(&json!("anything"), &ODD).is_empty());
}

proptest! {
    #[test]
    fn an_integer_passes_exactly_when_it_is_allowed(number: i64, near in 0..70_000_i64) {
        for number in [number, near] {
            let allowed = (1025..=65534).contains(&number) && ![1033, 7009].contains(&number);
            prop_assert_eq!(broken(&json!(number), &PORT).is_empty(), allowed);
            let allowed = number >= 16 && number % 8 == 0;
            prop_assert_eq!(broken(&json!(number), &SIZE).is_empty(), allowed);
        }
    }

    #[test]
    fn rules_are_short_and_printable(text in "(?s).*") {
        for rule in broken(&json!([text, text, text]), &NAMES) {
            prop_assert!(rule.chars().count() < 600 && !rule.chars().any(char::is_control));
        }
    }

    #[test]
    fn secrets_do_not_show(text in "[^a-z \\[\\]]{9,40}") {
        prop_assert!(!broken(&json!(text), &SECRET).concat().contains(&text));
    }
}

proptest! {
    #[test]
    fn ids_are_matched_as_the_regex_engine_does(text in "[0-9A-Za-zä\n-]{0,2}[0-9A-Za-z]{30,34}(in07|in0|IN07|)\n?") {
        for pattern in ["^[0-9A-Za-z]{32}in07$", "^[0-9A-Za-z]{32}$"] {
            prop_assert_eq!(matches(&text, pattern), Regex::new(pattern).unwrap().is_match(&text), "{} {}", text, pattern);
        }
    }
}

#[test]
fn only_patterns_of_ids_are_taken_for_ids() {
    assert_eq!(id_suffix("^[0-9A-Za-z]{32}in07$"), Some("in07"));
    for pattern in [
        "^[0-9A-Za-z]{32}",
        "^[0-9A-Za-z]{32}.$",
        "^[0-9A-Za-z]{3}in07$",
        "[0-9A-Za-z]{32}in07$",
        "^[0-9]{6}$",
    ] {
        assert_eq!(id_suffix(pattern), None, "{pattern}");
    }
}
