//! Percent-encoding.
//!
//! Problem: a signature covers the encoded text of path and query, so client and server must agree on every byte of it,
//! and URL libraries differ in what they encode.
//! Default: the strict rule of RFC 3986. `A-Z a-z 0-9 - _ . ~` stay, any other byte becomes `%XX` with
//! upper-case digits. One rule serves path segments, query names and query values.
//! Override: none. A segment of `.` or `..` stays as it is and has to be refused by whoever builds the path.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode, utf8_percent_encode};

/// The bytes that do not stay as they are.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Encodes one path segment, query name or query value.
pub(crate) fn encode(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, ENCODED).into()
}

/// Encodes bytes that need not be UTF-8, such as those [`decode`] returns.
pub(crate) fn encode_bytes(bytes: &[u8]) -> Cow<'_, str> {
    percent_encode(bytes, ENCODED).into()
}

/// Decodes percent-encoding of any style. A `%` without two hexadecimal digits after it is unchanged, and `+` is a
/// plus, not a space.
pub(crate) fn decode(text: &str) -> Cow<'_, [u8]> {
    percent_decode_str(text).into()
}

#[cfg(test)]
mod tests {
    use super::{decode, encode, encode_bytes};
    use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

    #[test]
    fn encodes_by_the_strict_rule() {
        for (text, expected) in [
            ("", ""),
            ("AZaz09-_.~", "AZaz09-_.~"),
            ("a b", "a%20b"),
            ("a+b/c", "a%2Bb%2Fc"),
            ("x:y@z!'()*", "x%3Ay%40z%21%27%28%29%2A"),
            ("50%", "50%25"),
            ("中", "%E4%B8%AD"),
            ("\u{0}\u{7f}\n", "%00%7F%0A"),
        ] {
            assert_eq!(encode(text), expected, "{text:?}");
        }
    }

    #[test]
    fn decodes_what_is_encoded_and_leaves_the_rest() {
        for (text, expected) in
            [("a%20b", "a b"), ("a+b", "a+b"), ("%e4%b8%ad", "中"), ("100%", "100%"), ("%zz", "%zz")]
        {
            assert_eq!(decode(text), expected.as_bytes(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn text_survives_the_round_trip(text in any::<String>()) {
            let encoded = encode(&text);
            prop_assert!(encoded.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.~%".contains(&b)));
            prop_assert_eq!(&*decode(&encoded), text.as_bytes());
        }

        #[test]
        fn bytes_survive_the_round_trip(bytes in any::<Vec<u8>>()) {
            let encoded = encode_bytes(&bytes);
            prop_assert_eq!(&*decode(&encoded), &*bytes);
        }
    }
}
