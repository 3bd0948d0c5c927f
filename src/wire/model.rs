//! Reading and writing of generated structs.
//!
//! Problem: of all generated code, what serde derives took longest to build, four tenths of the whole: each decoder
//! reads its struct from a list too, and finds its fields by text, bytes and numbers. Default: a struct is an object
//! alone; [`model!`] names its fields, and all that does not depend on them is here, once. What is missing, `null` or
//! unknown is treated as serde's derive does, but of a field that stands twice the last counts. Override: none.

use std::fmt;
use std::marker::PhantomData;
use std::slice::Iter;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

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

/// The values that were read, as the fields hold them; they are taken in the order of the names.
pub(crate) struct Taken<E> {
    names: Iter<'static, &'static str>,
    error: PhantomData<E>,
}

impl<E: Error> Taken<E> {
    pub(crate) fn new(names: &'static [&'static str]) -> Self {
        Self { names: names.iter(), error: PhantomData }
    }

    fn name(&mut self) -> &'static str {
        self.names.next().copied().unwrap_or_default()
    }

    /// A field without which there is no struct.
    pub(crate) fn required<T>(&mut self, value: Option<T>) -> Result<T, E> {
        let name = self.name();
        value.ok_or_else(|| E::missing_field(name))
    }

    /// A field that is there or not.
    pub(crate) fn optional<T>(&mut self, value: Option<Option<T>>) -> Result<Option<T>, E> {
        self.name();
        Ok(value.flatten())
    }

    /// A field that is there or `null`.
    pub(crate) fn nullable<T>(&mut self, value: Option<Option<T>>) -> Result<Option<T>, E> {
        self.optional(value)
    }

    /// A field that is the default of its type where it is not there.
    pub(crate) fn defaulted<T: Default>(&mut self, value: Option<T>) -> Result<T, E> {
        self.name();
        Ok(value.unwrap_or_default())
    }
}

/// Writes the fields of a struct, in the order of their names.
pub(crate) struct Writer<M> {
    names: Iter<'static, &'static str>,
    map: M,
}

impl<M: SerializeMap> Writer<M> {
    pub(crate) fn new<S>(serializer: S, names: &'static [&'static str]) -> Result<Self, M::Error>
    where
        S: Serializer<SerializeMap = M, Error = M::Error, Ok = M::Ok>,
    {
        Ok(Self { names: names.iter(), map: serializer.serialize_map(None)? })
    }

    fn write(&mut self, value: &impl Serialize) -> Result<(), M::Error> {
        let name = self.names.next().copied().unwrap_or_default();
        self.map.serialize_entry(name, value)
    }

    pub(crate) fn required(&mut self, value: &impl Serialize) -> Result<(), M::Error> {
        self.write(value)
    }

    /// Leaves the field out where it has no value.
    pub(crate) fn optional<T: Serialize>(&mut self, value: &Option<T>) -> Result<(), M::Error> {
        match value {
            Some(value) => self.write(value),
            None => {
                self.names.next();
                Ok(())
            }
        }
    }

    /// Writes `null` where the field has no value.
    pub(crate) fn nullable<T: Serialize>(&mut self, value: &Option<T>) -> Result<(), M::Error> {
        self.write(value)
    }

    pub(crate) fn defaulted(&mut self, value: &impl Serialize) -> Result<(), M::Error> {
        self.write(value)
    }

    pub(crate) fn end(self) -> Result<M::Ok, M::Error> {
        self.map.end()
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

/// Makes a struct readable and writable: its fields by how they are held, and the name of each on the wire where it is
/// not the field's. A field is `required`; `optional`, an `Option` that is left out when it is none; `nullable`, an
/// `Option` that is `null` then; or `defaulted`, the default of its type when it is missing.
#[allow(unused_macros)] // in a build without any service
macro_rules! model {
    ($name:ident { $($kind:ident: [$($field:ident $(= $text:literal)?),* $(,)?]),* $(,)? }) => {
        impl $crate::wire::model::Model for $name {
            const NAME: &'static str = ::std::stringify!($name);
            const FIELDS: &'static [&'static str] = &[$($($crate::wire::model!(@ $field $($text)?),)*)*];

            #[allow(unused_variables, unused_mut)] // in a struct without fields
            fn read<'de, A: ::serde::de::MapAccess<'de>>(
                object: $crate::wire::model::Object<A>,
            ) -> ::std::result::Result<Self, A::Error> {
                $($(let mut $field = ::std::option::Option::None;)*)*
                object.fill(&mut [$($(&mut $field,)*)*])?;
                let mut taken = $crate::wire::model::Taken::<A::Error>::new(Self::FIELDS);
                Ok(Self { $($($field: taken.$kind($field)?,)*)* })
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::wire::model::decode(deserializer)
            }
        }

        impl ::serde::Serialize for $name {
            #[allow(unused_mut)] // in a struct without fields
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                let names = <Self as $crate::wire::model::Model>::FIELDS;
                let mut fields = $crate::wire::model::Writer::new(serializer, names)?;
                $($(fields.$kind(&self.$field)?;)*)*
                fields.end()
            }
        }
    };
    (@ $field:ident $text:literal) => { $text };
    (@ $field:ident) => { ::std::stringify!($field) };
}

#[allow(unused_imports)] // in a build without any service
pub(crate) use model;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::{Deserialize, Serialize};
    use serde_json::{Map, Value, json};

    use crate::wire::tolerant;
    use crate::{Secret, Timestamp};

    #[derive(Debug, PartialEq)]
    struct Row {
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

    super::model! {
        Row {
            required: [row_id = "rowId", size],
            optional: [ratio, inner, time, secret],
            defaulted: [names, on],
            nullable: [extra],
        }
    }

    #[derive(Debug, PartialEq)]
    struct Empty {}

    super::model! { Empty {} }

    /// The same as serde derives it.
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Derived {
        #[serde(rename = "rowId")]
        row_id: String,
        size: i64,
        #[serde(skip_serializing_if = "Option::is_none")]
        ratio: Option<f64>,
        #[serde(default)]
        names: Vec<String>,
        #[serde(default)]
        on: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        inner: Option<Box<Derived>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        time: Option<Timestamp>,
        #[serde(skip_serializing_if = "Option::is_none")]
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
    fn a_struct_without_fields_is_an_empty_object() {
        assert_eq!(serde_json::from_str::<Empty>(r#"{"unknown": 1}"#).unwrap(), Empty {});
        assert_eq!(serde_json::to_string(&Empty {}).unwrap(), "{}");
    }

    #[test]
    fn of_a_field_that_stands_twice_the_last_counts() {
        let row: Row = serde_json::from_str(r#"{"rowId": "a", "size": 1, "size": 2}"#).unwrap();
        assert_eq!(row.size, 2);
    }
}
