//! Doors for the fuzz targets in `fuzz/`, which see nothing but the public API. Compiled with `--cfg fuzzing` only.

use crate::auth::digest::challenge;
use crate::credentials::ini;
use crate::credentials::{file, json};

/// Reads bytes as `WWW-Authenticate` fields, one on each line, and picks the challenge to answer.
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
