//! Lenient decoding of responses.
//!
//! Problem: services send numbers and booleans as text, text as numbers, a single object instead of a list with one
//! item, `null` or `{}` instead of a list, lists and objects as JSON in a string, and a strict decoder fails for a
//! whole response because of one such field.
//! Default: every type is decoded from the bytes of the body by [`Decode`], with conversions that lose nothing. There
//! is no intermediate tree, and no serde, whose generic code took 40 % of the build time of the crate.
//! Override: none. An error names the path and never quotes a value, which may be a secret.

use std::mem::size_of;

use serde::de::{Deserialize, Deserializer, Error as _};
use serde_json::{Map, Number, Value};

use super::misfit::Misfit;
use super::reader::{Item, Member, Reader, Scalar};
use super::scalar;
use crate::{Secret, Timestamp};

/// Decodes a JSON text.
pub(crate) fn decode<T: Decode>(text: &str) -> Result<T, Misfit> {
    let mut reader = Reader::new(text);
    let value = T::decode(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// Decodes from any format of serde, for programs that store models.
pub(crate) fn from_serde<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    decode(&value.to_string()).map_err(D::Error::custom)
}

/// A type that can be decoded.
pub(crate) trait Decode: Sized {
    /// Whether an empty text means `null`, as for a number.
    const EMPTY_IS_NULL: bool = false;

    /// The initial value of a field: none, or an empty value.
    fn blank() -> Self;

    /// Reads the value that the reader is at.
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Misfit>;
}

/// A scalar, or a text that contains one.
fn scalar<'t>(reader: &mut Reader<'t>, wanted: &'static str) -> Result<Scalar<'t>, Misfit> {
    reader.scalar()?.map_err(|found| Misfit::expected(wanted, found))
}

impl Decode for bool {
    const EMPTY_IS_NULL: bool = true;

    fn blank() -> Self {
        false
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, Misfit> {
        const WANTED: &str = "true or false";
        scalar::boolean(&scalar(reader, WANTED)?).map_err(|found| Misfit::expected(WANTED, found))
    }
}

impl Decode for i64 {
    const EMPTY_IS_NULL: bool = true;

    fn blank() -> Self {
        0
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, Misfit> {
        const WANTED: &str = "a whole number";
        scalar::integer(&scalar(reader, WANTED)?).map_err(|found| Misfit::expected(WANTED, found))
    }
}

impl Decode for i32 {
    const EMPTY_IS_NULL: bool = true;

    fn blank() -> Self {
        0
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, Misfit> {
        i64::decode(reader)?.try_into().map_err(|_| Misfit::expected("an i32", "a number out of range"))
    }
}

impl Decode for f64 {
    const EMPTY_IS_NULL: bool = true;

    fn blank() -> Self {
        0.0
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, Misfit> {
        const WANTED: &str = "a number";
        scalar::number(&scalar(reader, WANTED)?).map_err(|found| Misfit::expected(WANTED, found))
    }
}

/// Reads text, and passes it on before it is copied.
pub(crate) fn text<V>(reader: &mut Reader<'_>, take: impl FnOnce(&str) -> V) -> Result<V, Misfit> {
    Ok(take(&scalar::text(scalar(reader, "text")?)))
}

impl Decode for String {
    fn blank() -> Self {
        Self::new()
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, Misfit> {
        Ok(scalar::text(scalar(reader, "text")?).into_owned())
    }
}

impl Decode for Secret {
    fn blank() -> Self {
        Self::from(String::new())
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, Misfit> {
        String::decode(reader).map(Self::from)
    }
}

impl Decode for Timestamp {
    fn blank() -> Self {
        Self::from(String::new())
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, Misfit> {
        String::decode(reader).map(Self::from)
    }
}

/// The result of an operation that returns nothing.
///
/// It accepts any JSON, and a word such as `OK`; but not an HTML page, which is not from the service, or truncated
/// JSON.
impl Decode for () {
    fn blank() -> Self {}

    fn decode(reader: &mut Reader<'_>) -> Result<Self, Misfit> {
        let start = reader.place();
        match reader.peek() {
            None => Ok(()),
            Some(b'{' | b'[' | b'"') => reader.skip(),
            Some(b'<') => Err(Misfit::expected("an empty body", "a page of HTML")),
            Some(_) => {
                if reader.skip().and_then(|()| reader.end()).is_err() {
                    reader.back_to(start);
                    _ = reader.rest();
                }
                Ok(())
            }
        }
    }
}

#[allow(dead_code)] // only where a type holds itself
impl<T: Decode> Decode for Box<T> {
    const EMPTY_IS_NULL: bool = T::EMPTY_IS_NULL;

    fn blank() -> Self {
        Self::new(T::blank())
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, Misfit> {
        reader.take(size_of::<T>())?;
        T::decode(reader).map(Self::new)
    }
}

impl<T: Decode> Decode for Option<T> {
    fn blank() -> Self {
        None
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, Misfit> {
        if is_null(reader, T::EMPTY_IS_NULL)? { Ok(None) } else { T::decode(reader).map(Some) }
    }
}

/// Whether the value is empty. If so, it is skipped.
fn is_null(reader: &mut Reader<'_>, or_empty: bool) -> Result<bool, Misfit> {
    let start = reader.place();
    let null = match reader.peek() {
        Some(b'n') => reader.skip().map(|()| true)?,
        Some(b'"') if or_empty => reader.quoted()?.text()?.trim().is_empty(),
        _ => false,
    };
    if !null {
        reader.back_to(start);
    }
    Ok(null)
}

impl<T: Decode> Decode for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, Misfit> {
        let mut items = Vec::new();
        list(reader, &mut |reader, index| {
            reader.take(size_of::<T>())?;
            items.push(T::decode(reader).map_err(|misfit| misfit.in_item(index))?);
            Ok(())
        })?;
        Ok(items)
    }
}

/// Reads a list in any of the forms in which services send one.
pub(crate) fn list(reader: &mut Reader<'_>, each: &mut Item<'_>) -> Result<(), Misfit> {
    const WANTED: &str = "a list";
    match reader.peek() {
        Some(b'[') => reader.items(each),
        // One vendor sends a single object instead of a list with one item, and an empty object instead of an empty
        // list.
        Some(b'{') => {
            if is_empty_object(reader)? {
                Ok(())
            } else {
                each(reader, 0)
            }
        }
        _ => match scalar(reader, WANTED)? {
            Scalar::Null => Ok(()),
            Scalar::Text(text) => {
                let read = match text.trim() {
                    json if json.starts_with(['[', '{']) => reader.within(json, |inner| list(inner, each)),
                    // Items between commas.
                    words => {
                        let words = words.split(',').map(str::trim).filter(|word| !word.is_empty());
                        let json = words.map(Value::from).collect::<Value>().to_string();
                        reader.within(&json, |inner| inner.items(each))
                    }
                };
                read.map_err(|misfit| in_text(misfit, WANTED))
            }
            Scalar::Bool(_) => Err(Misfit::expected(WANTED, "a boolean")),
            Scalar::Number(_) => Err(Misfit::expected(WANTED, "a number")),
        },
    }
}

/// Whether the object is empty. If so, it is skipped.
fn is_empty_object(reader: &mut Reader<'_>) -> Result<bool, Misfit> {
    let start = reader.place();
    let empty = reader.eat(b'{') && reader.eat(b'}');
    if !empty {
        reader.back_to(start);
    }
    Ok(empty)
}

/// Reads an object, also in a string.
pub(crate) fn object(reader: &mut Reader<'_>, each: &mut Member<'_>) -> Result<(), Misfit> {
    const WANTED: &str = "an object";
    if reader.peek() == Some(b'{') {
        return reader.members(each);
    }
    let found = match reader.scalar()? {
        Ok(Scalar::Text(text)) if text.trim_start().starts_with('{') => {
            let read = reader.within(&text, |inner| inner.members(each));
            return read.map_err(|misfit| in_text(misfit, WANTED));
        }
        Ok(Scalar::Text(_)) => "other text",
        Ok(Scalar::Null) => "null",
        Ok(Scalar::Bool(_)) => "a boolean",
        Ok(Scalar::Number(_)) => "a number",
        Err(found) => found,
    };
    Err(Misfit::expected(WANTED, found))
}

/// What is invalid JSON within a string is only text.
fn in_text(misfit: Misfit, wanted: &'static str) -> Misfit {
    if misfit.is_syntax() { Misfit::expected(wanted, "other text") } else { misfit }
}

impl Decode for Map<String, Value> {
    const EMPTY_IS_NULL: bool = true;

    fn blank() -> Self {
        Self::new()
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, Misfit> {
        let mut members = Map::new();
        object(reader, &mut |reader, name| {
            reader.take(if members.is_empty() { MAP } else { MEMBER })?;
            members.insert(name.text()?.into_owned(), Value::decode(reader)?);
            Ok(())
        })?;
        Ok(members)
    }
}

/// The approximate memory of the first member of a map, and of each following one.
const MAP: usize = 640;
const MEMBER: usize = 64;

impl Decode for Value {
    fn blank() -> Self {
        Self::Null
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, Misfit> {
        Ok(match reader.peek() {
            Some(b'{') => Self::Object(Map::decode(reader)?),
            Some(b'[') => Self::Array(Vec::decode(reader)?),
            _ => match scalar(reader, "a value")? {
                Scalar::Null => Self::Null,
                Scalar::Bool(value) => Self::Bool(value),
                Scalar::Text(text) => Self::String(text.into_owned()),
                Scalar::Number(text) => {
                    let number = text.parse::<Number>();
                    Self::Number(number.map_err(|_| Misfit::expected("a number", "a number out of range"))?)
                }
            },
        })
    }
}

#[cfg(test)]
#[path = "decode_tests.rs"]
mod tests;
