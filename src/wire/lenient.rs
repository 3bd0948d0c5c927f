//! Decoding of response fields that takes what servers really send.
//!
//! Problem: services send numbers and booleans as text, text as numbers, and `null` where they document a
//! value, and a strict decoder loses the whole response over one such field. Default: generated response
//! fields carry `#[serde(default, deserialize_with = "...")]` with one of these two functions:
//!
//! | function | for fields of type |
//! | --- | --- |
//! | [`any`] | `bool`, `i32`, `i64`, `f64`, `String`, `Secret`; `Option`, `Vec` and `Option<Vec>` of these |
//! | [`list`] | `Vec<T>` and `Option<Vec<T>>` where `T` decodes itself: structs, enums, timestamps |
//!
//! Fields of any other type need neither: structs, enums, timestamps and `Option` of them decode themselves.
//! Override: none. No error text quotes the value that could not be read, for it may be a secret; that holds
//! for these functions, not for the `Deserialize` that serde derives for a struct.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Unexpected, Visitor};

use super::scalar::{self, Scalar};
use crate::secret::Secret;

/// Decodes a scalar, an optional scalar or a list of scalars. No value (`null`; for numbers and booleans also
/// empty text) is `None` in an `Option`, is left out of a list, and is the type's default otherwise, as if
/// the field were missing.
pub(crate) fn any<'de, D: Deserializer<'de>, T: Lenient + Default>(deserializer: D) -> Result<T, D::Error> {
    Ok(T::read(deserializer)?.unwrap_or_default())
}

/// Decodes a list whose items decode themselves; `null` is no list at all: empty, or `None`.
pub(crate) fn list<'de, D, L>(deserializer: D) -> Result<L, D::Error>
where
    D: Deserializer<'de>,
    L: Listed,
    L::Item: Deserialize<'de>,
{
    deserializer.deserialize_any(ListVisitor(PhantomData)).map(L::from_items)
}

/// Decodes text; a number or a boolean becomes its text. For types that keep text whatever it says.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let missing = || D::Error::invalid_type(Unexpected::Unit, &<String as Scalar>::EXPECTED);
    String::read(deserializer)?.ok_or_else(missing)
}

/// A type that [`any`] decodes.
pub(crate) trait Lenient: Sized {
    /// Reads a value; `None` when the server says that there is none.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error>;
}

impl<T: Lenient> Lenient for Option<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        T::read(deserializer).map(Some)
    }
}

impl<T: Lenient> Lenient for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        let items: Option<Vec<Item<T>>> = deserializer.deserialize_any(ListVisitor(PhantomData))?;
        Ok(items.map(|items| items.into_iter().filter_map(|item| item.0).collect()))
    }
}

/// An item of a list of scalars.
struct Item<T>(Option<T>);

impl<'de, T: Lenient> Deserialize<'de> for Item<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self)
    }
}

macro_rules! lenient_scalars {
    ($($type:ty),*) => {$(
        impl Lenient for $type {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
                scalar::read(deserializer)
            }
        }
    )*};
}

lenient_scalars!(bool, i32, i64, f64, String, Secret);

/// A type that [`list`] decodes.
pub(crate) trait Listed {
    /// The type of its items.
    type Item;

    /// Makes it from the items; `None` is `null`.
    fn from_items(items: Option<Vec<Self::Item>>) -> Self;
}

impl<T> Listed for Vec<T> {
    type Item = T;

    fn from_items(items: Option<Vec<T>>) -> Self {
        items.unwrap_or_default()
    }
}

impl<T> Listed for Option<Vec<T>> {
    type Item = T;

    fn from_items(items: Option<Vec<T>>) -> Self {
        items
    }
}

struct ListVisitor<T>(PhantomData<T>);

/// Visitor methods that refuse a scalar without quoting it, as serde's own would.
macro_rules! refuse {
    ($($method:ident: $type:ty = $found:literal),*) => {$(
        fn $method<E: Error>(self, _: $type) -> Result<Self::Value, E> {
            Err(E::invalid_type(Unexpected::Other($found), &self))
        }
    )*};
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
    type Value = Option<Vec<T>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = sequence.next_element()? {
            items.push(item);
        }
        Ok(Some(items))
    }

    refuse!(visit_bool: bool = "a boolean", visit_i64: i64 = "a number", visit_u64: u64 = "a number");
    refuse!(visit_f64: f64 = "a number", visit_str: &str = "text");
}

#[cfg(test)]
mod tests {
    use proptest::{prop_assert, prop_assert_eq, proptest};
    use serde::Deserialize as Derive;
    use serde_json::json;

    use super::{Secret, any, list};

    #[derive(Derive, Debug, PartialEq, Default)]
    #[serde(default)]
    struct Fields {
        #[serde(deserialize_with = "any")]
        flag: bool,
        #[serde(deserialize_with = "any")]
        maybe_flag: Option<bool>,
        #[serde(deserialize_with = "any")]
        small: i32,
        #[serde(deserialize_with = "any")]
        count: Option<i64>,
        #[serde(deserialize_with = "any")]
        ratio: Option<f64>,
        #[serde(deserialize_with = "any")]
        name: Option<String>,
        #[serde(deserialize_with = "any")]
        names: Vec<String>,
        #[serde(deserialize_with = "any")]
        counts: Option<Vec<i64>>,
        #[serde(deserialize_with = "any")]
        password: Option<Secret>,
        #[serde(deserialize_with = "list")]
        rows: Vec<Fields>,
        #[serde(deserialize_with = "list")]
        maybe_rows: Option<Vec<Fields>>,
    }

    fn debug(body: &serde_json::Value) -> String {
        match serde_json::from_str::<Fields>(&body.to_string()) {
            Ok(fields) => format!("{fields:?}"),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn reads_what_servers_send() {
        let rows = [
            (json!({"flag": "TRUE"}), "flag: true"),
            (json!({"flag": " 1 "}), "flag: true"),
            (json!({"flag": null}), "flag: false"),
            (json!({"maybe_flag": 1}), "maybe_flag: Some(true)"),
            (json!({"maybe_flag": "0"}), "maybe_flag: Some(false)"),
            (json!({"maybe_flag": ""}), "maybe_flag: None"),
            (json!({"small": "12"}), "small: 12"),
            (json!({"small": -3.0}), "small: -3"),
            (json!({"count": " 9007199254740993 "}), "count: Some(9007199254740993)"),
            (json!({"count": "4.0"}), "count: Some(4)"),
            (json!({"count": " "}), "count: None"),
            (json!({"ratio": "1.5"}), "ratio: Some(1.5)"),
            (json!({"ratio": 3}), "ratio: Some(3.0)"),
            (json!({"ratio": ""}), "ratio: None"),
            (json!({"name": 0}), r#"name: Some("0")"#),
            (json!({"name": u64::MAX}), r#"name: Some("18446744073709551615")"#),
            (json!({"name": 1.0}), r#"name: Some("1.0")"#),
            (json!({"name": true}), r#"name: Some("true")"#),
            (json!({"name": ""}), r#"name: Some("")"#),
            (json!({"name": null}), "name: None"),
            (json!({"names": null}), "names: []"),
            (json!({"names": ["a", 1, null]}), r#"names: ["a", "1"]"#),
            (json!({"counts": ["1", 2, ""]}), "counts: Some([1, 2])"),
            (json!({"counts": null}), "counts: None"),
            (json!({"password": 1234}), "password: Some(Secret(***))"),
            (json!({"rows": null}), "rows: []"),
            (json!({"rows": [{"small": "7"}]}), "rows: [Fields { flag: false, maybe_flag: None, small: 7"),
            (json!({"maybe_rows": null}), "maybe_rows: None"),
            (json!({"maybe_rows": []}), "maybe_rows: Some([])"),
            (json!({"other": {"a": []}}), "flag: false"),
        ];
        for (body, expected) in rows {
            assert!(debug(&body).contains(expected), "{body}: {}", debug(&body));
        }
    }

    #[test]
    fn says_what_was_expected_and_what_was_found() {
        let rows = [
            (json!({"flag": "hunter2"}), "invalid value: other text, expected a boolean"),
            (json!({"flag": 2}), "invalid value: another number than 0 and 1, expected a boolean"),
            (json!({"flag": []}), "invalid type: sequence, expected a boolean"),
            (
                json!({"small": 3_000_000_000_i64}),
                "invalid value: a number out of range, expected an integer",
            ),
            (json!({"count": 1.5}), "invalid value: a number with a fraction, expected an integer"),
            (json!({"count": u64::MAX}), "invalid value: a number out of range, expected an integer"),
            (json!({"count": "hunter2"}), "invalid value: other text, expected an integer"),
            (json!({"count": {"hunter2": 1}}), "invalid type: map, expected an integer"),
            (json!({"ratio": "NaN"}), "invalid value: other text, expected a number"),
            (json!({"ratio": true}), "invalid value: a boolean, expected a number"),
            (json!({"name": {}}), "invalid type: map, expected text"),
            (json!({"names": "hunter2"}), "invalid type: text, expected a list"),
            (json!({"rows": "hunter2"}), "invalid type: text, expected a list"),
            (json!({"rows": {"small": 1}}), "invalid type: map, expected a list"),
            (json!({"maybe_rows": 1234}), "invalid type: a number, expected a list"),
        ];
        for (body, expected) in rows {
            assert!(debug(&body).starts_with(expected), "{body}: {}", debug(&body));
        }
    }

    proptest! {
        #[test]
        fn numbers_and_their_text_are_the_same(count: i64, ratio in proptest::num::f64::NORMAL) {
            let numbers = json!({"count": count, "ratio": ratio, "counts": [count], "name": count});
            let (text, spaced) = (count.to_string(), format!(" {ratio:e} "));
            let texts = json!({"count": text, "ratio": spaced, "counts": [text], "name": text});
            let read = serde_json::from_value::<Fields>(numbers).unwrap();
            prop_assert_eq!(read.count, Some(count));
            prop_assert_eq!(read.ratio, Some(ratio));
            prop_assert_eq!(read, serde_json::from_value::<Fields>(texts).unwrap());
        }

        #[test]
        fn no_text_reaches_an_error(text in "[g-z]{9,20}") {
            for field in ["flag", "small", "count", "ratio", "names", "counts", "rows"] {
                let shown = debug(&json!({ field: text }));
                prop_assert!(!shown.contains(&text), "{}", shown);
            }
        }
    }
}
