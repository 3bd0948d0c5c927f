//! JSON with keys: chosen members of an object, each with a text.
//!
//! Problem: the usual error of a JSON parser quotes the invalid text, which may be a secret, and of duplicate members
//! the last is silently used.
//! Default: a member that is a duplicate, not text, or not valid in a header, is an error with its line. Other members
//! are ignored. `null` and an empty text count as missing.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use serde_json::error::Category;

use crate::credentials::form::check_key;
use crate::secret::Secret;
use crate::wire::scalar;

/// The members that were found.
pub(crate) type Members = BTreeMap<&'static str, Secret>;

/// Reads the members `names` of the object that `text` is. An error has its line and the rule.
pub(crate) fn members(text: &str, names: &[&'static str]) -> Result<Members, (usize, String)> {
    let mut reader = MemberReader { names, seen: Vec::new(), found: Members::new(), rule: None };
    let mut input = serde_json::Deserializer::from_str(text);
    let outcome = (&mut reader).deserialize(&mut input).and_then(|()| input.end());
    match outcome {
        Ok(()) => Ok(reader.found),
        Err(e) => {
            let why = match e.classify() {
                Category::Data => "is not a JSON object",
                Category::Eof => "ends before the JSON does",
                Category::Io | Category::Syntax => "is invalid JSON",
            };
            // After the last line end, the library's line number is too high by one.
            let line = e.line().clamp(1, text.lines().count().max(1));
            Err((line, reader.rule.unwrap_or_else(|| why.to_owned())))
        }
    }
}

struct MemberReader<'a> {
    names: &'a [&'static str],
    seen: Vec<&'static str>,
    found: Members,
    /// The broken rule, separate from the error of the JSON library, whose text is not shown.
    rule: Option<String>,
}

impl MemberReader<'_> {
    fn take(&mut self, name: &'static str, value: &Value) -> Result<(), String> {
        if self.seen.contains(&name) {
            return Err(format!("has `{name}` a second time; remove one of them"));
        }
        self.seen.push(name);
        match value {
            Value::Null => Ok(()),
            Value::String(text) if text.is_empty() => Ok(()),
            Value::String(text) => {
                let text = Secret::from(text.as_str());
                check_key(name, &text).map_err(|e| format!("can't be used: {e}"))?;
                self.found.insert(name, text);
                Ok(())
            }
            other => Err(format!("has {} for `{name}`; a text is expected", scalar::kind(other))),
        }
    }
}

impl<'de> DeserializeSeed<'de> for &mut MemberReader<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for &mut MemberReader<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let Some(name) = self.names.iter().find(|name| **name == key) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let value = map.next_value()?;
            if let Err(rule) = self.take(name, &value) {
                self.rule = Some(rule);
                return Err(A::Error::custom("refused"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Members, (usize, String)> {
        members(text, &["key", "secret"])
    }

    #[test]
    fn members_are_found_among_others() {
        let found = read(r#"{"key": "k", "n": [1, {"key": "x"}], "secret": "", "n": null}"#).unwrap();
        assert_eq!((found.len(), found["key"].expose()), (1, "k"));
        assert!(read(r#"{"key": null}"#).unwrap().is_empty());
    }

    #[test]
    fn what_is_wrong_has_a_line_and_quotes_nothing() {
        for (text, line, rule) in [
            ("", 1, "ends before"),
            ("{\"key\": \"k\",\n\"secret\": \"hunter2", 2, "ends before"),
            ("{\n\"key\": hunter2}", 2, "is invalid JSON"),
            ("\"hunter2\"", 1, "is not a JSON object"),
            ("[\"hunter2\"]", 1, "is not a JSON object"),
            ("{\n\n\"key\": 7}", 3, "has a number for `key`"),
            ("{\n\"key\": [\"hunter2\"]}", 2, "has a list for `key`"),
            ("{\"key\": \"hunter2\",\n\"key\": \"b\"}", 2, "has `key` a second time"),
            (
                "{\"key\": \"k\",\n\"secret\": \"hunter2\\n\"}",
                2,
                "the secret starts or ends with white space",
            ),
            ("{\"key\": \"hunter2\u{e4}\"}", 1, "the key is not plain ASCII"),
            ("{} hunter2", 1, "is invalid JSON"),
        ] {
            let (at, why) = read(text).unwrap_err();
            assert!(why.contains(rule) && !why.contains("hunter2"), "{text}: {why}");
            assert_eq!(at, line, "{text}: {why}");
        }
    }
}
