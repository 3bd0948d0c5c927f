//! Masks the secrets of a request in the text of its error.
//!
//! Problem: some servers, gateways and proxies repeat the request in their error: a password, a token, a whole
//! `Authorization`, each in its own format. Default: the client knows the secrets that it sent, and replaces them by
//! `***` before any other processing. It searches the text, the text without escapes (JSON, percent, HTML, several of
//! them nested), and in each of these the decoded base64 and hexadecimal digits, which may be escaped or encoded again;
//! line ends are ignored. Cost is linear in the size of the text. Secrets of less than four characters are not masked,
//! because they occur in every sentence. Override: the error has the raw body.

use std::ops::Range;

use memchr::memmem;
use zeroize::Zeroizing;

use super::spelling::View;
use crate::auth::SignableRequest;
use crate::secret::Secret;

const SHORTEST: usize = 4;
/// How much of a secret is hidden even without the rest; `SDK-HMAC-SHA256 Access=` is shorter.
const START: usize = 24;
/// The maximum number of nested escapes.
const ROUNDS: usize = 3;

/// The secrets of a request.
#[derive(Default)]
pub(crate) struct Mask(Vec<Zeroizing<Vec<u8>>>);

impl Mask {
    /// The secrets of a request: those in its body, and its secret headers, as a whole or only the proof in them.
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
        let mut forms = Vec::new();
        for secret in secrets.filter(|secret| secret.chars().count() >= SHORTEST) {
            forms.push(secret.as_bytes().to_vec());
            if secret.contains(' ') {
                forms.push(secret.replace(' ', "+").into_bytes()); // as forms write it
            }
            if !secret.is_ascii() {
                let latin: Result<Vec<u8>, _> = secret.chars().map(u8::try_from).collect();
                forms.extend(latin.ok());
                // UTF-8 that was decoded as Latin-1.
                forms.push(secret.bytes().map(char::from).collect::<String>().into_bytes());
            }
            // Quotation marks as in SQL and shells.
            for (mark, written) in [("'", "''"), ("'", r"'\''"), ("\"", "\"\"")] {
                forms.extend(secret.contains(mark).then(|| secret.replace(mark, written).into_bytes()));
            }
            // A secret that contains escapes itself differs in the unescaped text.
            let mut view = View::of(secret);
            for _ in 0..ROUNDS {
                let Some(undone) = view.undone() else { break };
                forms.extend((undone.bytes.len() >= SHORTEST).then(|| undone.bytes.clone()));
                view = undone;
            }
        }
        Self(forms.into_iter().map(Zeroizing::new).collect())
    }

    /// The text with its secrets replaced.
    pub(crate) fn hide(&self, text: &str) -> String {
        if self.0.is_empty() || text.len() < SHORTEST {
            return text.to_owned();
        }
        let mut hits = Vec::new();
        let mut view = View::of(text);
        for _ in 0..=ROUNDS {
            self.search(&view, &mut hits);
            view.joined().iter().for_each(|joined| self.search(joined, &mut hits));
            for packed in view.packed() {
                self.search(&packed, &mut hits);
                packed.printable().iter().for_each(|inner| self.search_inside(inner, &mut hits));
            }
            match view.undone() {
                Some(undone) => view = undone,
                None => break,
            }
        }
        redacted(text, hits)
    }

    /// The same for decoded base64 or hexadecimal digits, if they are escaped or encoded again.
    fn search_inside(&self, inner: &View, hits: &mut Vec<Range<usize>>) {
        inner.undone().iter().for_each(|undone| self.search(undone, hits));
        inner.packed().iter().for_each(|packed| self.search(packed, hits));
    }

    /// Adds the places of the secrets in the text of a view. For a long secret, its start is enough, because servers
    /// truncate what they show.
    fn search(&self, view: &View, hits: &mut Vec<Range<usize>>) {
        for secret in &self.0 {
            let head = secret.get(..START).unwrap_or(secret);
            // In short texts, such as ids, this is much faster than creating a finder.
            if memmem::find(&view.bytes, head).is_none() {
                continue;
            }
            let (head, mut from) = (memmem::Finder::new(head), 0);
            while let Some(rest) = view.bytes.get(from..)
                && let Some(found) = head.find(rest)
            {
                let rest = rest.get(found..).unwrap_or_default();
                let length = rest.iter().zip(secret.iter()).take_while(|(there, own)| there == own).count();
                let start = from + found;
                hits.extend(view.place(start..start + length));
                from = start + length;
            }
        }
    }
}

/// The text without these parts.
fn redacted(text: &str, mut hits: Vec<Range<usize>>) -> String {
    hits.sort_by_key(|hit| hit.start);
    let (mut shown, mut from) = (String::with_capacity(text.len()), 0);
    let mut hits = hits.into_iter().peekable();
    while let Some(hit) = hits.next() {
        let mut end = hit.end;
        while let Some(next) = hits.next_if(|next| next.start <= end) {
            end = end.max(next.end);
        }
        // A range that splits a character is extended to the whole character.
        let start = (0..=hit.start).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        shown.push_str(text.get(from..start.max(from)).unwrap_or_default());
        shown.push_str("***");
        from = (end..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    }
    shown.push_str(text.get(from..).unwrap_or_default());
    shown
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    const LONG: &str = "abcdefghij-abcdefghij-abcdefghijé";

    #[test]
    fn secrets_are_hidden_in_every_form_and_short_ones_are_not() {
        let mask = Mask::new(["a\"b c", "a\"b c and more", "12345678", "the", LONG].into_iter());
        let rows = [
            ("is a\"b c.", "is ***."),
            (r#"{"p":"a\"b c"}"#, r#"{"p":"***"}"#),
            ("?p=a%22b%20c%20and%20more&x", "?p=***&x"),
            ("?p=a%22b+c+and+more&x", "?p=***&x"),
            ("the 12345678", "the ***"),
            ("abcdefghij-abcdefghij-abc… and abcdefghij-abcdefghij-a", "***… and abcdefghij-abcdefghij-a"),
            ("abcdefghij-abcdefghij-abcdefghijéabc", "***abc"),
            ("abcdefghij-abcdefghij-abcdefghij%C3…", "***…"),
        ];
        for (text, expected) in rows {
            assert_eq!(mask.hide(text), expected);
        }
        assert_eq!(Mask::default().hide("as it is"), "as it is");
    }

    #[test]
    fn any_spelling_is_undone() {
        let mask = Mask::new(["pä<s'w/rd&1"].into_iter());
        for spelled in [
            "pä<s'w/rd&1",
            r"p\u00e4\u003cs\u0027w\/rd\u00261",
            r"p\u00E4\u003Cs'w\u002Frd&1",
            "p%C3%A4%3Cs%27w%2Frd%261",
            "p%c3%a4%3cs'w/rd%261",
            "p%e4%3cs%27w%2frd%261",
            "p&auml;&lt;s&#x27;w/rd&amp;1",
            "pä&LT;s&#039;w&sol;rd&#38;1",
            "p&#228;&lt;s&apos;w/rd&amp;1",
            r"p\xc3\xa4<s\x27w/rd&1",
            r"p\xe4<s\x27w/rd&1",
            "p%25C3%25A4%253Cs%2527w%252Frd%25261",
            r"p\\u00e4\\u003cs\\u0027w\\/rd&1",
            "cMOkPHMndy9yZCYx",
            "Basic dXNlcjpww6Q8cyd3L3JkJjE=",
            "70c3a43c7327772f72642631",
            "0x70C3A43C7327772F72642631",
            r"\U00000070\U000000e4\U0000003cs'w/rd&1",
            r"p\u{e4}\u{3c}s\u{27}w/rd&1",
            r"p\303\244<s\047w/rd&1",
            "p%u00e4%u003Cs%u0027w/rd&1",
            "p&#x000000e4;&#0000060;s'w/rd&1",
            "pÃ¤<s'w/rd&1",
            r"p\u00c3\u00a4\u003cs'w/rd&1",
            "pä<s''w/rd&1",
            r"pä<s'\''w/rd&1",
            "pä<s'\r\n  w/rd&1",
            r"pä<s\n'w/rd&1",
            "cMOkPHM\r\n ndy9yZCYx",
            r"cMOkPHM\nndy9yZCYx",
            "70:c3:a4:3c:73:27:77:2f:72:64:26:31",
            "70C3 A43C 7327\n772F 7264 2631",
            "Y01Pa1BITW5keTl5WkNZeA==",
            "cCVDMyVBNCUzQ3MlMjd3JTJGcmQlMjYx",
            "cADkADwAcwAnAHcALwByAGQAJgAxAA==",
            "007000e4003c007300270077002f0072006400260031",
            "634d4f6b50484d6e647939795a435978",
        ] {
            let hidden = mask.hide(&format!("before {spelled} after"));
            assert!(hidden.contains("***") && hidden.len() < 40, "{spelled}: {hidden}");
            assert!(hidden.starts_with("before ") && hidden.ends_with(" after"), "{spelled}: {hidden}");
        }
        let text = "before p\\u00e4 & %20 after &unknown; %zz \\";
        assert_eq!(mask.hide(text), text);
    }

    #[test]
    fn cost_is_linear() {
        let mask = Mask::new(["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "&amp;&amp;&amp;&amp;"].into_iter());
        for text in ["a", "%2525", "&amp;", "\\\\", "&", "%"] {
            assert!(mask.hide(&text.repeat(32_768 / text.len())).len() <= 32_768);
        }
    }

    /// The ways to write a secret: name, and function.
    fn spellings() -> Vec<fn(&str) -> String> {
        fn hex_of(bytes: &[u8]) -> String {
            hex::encode(bytes)
        }
        fn html(text: &str) -> String {
            text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;").replace('\'', "&#x27;")
        }
        fn json(text: &str) -> String {
            let quoted = Value::from(text).to_string();
            quoted[1..quoted.len() - 1].to_owned()
        }
        vec![
            str::to_owned,
            |text| Value::from(text).to_string(),
            |text| text.encode_utf16().map(|unit| format!("\\u{unit:04X}")).collect(),
            |text| text.bytes().map(|byte| format!("%{byte:02x}")).collect(),
            |text| crate::wire::percent::encode(text).into_owned(),
            html,
            |text| text.chars().map(|c| format!("&#{};", u32::from(c))).collect(),
            |text| Value::from(html(text)).to_string(),
            |text| crate::wire::percent::encode(&json(text)).into_owned(),
            |text| STANDARD.encode(text),
            |text| URL_SAFE_NO_PAD.encode(format!("user:{text}")),
            |text| hex_of(text.as_bytes()),
            |text| hex_of(text.as_bytes()).to_uppercase(),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_secret_is_hidden_in_any_spelling(secret in "[ -~äß€💩]{4,40}", way in 0..13_usize) {
            let spelled = spellings()[way](&secret);
            let hidden = Mask::new([secret.as_str()].into_iter()).hide(&format!("({spelled})"));
            let (inner, outer) = (spelled.trim_matches('"'), hidden.trim_matches(['(', ')', '"']));
            prop_assert!(outer.contains("***"), "{} in {}", inner, hidden);
            prop_assert!(way > 8 || outer.trim_matches(|c: char| c == '=' ) == "***", "{} in {}", spelled, hidden);
        }

        #[test]
        fn what_holds_no_secret_stays(text in "(?s).{0,200}") {
            prop_assert_eq!(Mask::new(["hunter2-hunter2"].into_iter()).hide(&text), text);
        }
    }
}
