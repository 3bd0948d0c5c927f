//! INI files, as profiles of credentials are written.
//!
//! Problem: parsers of INI differ, and one that guesses may send a part of a secret or that of another account.
//! Default: only what all parsers agree on is accepted; the rest is an error with line, rule and remedy: a duplicate
//! name, a text that may or may not be a comment, an invalid line. Errors never contain the text of a line, which may
//! be a secret.
//! Override: none.
//!
//! Supported are `[section]`, `key = value` or `key: value`, comments on separate lines after `#` or `;`, and values in
//! single or double quotes, without escapes. Keys are not case-sensitive, sections are.
//!
//! Own code, because it is short, and the common crates have no line numbers of values and accept duplicate keys.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::secret::Secret;

/// A line that can't be parsed: its number, and the rule with its remedy.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct IniError {
    pub(crate) line: usize,
    pub(crate) rule: String,
}

/// The content of a file.
#[derive(Debug, Default)]
pub(crate) struct Ini {
    sections: BTreeMap<String, Section>,
}

/// The content of a section.
#[derive(Debug)]
pub(crate) struct Section {
    line: usize,
    values: BTreeMap<String, IniValue>,
}

/// A value and its line.
#[derive(Debug)]
pub(crate) struct IniValue {
    pub(crate) line: usize,
    pub(crate) text: Secret,
}

impl Ini {
    /// Whether there are no sections at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.sections.is_empty()
    }

    /// A section by its name.
    pub(crate) fn section(&self, name: &str) -> Option<&Section> {
        self.sections.get(name)
    }
}

impl Section {
    /// The value of a key, which is written in lowercase letters here. An empty one counts as missing.
    pub(crate) fn get(&self, key: &str) -> Option<&IniValue> {
        self.values.get(key).filter(|value| !value.text.expose().is_empty())
    }
}

/// Reads a file; lines are counted from 1.
pub(crate) fn parse(text: &str) -> Result<Ini, IniError> {
    let mut ini = Ini::default();
    let mut current = None;
    for (line, content) in (1..).zip(text.lines()) {
        let content = content.trim_matches([' ', '\t']);
        let misfit = |rule: String| IniError { line, rule };
        match content.as_bytes().first() {
            _ if content.contains(|c: char| c.is_control() && c != '\t') => {
                return Err(misfit("has a control character; save the file as plain text".to_owned()));
            }
            None | Some(b'#' | b';') => {}
            Some(b'[') => {
                let name = section_name(content).map_err(|rule| misfit(rule.to_owned()))?;
                match ini.sections.entry(name.to_owned()) {
                    Entry::Occupied(first) => return Err(misfit(repeated("section", first.get().line))),
                    Entry::Vacant(place) => {
                        place.insert(Section { line, values: BTreeMap::new() });
                    }
                }
                current = Some(name);
            }
            Some(_) => {
                let (key, text) = pair(content).map_err(|rule| misfit(rule.to_owned()))?;
                let section = current.and_then(|name| ini.sections.get_mut(name));
                let section = section.ok_or_else(|| misfit("is before the first [section]".to_owned()))?;
                match section.values.entry(key) {
                    Entry::Occupied(first) => return Err(misfit(repeated("key", first.get().line))),
                    Entry::Vacant(place) => {
                        place.insert(IniValue { line, text: text.into() });
                    }
                }
            }
        }
    }
    Ok(ini)
}

fn repeated(what: &str, first: usize) -> String {
    format!("has a {what} that line {first} has already; remove one of them")
}

fn section_name(content: &str) -> Result<&str, &'static str> {
    let inside = content.strip_prefix('[').unwrap_or(content);
    let Some((name, rest)) = inside.split_once(']') else {
        return Err("has a section without a closing `]`");
    };
    let rest = rest.trim_start();
    if !rest.is_empty() && !rest.starts_with(['#', ';']) {
        return Err("has text after the section; put it on its own line");
    }
    match name.trim() {
        "" => Err("has a section without a name"),
        name => Ok(name),
    }
}

/// A key in lowercase letters, and its value.
fn pair(content: &str) -> Result<(String, &str), &'static str> {
    let Some((key, value)) = content.split_once(['=', ':']) else {
        return Err("is neither a [section], nor `key = value`, nor a comment");
    };
    let key = key.trim();
    if key.is_empty() {
        return Err("has no key before the `=`");
    }
    if !key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.')) {
        return Err("has a key with characters other than letters, digits, `_`, `-` and `.`");
    }
    Ok((key.to_ascii_lowercase(), unquoted(value.trim())?))
}

fn unquoted(value: &str) -> Result<&str, &'static str> {
    if let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let Some((inside, rest)) = value[1..].split_once(quote) else {
            return Err("has an unclosed quote");
        };
        let rest = rest.trim_start();
        let ends = rest.is_empty() || rest.starts_with(['#', ';']);
        return if ends { Ok(inside) } else { Err("has text after the closing quote") };
    }
    let comment = value.split([' ', '\t']).any(|word| word.starts_with(['#', ';']));
    let why = "is ambiguous, because the value may end in a comment; put comments on their own lines, or the value in quotes";
    if comment { Err(why) } else { Ok(value) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn value(text: &str) -> String {
        let ini = parse(&format!("[s]\n{text}")).unwrap();
        ini.section("s").unwrap().get("k").map_or("none".to_owned(), |v| v.text.expose().to_owned())
    }

    #[test]
    fn values_are_read_as_all_readers_read_them() {
        for (text, expected) in [
            ("k=v", "v"),
            ("  k\t=  v w  ", "v w"),
            ("K: v", "v"),
            ("k = https://iam.example:443/v3?a=b", "https://iam.example:443/v3?a=b"),
            ("k = a#b;c", "a#b;c"),
            ("k = \" a # b \"", " a # b "),
            ("k = 'a\"b' ; comment", "a\"b"),
            ("# k = x\n; k = y\n\nk = z", "z"),
            ("k =", "none"),
            ("k = ''", "none"),
            ("k = v\r\n", "v"),
            ("other = v", "none"),
            ("k = v\n[t] # comment\nk = w", "v"),
        ] {
            assert_eq!(value(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_readers_disagree_about_is_an_error_with_its_line() {
        for (text, line, rule) in [
            ("[s]\nhunter2", 2, "neither a [section]"),
            ("[s]\nk = a\n\n# c\nK = hunter2", 5, "a key that line 2 has already"),
            ("[s]\r\nk = a\r\n[t]\r\n[s]\r\n", 4, "a section that line 1 has already"),
            ("k = hunter2\n[s]", 1, "before the first [section]"),
            ("[s", 1, "without a closing `]`"),
            ("[]", 1, "without a name"),
            ("[s] k = hunter2", 1, "text after the section"),
            ("[s]\n= hunter2", 2, "no key before"),
            ("[s]\nhunter2 hunter2 = x", 2, "characters other than"),
            ("[s]\nk = \"hunter2", 2, "an unclosed quote"),
            ("[s]\nk = 'hunter2' hunter2", 2, "text after the closing quote"),
            ("[s]\nk = hunter2 ; c", 2, "the value may end in a comment"),
            ("[s]\nk = hunter2 #c", 2, "the value may end in a comment"),
            ("[s]\nk = hun\0ter2", 2, "control character"),
            ("[s]\rk = hunter2\r", 1, "control character"),
        ] {
            let misfit = parse(text).unwrap_err();
            assert_eq!(misfit.line, line, "{text:?}: {misfit:?}");
            assert!(misfit.rule.contains(rule) && !misfit.rule.contains("hunter2"), "{text:?}: {misfit:?}");
        }
    }

    #[test]
    fn a_million_keys_take_no_time() {
        let text: String = (0..100_000).map(|n| format!("k{n}=v\n")).collect();
        assert_eq!(parse(&format!("[s]\n{text}")).unwrap().section("s").unwrap().values.len(), 100_000);
    }

    proptest! {
        #[test]
        fn every_text_is_read_or_has_a_line(text in r"(\PC|[\[\]=:#;'\x22 \n\r\t]|k|s){0,60}") {
            if let Err(misfit) = parse(&text) {
                prop_assert!((1..=text.lines().count()).contains(&misfit.line));
            }
        }

        #[test]
        fn what_is_written_in_quotes_is_read_back(text in r"[^\x22\x00-\x1f\x7f-\u{9f}]{1,40}") {
            prop_assert_eq!(value(&format!("k = \"{text}\"")), text);
        }
    }
}
