//! The scalars of JSON, read as any scalar type.
//!
//! Problem: the same value comes as a number from one service and as text from the next. Default: whatever
//! loses nothing is converted; a `null` where a value is documented is the type's default, and so is empty text where
//! a number or a boolean is. Override: none. No error text quotes the value that could not be read.

use std::borrow::Cow;

use serde::de::{Deserialize, Deserializer, Error};
use serde_json::Value;

use super::reader::Scalar;
use crate::secret::Secret;
use crate::timestamp::Timestamp;

const TOO_LARGE: &str = "a number out of range";

/// True or false, also as text in any case, or as 1 and 0.
pub(super) fn boolean(value: &Scalar<'_>) -> Result<bool, &'static str> {
    match value {
        Scalar::Null => Ok(false),
        Scalar::Bool(value) => Ok(*value),
        Scalar::Number("0") => Ok(false),
        Scalar::Number("1") => Ok(true),
        Scalar::Number(_) => Err("a number other than 0 and 1"),
        Scalar::Text(text) => match text.trim() {
            "" | "0" => Ok(false),
            "1" => Ok(true),
            text if text.eq_ignore_ascii_case("true") => Ok(true),
            text if text.eq_ignore_ascii_case("false") => Ok(false),
            _ => Err("other text"),
        },
    }
}

/// A whole number, also as text or with a fraction of zero.
pub(super) fn integer(value: &Scalar<'_>) -> Result<i64, &'static str> {
    match value {
        Scalar::Null => Ok(0),
        Scalar::Bool(_) => Err("a boolean"),
        Scalar::Number(text) => match (text.parse(), text.parse()) {
            (Ok(whole), _) => Ok(whole),
            (_, Ok(float)) => whole(float),
            _ => Err(TOO_LARGE),
        },
        Scalar::Text(text) => match (text.trim(), text.trim().parse(), text.trim().parse()) {
            ("", ..) => Ok(0),
            (_, Ok(value), _) => Ok(value),
            (.., Ok(float)) => whole(float),
            _ => Err("other text"),
        },
    }
}

/// A number, also as text.
pub(super) fn number(value: &Scalar<'_>) -> Result<f64, &'static str> {
    match value {
        Scalar::Null => Ok(0.0),
        Scalar::Bool(_) => Err("a boolean"),
        Scalar::Number(text) => text.parse().ok().filter(|number: &f64| number.is_finite()).ok_or(TOO_LARGE),
        // Rust also parses the words for infinity and not-a-number, which no vendor uses as a number.
        Scalar::Text(text) if text.trim().is_empty() => Ok(0.0),
        Scalar::Text(text) => match text.trim().parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(value),
            _ => Err("other text"),
        },
    }
}

/// Text; a number or a boolean becomes its text.
pub(super) fn text(value: Scalar<'_>) -> Cow<'_, str> {
    match value {
        Scalar::Null => Cow::Borrowed(""),
        Scalar::Bool(true) => Cow::Borrowed("true"),
        Scalar::Bool(false) => Cow::Borrowed("false"),
        Scalar::Number(text) => Cow::Borrowed(text),
        Scalar::Text(text) => text,
    }
}

/// Decodes text from any format, for types that keep text whatever it says.
pub(crate) fn decode_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    // Through `Value` and not as `String`, whose error text quotes the invalid value.
    match Value::deserialize(deserializer)? {
        Value::Null => Ok(String::new()),
        Value::Bool(value) => Ok(value.to_string()),
        Value::Number(number) => Ok(number.to_string()),
        Value::String(text) => Ok(text),
        other => Err(D::Error::custom(format_args!("found {}, expected text", kind(&other)))),
    }
}

// These types are decoded here and not as `String`, whose error text quotes the invalid value.
impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        decode_text(deserializer).map(Self::from)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        decode_text(deserializer).map(Self::from)
    }
}

/// The name of a kind of value in errors.
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
    use super::*;

    fn words(text: &str) -> Scalar<'_> {
        Scalar::Text(text.into())
    }

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
        for value in [Scalar::Bool(true), words("true"), words(" True "), Scalar::Number("1"), words("1")] {
            assert_eq!(boolean(&value), Ok(true));
        }
        for value in [Scalar::Bool(false), words("FALSE"), Scalar::Number("0"), Scalar::Null, words(" ")] {
            assert_eq!(boolean(&value), Ok(false));
        }
        for value in [Scalar::Number("7"), words("7"), Scalar::Number("7.0"), words(" 7.0 "), words("+7")] {
            assert_eq!((integer(&value), number(&value)), (Ok(7), Ok(7.0)));
        }
        for value in [Scalar::Null, words(""), words(" ")] {
            assert_eq!((integer(&value), number(&value)), (Ok(0), Ok(0.0)));
        }
        let long = "12345678901234567890123";
        for (value, expected) in [
            (Scalar::Number(long), long),
            (Scalar::Number("1.50"), "1.50"),
            (Scalar::Bool(true), "true"),
            (words("x"), "x"),
            (Scalar::Null, ""),
        ] {
            assert_eq!(text(value), expected);
        }
    }

    #[test]
    fn what_would_lose_something_is_refused() {
        for value in [words("yes"), Scalar::Number("2"), Scalar::Number("1.0")] {
            assert!(boolean(&value).is_err());
        }
        let too_large = "18446744073709551615";
        for value in [words("x"), Scalar::Number("7.5"), Scalar::Number(too_large), Scalar::Bool(true)] {
            assert!(integer(&value).is_err());
        }
        for value in [words("inf"), words("NaN"), Scalar::Bool(true), Scalar::Number("1e999")] {
            assert!(number(&value).is_err());
        }
    }
}
