//! The challenge of the server (`WWW-Authenticate`).
//!
//! Problem: a server may offer several schemes, several algorithms and several kinds of protection, and only
//! some of them can or should be responded to.
//! Default: only Digest is ever used. Among its challenges the one with the strongest hash is selected, then `auth`
//! before `auth-int` before no `qop`, then the first one. `auth-int` is used only where `auth` is not offered. `domain`
//! is not read, because a client has one origin.
//! Override: [`strongest`] can exclude MD5.

use super::algorithm::{Algorithm, Hash};
use super::syntax::{self, Element, SyntaxError};
use std::fmt;

/// The kinds of protection, in the order of preference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Qop {
    /// Method, target and the body.
    AuthInt,
    /// Method and target.
    Auth,
}

impl Qop {
    /// The word used in headers and hashes.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::AuthInt => "auth-int",
            Self::Auth => "auth",
        }
    }

    /// Reads the word in any case.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        [Self::Auth, Self::AuthInt].into_iter().find(|qop| qop.as_str().eq_ignore_ascii_case(word))
    }
}

/// A challenge that the client can respond to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Challenge {
    /// The realm, unescaped.
    pub(crate) realm: String,
    /// The nonce, unescaped.
    pub(crate) nonce: String,
    /// Text that is sent back unchanged.
    pub(crate) opaque: Option<String>,
    /// The last response was correct, but its nonce had expired: respond again; the password is not wrong.
    pub(crate) stale: bool,
    /// The algorithm to use.
    pub(crate) algorithm: Algorithm,
    /// The algorithm as the server spelled it, to be sent back; `None` if it named none.
    pub(crate) algorithm_name: Option<String>,
    /// The protection to use; `None` for the old form without counts and client nonces.
    pub(crate) qop: Option<Qop>,
    /// The server requires the hash of the user name instead of the name.
    pub(crate) userhash: bool,
}

impl Challenge {
    /// The same challenge with the nonce that the server handed out for the next request.
    ///
    /// `None` in session form: there the key stays bound to the first nonce, about which implementations disagree.
    /// Continuing with the old nonce costs at most one more request.
    pub(crate) fn renewed(&self, next_nonce: &str) -> Option<Self> {
        (!self.algorithm.session).then(|| Self { nonce: next_nonce.to_owned(), stale: false, ..self.clone() })
    }
}

/// Why there is no challenge to respond to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ChallengeError {
    /// The header is not readable.
    Syntax(SyntaxError),
    /// A Digest challenge lacks this parameter.
    Missing(&'static str),
    /// A Digest challenge has this parameter twice, so that two readers may see two challenges.
    Repeated(&'static str),
    /// The algorithm is not known; its name is cut to a printable size.
    UnknownAlgorithm(String),
    /// None of the kinds of protection is known.
    UnknownQop,
    /// The session form without any kind of protection: its key needs a client nonce, which only these send.
    SessionWithoutQop,
    /// There are challenges, but none of scheme Digest; the names of the schemes, separated by commas.
    NoDigest(String),
    /// Only MD5 is offered, and it is forbidden.
    OnlyMd5,
}

impl fmt::Display for ChallengeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(error) => error.fmt(f),
            Self::Missing(name) => write!(f, "the Digest challenge has no {name}"),
            Self::Repeated(name) => write!(f, "the Digest challenge has {name} more than once"),
            Self::UnknownAlgorithm(name) => write!(f, "the Digest algorithm {name:?} is not supported"),
            Self::UnknownQop => f.write_str("the Digest challenge asks for an unknown kind of protection"),
            Self::SessionWithoutQop => {
                f.write_str("the Digest challenge asks for a -sess algorithm but offers no qop")
            }
            Self::NoDigest(schemes) if schemes.is_empty() => f.write_str("the server sent no challenge"),
            Self::NoDigest(schemes) => write!(f, "the server offers no Digest, only {schemes}"),
            Self::OnlyMd5 => f.write_str("the server offers Digest with MD5 only, which is forbidden here"),
        }
    }
}

impl std::error::Error for ChallengeError {}

/// The maximum number of other schemes in a message.
const MAX_SCHEMES: usize = 5;

/// Reads all challenges of all `WWW-Authenticate` fields and returns those that the client can respond to, in the order
/// of the server. If there is none, the error has the first reason.
///
/// If a field can't be parsed to its end, the challenges before that place and in other fields remain valid.
pub(crate) fn parse<'a>(fields: impl Iterator<Item = &'a str>) -> Result<Vec<Challenge>, ChallengeError> {
    let mut length = 0;
    let mut found = Vec::new();
    let mut refused = None;
    let mut schemes = Vec::new();
    for field in fields {
        length += field.len();
        if length > syntax::MAX_LENGTH {
            return Err(ChallengeError::Syntax(SyntaxError::TooLong));
        }
        for raw in raw_challenges(field) {
            match raw {
                Ok(raw) if !raw.scheme.eq_ignore_ascii_case("Digest") => schemes.push(excerpt(raw.scheme)),
                other => match other.and_then(|raw| interpret(&raw.params)) {
                    Ok(challenge) => found.push(challenge),
                    Err(error) => refused = refused.or(Some(error)),
                },
            }
        }
    }
    schemes.truncate(MAX_SCHEMES);
    match refused {
        _ if !found.is_empty() => Ok(found),
        Some(error) => Err(error),
        None => Err(ChallengeError::NoDigest(schemes.join(", "))),
    }
}

/// Selects the challenge to respond to; the header of this module describes the order.
pub(crate) fn strongest(challenges: Vec<Challenge>, allow_md5: bool) -> Result<Challenge, ChallengeError> {
    let rank = |challenge: &Challenge| (challenge.algorithm.hash, challenge.qop);
    challenges
        .into_iter()
        .filter(|challenge| allow_md5 || challenge.algorithm.hash != Hash::Md5)
        // Of equal challenges, the first one is selected.
        .reduce(|best, next| if rank(&next) > rank(&best) { next } else { best })
        .ok_or(ChallengeError::OnlyMd5)
}

struct Raw<'a> {
    scheme: &'a str,
    params: Vec<(&'a str, String)>,
}

/// The challenges of one field. The one that can't be parsed is an error.
fn raw_challenges(field: &str) -> Vec<Result<Raw<'_>, ChallengeError>> {
    let mut challenges = Vec::new();
    let mut current: Option<Raw<'_>> = None;
    for item in syntax::elements(field) {
        match item {
            Ok(Element::Scheme(scheme)) => {
                challenges.extend(current.replace(Raw { scheme, params: Vec::new() }).map(Ok));
            }
            Ok(Element::Param(name, value)) => {
                if let Some(raw) = &mut current {
                    raw.params.push((name, value));
                }
            }
            Err(error) => {
                current = None;
                challenges.push(Err(ChallengeError::Syntax(error)));
            }
        }
    }
    challenges.extend(current.map(Ok));
    challenges
}

fn interpret(params: &[(&str, String)]) -> Result<Challenge, ChallengeError> {
    let algorithm_name = single(params, "algorithm")?;
    let algorithm = match algorithm_name {
        None => Algorithm::UNNAMED,
        Some(name) => {
            Algorithm::parse(name).ok_or_else(|| ChallengeError::UnknownAlgorithm(excerpt(name)))?
        }
    };
    let qop = choose_qop(params)?;
    if algorithm.session && qop.is_none() {
        return Err(ChallengeError::SessionWithoutQop);
    }
    let is_true = |value: Option<&str>| value.is_some_and(|v| v.eq_ignore_ascii_case("true"));
    Ok(Challenge {
        realm: single(params, "realm")?.ok_or(ChallengeError::Missing("realm"))?.to_owned(),
        nonce: single(params, "nonce")?.ok_or(ChallengeError::Missing("nonce"))?.to_owned(),
        opaque: single(params, "opaque")?.map(str::to_owned),
        stale: is_true(single(params, "stale")?),
        algorithm,
        algorithm_name: algorithm_name.map(str::to_owned),
        qop,
        userhash: is_true(single(params, "userhash")?),
    })
}

fn single<'p>(params: &'p [(&str, String)], name: &'static str) -> Result<Option<&'p str>, ChallengeError> {
    let mut values = params.iter().filter(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str());
    let value = values.next();
    match values.next() {
        None => Ok(value),
        Some(_) => Err(ChallengeError::Repeated(name)),
    }
}

/// `auth` if offered, else `auth-int`. Unknown words are ignored if there is a known one, and an empty list means none.
/// Several `qop` parameters are one list.
fn choose_qop(params: &[(&str, String)]) -> Result<Option<Qop>, ChallengeError> {
    let lists = params.iter().filter(|(name, _)| name.eq_ignore_ascii_case("qop")).map(|(_, list)| list);
    let words: Vec<&str> =
        lists.flat_map(|list| list.split([',', ' ', '\t'])).filter(|word| !word.is_empty()).collect();
    let best = words.iter().filter_map(|word| Qop::parse(word)).max();
    if best.is_none() && !words.is_empty() { Err(ChallengeError::UnknownQop) } else { Ok(best) }
}

/// A name from a header, truncated for a message.
fn excerpt(name: &str) -> String {
    name.chars().take(40).collect()
}

#[cfg(test)]
#[path = "challenge_tests.rs"]
mod tests;
