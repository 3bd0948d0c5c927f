//! JSON, read strictly.
//!
//! Problem: of two fields with one name most readers take the last and some the first, so a client that sends both
//! does not know what it asks for.
//! Default: a duplicate name is refused at any depth.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value as Json};

/// Reads a document.
///
/// # Errors It is not JSON or has a duplicate name; the message contains no values.
pub(crate) fn read(text: &[u8]) -> Result<Json, String> {
    serde_json::from_slice::<UniqueNames>(text).map(|UniqueNames(value)| value).map_err(|error| {
        let place = format!("line {} column {}", error.line(), error.column());
        match error.to_string().strip_prefix(DOUBLED).and_then(|rest| rest.split_once(" at line ")) {
            Some((name, _)) => format!("the body has the field {name} more than once, {place}"),
            None => format!("the body is not JSON: {place}"),
        }
    })
}

/// The start of an error about a duplicate name.
const DOUBLED: &str = "doubled: ";

/// A value without duplicate names.
struct UniqueNames(Json);

impl<'de> Deserialize<'de> for UniqueNames {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_any(Reader).map(Self)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::from(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::from(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::from(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::from(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(UniqueNames(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Json, A::Error> {
        let mut object = Map::new();
        while let Some((name, UniqueNames(value))) = fields.next_entry::<String, UniqueNames>()? {
            if object.contains_key(&name) {
                return Err(A::Error::custom(format!("{DOUBLED}`{}`", name.escape_debug())));
            }
            object.insert(name, value);
        }
        Ok(Json::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn good_json_is_read_as_it_is() {
        let value = json!({"a": [1, -2, 1.5, null, true, "x", {"a": {}}], "b": u64::MAX});
        assert_eq!(read(value.to_string().as_bytes()), Ok(value));
    }

    #[test]
    fn doubled_names_are_refused_and_values_not_shown() {
        for (text, words) in [
            (r#"{"a": 1, "a": "secret"}"#, "the body has the field `a` more than once, line 1 column"),
            (r#"[{"x": {"a": 1, "\u0061": 2}}]"#, "the body has the field `a` more than once, line 1 column"),
            (r#"{"a": secret}"#, "the body is not JSON: line 1 column 7"),
            ("", "the body is not JSON: line 1 column 0"),
            ("{} {}", "the body is not JSON: line 1 column 4"),
        ] {
            let problem = read(text.as_bytes()).unwrap_err();
            assert!(problem.starts_with(words) && !problem.contains("secret"), "{text}: {problem}");
        }
        let deep = "[".repeat(100_000);
        assert!(read(deep.as_bytes()).unwrap_err().starts_with("the body is not JSON"));
    }
}
