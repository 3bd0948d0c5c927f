//! Decoding of generated structs.
//!
//! Problem: of all generated code, the decoders that serde derives took longest to build, four tenths of the whole:
//! each reads its struct from a list too, and finds its fields by text, bytes and numbers. Default: a struct is read
//! from an object alone; [`decoded!`] names its fields, and all that does not depend on them is here, once. What is
//! missing, `null` or unknown is treated as serde's derive does, but of a field that stands twice the last counts.
//! Override: none.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde::forward_to_deserialize_any;

/// A struct that is read field by field.
pub(crate) trait Model: Sized {
    /// Its name.
    const NAME: &'static str;
    /// The names of its fields on the wire.
    const FIELDS: &'static [&'static str];

    /// Reads the fields.
    fn read<'de, A: MapAccess<'de>>(object: Object<A>) -> Result<Self, A::Error>;
}

/// An object that is being read, and the fields that are known of it.
pub(crate) struct Object<A> {
    map: A,
    fields: &'static [&'static str],
}

impl<'de, A: MapAccess<'de>> Object<A> {
    /// Reads every known field into its slot; the slots stand in the order of the names.
    pub(crate) fn fill(mut self, slots: &mut [&mut dyn Slot<'de, A>]) -> Result<(), A::Error> {
        while let Some(index) = self.map.next_key_seed(Index(self.fields))? {
            match slots.get_mut(index) {
                Some(slot) => slot.read(&mut self.map)?,
                None => _ = self.map.next_value::<IgnoredAny>()?,
            }
        }
        Ok(())
    }
}

/// Where the value of a field goes.
pub(crate) trait Slot<'de, A: MapAccess<'de>> {
    /// Reads the value.
    fn read(&mut self, map: &mut A) -> Result<(), A::Error>;
}

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for Option<T> {
    fn read(&mut self, map: &mut A) -> Result<(), A::Error> {
        *self = Some(map.next_value()?);
        Ok(())
    }
}

/// The value, or what its type makes of none: an `Option` is empty, anything else is missing.
pub(crate) fn present<'de, T: Deserialize<'de>, E: Error>(
    value: Option<T>,
    field: &'static str,
) -> Result<T, E> {
    match value {
        Some(value) => Ok(value),
        None => T::deserialize(Missing(field, PhantomData)),
    }
}

/// Reads a struct.
pub(crate) fn decode<'de, T: Model, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_struct(T::NAME, T::FIELDS, Reader(PhantomData))
}

struct Reader<T>(PhantomData<T>);

impl<'de, T: Model> Visitor<'de> for Reader<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::read(Object { map, fields: T::FIELDS })
    }
}

/// The place of a name among the fields; past their end for an unknown one.
struct Index(&'static [&'static str]);

impl<'de> DeserializeSeed<'de> for Index {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Index {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<usize, E> {
        Ok(self.0.iter().position(|field| *field == name).unwrap_or(self.0.len()))
    }
}

/// A field that is not there.
struct Missing<E>(&'static str, PhantomData<E>);

impl<'de, E: Error> Deserializer<'de> for Missing<E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, E> {
        Err(E::missing_field(self.0))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_none()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// Makes a struct readable: its fields, the name of each on the wire, and `or default` where a missing one is the
/// default of its type.
#[allow(unused_macros)] // in a build without any service
macro_rules! decoded {
    ($name:ident { $($field:ident: $text:literal $(or $default:ident)?),* $(,)? }) => {
        impl $crate::wire::model::Model for $name {
            const NAME: &'static str = ::std::stringify!($name);
            const FIELDS: &'static [&'static str] = &[$($text),*];

            fn read<'de, A: ::serde::de::MapAccess<'de>>(
                object: $crate::wire::model::Object<A>,
            ) -> ::std::result::Result<Self, A::Error> {
                $(let mut $field = ::std::option::Option::None;)*
                object.fill(&mut [$(&mut $field),*])?;
                Ok(Self { $($field: $crate::wire::decoded!(@ $field $text $($default)?)),* })
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::wire::model::decode(deserializer)
            }
        }
    };
    (@ $field:ident $text:literal default) => {
        $field.unwrap_or_default()
    };
    (@ $field:ident $text:literal) => {
        $crate::wire::model::present($field, $text)?
    };
}

#[allow(unused_imports)] // in a build without any service
pub(crate) use decoded;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::{Deserialize, Serialize};
    use serde_json::{Map, Value, json};

    use crate::wire::tolerant;
    use crate::{Secret, Timestamp};

    #[derive(Debug, PartialEq, Serialize)]
    struct Row {
        #[serde(rename = "rowId")]
        row_id: String,
        size: i64,
        ratio: Option<f64>,
        names: Vec<String>,
        on: bool,
        inner: Option<Box<Row>>,
        time: Option<Timestamp>,
        secret: Option<Secret>,
        extra: Option<Map<String, Value>>,
    }

    super::decoded!(Row {
        row_id: "rowId",
        size: "size",
        ratio: "ratio",
        names: "names" or default,
        on: "on" or default,
        inner: "inner",
        time: "time",
        secret: "secret",
        extra: "extra"
    });

    /// The same as serde derives it.
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Derived {
        #[serde(rename = "rowId")]
        row_id: String,
        size: i64,
        ratio: Option<f64>,
        #[serde(default)]
        names: Vec<String>,
        #[serde(default)]
        on: bool,
        inner: Option<Box<Derived>>,
        time: Option<Timestamp>,
        secret: Option<Secret>,
        extra: Option<Map<String, Value>>,
    }

    const NAMES: [&str; 10] =
        ["rowId", "size", "ratio", "names", "on", "inner", "time", "secret", "extra", "unknown"];

    /// An object with some of the fields, right or wrong, and unknown ones.
    fn object() -> impl Strategy<Value = Value> {
        let value = prop_oneof![
            Just(json!(null)),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            ".{0,6}".prop_map(Value::from),
            prop::collection::vec(".{0,3}", 0..3).prop_map(Value::from),
            Just(json!({"rowId": "i", "size": 1})),
        ];
        let names = prop::sample::select(&NAMES[..]);
        prop::collection::btree_map(names, value, 0..10).prop_map(|fields| {
            let good = [("rowId", json!("a")), ("size", json!(1))].map(|(k, v)| (k.to_owned(), v));
            let given = fields.into_iter().map(|(name, value)| (name.to_owned(), value));
            Value::Object(good.into_iter().chain(given).collect())
        })
    }

    fn same<T: Serialize, E: ToString>(read: Result<T, E>) -> Result<Value, String> {
        let told = |e: E| e.to_string().replace("struct Derived", "an object");
        read.map(|row| serde_json::to_value(row).unwrap()).map_err(told)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_serde_derives_is_read_the_same(value in object(), gone in prop::sample::select(&["rowId", "size", ""][..])) {
            let mut value = value;
            value.as_object_mut().unwrap().remove(gone);
            let text = value.to_string();
            // The derive takes lists for structs too, so what is wrong with one it says otherwise.
            let plain = (serde_json::from_str::<Row>(&text), serde_json::from_str::<Derived>(&text));
            prop_assert_eq!(same(plain.0).ok(), same(plain.1).ok());
            prop_assert_eq!(same(tolerant::decode::<Row>(&value)), same(tolerant::decode::<Derived>(&value)));
        }
    }

    #[test]
    fn what_is_no_object_or_lacks_a_field_is_told() {
        let error = |text: &str| serde_json::from_str::<Row>(text).unwrap_err().to_string();
        assert!(error("[1]").contains("expected an object"));
        assert!(error("7").contains("expected an object"));
        assert!(error("{\"rowId\": \"a\"}").contains("missing field `size`"));
    }

    #[test]
    fn of_a_field_that_stands_twice_the_last_counts() {
        let row: Row = serde_json::from_str(r#"{"rowId": "a", "size": 1, "size": 2}"#).unwrap();
        assert_eq!(row.size, 2);
    }
}
