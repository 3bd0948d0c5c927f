//! Errors in responses with a success status.
//!
//! Problem: services report errors with status 200: in the flag of an envelope, as an error code, as an `error` instead
//! of a result.
//! Default: each of these is an error. Override: none.

use serde_json::Value;

use super::error_body::{in_value, scalar_text};
use crate::error::ServiceError;
use crate::error::text::one_line;

/// The value of an envelope's flag if it is not success, regardless of the HTTP status; none on success. On success it
/// is one of `values`, or, if there are none, a boolean in any spelling.
pub(crate) fn denied_by_envelope(flag: &Value, values: &[&str]) -> Option<String> {
    let denied = match flag {
        Value::Bool(success) => !success,
        _ if !values.is_empty() => {
            let text = scalar_text(flag).unwrap_or_default();
            !values.iter().any(|good| text.trim().eq_ignore_ascii_case(good))
        }
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => matches!(text.trim(), "0") || text.trim().eq_ignore_ascii_case("false"),
        _ => false,
    };
    denied.then(|| one_line(&flag.to_string())).flatten()
}

/// Whether an error code means an error: services also send 0, 200 or an empty text.
pub(crate) fn is_error_code(code: &Value) -> bool {
    const GOOD: [&str; 5] = ["", "0", "200", "ok", "success"];
    scalar_text(code).is_some_and(|code| !GOOD.iter().any(|good| code.trim().eq_ignore_ascii_case(good)))
}

/// Whether this is an error under its own name: an object or a list that is not empty, or a code.
pub(crate) fn is_error(value: &Value) -> bool {
    let empty = ServiceError::default();
    is_error_code(value) || !value.is_string() && in_value(value) != empty
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_envelope_can_deny() {
        let denied = [json!(false), json!("false"), json!(" False"), json!(0), json!("0")];
        let fine = [json!(true), json!("true"), json!(1), json!(""), json!([])];
        for (value, expected) in denied.iter().map(|v| (v, true)).chain(fine.iter().map(|v| (v, false))) {
            assert_eq!(denied_by_envelope(value, &[]).is_some(), expected, "{value}");
        }
    }

    #[test]
    fn an_envelope_can_deny_in_words_and_codes() {
        let rows = [
            (json!("success"), None),
            (json!(" SUCCESS "), None),
            (json!("0"), None),
            (json!(0), None),
            (json!(true), None),
            (json!("failed"), Some("\"failed\"")),
            (json!(""), Some("\"\"")),
            (json!(1), Some("1")),
            (json!(false), Some("false")),
            (json!(["success"]), Some("[\"success\"]")),
        ];
        for (value, expected) in rows {
            let denied = denied_by_envelope(&value, &["success", "0"]);
            assert_eq!(denied.as_deref(), expected, "{value}");
        }
    }

    #[test]
    fn not_every_code_is_one_of_an_error() {
        for code in [json!("DBS.200001"), json!(7), json!("500")] {
            assert!(is_error_code(&code), "{code}");
        }
        for code in [json!(""), json!(" "), json!(0), json!("0"), json!("Success"), json!(false), json!({})] {
            assert!(!is_error_code(&code), "{code}");
        }
    }
}
