//! The scalars of JSON, read as any scalar type.
//!
//! Problem: the same value comes as a number from one service and as text from the next. Default: every JSON
//! scalar is read first, whatever it is, and then converted if nothing is lost by it. Override: none. No
//! error text quotes the value that could not be read.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Unexpected, Visitor};

use crate::secret::Secret;

/// Reads a scalar; `None` when the server says that there is none.
pub(crate) fn read<'de, D: Deserializer<'de>, T: Scalar>(deserializer: D) -> Result<Option<T>, D::Error> {
    let raw = deserializer.deserialize_any(RawVisitor(T::EXPECTED))?;
    T::from_raw(raw).map_err(|found| D::Error::invalid_value(Unexpected::Other(found), &T::EXPECTED))
}

/// A scalar: what it is called in errors, and how it is made from any JSON scalar.
pub(crate) trait Scalar: Sized {
    /// What an error says was expected.
    const EXPECTED: &'static str;

    /// `Err` says what was found instead.
    fn from_raw(raw: Raw) -> Result<Option<Self>, &'static str>;
}

/// Any JSON scalar. Deliberately without `Debug`: it may hold a secret.
pub(crate) enum Raw {
    Null,
    Bool(bool),
    /// Wide enough for `i64` and `u64`, so that a large id keeps its digits.
    Integer(i128),
    Float(f64),
    Text(String),
}

impl Scalar for bool {
    const EXPECTED: &'static str = "a boolean";

    fn from_raw(raw: Raw) -> Result<Option<Self>, &'static str> {
        match raw {
            Raw::Null => Ok(None),
            Raw::Bool(value) => Ok(Some(value)),
            Raw::Integer(0) => Ok(Some(false)),
            Raw::Integer(1) => Ok(Some(true)),
            Raw::Integer(_) | Raw::Float(_) => Err("another number than 0 and 1"),
            Raw::Text(text) => match text.trim() {
                "" => Ok(None),
                "1" => Ok(Some(true)),
                "0" => Ok(Some(false)),
                word if word.eq_ignore_ascii_case("true") => Ok(Some(true)),
                word if word.eq_ignore_ascii_case("false") => Ok(Some(false)),
                _ => Err("other text"),
            },
        }
    }
}

impl Scalar for i64 {
    const EXPECTED: &'static str = "an integer";

    fn from_raw(raw: Raw) -> Result<Option<Self>, &'static str> {
        match raw {
            Raw::Null => Ok(None),
            Raw::Bool(_) => Err("a boolean"),
            Raw::Integer(value) => value.try_into().map(Some).map_err(|_| TOO_LARGE),
            Raw::Float(value) => whole(value).map(Some),
            Raw::Text(text) => match text.trim() {
                "" => Ok(None),
                text => match (text.parse(), text.parse()) {
                    (Ok(value), _) => Ok(Some(value)),
                    (_, Ok(value)) => whole(value).map(Some),
                    _ => Err("other text"),
                },
            },
        }
    }
}

impl Scalar for i32 {
    const EXPECTED: &'static str = i64::EXPECTED;

    fn from_raw(raw: Raw) -> Result<Option<Self>, &'static str> {
        i64::from_raw(raw)?.map(|value| value.try_into().map_err(|_| TOO_LARGE)).transpose()
    }
}

impl Scalar for f64 {
    const EXPECTED: &'static str = "a number";

    fn from_raw(raw: Raw) -> Result<Option<Self>, &'static str> {
        match raw {
            Raw::Null => Ok(None),
            Raw::Bool(_) => Err("a boolean"),
            // Above 2^53 the nearest float: the field is declared as one, so more was never promised.
            Raw::Integer(value) => Ok(Some(value as f64)),
            Raw::Float(value) => Ok(Some(value)),
            Raw::Text(text) => match text.trim() {
                "" => Ok(None),
                // Rust also reads the words for infinity and not-a-number, which no vendor means as a number.
                text => match text.parse::<f64>() {
                    Ok(value) if value.is_finite() => Ok(Some(value)),
                    _ => Err("other text"),
                },
            },
        }
    }
}

impl Scalar for String {
    const EXPECTED: &'static str = "text";

    fn from_raw(raw: Raw) -> Result<Option<Self>, &'static str> {
        Ok(match raw {
            Raw::Null => None,
            Raw::Bool(value) => Some(value.to_string()),
            Raw::Integer(value) => Some(value.to_string()),
            Raw::Float(value) => Some(serde_json::Value::from(value).to_string()),
            Raw::Text(text) => Some(text),
        })
    }
}

impl Scalar for Secret {
    const EXPECTED: &'static str = String::EXPECTED;

    fn from_raw(raw: Raw) -> Result<Option<Self>, &'static str> {
        Ok(String::from_raw(raw)?.map(Self::from))
    }
}

const TOO_LARGE: &str = "a number out of range";

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

/// Reads any JSON scalar; the text is what was expected, for the errors about lists and objects.
struct RawVisitor(&'static str);

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_unit<E: Error>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Integer(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Raw, E> {
        Ok(Raw::Integer(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Raw, E> {
        Ok(Raw::Text(value))
    }

    // With its feature `arbitrary_precision`, which any crate of a build can turn on for all, serde_json
    // gives numbers as maps that only its own `Number` reads. Without it, this refuses every object.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Raw, A::Error> {
        let number = serde_json::Number::deserialize(MapAccessDeserializer::new(map))
            .map_err(|_| A::Error::invalid_type(Unexpected::Map, &self))?;
        let float = || number.as_f64().map(Raw::Float);
        let raw = number.to_string().parse().ok().map(Raw::Integer).or_else(float);
        raw.ok_or_else(|| A::Error::invalid_value(Unexpected::Other(TOO_LARGE), &self))
    }
}

#[cfg(test)]
mod tests {
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
}
