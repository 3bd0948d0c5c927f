//! Server side of HTTP Digest (RFC 7616): challenge, check of the answer, proof of the server.
//!
//! Problem: a client must be seen to do Digest right in all the variants a server may ask for.
//! Default: strict about quoting, spelling and completeness; the answer must be for this very realm, nonce,
//! opaque, algorithm and request target.
//! Override: [`Protection`] says which variant is asked for. Whether a count was seen before and whether the
//! nonce is still good is left to the caller; see [`presented_nonce`].

use super::same;
use md5::Md5;
use sha2::{Digest, Sha256, Sha512_256};
use std::collections::BTreeMap;

/// The hash and whether it is in session form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// `MD5`
    Md5,
    /// `MD5-sess`
    Md5Sess,
    /// `SHA-256`
    Sha256,
    /// `SHA-256-sess`
    Sha256Sess,
    /// `SHA-512-256`
    Sha512Trunc256,
    /// `SHA-512-256-sess`
    Sha512Trunc256Sess,
}

impl Algorithm {
    /// The name in headers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::Md5Sess => "MD5-sess",
            Self::Sha256 => "SHA-256",
            Self::Sha256Sess => "SHA-256-sess",
            Self::Sha512Trunc256 => "SHA-512-256",
            Self::Sha512Trunc256Sess => "SHA-512-256-sess",
        }
    }

    fn hash(self, data: impl AsRef<[u8]>) -> String {
        match self {
            Self::Md5 | Self::Md5Sess => hex::encode(Md5::digest(data)),
            Self::Sha256 | Self::Sha256Sess => hex::encode(Sha256::digest(data)),
            Self::Sha512Trunc256 | Self::Sha512Trunc256Sess => hex::encode(Sha512_256::digest(data)),
        }
    }
}

/// What the server asks for.
#[derive(Clone, Debug)]
pub struct Protection {
    /// The realm.
    pub realm: String,
    /// The nonce that is good now.
    pub nonce: String,
    /// Text the client has to send back.
    pub opaque: Option<String>,
    /// The algorithm.
    pub algorithm: Algorithm,
    /// Whether the challenge names the algorithm; leave that out with MD5 only.
    pub name_algorithm: bool,
    /// The kinds of protection offered, as in the header (`auth`, `auth-int`, `auth,auth-int`).
    pub qop: Option<String>,
    /// Whether the user name has to be hashed.
    pub userhash: bool,
}

/// What came over the wire.
#[derive(Clone, Copy, Debug)]
pub struct Received<'a> {
    /// The value of the `Authorization` header.
    pub authorization: &'a str,
    /// The method.
    pub method: &'a str,
    /// The target of the request line, path and query, untouched.
    pub raw_target: &'a str,
    /// The body.
    pub body: &'a [u8],
}

/// What an accepted answer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DigestFields {
    /// The plain user name.
    pub user: String,
    /// The nonce.
    pub nonce: String,
    /// The count, if a kind of protection was used.
    pub nc: Option<u32>,
    /// The client nonce, if a kind of protection was used.
    pub cnonce: Option<String>,
    /// The kind of protection.
    pub qop: Option<String>,
    /// The request target.
    pub uri: String,
}

/// The value of a `WWW-Authenticate` header.
pub fn challenge(protection: &Protection, stale: bool) -> String {
    let escaped = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
    let mut header =
        format!("Digest realm=\"{}\", nonce=\"{}\"", escaped(&protection.realm), escaped(&protection.nonce));
    if let Some(qop) = &protection.qop {
        header.push_str(&format!(", qop=\"{qop}\""));
    }
    if protection.name_algorithm {
        header.push_str(&format!(", algorithm={}", protection.algorithm.name()));
    }
    if let Some(opaque) = &protection.opaque {
        header.push_str(&format!(", opaque=\"{}\"", escaped(opaque)));
    }
    header.push_str(if stale { ", stale=true" } else { "" });
    header.push_str(", charset=UTF-8");
    header.push_str(if protection.userhash { ", userhash=true" } else { "" });
    header
}

/// The nonce that an `Authorization` header answers, unchecked: to tell an old one from a made-up one.
pub fn presented_nonce(authorization: &str) -> Result<String, String> {
    Ok(AuthorizationFields::parse(authorization)?.quoted("nonce")?.to_owned())
}

/// Checks an answer. `accounts` holds pairs of user name and password.
pub fn verify(
    protection: &Protection,
    received: &Received<'_>,
    accounts: &[(&str, &str)],
) -> Result<DigestFields, String> {
    let sent = AuthorizationFields::parse(received.authorization)?;
    sent.expect_quoted("realm", Some(&protection.realm))?;
    sent.expect_quoted("nonce", Some(&protection.nonce))?;
    sent.expect_quoted("opaque", protection.opaque.as_deref())?;
    sent.expect_quoted("uri", Some(received.raw_target))?;
    sent.expect_bare("algorithm", protection.name_algorithm.then(|| protection.algorithm.name()))?;
    let (user, password) = find_account(&sent, protection, accounts)?;
    let (qop, nc, cnonce) = protection_used(&sent, protection)?;
    let fields = DigestFields {
        user: user.to_owned(),
        nonce: protection.nonce.clone(),
        nc,
        cnonce,
        qop,
        uri: received.raw_target.to_owned(),
    };
    let expected = value(protection, &fields, password, received.method, received.body);
    if same(&expected, sent.quoted("response")?) {
        Ok(fields)
    } else {
        Err("response does not fit: wrong password, or method, target or body are not those hashed"
            .to_owned())
    }
}

/// The server's proof for an accepted answer (`rspauth` of `Authentication-Info`).
pub fn rspauth(
    protection: &Protection,
    fields: &DigestFields,
    password: &str,
    response_body: &[u8],
) -> String {
    value(protection, fields, password, "", response_body)
}

/// The common formula of response (with the method) and proof (without).
fn value(
    protection: &Protection,
    fields: &DigestFields,
    password: &str,
    method: &str,
    body: &[u8],
) -> String {
    let algorithm = protection.algorithm;
    let DigestFields { user, nonce, uri, .. } = fields;
    let cnonce = fields.cnonce.as_deref().unwrap_or("");
    let mut first = algorithm.hash(format!("{user}:{}:{password}", protection.realm));
    if algorithm.name().ends_with("-sess") {
        first = algorithm.hash(format!("{first}:{nonce}:{cnonce}"));
    }
    let mut second = format!("{method}:{uri}");
    if fields.qop.as_deref() == Some("auth-int") {
        second = format!("{second}:{}", algorithm.hash(body));
    }
    let second = algorithm.hash(second);
    match (&fields.qop, fields.nc) {
        (Some(qop), Some(nc)) => algorithm.hash(format!("{first}:{nonce}:{nc:08x}:{cnonce}:{qop}:{second}")),
        _ => algorithm.hash(format!("{first}:{nonce}:{second}")),
    }
}

fn find_account<'a>(
    sent: &AuthorizationFields,
    protection: &Protection,
    accounts: &[(&'a str, &'a str)],
) -> Result<(&'a str, &'a str), String> {
    let claimed = match (sent.params.contains_key("username"), sent.params.contains_key("username*")) {
        (true, true) => return Err("username and username* exclude each other".to_owned()),
        (true, false) => sent.quoted("username")?.to_owned(),
        (false, true) if protection.userhash => return Err("the user name is not hashed".to_owned()),
        (false, true) => extended(sent.bare("username*")?)?,
        (false, false) => return Err("username is missing".to_owned()),
    };
    match sent.params.get("userhash") {
        None if protection.userhash => return Err("userhash is missing".to_owned()),
        None => {}
        Some(_) => sent.expect_bare("userhash", Some(if protection.userhash { "true" } else { "false" }))?,
    }
    let name_of = |user: &str| {
        if protection.userhash {
            protection.algorithm.hash(format!("{user}:{}", protection.realm))
        } else {
            user.to_owned()
        }
    };
    let account = accounts.iter().find(|(user, _)| name_of(user) == claimed);
    account.copied().ok_or_else(|| format!("the user {claimed:?} is unknown"))
}

type ProtectionUsed = (Option<String>, Option<u32>, Option<String>);

fn protection_used(sent: &AuthorizationFields, protection: &Protection) -> Result<ProtectionUsed, String> {
    let Some(offered) = &protection.qop else {
        return match ["qop", "nc", "cnonce"].into_iter().find(|name| sent.params.contains_key(*name)) {
            Some(name) => Err(format!("{name} is sent although no qop was offered")),
            None => Ok((None, None, None)),
        };
    };
    let qop = sent.bare("qop")?;
    if !offered.split(',').any(|word| word.trim() == qop) {
        return Err(format!("qop {qop:?} was not offered"));
    }
    let count = sent.bare("nc")?;
    let lower_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    if count.len() != 8 || !count.bytes().all(lower_hex) || count == "00000000" {
        return Err(format!("nc {count:?} is not a count in eight digits"));
    }
    let nc = u32::from_str_radix(count, 16).map_err(|error| error.to_string())?;
    let cnonce = sent.quoted("cnonce")?;
    if cnonce.is_empty() {
        return Err("cnonce is empty".to_owned());
    }
    Ok((Some(qop.to_owned()), Some(nc), Some(cnonce.to_owned())))
}

/// Reads `UTF-8''percent-encoded`.
fn extended(text: &str) -> Result<String, String> {
    let complaint = || format!("username* {text:?} is not of the form UTF-8''..");
    let mut bytes = Vec::new();
    let mut pieces = text.strip_prefix("UTF-8''").ok_or_else(complaint)?.split('%');
    bytes.extend_from_slice(pieces.next().unwrap_or("").as_bytes());
    for piece in pieces {
        let (digits, rest) = piece.split_at_checked(2).ok_or_else(complaint)?;
        bytes.push(u8::from_str_radix(digits, 16).map_err(|_| complaint())?);
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(bytes).map_err(|_| complaint())
}

/// The parameters of an `Authorization` header and whether each was quoted.
struct AuthorizationFields {
    params: BTreeMap<String, (String, bool)>,
}

impl AuthorizationFields {
    fn parse(header: &str) -> Result<Self, String> {
        let mut rest = header.strip_prefix("Digest ").ok_or("Authorization is not of scheme Digest")?;
        let mut params = BTreeMap::new();
        loop {
            let (name, behind) = rest.split_once('=').ok_or_else(|| format!("{rest:?} has no ="))?;
            let (value, quoted, behind) = match behind.strip_prefix('"') {
                Some(text) => {
                    let (value, behind) =
                        unquote(text).ok_or_else(|| format!("the quote of {name} is not closed"))?;
                    (value, true, behind)
                }
                None => {
                    let end = behind.find(", ").unwrap_or(behind.len());
                    let (value, behind) = behind.split_at(end);
                    (value.to_owned(), false, behind)
                }
            };
            if params.insert(name.to_owned(), (value, quoted)).is_some() {
                return Err(format!("{name} occurs more than once"));
            }
            if behind.is_empty() {
                return Ok(Self { params });
            }
            rest =
                behind.strip_prefix(", ").ok_or_else(|| format!("no comma between {name} and {behind:?}"))?;
        }
    }

    fn get(&self, name: &str, quoted: bool) -> Result<&str, String> {
        match self.params.get(name) {
            None => Err(format!("{name} is missing")),
            Some((_, actual)) if *actual && !quoted => Err(format!("{name} must not be quoted")),
            Some((_, actual)) if !*actual && quoted => Err(format!("{name} must be quoted")),
            Some((value, _)) => Ok(value),
        }
    }

    fn quoted(&self, name: &str) -> Result<&str, String> {
        self.get(name, true)
    }

    fn bare(&self, name: &str) -> Result<&str, String> {
        self.get(name, false)
    }

    fn expect_quoted(&self, name: &str, expected: Option<&str>) -> Result<(), String> {
        self.expect(name, true, expected)
    }

    fn expect_bare(&self, name: &str, expected: Option<&str>) -> Result<(), String> {
        self.expect(name, false, expected)
    }

    fn expect(&self, name: &str, quoted: bool, expected: Option<&str>) -> Result<(), String> {
        match expected {
            None if self.params.contains_key(name) => Err(format!("{name} is sent but was not asked for")),
            None => Ok(()),
            Some(expected) => match self.get(name, quoted)? {
                actual if actual == expected => Ok(()),
                actual => Err(format!("{name} is {actual:?}, expected {expected:?}")),
            },
        }
    }
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

#[cfg(test)]
#[path = "digest_tests.rs"]
mod tests;
