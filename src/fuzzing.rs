//! Functions for the fuzz targets in `fuzz/`, which can only use the public API. Only compiled with `--cfg fuzzing`.

use crate::auth::digest::challenge;
use crate::credentials::ini;
use crate::credentials::{file, json};
use crate::paging::{Next, PageEnd, Progress};
use crate::wire::decode::{Decode, decode};
use crate::wire::reader::Reader;
use crate::wire::rows::{self, Rows};
use crate::{Secret, Timestamp};

/// Reads bytes as `WWW-Authenticate` fields, one on each line, and selects the challenge to respond to.
///
/// # Panics
/// A rule of the parser is broken.
pub fn challenge(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    match challenge::parse(text.split('\n')) {
        Ok(found) => {
            assert!(!found.is_empty(), "an empty list is an error");
            let picked = challenge::strongest(found.clone(), true);
            assert!(picked.is_ok_and(|picked| found.contains(&picked)), "one of them is picked");
        }
        Err(error) => assert!(!error.to_string().is_empty(), "an error says something"),
    }
}

/// Reads bytes as a profile, in each of the forms that profiles have.
///
/// # Panics
/// A rule of a parser is broken.
pub fn profile(data: &[u8]) {
    let Ok(text) = file::decode(data) else { return };
    let lines = text.lines().count().max(1);
    if let Err(misfit) = ini::parse(text) {
        assert!((1..=lines).contains(&misfit.line), "the line is in the file");
        assert!(misfit.rule.is_ascii() && misfit.rule.len() < 120, "nothing of the file is in the rule");
    }
    if let Err((line, rule)) = json::members(text, &["access-key", "secret-key"]) {
        assert!((1..=lines).contains(&line), "the line is in the file");
        assert!(rule.is_ascii() && rule.len() < 120, "nothing of the file is in the rule");
    }
}

/// Reads bytes as responses of many types.
///
/// # Panics
/// A rule of the decoder is broken.
pub fn response(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    reads::<bool>(&text);
    reads::<i32>(&text);
    reads::<i64>(&text);
    reads::<f64>(&text);
    reads::<String>(&text);
    reads::<Secret>(&text);
    reads::<Timestamp>(&text);
    // It accepts words that are not JSON.
    _ = decode::<()>(&text);
    let whole = decode::<Vec<serde_json::Value>>(&text);
    let rows = Rows::new("rows", &text);
    if let (Ok(whole), Ok(mut rows)) = (whole, rows) {
        assert_eq!(
            (rows.len(), rows.split().len()),
            (whole.len(), whole.len()),
            "a list has the same rows twice"
        );
        for value in whole {
            assert!(rows.next().is_some_and(|row| row.is_ok_and(|row: serde_json::Value| row == value)));
        }
    }
    if Reader::new(&text).skip().is_err() {
        assert!(decode::<serde_json::Value>(&text).is_err(), "what can't be passed over can't be read");
    }
}

/// Reads a text as a type, as a list of it and as one that may be missing.
fn reads<T: Decode>(text: &str) {
    let alone = decode::<T>(text).is_ok();
    assert!(!alone || decode::<Option<T>>(text).is_ok(), "what can be missing can be there");
    _ = decode::<Vec<T>>(text);
}

/// Reads a list whose pages are lines of bytes.
///
/// # Panics
/// A rule of paging is broken.
pub fn items(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut progress = Progress::after(0, 0);
    let mut empty = 0;
    for page in text.split('\n') {
        let Some(Ok(list)) = rows::at(page, "rows").map(|list| Rows::new("rows", &list)) else { return };
        let number = |name| rows::at(page, name).and_then(|json| decode::<Option<i64>>(&json).ok()?);
        let more = rows::at(page, "more").and_then(|json| decode::<Option<bool>>(&json).ok()?);
        let rows = list.split();
        let before = progress.rows();
        let next = progress.take(&PageEnd { rows: &rows, size: 3, total: number("total"), more });
        assert!(progress.rows() >= before, "rows are counted up");
        empty = if rows.is_empty() { empty + 1 } else { 0 };
        assert!(empty < 3 || !matches!(next, Ok(Next::Page | Next::Again)), "empty pages come to an end");
        match next {
            Ok(Next::End | Next::Repeated) => {
                return assert_ne!(more, Some(true), "the service says that there is more");
            }
            Ok(Next::Page | Next::Again) => {}
            Err(why) => return assert!(!why.is_empty()),
        }
    }
}
