//! The header `Authentication-Info`, which a server sends after it has accepted a response.
//!
//! Problem: the header can contain the next nonce and a proof that the server knows the password, but most servers do
//! not send it.
//! Default: parsing is lenient; the proof is checked if there is one. It must be for this exchange: if client nonce and
//! count are repeated, they must be those that were sent.
//! Override: the caller decides whether a missing proof is accepted.

use super::challenge::{Challenge, Qop};
use super::response::{Attempt, count_text, server_proof};
use super::syntax::{self, Element, SyntaxError};

/// The parameters of the header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Info {
    /// The nonce for the next request; its count begins at 1. See [`Challenge::renewed`].
    pub(crate) next_nonce: Option<String>,
    /// The proof of the server.
    pub(crate) proof: Option<String>,
    /// The protection of the server's response.
    pub(crate) qop: Option<String>,
    /// The client nonce that the proof is for.
    pub(crate) cnonce: Option<String>,
    /// The count that the proof is for.
    pub(crate) count: Option<String>,
}

/// Outcome of [`verify`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Proof {
    /// The server sent no proof.
    Missing,
    /// The server knows the password.
    Valid,
    /// The proof is wrong or for another exchange: the response may not come from the server.
    Invalid,
}

/// Reads all `Authentication-Info` fields. If a parameter is repeated, the first one is used.
pub(crate) fn parse<'a>(fields: impl Iterator<Item = &'a str>) -> Result<Info, SyntaxError> {
    let mut info = Info::default();
    let mut length = 0;
    for field in fields {
        length += field.len();
        if length > syntax::MAX_LENGTH {
            return Err(SyntaxError::TooLong);
        }
        for item in syntax::elements(field) {
            if let Element::Param(name, value) = item? {
                info.set(name, value);
            }
        }
    }
    Ok(info)
}

/// Checks the server's proof. `challenge` and `attempt` are those of the request, with the nonce that was
/// sent; `body` is the body of the response, needed if its protection is `auth-int`.
pub(crate) fn verify(info: &Info, challenge: &Challenge, attempt: &Attempt<'_>, body: &[u8]) -> Proof {
    let Some(proof) = &info.proof else {
        return Proof::Missing;
    };
    let qop = match &info.qop {
        None => challenge.qop,
        // An unknown word, or one if the request had none, can't belong to this exchange.
        Some(word) => match (Qop::parse(word), challenge.qop) {
            (Some(qop), Some(_)) => Some(qop),
            _ => return Proof::Invalid,
        },
    };
    let same_cnonce = info.cnonce.as_deref().is_none_or(|cnonce| cnonce == attempt.cnonce);
    let same_count =
        info.count.as_deref().is_none_or(|count| count.eq_ignore_ascii_case(&count_text(attempt.count)));
    let expected = server_proof(challenge, attempt, qop, body);
    let same_proof = equal(expected.as_bytes(), proof.to_ascii_lowercase().as_bytes());
    if same_proof && same_cnonce && same_count { Proof::Valid } else { Proof::Invalid }
}

impl Info {
    fn set(&mut self, name: &str, value: String) {
        let slot = match name.to_ascii_lowercase().as_str() {
            "nextnonce" => &mut self.next_nonce,
            "rspauth" => &mut self.proof,
            "qop" => &mut self.qop,
            "cnonce" => &mut self.cnonce,
            "nc" => &mut self.count,
            _ => return,
        };
        slot.get_or_insert(value);
    }
}

/// Compares in constant time.
fn equal(one: &[u8], other: &[u8]) -> bool {
    let difference = one.iter().zip(other).fold(0_u8, |sum, (a, b)| sum | (a ^ b));
    one.len() == other.len() && difference == 0
}

#[cfg(test)]
mod tests {
    use super::{Info, Proof, SyntaxError, equal, parse, verify};
    use crate::auth::digest::challenge::{self, Challenge};
    use crate::auth::digest::response::Attempt;
    use crate::auth::vectors;
    use proptest::prelude::{any, proptest};

    fn read(field: &str) -> Info {
        parse(std::iter::once(field)).unwrap()
    }

    fn challenge(field: &str) -> Challenge {
        challenge::parse(std::iter::once(field)).unwrap().remove(0)
    }

    #[test]
    fn proofs_agree_with_the_vectors() {
        let mut checked = 0;
        for case in vectors::cases("digest") {
            let Some(field) = case.text("authentication-info.txt") else {
                continue;
            };
            let challenge = challenge(&case.text("challenge.txt").unwrap());
            let attempt = Attempt {
                user: case.field("user"),
                password: case.field("password"),
                method: case.field("method"),
                uri: case.field("uri"),
                body: case.field("body").as_bytes(),
                cnonce: case.field("cnonce"),
                count: case.request["nc"].as_u64().unwrap().try_into().unwrap(),
            };
            let info = read(&field);
            assert_eq!(verify(&info, &challenge, &attempt, b"not covered"), Proof::Valid, "{}", case.name);
            let only_proof = Info { proof: info.proof.clone(), ..Info::default() };
            assert_eq!(verify(&only_proof, &challenge, &attempt, b""), Proof::Valid, "{}", case.name);
            for attempt in [
                Attempt { password: "other", ..attempt },
                Attempt { count: attempt.count + 1, ..attempt },
                Attempt { cnonce: "other", ..attempt },
                Attempt { uri: "/other", ..attempt },
            ] {
                assert_eq!(verify(&info, &challenge, &attempt, b""), Proof::Invalid, "{}", case.name);
            }
            checked += 1;
        }
        assert_eq!(checked, 2);
    }

    #[test]
    fn every_parameter_is_read() {
        let info = read("NextNonce=\"n\", qop=\"auth\", rspauth=AB, cnonce=\"c, d\", nc=\"00000001\", x=y");
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(
            info,
            Info {
                next_nonce: text("n"),
                proof: text("AB"),
                qop: text("auth"),
                cnonce: text("c, d"),
                count: text("00000001"),
            }
        );
        assert_eq!(parse(["nextnonce=1", "nextnonce=2"].into_iter()).unwrap().next_nonce, text("1"));
        assert_eq!(parse(std::iter::empty()), Ok(Info::default()));
        assert_eq!(parse(std::iter::once("rspauth=\"")), Err(SyntaxError::UnterminatedQuote));
        let long = "x".repeat(64 * 1024 + 1);
        assert_eq!(parse(std::iter::once(long.as_str())), Err(SyntaxError::TooLong));
    }

    #[test]
    fn a_missing_proof_is_told_from_a_wrong_one() {
        let attempt =
            Attempt { user: "u", password: "p", method: "GET", uri: "/", body: b"", cnonce: "c", count: 1 };
        let old = challenge("Digest realm=r, nonce=n");
        let new = challenge("Digest realm=r, nonce=n, qop=auth");
        for (field, challenge, expected) in [
            ("", &new, Proof::Missing),
            ("nextnonce=x", &new, Proof::Missing),
            ("rspauth=\"\"", &new, Proof::Invalid),
            ("rspauth=00", &new, Proof::Invalid),
            ("rspauth=00, qop=other", &new, Proof::Invalid),
            ("rspauth=00, qop=auth", &old, Proof::Invalid),
        ] {
            assert_eq!(verify(&read(field), challenge, &attempt, b""), expected, "{field:?}");
        }
    }

    #[test]
    fn the_body_of_the_answer_is_covered_by_auth_int() {
        let attempt =
            Attempt { user: "u", password: "p", method: "GET", uri: "/", body: b"", cnonce: "c", count: 1 };
        let challenge = challenge("Digest realm=r, nonce=n, qop=auth-int, algorithm=SHA-256");
        let proof = super::server_proof(&challenge, &attempt, challenge.qop, b"body");
        let info = read(&format!("qop=auth-int, rspauth=\"{}\"", proof.to_ascii_uppercase()));
        assert_eq!(verify(&info, &challenge, &attempt, b"body"), Proof::Valid);
        assert_eq!(verify(&info, &challenge, &attempt, b"other"), Proof::Invalid);
    }

    #[test]
    fn comparison_covers_length_and_content() {
        assert!(equal(b"", b"") && equal(b"ab", b"ab"));
        assert!(!equal(b"a", b"ab") && !equal(b"ab", b"ac") && !equal(b"", b"a"));
    }

    proptest! {
        #[test]
        fn reading_never_panics(field in any::<String>()) {
            let _ = parse(std::iter::once(field.as_str()));
        }
    }
}
