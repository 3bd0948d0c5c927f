//! The parameters of an `Authorization` header, parsed as RFC 9110 (11.4, 5.6.1) requires of recipients.
//!
//! Problem: clients differ in spaces, case, order and quotes, and real servers accept all of them.
//! Default: everything that the grammar allows is accepted. Violations that servers accept are accepted too, and
//! described in [`Parameters::odd`]. Ambiguous headers are refused.

use std::collections::BTreeMap;

/// Parameters that are quoted according to RFC 7616 (3.4).
const QUOTED: &[&str] = &["username", "realm", "nonce", "uri", "response", "cnonce", "opaque"];
/// Parameters that are not quoted.
const BARE: &[&str] = &["algorithm", "qop", "nc", "userhash", "username*"];

/// The parameters of a header, by their names in lower case.
#[derive(Debug)]
pub(super) struct Parameters {
    values: BTreeMap<String, String>,
    /// Violations of the rules for senders.
    pub(super) odd: Vec<String>,
}

impl Parameters {
    /// Reads a header of the scheme Digest.
    ///
    /// # Errors It has another scheme, can't be parsed, or has a duplicate parameter.
    pub(super) fn parse(header: &str) -> Result<Self, String> {
        let (scheme, mut rest) = header.trim().split_once([' ', '\t']).unwrap_or((header, ""));
        if !scheme.eq_ignore_ascii_case("Digest") {
            return Err("Authorization is not of scheme Digest".to_owned());
        }
        let mut fields = Self { values: BTreeMap::new(), odd: Vec::new() };
        loop {
            rest = fields.skip_separators(rest);
            if rest.is_empty() {
                return Ok(fields);
            }
            rest = fields.parameter(rest)?;
        }
    }

    /// The value of a parameter.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    /// The value of a required parameter.
    pub(super) fn required(&self, name: &str) -> Result<&str, String> {
        self.get(name).ok_or_else(|| format!("{name} is missing"))
    }

    /// Skips spaces and empty list elements.
    fn skip_separators<'h>(&mut self, rest: &'h str) -> &'h str {
        let rest = rest.trim_start_matches([' ', '\t']);
        let after = rest.trim_start_matches([' ', '\t', ',']);
        if after.len() < rest.len() {
            self.odd.push("the list has an empty element".to_owned());
        }
        after
    }

    /// Reads `name=value`, and the comma after it if there is one.
    fn parameter<'h>(&mut self, rest: &'h str) -> Result<&'h str, String> {
        let (name, behind) = rest.split_once('=').ok_or_else(|| format!("{rest:?} has no ="))?;
        let value = behind.trim_start_matches([' ', '\t']);
        let trimmed = name.trim_end_matches([' ', '\t']);
        if trimmed.len() < name.len() || value.len() < behind.len() {
            self.odd.push(format!("there is a space beside the = of {trimmed}"));
        }
        if trimmed.is_empty() || !trimmed.bytes().all(is_token) {
            return Err(format!("{trimmed:?} is not the name of a parameter"));
        }
        let name = trimmed.to_ascii_lowercase();
        let (value, quoted, behind) = match value.strip_prefix('"') {
            Some(text) => {
                let (value, behind) =
                    unquote(text).ok_or_else(|| format!("the quote of {name} is not closed"))?;
                (value, true, behind)
            }
            None => {
                let (value, behind) = value.split_at(value.find([',', ' ', '\t']).unwrap_or(value.len()));
                (value.to_owned(), false, behind)
            }
        };
        let behind = behind.trim_start_matches([' ', '\t']);
        // A comma at the end is left for `skip_separators`, which says that nothing follows it.
        let next = behind.strip_prefix(',').filter(|next| !next.is_empty());
        let next = next.or(["", ","].contains(&behind).then_some(behind));
        let next = next.ok_or_else(|| format!("no comma between {name} and {behind:?}"))?;
        self.insert(name, value, quoted)?;
        Ok(next)
    }

    fn insert(&mut self, name: String, value: String, quoted: bool) -> Result<(), String> {
        if quoted && BARE.contains(&name.as_str()) {
            self.odd.push(format!("{name} is quoted; RFC 7616 has it without quotes"));
        }
        if !quoted && QUOTED.contains(&name.as_str()) {
            self.odd.push(format!("{name} is not quoted; RFC 7616 has it in quotes"));
        }
        match self.values.insert(name.clone(), value) {
            Some(_) => Err(format!("{name} occurs more than once")),
            None => Ok(()),
        }
    }
}

/// The characters of tokens, RFC 9110 (5.6.2).
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// The text up to the closing quote without its escapes, and what follows.
fn unquote(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut escaped = false;
    for (index, c) in text.char_indices() {
        match c {
            '"' if !escaped => return Some((value, text.get(index + 1..)?)),
            '\\' if !escaped => escaped = true,
            _ => {
                value.push(c);
                escaped = false;
            }
        }
    }
    None
}
