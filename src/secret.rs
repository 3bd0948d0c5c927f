//! Secret texts.
//!
//! Problem: passwords and tokens pass through request bodies, responses and errors, and one derived `Debug` is enough
//! to write them to a log. Default: every value that a specification marks as secret has the type [`Secret`], which
//! prints as `Secret(***)`, has no `Display`, and wipes its memory when dropped.
//! Override: [`Secret::expose`], if the text itself is needed.

use std::fmt;
use std::hint::black_box;

use serde::{Serialize, Serializer};
use zeroize::Zeroizing;

/// A password, key or token. It is not shown in `Debug` output and logs, and is wiped from memory when dropped.
///
/// Serializing writes the secret as text, because requests need it. Do not serialize a value that contains a `Secret`
/// into a log or a cache. Only the memory of this value is wiped, not other copies of the text, such as a response
/// buffer.
///
/// ```
/// # use dbplane::Secret;
/// let password = Secret::from("correct horse");
/// assert_eq!(format!("{password:?}"), "Secret(***)");
/// assert_eq!(password.expose(), "correct horse");
/// ```
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Returns the secret as text. Do not print or store it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

impl PartialEq for Secret {
    /// Looks at every byte whatever the first difference is, so that the time taken does not tell how much
    /// of a guess was right. It does depend on the lengths.
    fn eq(&self, other: &Self) -> bool {
        let (left, right) = (self.0.as_bytes(), other.0.as_bytes());
        let differing = left.iter().zip(right).fold(0, |seen, (a, b)| black_box(seen | (a ^ b)));
        (left.len() == right.len()) & (differing == 0)
    }
}

impl Eq for Secret {}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.expose())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn equality_looks_at_text_and_length() {
        let rows =
            [("", "", true), ("a", "a", true), ("a", "b", false), ("a", "ab", false), ("ab", "a", false)];
        for (left, right, equal) in rows {
            assert_eq!(Secret::from(left) == Secret::from(right), equal, "{left:?} {right:?}");
        }
    }

    #[test]
    fn errors_do_not_quote_the_value() {
        for body in [r#"["hunter2"]"#, r#"{"password":"hunter2"}"#] {
            let error = serde_json::from_str::<Secret>(body).err().map(|e| e.to_string()).unwrap_or_default();
            assert!(error.contains("expected text") && !error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn a_number_is_read_as_its_text() {
        assert_eq!(serde_json::from_str::<Secret>("1234").unwrap(), Secret::from("1234"));
    }

    proptest! {
        #[test]
        fn survives_the_wire_and_never_prints(text in ".*") {
            let secret = Secret::from(text.clone());
            prop_assert_eq!(format!("{secret:?} {:?}", Some(&secret)), "Secret(***) Some(Secret(***))");
            let sent = serde_json::to_string(&secret).unwrap();
            prop_assert_eq!(&sent, &serde_json::to_string(&text).unwrap());
            prop_assert_eq!(serde_json::from_str::<Secret>(&sent).unwrap(), secret.clone());
            prop_assert_eq!(secret == Secret::from(format!("{text}x")), false);
        }
    }
}
