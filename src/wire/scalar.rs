//! The scalars of JSON, read as any scalar type.
//!
//! Problem: the same value comes as a number from one service and as text from the next. Default: whatever
//! loses nothing is converted; a `null` where a value is documented is the type's default. Override: none. No
//! error text quotes the value that could not be read.

use serde::de::{Deserialize, Deserializer, Error};
use serde_json::Value;

const TOO_LARGE: &str = "a number out of range";

/// True or false, also as text in any case, or as 1 and 0.
pub(crate) fn boolean(value: &Value) -> Result<bool, &'static str> {
    match value {
        Value::Null => Ok(false),
        Value::Bool(value) => Ok(*value),
        Value::Number(number) => match number.as_i64() {
            Some(0) => Ok(false),
            Some(1) => Ok(true),
            _ => Err("another number than 0 and 1"),
        },
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "1" | "true" => Ok(true),
            "0" | "false" => Ok(false),
            _ => Err("other text"),
        },
        _ => Err(kind(value)),
    }
}

/// A whole number, also as text or with a fraction of zero.
pub(crate) fn integer(value: &Value) -> Result<i64, &'static str> {
    match value {
        Value::Null => Ok(0),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Ok(whole),
            (None, Some(float)) => whole(float),
            (None, None) => Err(TOO_LARGE),
        },
        Value::String(text) => match (text.trim().parse(), text.trim().parse()) {
            (Ok(value), _) => Ok(value),
            (_, Ok(float)) => whole(float),
            _ => Err("other text"),
        },
        _ => Err(kind(value)),
    }
}

/// A number, also as text.
pub(crate) fn number(value: &Value) -> Result<f64, &'static str> {
    match value {
        Value::Null => Ok(0.0),
        Value::Number(number) => number.as_f64().ok_or(TOO_LARGE),
        // Rust also reads the words for infinity and not-a-number, which no vendor means as a number.
        Value::String(text) => match text.trim().parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(value),
            _ => Err("other text"),
        },
        _ => Err(kind(value)),
    }
}

/// Text; a number or a boolean becomes its text.
pub(crate) fn text(value: &Value) -> Result<String, &'static str> {
    match value {
        Value::Null => Ok(String::new()),
        Value::Bool(value) => Ok(value.to_string()),
        Value::Number(number) => Ok(number.to_string()),
        Value::String(text) => Ok(text.clone()),
        _ => Err(kind(value)),
    }
}

/// Decodes text from any format, for types that keep text whatever it says.
pub(crate) fn decode_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    // Through `Value` and not as `String`, whose error text quotes what it could not read.
    let value = Value::deserialize(deserializer)?;
    text(&value).map_err(|found| D::Error::custom(format_args!("found {found}, expected text")))
}

/// What a value is called in errors.
pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[allow(clippy::cast_possible_truncation)] // what does not fit is refused before
fn whole(value: f64) -> Result<i64, &'static str> {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0; // 2^63, the first float that is no i64
    if !(-LIMIT..LIMIT).contains(&value) {
        Err(TOO_LARGE)
    } else if value.fract() != 0.0 {
        Err("a number with a fraction")
    } else {
        Ok(value as i64)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn whole_numbers_end_where_i64_does() {
        let limit = 9_223_372_036_854_775_808.0;
        let rows = [
            (0.0, Ok(0)),
            (-limit, Ok(i64::MIN)),
            (limit, Err(TOO_LARGE)),
            (f64::INFINITY, Err(TOO_LARGE)),
            (f64::NAN, Err(TOO_LARGE)),
            (0.5, Err("a number with a fraction")),
        ];
        for (float, expected) in rows {
            assert_eq!(whole(float), expected, "{float}");
        }
    }

    #[test]
    fn odd_scalars_are_read_where_nothing_is_lost() {
        for value in [json!(true), json!("true"), json!(" True "), json!(1), json!("1")] {
            assert_eq!(boolean(&value), Ok(true), "{value}");
        }
        for value in [json!(false), json!("FALSE"), json!(0), json!(null)] {
            assert_eq!(boolean(&value), Ok(false), "{value}");
        }
        for value in [json!(7), json!("7"), json!(7.0), json!(" 7.0 ")] {
            assert_eq!((integer(&value), number(&value)), (Ok(7), Ok(7.0)), "{value}");
        }
        for (value, expected) in
            [(json!(7), "7"), (json!(true), "true"), (json!("x"), "x"), (json!(null), "")]
        {
            assert_eq!(text(&value).unwrap(), expected);
        }
    }

    #[test]
    fn what_would_lose_something_is_refused() {
        for value in [json!("yes"), json!(2), json!(""), json!([]), json!({})] {
            assert!(boolean(&value).is_err(), "{value}");
        }
        for value in [json!("x"), json!(""), json!(7.5), json!(u64::MAX), json!(true), json!([])] {
            assert!(integer(&value).is_err(), "{value}");
        }
        for value in [json!("inf"), json!("NaN"), json!(""), json!({}), json!(true)] {
            assert!(number(&value).is_err(), "{value}");
        }
        for value in [json!([]), json!({})] {
            assert!(text(&value).is_err(), "{value}");
        }
    }
}
