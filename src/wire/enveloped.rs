//! Responses of services with an envelope.
//!
//! Problem: if every response has the same properties around its data, generated structs would repeat them, and callers
//! would unwrap an `Option` that is never empty after success. Default: [`Enveloped`] holds both, and a success without
//! data is an error. Override: none.

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::decode::{Decode, from_serde, object};
use super::misfit::Misfit;
use super::model::{Model, Writer};
use super::reader::Reader;

/// The result of an operation, and the envelope of the response.
///
/// It exists only for successful responses: a response that reports a failure or lacks the documented data is an
/// [`Error`](crate::Error).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Enveloped<T, E> {
    /// The result of the operation.
    pub data: T,
    envelope: E,
}

impl<T, E> Enveloped<T, E> {
    /// Creates a value for tests from a result and an envelope. Requires the feature `testing`.
    ///
    /// ```
    /// use dbplane::Enveloped;
    /// use dbplane::oceanbase::cloud_v2::models;
    /// let response = Enveloped::from_parts(models::Tenant::example(), models::Envelope::default());
    /// assert!(response.data.tenant_id.is_some());
    /// ```
    #[cfg(feature = "testing")]
    pub fn from_parts(data: T, envelope: E) -> Self {
        Self { data, envelope }
    }

    /// The envelope: the other properties of the response.
    pub fn envelope(&self) -> &E {
        &self.envelope
    }
}

/// The envelope of a service.
pub(crate) trait EnvelopeModel: Model + Decode {
    /// The property with what an operation returns.
    const DATA: &'static str;
}

impl<T: Decode, E: EnvelopeModel> Decode for Enveloped<T, E> {
    const EMPTY_IS_NULL: bool = true;

    fn blank() -> Self {
        Self { data: T::blank(), envelope: E::blank() }
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, Misfit> {
        let (mut data, mut beside) = (None::<T>, String::new());
        object(reader, &mut |reader, name| {
            if name.is(E::DATA) {
                data = Decode::decode(reader).map_err(|misfit| misfit.in_field(E::DATA))?;
            } else {
                // The data is decoded once; the other properties are small, and are combined for the envelope.
                beside.push(if beside.is_empty() { '{' } else { ',' });
                beside.extend(["\"", name.raw(), "\":", reader.raw()?]);
            }
            Ok(())
        })?;
        beside.push_str(if beside.is_empty() { "{}" } else { "}" });
        let envelope = reader.within(&beside, E::decode)?;
        let data = match data {
            Some(data) => data,
            // An empty list is a list; an empty object is missing data.
            None => T::decode(&mut Reader::new("null")).map_err(|_| Misfit::no_data(E::DATA))?,
        };
        Ok(Self { data, envelope })
    }
}

impl<'de, T: Decode, E: EnvelopeModel> Deserialize<'de> for Enveloped<T, E> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_serde(deserializer)
    }
}

impl<T: Serialize, E: EnvelopeModel> Serialize for Enveloped<T, E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry(E::DATA, &self.data)?;
        self.envelope.write(&mut Writer::new(&mut map, E::FIELDS))?;
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::wire::decode::decode;

    #[derive(Clone, Debug, PartialEq)]
    struct Seal {
        cost: Option<i64>,
    }
    crate::wire::model! { Seal { optional: [cost] } }
    impl EnvelopeModel for Seal {
        const DATA: &'static str = "data";
    }

    #[derive(Clone, Debug, PartialEq)]
    struct Row {
        id: Option<String>,
    }
    crate::wire::model! { Row { optional: [id] } }

    #[test]
    fn data_and_envelope_are_read_and_written() {
        let text = r#"{"cost": "7", "data": {"id": "a"}, "other": []}"#;
        let read: Enveloped<Row, Seal> = decode(text).unwrap();
        assert_eq!((read.data.id.as_deref(), read.envelope().cost), (Some("a"), Some(7)));
        let written = serde_json::to_value(&read).unwrap();
        assert_eq!(written, json!({"data": {"id": "a"}, "cost": 7}));
        assert_eq!(serde_json::from_value::<Enveloped<Row, Seal>>(written).unwrap(), read);
    }

    #[test]
    fn the_last_of_a_name_counts_and_errors_name_the_place() {
        let text = r#"{"c\u006fst": 1, "data": {"id": 7}, "cost": "8", "data": {"id": "b"}}"#;
        let read: Enveloped<Row, Seal> = decode(text).unwrap();
        assert_eq!((read.data.id.as_deref(), read.envelope().cost), (Some("b"), Some(8)));
        for (text, place) in
            [(r#"{"data": {"id": []}}"#, "`data.id`"), (r#"{"data": {}, "cost": []}"#, "`cost`")]
        {
            let error = decode::<Enveloped<Row, Seal>>(text).unwrap_err().to_string();
            assert!(error.contains(place), "{error}");
        }
    }

    #[test]
    fn missing_data_is_an_error_unless_nothing_is_a_value() {
        for text in [r#"{"cost": 7}"#, r#"{"data": null}"#] {
            let error = decode::<Enveloped<Row, Seal>>(text).unwrap_err().to_string();
            assert_eq!(error, "the service reports success, but the response has no `data`");
            assert!(decode::<Enveloped<Vec<Row>, Seal>>(text).unwrap().data.is_empty());
            assert_eq!(decode::<Enveloped<Value, Seal>>(text).unwrap().data, Value::Null);
        }
    }
}
