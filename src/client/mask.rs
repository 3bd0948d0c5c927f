//! Keeps what a request carried in secret out of the text of its error.
//!
//! Problem: careless servers, gateways and proxies put the request into their error: a password, a token, a
//! whole `Authorization`. Default: the client knows what it sent in secret, and replaces it by `***` before
//! anything else is done to the text, as it stands and as it is written in JSON and in addresses. Texts of
//! less than four characters are left: they stand in every sentence. Override: the raw body stays with the
//! error.

use std::cmp::Reverse;

use serde_json::Value;
use zeroize::Zeroizing;

use crate::auth::SignableRequest;
use crate::secret::Secret;
use crate::wire::percent;

const SHORTEST: usize = 4;
/// How much of a secret is hidden even without the rest; `SDK-HMAC-SHA256 Access=` is shorter.
const START: usize = 24;

/// The secrets of a request, in every form that is looked for.
#[derive(Default)]
pub(crate) struct Mask(Vec<Zeroizing<String>>);

impl Mask {
    /// What must not be seen of a request: the secrets in its body and its secret headers, whole or the proof
    /// in them alone.
    pub(crate) fn of(request: &SignableRequest) -> Self {
        let headers = request.headers.values().filter(|value| value.is_sensitive());
        let headers: Vec<_> =
            headers.filter_map(|value| std::str::from_utf8(value.as_bytes()).ok()).collect();
        let parts = headers.iter().flat_map(|value| value.split([' ', ',', '=', '"']));
        let proof = |part: &&str| part.len() >= 32 && part.bytes().all(|b| b.is_ascii_alphanumeric());
        let parts = parts.filter(proof).chain(headers.iter().copied());
        Self::new(request.secrets.iter().map(Secret::expose).chain(parts))
    }

    fn new<'s>(secrets: impl Iterator<Item = &'s str>) -> Self {
        let secrets = secrets.filter(|secret| secret.chars().count() >= SHORTEST);
        let mut forms: Vec<_> = secrets.flat_map(forms).map(Zeroizing::new).collect();
        // The longest first, for one may be a part of another.
        forms.sort_by_key(|form| Reverse(form.len()));
        Self(forms)
    }

    /// The text with its secrets replaced.
    pub(crate) fn hide(&self, text: &str) -> String {
        let text = self.0.iter().fold(text.to_owned(), |text, form| text.replace(form.as_str(), "***"));
        self.0.iter().fold(text, |text, form| self.hide_start(text, form))
    }

    /// Hides what is left of a long secret where a server cuts off what it shows.
    fn hide_start(&self, text: String, form: &str) -> String {
        let Some(head) = form.char_indices().nth(START).and_then(|(end, _)| form.get(..end)) else {
            return text;
        };
        let (mut shown, mut rest) = (String::new(), text.as_str());
        while let Some((before, after)) = rest.split_once(head) {
            // Forms that begin alike: whichever goes on the longest.
            let tails = self.0.iter().filter_map(|form| form.strip_prefix(head));
            let length = tails.map(|tail| common(after, tail)).max().unwrap_or(0);
            shown.extend([before, "***"]);
            rest = after.get(length..).unwrap_or_default();
        }
        shown + rest
    }

    /// The same for every text and number in a JSON value. Names of properties never get into an error.
    pub(crate) fn hide_in(&self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.hide(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.hide_in(item)),
            Value::Object(object) => object.values_mut().for_each(|value| self.hide_in(value)),
            Value::Number(number) => {
                let (shown, hidden) = (number.to_string(), self.hide(&number.to_string()));
                if hidden != shown {
                    *value = Value::String(hidden);
                }
            }
            Value::Null | Value::Bool(_) => {}
        }
    }
}

/// How many bytes two texts have in common at the beginning.
fn common(left: &str, right: &str) -> usize {
    left.chars().zip(right.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum()
}

/// A secret as it is, as JSON writes it, and as addresses do.
fn forms(secret: &str) -> [String; 3] {
    let json = Value::from(secret).to_string();
    let escaped = json.get(1..json.len() - 1).unwrap_or_default().to_owned();
    [secret.to_owned(), escaped, percent::encode(secret)]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const LONG: &str = "abcdefghij-abcdefghij-abcdefghijé";

    #[test]
    fn secrets_are_hidden_in_every_form_and_short_ones_are_not() {
        let mask = Mask::new(["a\"b c", "a\"b c and more", "12345678", "the", LONG].into_iter());
        let rows = [
            ("is a\"b c.", "is ***."),
            (r#"{"p":"a\"b c"}"#, r#"{"p":"***"}"#),
            ("?p=a%22b%20c%20and%20more&x", "?p=***&x"),
            ("the 12345678", "the ***"),
            ("abcdefghij-abcdefghij-abc… and abcdefghij-abcdefghij-a", "***… and abcdefghij-abcdefghij-a"),
            ("abcdefghij-abcdefghij-abcdefghijéabc", "***abc"),
            ("abcdefghij-abcdefghij-abcdefghij%C3…", "***…"),
        ];
        for (text, expected) in rows {
            assert_eq!(mask.hide(text), expected);
        }
        let mut value = json!({"a": ["a\"b c", 12345678, 1.5, true, null]});
        mask.hide_in(&mut value);
        assert_eq!(value, json!({"a": ["***", "***", 1.5, true, null]}));
        assert_eq!(Mask::default().hide("as it is"), "as it is");
    }
}
