//! Decoding of answers that takes what servers really send.
//!
//! Problem: services send numbers and booleans as text, text as numbers, a lone object for a list of one, `null`
//! where they document a list or a value, lists and objects as JSON in a string, and a strict decoder loses the
//! whole answer over one such field.
//! Default: answers are decoded by this serde deserializer, which knows what each field wants to be and
//! converts where nothing is lost; the models stay plain serde types, without a word of it.
//! Override: none. An error names the path and never quotes a value, which may be a secret.

use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value};

use super::scalar;

/// Decodes a value tolerantly.
pub(crate) fn decode<T: DeserializeOwned>(value: &Value) -> Result<T, Misfit> {
    T::deserialize(Tolerant(value))
}

/// Where a value does not fit its type, and how.
#[derive(Debug)]
pub(crate) struct Misfit {
    path: String,
    why: String,
}

impl Misfit {
    fn new(wanted: &str, found: &str) -> Self {
        Self { path: String::new(), why: format!("expected {wanted}, found {found}") }
    }

    fn within_property(mut self, name: &str) -> Self {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = format!("{name}{dot}{}", self.path);
        self
    }

    fn within_item(mut self, index: usize) -> Self {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = format!("[{index}]{dot}{}", self.path);
        self
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "at `{}`: ", self.path)?;
        }
        f.write_str(&self.why)
    }
}

impl std::error::Error for Misfit {}

impl serde::de::Error for Misfit {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { path: String::new(), why: message.to_string() }
    }

    // The two that would quote the value.
    fn invalid_type(found: serde::de::Unexpected<'_>, wanted: &dyn serde::de::Expected) -> Self {
        Self::new(&wanted.to_string(), unquoted(&found))
    }

    fn invalid_value(found: serde::de::Unexpected<'_>, wanted: &dyn serde::de::Expected) -> Self {
        Self::new(&wanted.to_string(), unquoted(&found))
    }
}

fn unquoted<'u>(found: &serde::de::Unexpected<'u>) -> &'u str {
    use serde::de::Unexpected as U;
    match found {
        U::Bool(_) => "a boolean",
        U::Unsigned(_) | U::Signed(_) | U::Float(_) => "a number",
        U::Str(_) | U::Char(_) => "text",
        U::Unit | U::Option => "null",
        U::Seq => "a list",
        U::Map => "an object",
        U::Other(other) => other,
        _ => "something else",
    }
}

/// A JSON value that bends to what is asked for.
struct Tolerant<'v>(&'v Value);

impl Tolerant<'_> {
    fn integer(&self) -> Result<i64, Misfit> {
        scalar::integer(self.0).map_err(|found| Misfit::new("a whole number", found))
    }
}

macro_rules! integers {
    ($($method:ident),*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
            visitor.visit_i64(self.integer()?)
        }
    )*};
}

macro_rules! numbers {
    ($($method:ident),*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
            visitor.visit_f64(scalar::number(self.0).map_err(|found| Misfit::new("a number", found))?)
        }
    )*};
}

macro_rules! texts {
    ($($method:ident),*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
            visitor.visit_string(scalar::text(self.0).map_err(|found| Misfit::new("text", found))?)
        }
    )*};
}

impl<'de> Deserializer<'de> for Tolerant<'_> {
    type Error = Misfit;

    integers!(deserialize_i8, deserialize_i16, deserialize_i32, deserialize_i64);
    integers!(deserialize_u8, deserialize_u16, deserialize_u32, deserialize_u64);
    numbers!(deserialize_f32, deserialize_f64);
    texts!(deserialize_str, deserialize_string, deserialize_char);

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_bool(scalar::boolean(self.0).map_err(|found| Misfit::new("true or false", found))?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.0 {
            Value::Array(items) => visitor.visit_seq(Items { items, next: 0 }),
            Value::Null => visitor.visit_seq(Items { items: &[], next: 0 }),
            Value::String(text) => {
                let items = list_in(text).ok_or_else(|| Misfit::new("a list", "other text"))?;
                visitor.visit_seq(Items { items: &items, next: 0 })
            }
            // One vendor sends a list of one as the one.
            Value::Object(_) => visitor.visit_seq(Items { items: std::slice::from_ref(self.0), next: 0 }),
            other => Err(Misfit::new("a list", scalar::kind(other))),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.0 {
            Value::Object(properties) => visitor.visit_map(Properties::new(properties)),
            Value::String(text) => match serde_json::from_str(text) {
                Ok(Value::Object(properties)) => visitor.visit_map(Properties::new(&properties)),
                _ => Err(Misfit::new("an object", "other text")),
            },
            other => Err(Misfit::new("an object", scalar::kind(other))),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        self.deserialize_map(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::String(text) => visitor.visit_str(text),
            Value::Array(_) => self.deserialize_seq(visitor),
            Value::Object(_) => self.deserialize_map(visitor),
            Value::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
                (Some(value), _, _) => visitor.visit_i64(value),
                (_, Some(value), _) => visitor.visit_u64(value),
                (_, _, Some(value)) => visitor.visit_f64(value),
                _ => Err(Misfit::custom("a number out of range")),
            },
        }
    }

    /// What answers nothing takes any answer.
    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_unit()
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { bytes byte_buf unit_struct tuple tuple_struct enum identifier }
}

/// The list that a text holds: JSON, or items between commas.
fn list_in(text: &str) -> Option<Vec<Value>> {
    let text = text.trim();
    if text.starts_with('[') {
        return serde_json::from_str(text).ok();
    }
    let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
    Some(items.map(Value::from).collect())
}

struct Items<'v> {
    items: &'v [Value],
    next: usize,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Misfit;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Misfit> {
        let Some(item) = self.items.get(self.next) else { return Ok(None) };
        let index = self.next;
        self.next += 1;
        seed.deserialize(Tolerant(item)).map(Some).map_err(|e| e.within_item(index))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len() - self.next)
    }
}

struct Properties<'v> {
    properties: serde_json::map::Iter<'v>,
    current: Option<(&'v String, &'v Value)>,
}

impl<'v> Properties<'v> {
    fn new(properties: &'v Map<String, Value>) -> Self {
        Self { properties: properties.iter(), current: None }
    }
}

impl<'de> MapAccess<'de> for Properties<'_> {
    type Error = Misfit;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Misfit> {
        self.current = self.properties.next();
        let Some((name, _)) = self.current else { return Ok(None) };
        seed.deserialize(StrDeserializer::<Misfit>::new(name)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Misfit> {
        let Some((name, value)) = self.current.take() else {
            return Err(Misfit::custom("a value without a key"));
        };
        seed.deserialize(Tolerant(value)).map_err(|e| e.within_property(name))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::{Deserialize, Serialize};
    use serde_json::json;

    use super::*;
    use crate::{Secret, Timestamp};

    #[derive(Debug, PartialEq, Deserialize, Serialize)]
    struct Row {
        id: String,
        size: i64,
        small: Option<i32>,
        ratio: Option<f64>,
        on: bool,
        #[serde(default)]
        names: Vec<String>,
        rows: Option<Vec<Row>>,
        time: Option<Timestamp>,
        secret: Option<Secret>,
        extra: Option<Map<String, Value>>,
    }

    #[test]
    fn odd_answers_decode() {
        let odd = json!({
            "id": 7, "size": "16", "small": "3", "ratio": "1.5", "on": "TRUE", "names": [1, "b", true],
            "rows": [{"id": null, "size": null, "on": 0, "names": null}], "time": 1_755_594_767_000_i64,
            "secret": "s", "extra": {"a": [1, null]}, "added": {"later": 1},
        });
        let row: Row = decode(&odd).unwrap();
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
        let lone = decode::<Row>(&json!({"id": "a", "size": 1, "on": 1, "rows": odd})).unwrap();
        assert_eq!(lone.rows.unwrap().len(), 1);
        for absent in [json!(null), json!({"id": "", "size": 0, "on": false, "rows": null})] {
            assert_eq!(decode::<Option<Row>>(&absent).unwrap().and_then(|row| row.rows), None);
        }
    }

    #[test]
    fn lists_and_objects_may_come_in_strings() {
        let text = |names: &str| json!({"id": "a", "size": 1, "on": true, "names": names});
        for (names, expected) in [
            (r#"["10.0.0.0/8", "::1"]"#, vec!["10.0.0.0/8", "::1"]),
            ("10.0.0.0/8, ::1", vec!["10.0.0.0/8", "::1"]),
            ("alone", vec!["alone"]),
            (" [] ", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(decode::<Row>(&text(names)).unwrap().names, expected, "{names}");
        }
        let inner = json!([text("x").to_string()]).to_string();
        let outer = json!({"id": "b", "size": 2, "on": false, "rows": inner, "extra": "{\"k\": 1}"});
        let row: Row = decode(&outer).unwrap();
        assert_eq!(row.rows.unwrap()[0].names, ["x"]);
        assert_eq!(row.extra.unwrap()["k"], json!(1));
    }

    #[test]
    fn misfits_name_the_path_and_not_the_value() {
        let good = json!({"id": "a", "size": 1, "on": true});
        for (name, value, place, wanted) in [
            ("size", json!("hunter2"), "at `rows[0].size`", "expected a whole number, found other text"),
            ("size", json!(1.5), "at `rows[0].size`", "found a number with a fraction"),
            ("small", json!(3_000_000_000_i64), "at `rows[0].small`", "expected i32"),
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
            let error = decode::<Row>(&outer).unwrap_err().to_string();
            assert!(error.contains(place) && error.contains(wanted) && !error.contains("hunter2"), "{error}");
        }
    }

    proptest! {
        #[test]
        fn what_serde_reads_is_read_the_same(
            (id, size, small, on) in (".*", any::<i64>(), any::<Option<i32>>(), any::<bool>()),
            names in proptest::collection::vec(".*", 0..4),
        ) {
            let (rows, time, secret, extra) = (None, None, None, None);
            let row = Row { id, size, small, ratio: Some(0.5), on, names, rows, time, secret, extra };
            let value = serde_json::to_value(&row).unwrap();
            prop_assert_eq!(decode::<Row>(&value).unwrap(), row);
        }
    }
}
