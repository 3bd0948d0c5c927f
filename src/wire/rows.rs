//! Parts of a document by their dotted path, and the rows of a list one by one.
//!
//! Problem: a page of rows is looked at before its rows are wanted: how many there are, and what stands beside them.
//! Default: the text of each row is kept, and is decoded when the row is asked for, by the same reader that decodes
//! whole pages; so a row that can't be read loses only itself. Override: none.

use std::borrow::Cow;
use std::ops::Range;

use serde_json::Value;

use super::decode::{self, Decode};
use super::misfit::Misfit;
use super::reader::{Quoted, Reader};

/// The JSON of the value at a dotted path; the path may lead through objects in strings.
pub(crate) fn at<'t>(json: &'t str, path: &str) -> Option<Cow<'t, str>> {
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    let object = unquoted(json);
    let range = member(&object, name)?;
    let value = match object {
        Cow::Borrowed(object) => Cow::Borrowed(object.get(range)?),
        Cow::Owned(object) => Cow::Owned(object.get(range)?.to_owned()),
    };
    match (rest, value) {
        ("", value) => Some(value),
        (rest, Cow::Borrowed(value)) => at(value, rest),
        (rest, Cow::Owned(value)) => at(&value, rest).map(|part| Cow::Owned(part.into_owned())),
    }
}

/// The document with another value at a dotted path; none if there is nothing at the path.
pub(crate) fn with(json: &str, path: &str, value: &str) -> Option<String> {
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    let object = unquoted(json);
    let range = member(&object, name)?;
    let (before, old, after) =
        (object.get(..range.start)?, object.get(range.clone())?, object.get(range.end..)?);
    let new = if rest.is_empty() { value.to_owned() } else { with(old, rest, value)? };
    let whole = format!("{before}{new}{after}");
    Some(if matches!(object, Cow::Owned(_)) { Value::from(whole).to_string() } else { whole })
}

/// The content of a JSON string; any other value is unchanged.
fn unquoted(json: &str) -> Cow<'_, str> {
    match decode::decode::<String>(json) {
        Ok(text) if json.trim_start().starts_with('"') => Cow::Owned(text),
        _ => Cow::Borrowed(json),
    }
}

/// The place of a member's value; of duplicate names, the last.
fn member(object: &str, name: &str) -> Option<Range<usize>> {
    let mut found = None;
    let each = &mut |reader: &mut Reader<'_>, known: Quoted<'_>| {
        let range = reader.span()?;
        found = if known.is(name) { Some(range) } else { found.take() };
        Ok(())
    };
    Reader::new(object).members(each).ok()?;
    found
}

/// The rows of a list, in any form in which a list is decoded.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    /// The name of the list in errors.
    name: &'static str,
    /// The remaining rows as they were received, with commas between them.
    text: String,
    at: usize,
    index: usize,
    left: usize,
}

impl Rows {
    /// The rows of a list; an error if it is not a list.
    pub(crate) fn new(name: &'static str, list: &str) -> Result<Self, Misfit> {
        let mut rows = Self { name, ..Self::default() };
        let mut reader = Reader::new(list);
        decode::list(&mut reader, &mut |reader, _| {
            if rows.left > 0 {
                rows.text.push(',');
            }
            rows.text.push_str(reader.raw()?);
            rows.left += 1;
            Ok(())
        })
        .map_err(|misfit| misfit.in_field(name))?;
        Ok(rows)
    }

    /// Their number.
    pub(crate) fn len(&self) -> usize {
        self.left
    }

    /// The rows as they were received, with commas between them.
    pub(crate) fn text(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The text of each row.
    pub(crate) fn split(&self) -> Vec<&str> {
        let mut reader = Reader::new(self.text());
        let mut next = || {
            let row = reader.raw().ok();
            _ = reader.eat(b',');
            row
        };
        (0..self.left).map_while(|_| next()).collect()
    }

    /// Keeps at most this many.
    pub(crate) fn truncate(&mut self, rows: usize) {
        self.left = self.left.min(rows);
        let (mut reader, mut end) = (Reader::new(self.text()), 0);
        for _ in 0..self.left {
            end = reader.span().map_or(end, |row| row.end);
            _ = reader.eat(b',');
        }
        self.text.truncate(self.at + end);
    }

    /// The next row; an error if it can't be decoded, after which the next rows follow.
    pub(crate) fn next<T: Decode>(&mut self) -> Option<Result<T, Misfit>> {
        self.left = self.left.checked_sub(1)?;
        let mut reader = Reader::new(self.text());
        let row = T::decode(&mut reader).map_err(|misfit| misfit.in_item(self.index).in_field(self.name));
        if row.is_err() {
            reader.back_to(0);
            _ = reader.span();
        }
        _ = reader.eat(b',');
        let read = reader.place();
        self.at += read;
        self.index += 1;
        Some(row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEEP: &str =
        r#"{"data": {"rows": [1, "2", {}, 4]}, "text": "{\"rows\": [5], \"more\": \"1\"}", "more": null}"#;

    fn rows(path: &str) -> Vec<Result<i64, String>> {
        let mut rows = Rows::new("rows", &at(DEEP, path).unwrap()).unwrap();
        std::iter::from_fn(|| rows.next::<i64>().map(|row| row.map_err(|misfit| misfit.to_string())))
            .collect()
    }

    #[test]
    fn parts_are_found_by_their_path() {
        for (path, expected) in [
            ("data.rows", Some(r#"[1, "2", {}, 4]"#)),
            ("text.more", Some(r#""1""#)),
            ("more", Some("null")),
            ("more.x", None),
            ("data.rows.x", None),
            ("rows", None),
        ] {
            assert_eq!(at(DEEP, path).as_deref(), expected, "{path}");
        }
        assert_eq!(at(r#"{"a": 1, "\u0061": 2}"#, "a").as_deref(), Some("2"));
        assert_eq!(with(r#"{"a": {"b": [1], "c": 2}}"#, "a.b", "[]").unwrap(), r#"{"a": {"b": [], "c": 2}}"#);
        let replaced = with(DEEP, "text.rows", "[]").unwrap();
        assert_eq!(at(&replaced, "text.rows").as_deref(), Some("[]"));
    }

    #[test]
    fn a_row_that_cannot_be_read_loses_only_itself() {
        let lost = "at `rows[2]`: expected a whole number, found an object".to_owned();
        assert_eq!(rows("data.rows"), [Ok(1), Ok(2), Err(lost), Ok(4)]);
        assert_eq!(rows("text.rows"), [Ok(5)]);
        assert_eq!(rows("text.more"), [Ok(1)], "a list in text, with commas between the items");
        assert_eq!(rows("more"), []);
    }

    #[test]
    fn rows_are_counted_and_cut() {
        let mut rows = Rows::new("rows", " [ 1 ,2, 3 ] ").unwrap();
        assert_eq!((rows.len(), rows.text(), rows.split()), (3, "1,2,3", vec!["1", "2", "3"]));
        rows.truncate(2);
        assert_eq!((rows.len(), rows.text()), (2, "1,2"));
        assert_eq!((rows.next::<i64>().unwrap().unwrap(), rows.len()), (1, 1));
        assert!(Rows::new("rows", "{}").unwrap().len() == 0 && Rows::new("rows", "7").is_err());
    }
}
