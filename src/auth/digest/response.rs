//! The response to a challenge (`Authorization`).
//!
//! Problem: the response is a hash over a dozen texts, each of which must be exactly the text that is sent, and some of
//! which come from the server.
//! Default: the rules of RFC 7616. User name, realm, nonce, uri, response, client nonce and opaque are quoted;
//! algorithm, qop, count and userhash are not. Texts with control characters are refused. The texts are hashed as UTF-8
//! and are not normalised.
//! Override: none; algorithm and protection are those of the challenge.

use super::algorithm::Algorithm;
use super::challenge::{Challenge, Qop};
use crate::wire::percent;
use std::fmt;
use zeroize::Zeroizing;

/// The client's part of an exchange. No `Debug`: it holds the password.
#[derive(Clone, Copy)]
pub(crate) struct Attempt<'a> {
    /// The user name.
    pub(crate) user: &'a str,
    /// The password.
    pub(crate) password: &'a str,
    /// The method, in the letter case in which it is sent.
    pub(crate) method: &'a str,
    /// The request target, byte for byte as it is sent: path and query.
    pub(crate) uri: &'a str,
    /// The request body; empty if there is none.
    pub(crate) body: &'a [u8],
    /// The client nonce: at least 64 random bits as printable text. In session form it must stay the same
    /// for as long as the nonce does; otherwise that does no harm.
    pub(crate) cnonce: &'a str,
    /// The number of uses of this nonce, including this one.
    pub(crate) count: u32,
}

/// Why there is no response to a challenge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ResponseError {
    /// This text contains a control character, which headers can't contain.
    ControlCharacter(&'static str),
    /// The request target is empty, or not in the visible part of ASCII and thus not what is sent.
    RequestTarget,
}

impl fmt::Display for ResponseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ControlCharacter(name) => write!(f, "the {name} has a control character"),
            Self::RequestTarget => f.write_str("the request target is not percent-encoded"),
        }
    }
}

impl std::error::Error for ResponseError {}

/// The value of the `Authorization` header.
///
/// It is ASCII unless the server put other characters into realm, nonce or opaque.
pub(crate) fn authorization(challenge: &Challenge, attempt: &Attempt<'_>) -> Result<String, ResponseError> {
    if attempt.uri.is_empty() || !attempt.uri.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(ResponseError::RequestTarget);
    }
    let (user, userhash) = user_params(challenge, attempt)?;
    let mut params = vec![
        user,
        format!("realm={}", quoted("realm", &challenge.realm)?),
        format!("uri={}", quoted("uri", attempt.uri)?),
    ];
    params.extend(challenge.algorithm_name.iter().map(|name| format!("algorithm={name}")));
    params.push(format!("nonce={}", quoted("nonce", &challenge.nonce)?));
    if let Some(qop) = challenge.qop {
        params.push(format!("nc={}", count_text(attempt.count)));
        params.push(format!("cnonce={}", quoted("client nonce", attempt.cnonce)?));
        params.push(format!("qop={}", qop.as_str()));
    }
    params.push(format!("response=\"{}\"", response(challenge, attempt)));
    if let Some(opaque) = &challenge.opaque {
        params.push(format!("opaque={}", quoted("opaque", opaque)?));
    }
    params.extend(userhash.map(|value| format!("userhash={value}")));
    Ok(format!("Digest {}", params.join(", ")))
}

/// The response value alone, in lower-case hexadecimal.
pub(crate) fn response(challenge: &Challenge, attempt: &Attempt<'_>) -> String {
    keyed(challenge, attempt, challenge.qop, attempt.method, attempt.body)
}

/// What a server that knows the password puts into `rspauth`. `qop` is the protection of its response, `body`
/// the body of its response.
pub(super) fn server_proof(
    challenge: &Challenge,
    attempt: &Attempt<'_>,
    qop: Option<Qop>,
    body: &[u8],
) -> String {
    // As the response of the client, but with an empty method.
    keyed(challenge, attempt, qop, "", body)
}

/// The count as it is sent and hashed.
pub(super) fn count_text(count: u32) -> String {
    format!("{count:08x}")
}

fn keyed(
    challenge: &Challenge,
    attempt: &Attempt<'_>,
    qop: Option<Qop>,
    method: &str,
    body: &[u8],
) -> String {
    let algorithm = challenge.algorithm;
    let key: &str = &secret_key(challenge, attempt, algorithm);
    let message = match qop {
        Some(Qop::AuthInt) => algorithm.hex_of_joined(&[method, attempt.uri, &algorithm.hex_of_body(body)]),
        Some(Qop::Auth) | None => algorithm.hex_of_joined(&[method, attempt.uri]),
    };
    match qop {
        Some(qop) => {
            let count = count_text(attempt.count);
            algorithm.hex_of_joined(&[key, &challenge.nonce, &count, attempt.cnonce, qop.as_str(), &message])
        }
        None => algorithm.hex_of_joined(&[key, &challenge.nonce, &message]),
    }
}

/// The hash that replaces the password. It is sufficient to respond to any challenge of the realm, so it is wiped like
/// the password.
fn secret_key(challenge: &Challenge, attempt: &Attempt<'_>, algorithm: Algorithm) -> Zeroizing<String> {
    let parts = [attempt.user, &challenge.realm, attempt.password];
    let key = Zeroizing::new(algorithm.hex_of_joined(&parts));
    if !algorithm.session {
        return key;
    }
    Zeroizing::new(algorithm.hex_of_joined(&[&key, &challenge.nonce, attempt.cnonce]))
}

/// The parameter with the user name, and the value of `userhash` if it is to be sent.
fn user_params(
    challenge: &Challenge,
    attempt: &Attempt<'_>,
) -> Result<(String, Option<&'static str>), ResponseError> {
    let plain = quoted("user name", attempt.user)?;
    if challenge.userhash {
        let hash = challenge.algorithm.hex_of_joined(&[attempt.user, &challenge.realm]);
        return Ok((format!("username=\"{hash}\""), Some("true")));
    }
    if attempt.user.is_ascii() {
        return Ok((format!("username={plain}"), None));
    }
    Ok((format!("username*=UTF-8''{}", percent::encode(attempt.user)), Some("false")))
}

fn quoted(name: &'static str, text: &str) -> Result<String, ResponseError> {
    if text.chars().any(char::is_control) {
        return Err(ResponseError::ControlCharacter(name));
    }
    Ok(format!("\"{}\"", text.replace('\\', r"\\").replace('"', r#"\""#)))
}

#[cfg(test)]
mod tests {
    use super::{Attempt, ResponseError, authorization, response};
    use crate::auth::digest::challenge::{Challenge, parse, strongest};
    use crate::auth::vectors;

    fn challenge(field: &str) -> Challenge {
        strongest(parse(std::iter::once(field)).unwrap(), true).unwrap()
    }

    fn attempt() -> Attempt<'static> {
        Attempt { user: "u", password: "p", method: "GET", uri: "/", body: b"", cnonce: "c", count: 1 }
    }

    #[test]
    fn header_and_response_agree_with_the_vectors() {
        let cases = vectors::cases("digest");
        assert!(cases.len() >= 18, "only {} cases", cases.len());
        for case in &cases {
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
            assert!(case.check("response.txt", &response(&challenge, &attempt)));
            assert!(case.check("authorization.txt", &authorization(&challenge, &attempt).unwrap()));
        }
    }

    #[test]
    fn quotes_and_backslashes_are_escaped_but_hashed_plain() {
        let escaped = challenge(r#"Digest realm="a\"b\\c", nonce="n""#);
        let header = authorization(&escaped, &Attempt { user: r#"x"\y"#, ..attempt() }).unwrap();
        assert!(header.starts_with(r#"Digest username="x\"\\y", realm="a\"b\\c", uri="/", nonce="n", "#));
        let plain = Challenge { realm: r#"a"b\c"#.to_owned(), ..challenge("Digest realm=r, nonce=n") };
        assert_eq!(response(&escaped, &attempt()), response(&plain, &attempt()));
    }

    #[test]
    fn the_count_has_eight_digits_and_the_algorithm_is_spelled_as_offered() {
        let challenge = challenge("Digest realm=r, nonce=n, qop=auth, algorithm=\"sha-256\"");
        for (count, expected) in [(1, "00000001"), (0xab, "000000ab"), (u32::MAX, "ffffffff")] {
            let header = authorization(&challenge, &Attempt { count, ..attempt() }).unwrap();
            assert!(header.contains(&format!(", nc={expected}, cnonce=\"c\", qop=auth, ")), "{header}");
            assert!(header.contains(", algorithm=sha-256, "), "{header}");
        }
    }

    #[test]
    fn without_qop_there_is_no_count_and_no_client_nonce() {
        let header = authorization(&challenge("Digest realm=r, nonce=n"), &attempt()).unwrap();
        for name in ["nc=", "cnonce=", "qop=", "opaque=", "algorithm=", "userhash="] {
            assert!(!header.contains(name), "{header}");
        }
    }

    #[test]
    fn an_empty_opaque_is_sent_back() {
        let header = authorization(&challenge("Digest realm=r, nonce=n, opaque=\"\""), &attempt()).unwrap();
        assert!(header.ends_with(", opaque=\"\""), "{header}");
    }

    #[test]
    fn what_a_header_can_not_carry_is_refused() {
        let good = challenge("Digest realm=r, nonce=n, opaque=o, qop=auth");
        let with_tab = |field: &str| challenge(field);
        let control = ResponseError::ControlCharacter;
        let cases = [
            (good.clone(), Attempt { user: "a\r\nb", ..attempt() }, control("user name")),
            (good.clone(), Attempt { user: "a\u{85}b", ..attempt() }, control("user name")),
            (good.clone(), Attempt { cnonce: "\0", ..attempt() }, control("client nonce")),
            (with_tab("Digest realm=\"a\tb\", nonce=n"), attempt(), control("realm")),
            (with_tab("Digest realm=r, nonce=\"\t\""), attempt(), control("nonce")),
            (with_tab("Digest realm=r, nonce=n, opaque=\"\t\""), attempt(), control("opaque")),
            (good.renewed("a\nb").unwrap(), attempt(), control("nonce")),
            (good.clone(), Attempt { uri: "", ..attempt() }, ResponseError::RequestTarget),
            (good.clone(), Attempt { uri: "/a b", ..attempt() }, ResponseError::RequestTarget),
            (good, Attempt { uri: "/é", ..attempt() }, ResponseError::RequestTarget),
        ];
        for (challenge, attempt, expected) in cases {
            assert_eq!(authorization(&challenge, &attempt), Err(expected));
        }
    }
}
