//! The syntax that `WWW-Authenticate` and `Authentication-Info` share: schemes and parameters in a list.
//!
//! Problem: one field may hold several challenges, commas are separators but also occur in quotes, and servers use
//! quotes incorrectly.
//! Default: lenient. Quotes are optional, commas can be missing, and other characters are skipped. Three things are
//! errors: more than [`MAX_LENGTH`] bytes, a control character, and a missing closing quote.
//! Override: none.

use std::fmt;

/// The maximum number of bytes of all fields together.
pub(crate) const MAX_LENGTH: usize = 64 * 1024;

/// Why a field can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SyntaxError {
    /// The fields together are longer than [`MAX_LENGTH`].
    TooLong,
    /// A control character other than the tabulator.
    ControlCharacter,
    /// A quoted text without its end.
    UnterminatedQuote,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLong => "the header is longer than 64 KiB",
            Self::ControlCharacter => "the header has a control character",
            Self::UnterminatedQuote => "the header has an unclosed quote",
        })
    }
}

impl std::error::Error for SyntaxError {}

/// One element of a field.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Element<'a> {
    /// The name of a scheme, to which the next parameters belong.
    Scheme(&'a str),
    /// A parameter, its value without quotes and escapes.
    Param(&'a str, String),
}

/// The elements of one field; after an error there are no more.
pub(crate) struct Elements<'a> {
    rest: &'a str,
    /// A scheme can only begin at the start of the field or after a comma.
    at_element_start: bool,
    /// The last parameter was a bare `qop`, whose list may go on behind a comma.
    in_bare_qop: bool,
    checked: bool,
}

/// Splits a field into its elements.
pub(crate) fn elements(field: &str) -> Elements<'_> {
    Elements { rest: field, at_element_start: true, in_bare_qop: false, checked: false }
}

impl<'a> Iterator for Elements<'a> {
    type Item = Result<Element<'a>, SyntaxError>;

    fn next(&mut self) -> Option<Self::Item> {
        if !self.checked {
            self.checked = true;
            if self.rest.chars().any(|c| c.is_control() && c != '\t') {
                return Some(self.fail(SyntaxError::ControlCharacter));
            }
        }
        loop {
            self.skip_separators();
            if self.rest.is_empty() {
                return None;
            }
            match self.element() {
                Ok(Some(item)) => return Some(Ok(item)),
                Ok(None) => {}
                Err(error) => return Some(self.fail(error)),
            }
        }
    }
}

impl<'a> Elements<'a> {
    fn fail(&mut self, error: SyntaxError) -> Result<Element<'a>, SyntaxError> {
        self.rest = "";
        Err(error)
    }

    fn skip_separators(&mut self) {
        let rest = self.rest.trim_start_matches([' ', '\t', ',']);
        let (skipped, _) = self.rest.split_at(self.rest.len() - rest.len());
        self.at_element_start |= skipped.contains(',');
        self.rest = rest;
    }

    /// Reads the next element; `None` if it is not usable. Always makes progress.
    fn element(&mut self) -> Result<Option<Element<'a>>, SyntaxError> {
        let at_element_start = std::mem::take(&mut self.at_element_start);
        let word = self.take_while(is_token_char);
        if word.is_empty() {
            self.skip_stray()?;
            return Ok(None);
        }
        if let Some(behind) = self.rest.trim_start_matches([' ', '\t']).strip_prefix('=') {
            self.rest = behind.trim_start_matches([' ', '\t']);
            let bare = !self.rest.starts_with('"');
            let value = self.value()?;
            self.in_bare_qop = bare && word.eq_ignore_ascii_case("qop");
            return Ok(Some(Element::Param(word, value)));
        }
        // `qop=auth,auth-int` without quotes: the second word is not a scheme.
        if self.in_bare_qop && (word.eq_ignore_ascii_case("auth") || word.eq_ignore_ascii_case("auth-int")) {
            return Ok(Some(Element::Param("qop", word.to_owned())));
        }
        self.in_bare_qop = false;
        Ok(at_element_start.then_some(Element::Scheme(word)))
    }

    fn value(&mut self) -> Result<String, SyntaxError> {
        if self.rest.starts_with('"') {
            return self.quoted();
        }
        Ok(self.take_while(|c| !matches!(c, ' ' | '\t' | ',')).to_owned())
    }

    fn quoted(&mut self) -> Result<String, SyntaxError> {
        let mut chars = self.rest.chars();
        chars.next();
        let mut value = String::new();
        loop {
            match chars.next() {
                None => return Err(SyntaxError::UnterminatedQuote),
                Some('"') => break,
                Some('\\') => value.push(chars.next().ok_or(SyntaxError::UnterminatedQuote)?),
                Some(other) => value.push(other),
            }
        }
        self.rest = chars.as_str();
        Ok(value)
    }

    fn skip_stray(&mut self) -> Result<(), SyntaxError> {
        if self.rest.starts_with('"') {
            // Skipped as a whole: a comma in it separates nothing.
            self.quoted()?;
        } else {
            let mut chars = self.rest.chars();
            chars.next();
            self.rest = chars.as_str();
        }
        Ok(())
    }

    fn take_while(&mut self, accept: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !accept(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }
}

fn is_token_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c)
}

#[cfg(test)]
mod tests {
    use super::{Element, SyntaxError, elements};
    use proptest::prelude::{any, prop_assert, proptest};

    fn listed(field: &str) -> Result<Vec<String>, SyntaxError> {
        elements(field)
            .map(|item| {
                item.map(|item| match item {
                    Element::Scheme(name) => format!("{name}:"),
                    Element::Param(name, value) => format!("{name}=<{value}>"),
                })
            })
            .collect()
    }

    #[test]
    fn fields_are_split_into_schemes_and_parameters() {
        let cases: [(&str, &[&str]); 16] = [
            ("", &[]),
            (" , ,\t", &[]),
            ("Digest", &["Digest:"]),
            ("Digest a=b, c=\"d\"", &["Digest:", "a=<b>", "c=<d>"]),
            ("Digest a = b ,c= \"d\"", &["Digest:", "a=<b>", "c=<d>"]),
            ("Digest a=b c=d", &["Digest:", "a=<b>", "c=<d>"]),
            ("Digest a=\"x, Basic y=z\", b=1", &["Digest:", "a=<x, Basic y=z>", "b=<1>"]),
            (r#"Digest a="say \"hi\" \\ there""#, &["Digest:", r#"a=<say "hi" \ there>"#]),
            ("Digest a=, b=\"\"", &["Digest:", "a=<>", "b=<>"]),
            ("Digest n=ab/c+==, b=1", &["Digest:", "n=<ab/c+==>", "b=<1>"]),
            ("Basic a=b, Digest c=d,NTLM", &["Basic:", "a=<b>", "Digest:", "c=<d>", "NTLM:"]),
            ("Negotiate abc==, Digest c=d", &["Negotiate:", "abc=<=>", "Digest:", "c=<d>"]),
            ("Digest r=My Realm, n=1", &["Digest:", "r=<My>", "n=<1>"]),
            ("Digest qop=auth,auth-int, n=1", &["Digest:", "qop=<auth>", "qop=<auth-int>", "n=<1>"]),
            ("Digest \"x, y\" @{}é a=é", &["Digest:", "a=<é>"]),
            ("a=b, =c, Digest d=e", &["a=<b>", "Digest:", "d=<e>"]),
        ];
        for (field, expected) in cases {
            assert_eq!(listed(field).unwrap(), expected, "{field:?}");
        }
    }

    #[test]
    fn three_things_are_errors_and_end_the_field() {
        for (field, expected) in [
            ("Digest a=\"b", SyntaxError::UnterminatedQuote),
            ("Digest a=\"b\\", SyntaxError::UnterminatedQuote),
            ("Digest a=\"b\\\"", SyntaxError::UnterminatedQuote),
            ("Digest \"", SyntaxError::UnterminatedQuote),
            ("Digest a=\"b\r\nX: y\"", SyntaxError::ControlCharacter),
            ("Digest a=b\0", SyntaxError::ControlCharacter),
            ("Digest a=\"\u{85}\"", SyntaxError::ControlCharacter),
        ] {
            assert_eq!(listed(field), Err(expected), "{field:?}");
            assert!(elements(field).skip_while(Result::is_ok).nth(1).is_none(), "{field:?}");
        }
    }

    proptest! {
        #[test]
        fn reading_ends_and_never_panics(field in any::<String>()) {
            prop_assert!(elements(&field).count() <= field.len() + 1);
        }

        #[test]
        fn reading_near_misses_ends_and_never_panics(field in r#"[Dd a=",\\\t;é/\x00-]{0,60}"#) {
            prop_assert!(elements(&field).count() <= field.len() + 1);
        }

        #[test]
        fn a_quoted_value_comes_back(value in "[^\\p{Cc}]{0,40}") {
            let escaped = value.replace('\\', r"\\").replace('"', r#"\""#);
            let field = format!("Digest a=\"{escaped}\", b=1");
            let found: Vec<_> = elements(&field).collect();
            prop_assert!(found.contains(&Ok(Element::Param("a", value))));
            prop_assert!(found.contains(&Ok(Element::Param("b", "1".to_owned()))));
        }
    }
}
