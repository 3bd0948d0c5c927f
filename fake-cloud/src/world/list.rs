//! Lists: filters, order and pages.
//!
//! Problem: every vendor has its own paging, but all filter, then sort, then select a page. Rows are JSON objects;
//! sorting is stable.

use std::cmp::Ordering;

use serde_json::Value as Json;

use super::fields::Fields;

/// Whether a field has the requested value; always true if none is requested.
pub(crate) fn is(row: &Json, pointer: &str, asked: Option<&str>) -> bool {
    asked.is_none_or(|asked| row.text(pointer) == asked)
}

/// Whether a field contains the requested text.
pub(crate) fn contains(row: &Json, pointer: &str, asked: Option<&str>) -> bool {
    asked.is_none_or(|asked| row.text(pointer).contains(asked))
}

/// Sorts by a field, numbers by size and texts by their characters.
pub(crate) fn sort(rows: &mut [Json], field: &str, descending: bool) {
    rows.sort_by(|a, b| {
        let order = compare(a.get(field), b.get(field));
        if descending { order.reverse() } else { order }
    });
}

fn compare(a: Option<&Json>, b: Option<&Json>) -> Ordering {
    match (a.and_then(Json::as_f64), b.and_then(Json::as_f64)) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        _ => a.and_then(Json::as_str).cmp(&b.and_then(Json::as_str)),
    }
}

/// At most `size` rows after the first `skipped`. Negative numbers count as zero.
pub(crate) fn cut(rows: Vec<Json>, skipped: i64, size: i64) -> Vec<Json> {
    let count = |number: i64| usize::try_from(number.max(0)).unwrap_or(usize::MAX);
    rows.into_iter().skip(count(skipped)).take(count(size)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn rows(names: &[&str]) -> Vec<Json> {
        names.iter().enumerate().map(|(at, name)| json!({"name": name, "at": at})).collect()
    }

    #[test]
    fn pages_hold_every_row_once_and_in_order() {
        for count in 0..12_usize {
            let all: Vec<Json> = (0..count).map(|n| json!({"n": n})).collect();
            for size in 1..7_i64 {
                let pages = (0..20).flat_map(|page| cut(all.clone(), page * size, size));
                assert_eq!(pages.collect::<Vec<_>>(), all, "{count} rows, {size} on a page");
            }
        }
        assert_eq!(cut(rows(&["a", "b"]), -5, i64::MAX).len(), 2);
        assert!(cut(rows(&["a", "b"]), i64::MAX, 1).is_empty() && cut(rows(&["a"]), 0, -1).is_empty());
    }

    #[test]
    fn sorting_is_stable_and_turns_round() {
        let mut sorted = rows(&["b", "a", "b", "c"]);
        sort(&mut sorted, "name", false);
        let ats: Vec<_> = sorted.iter().map(|row| row["at"].as_u64().unwrap()).collect();
        assert_eq!(ats, [1, 0, 2, 3]);
        sort(&mut sorted, "at", true);
        assert_eq!(sorted[0]["at"], 3);
        let before = sorted.clone();
        sort(&mut sorted, "missing", true);
        assert_eq!(sorted, before);
    }

    #[test]
    fn filters_that_are_not_asked_for_let_everything_pass() {
        let row = json!({"name": "mycluster"});
        assert!(is(&row, "/name", None) && is(&row, "/name", Some("mycluster")));
        assert!(!is(&row, "/name", Some("my")) && contains(&row, "/name", Some("clus")));
        assert!(!contains(&row, "/name", Some("x")) && contains(&row, "/name", None));
    }
}
