//! What must not be found, in every form that it can take.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Secrets with their names.
#[derive(Default)]
pub(crate) struct Needles(Vec<(String, String)>);

impl Needles {
    /// Adds a secret in all its forms.
    pub(crate) fn add(&mut self, name: &str, secret: &str) {
        assert!(secret.len() >= 8, "{name} is so short that it may be found by chance");
        let mut forms = vec![
            ("plain", secret.to_owned()),
            ("JSON", inner(serde_json::to_string(secret).unwrap())),
            ("Debug", inner(format!("{secret:?}"))),
            ("percent-encoded", utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string()),
            ("percent-encoded by the RFC", unreserved(secret)),
            ("hex", hex::encode(secret)),
            ("HEX", hex::encode_upper(secret)),
            ("list of bytes", list(secret)),
            ("base64", STANDARD.encode(secret)),
        ];
        forms.extend((0..3).map(|at| ("within base64", within(&STANDARD_NO_PAD, secret, at))));
        forms.extend((0..3).map(|at| ("within base64 for URLs", within(&URL_SAFE_NO_PAD, secret, at))));
        self.0.extend(forms.into_iter().map(|(form, text)| (format!("{name}, {form}"), text)));
    }

    /// Adds a text as it is, not a secret perhaps but the sign of one.
    pub(crate) fn add_plain(&mut self, name: &str, text: &str) {
        self.0.push((name.to_owned(), text.to_owned()));
    }

    /// The name and form of the first secret that is in a text.
    pub(crate) fn find(&self, text: &str) -> Option<&str> {
        self.0.iter().find(|(_, needle)| text.contains(needle.as_str())).map(|(name, _)| name.as_str())
    }
}

/// A quoted text without its quotes.
fn inner(quoted: String) -> String {
    quoted[1..quoted.len() - 1].to_owned()
}

/// Percent-encoded by the rule of RFC 3986.
pub(crate) fn unreserved(secret: &str) -> String {
    const ENCODED: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    utf8_percent_encode(secret, &ENCODED).to_string()
}

/// Bytes as `Debug` of a `Vec<u8>` shows them.
fn list(secret: &str) -> String {
    inner(format!("{:?}", secret.as_bytes()))
}

/// The part of a longer text's base64 that depends on the secret alone, `at` bytes after a multiple of three.
fn within(engine: &impl Engine, secret: &str, at: usize) -> String {
    let text = engine.encode([&vec![0; at], secret.as_bytes()].concat());
    let (first, whole) = ((at * 8).div_ceil(6), (at + secret.len()) * 8 / 6);
    text[first..whole].to_owned()
}
