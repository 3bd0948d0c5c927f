//! Reading and writing of generated structs.
//!
//! Problem: code for each of hundreds of structs is compiled hundreds of times. Default: a struct is an object;
//! [`model!`] lists its fields, and all code that does not depend on them is here, once. Missing, `null` and unknown
//! fields are treated as by serde's derive, but of duplicate fields the last is used. Override: none.

use std::slice::Iter;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::decode::{Decode, object};
use super::misfit::Misfit;
use super::reader::Reader;

/// A struct that is decoded and serialized field by field.
pub(crate) trait Model {
    /// The names of its fields in JSON.
    const FIELDS: &'static [&'static str];

    /// Writes its fields.
    fn write<M: SerializeMap>(&self, fields: &mut Writer<'_, M>) -> Result<(), M::Error>;
}

/// The place for the value of a field.
pub(crate) trait Slot {
    /// Reads the value.
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), Misfit>;
}

impl<T: Decode> Slot for T {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), Misfit> {
        *self = T::decode(reader)?;
        Ok(())
    }
}

/// Reads an object: every known field into its slot. The slots are in the order of the names; the first `required` ones
/// must be set.
pub(crate) fn fill(
    reader: &mut Reader<'_>,
    names: &'static [&'static str],
    required: usize,
    slots: &mut [&mut dyn Slot],
) -> Result<(), Misfit> {
    let (mut found, mut next) = (vec![false; required], 0);
    object(reader, &mut |reader, name| {
        // Most services send the fields in the order of their specs.
        let name: &str = &name.text()?;
        let index = match names.get(next) {
            Some(known) if *known == name => Some(next),
            _ => names.iter().position(|known| *known == name),
        };
        let Some(index) = index else { return reader.skip() };
        next = index + 1;
        if let Some(found) = found.get_mut(index) {
            *found = true;
        }
        match (slots.get_mut(index), names.get(index)) {
            (Some(slot), Some(known)) => slot.read(reader).map_err(|misfit| misfit.in_field(known)),
            _ => reader.skip(),
        }
    })?;
    match found.iter().zip(names).find(|(found, _)| !**found) {
        Some((_, name)) => Err(Misfit::missing(name)),
        None => Ok(()),
    }
}

/// The number of required fields of a kind.
pub(crate) mod count {
    pub(crate) const fn required(fields: usize) -> usize {
        fields
    }

    pub(crate) const fn optional(_: usize) -> usize {
        0
    }

    pub(crate) const fn nullable(_: usize) -> usize {
        0
    }

    pub(crate) const fn defaulted(_: usize) -> usize {
        0
    }
}

/// Writes the fields of a struct, in the order of their names.
pub(crate) struct Writer<'m, M> {
    names: Iter<'static, &'static str>,
    map: &'m mut M,
}

impl<'m, M: SerializeMap> Writer<'m, M> {
    pub(crate) fn new(map: &'m mut M, names: &'static [&'static str]) -> Self {
        Self { names: names.iter(), map }
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
}

/// Writes a struct as an object.
pub(crate) fn serialize<T: Model, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    value.write(&mut Writer::new(&mut map, T::FIELDS))?;
    map.end()
}

/// Implements decoding and serialization of a struct: its fields by their kind, and the name of each in JSON if it
/// differs from the field's, the required ones first. A field is `required`; `optional`, an `Option` that is omitted if
/// it is none; `nullable`, an `Option` that is `null` then; or `defaulted`, the default of its type if it is missing.
#[allow(unused_macros)] // in a build without any service
macro_rules! model {
    ($name:ident { $($kind:ident: [$($field:ident $(= $text:literal)?),* $(,)?]),* $(,)? }) => {
        impl $crate::wire::model::Model for $name {
            const FIELDS: &'static [&'static str] = &[$($($crate::wire::model!(@ $field $($text)?),)*)*];

            #[allow(unused_variables)] // in a struct without fields
            fn write<M: ::serde::ser::SerializeMap>(
                &self,
                fields: &mut $crate::wire::model::Writer<'_, M>,
            ) -> ::std::result::Result<(), M::Error> {
                $($(fields.$kind(&self.$field)?;)*)*
                Ok(())
            }
        }

        impl $crate::wire::decode::Decode for $name {
            const EMPTY_IS_NULL: bool = true;

            fn blank() -> Self {
                Self { $($($field: $crate::wire::decode::Decode::blank(),)*)* }
            }

            #[allow(unused_mut)] // in a struct without fields
            fn decode(
                reader: &mut $crate::wire::reader::Reader<'_>,
            ) -> ::std::result::Result<Self, $crate::wire::misfit::Misfit> {
                const REQUIRED: usize =
                    0 $(+ $crate::wire::model::count::$kind([$(::std::stringify!($field)),*].len()))*;
                let mut value = <Self as $crate::wire::decode::Decode>::blank();
                let names = <Self as $crate::wire::model::Model>::FIELDS;
                $crate::wire::model::fill(reader, names, REQUIRED, &mut [$($(&mut value.$field,)*)*])?;
                Ok(value)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::wire::decode::from_serde(deserializer)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::wire::model::serialize(self, serializer)
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

    use crate::wire::decode::decode;
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

    /// The same, as derived by serde.
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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

    fn derived(depth: u32) -> BoxedStrategy<Derived> {
        let inner =
            if depth == 0 { Just(None).boxed() } else { prop::option::of(derived(depth - 1)).boxed() };
        let scalars = (".*", any::<i64>(), prop::option::of(-1e9..1e9), any::<bool>());
        let rest = (prop::collection::vec(".*", 0..4), prop::option::of(".*"), prop::option::of(".*"), inner);
        (scalars, rest)
            .prop_map(|((row_id, size, ratio, on), (names, time, secret, inner))| Derived {
                extra: names.first().map(|name| Map::from_iter([(name.clone(), json!([null, {"a": -1.5}]))])),
                row_id,
                size,
                ratio,
                names,
                on,
                inner: inner.map(Box::new),
                time: time.map(Timestamp::from),
                secret: secret.map(Secret::from),
            })
            .boxed()
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_serde_derives_is_read_the_same(row in derived(2), gone in "names|on|inner|time|ratio|-", pretty: bool) {
            let mut value = serde_json::to_value(&row).unwrap();
            value.as_object_mut().unwrap().remove(&gone);
            value["unknown"] = json!({"rowId": [1, "}", "\\"]});
            let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
            let read: Row = decode(&text.unwrap()).unwrap();
            let derived: Derived = serde_json::from_value(value).unwrap();
            prop_assert_eq!(serde_json::to_value(read).unwrap(), serde_json::to_value(derived).unwrap());
        }
    }

    #[test]
    fn what_is_no_object_or_lacks_a_field_is_told() {
        let error = |text: &str| decode::<Row>(text).unwrap_err().to_string();
        assert!(error("[1]").contains("expected an object, found a list"));
        assert!(error("7").contains("expected an object, found a number"));
        assert_eq!(error("{\"rowId\": \"a\"}"), "missing field `size`");
    }

    #[test]
    fn a_struct_without_fields_is_an_empty_object() {
        assert_eq!(decode::<Empty>(r#"{"unknown": 1}"#).unwrap(), Empty {});
        assert_eq!(serde_json::to_string(&Empty {}).unwrap(), "{}");
    }

    #[test]
    fn of_a_field_that_stands_twice_the_last_counts() {
        let row: Row = decode(r#"{"rowId": "a", "size": 1, "\u0073ize": 2}"#).unwrap();
        assert_eq!(row.size, 2);
    }

    #[test]
    fn serde_reads_the_same_from_other_formats() {
        let row: Row = serde_json::from_value(json!({"rowId": 7, "size": "2", "inner": ""})).unwrap();
        assert_eq!((row.row_id.as_str(), row.size, row.inner), ("7", 2, None));
        let error =
            serde_json::from_str::<Row>(r#"{"rowId": "a", "size": "hunter2"}"#).unwrap_err().to_string();
        assert!(
            error.contains("at `size`: expected a whole number") && !error.contains("hunter2"),
            "{error}"
        );
    }
}
