//! Server side of HTTP Digest (RFC 7616): challenge, check of the response to it, proof of the server.
//!
//! Problem: clients are tested with all variants of Digest that a server can require, and other clients must pass as
//! they do with other servers.
//! Default: the header is parsed as the RFC requires of recipients (`parameters.rs`). Values must match realm, nonce,
//! opaque, algorithm and request target. Oddities that are accepted are listed in [`DigestFields::odd`].
//! Override: [`Protection`] is the required variant. The caller checks whether a count was used before and whether the
//! nonce is still valid; see [`presented_nonce`].

mod algorithm;
mod parameters;

pub use algorithm::Algorithm;

use super::same;
use parameters::Parameters;

/// The challenge of the server.
#[derive(Clone, Debug)]
pub struct Protection {
    /// The realm.
    pub realm: String,
    /// The current nonce.
    pub nonce: String,
    /// Opaque text that the client has to send back.
    pub opaque: Option<String>,
    /// The algorithm.
    pub algorithm: Algorithm,
    /// Whether the challenge names the algorithm; it must, except for MD5.
    pub name_algorithm: bool,
    /// The offered values of `qop`, as in the header (`auth`, `auth-int`, `auth,auth-int`).
    pub qop: Option<String>,
    /// Whether the user name has to be hashed.
    pub userhash: bool,
}

/// The request to check.
#[derive(Clone, Copy, Debug)]
pub struct Received<'a> {
    /// The value of the `Authorization` header.
    pub authorization: &'a str,
    /// The method.
    pub method: &'a str,
    /// The target of the request line, path and query, as it was sent.
    pub raw_target: &'a str,
    /// The body.
    pub body: &'a [u8],
}

/// The content of an accepted header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DigestFields {
    /// The plain user name.
    pub user: String,
    /// The nonce.
    pub nonce: String,
    /// The count as it was sent, if `qop` was used.
    pub nc: Option<String>,
    /// The client nonce, if `qop` was used.
    pub cnonce: Option<String>,
    /// The value of `qop`.
    pub qop: Option<String>,
    /// The request target as it was hashed.
    pub uri: String,
    /// Warnings about what clients should not do but servers accept.
    pub odd: Vec<String>,
}

impl DigestFields {
    /// The count as a number.
    #[must_use]
    pub fn count(&self) -> Option<u32> {
        u32::from_str_radix(self.nc.as_deref()?, 16).ok()
    }
}

/// The value of a `WWW-Authenticate` header.
#[must_use]
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

/// Returns the nonce of an `Authorization` header without checking it, to distinguish an expired nonce from an unknown
/// one.
///
/// # Errors
/// The header can't be parsed or has no nonce.
pub fn presented_nonce(authorization: &str) -> Result<String, String> {
    Ok(Parameters::parse(authorization)?.required("nonce")?.to_owned())
}

/// Checks an `Authorization` header. `accounts` contains pairs of user name and password.
///
/// # Errors
/// The reason why it is not valid.
pub fn verify(
    protection: &Protection,
    received: &Received<'_>,
    accounts: &[(&str, &str)],
) -> Result<DigestFields, String> {
    let mut sent = Parameters::parse(received.authorization)?;
    expect(&sent, "realm", &protection.realm)?;
    expect(&sent, "nonce", &protection.nonce)?;
    opaque(&mut sent, protection)?;
    algorithm(&mut sent, protection)?;
    let uri = uri(&mut sent, received.raw_target)?;
    let (user, password) = account(&sent, protection, accounts)?;
    let mut fields = DigestFields {
        user: user.to_owned(),
        nonce: protection.nonce.clone(),
        uri,
        ..DigestFields::default()
    };
    protection_used(&mut sent, protection, &mut fields)?;
    let expected = value(protection, &fields, password, received.method, received.body);
    let response = sent.required("response")?.to_owned();
    let lower = response.to_ascii_lowercase();
    if lower != response {
        sent.odd.push("response has capital letters; RFC 7616 has lower-case digits".to_owned());
    }
    if !same(&expected, &lower) {
        let problem = "response does not fit: wrong password, or method, target or body are not those hashed";
        return Err(problem.to_owned());
    }
    fields.odd = sent.odd;
    Ok(fields)
}

/// Returns the server's authentication for an accepted header (`rspauth` of `Authentication-Info`).
#[must_use]
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
    if algorithm.is_session() {
        first = algorithm.hash(format!("{first}:{nonce}:{cnonce}"));
    }
    let mut second = format!("{method}:{uri}");
    if fields.qop.as_deref().is_some_and(|qop| qop.eq_ignore_ascii_case("auth-int")) {
        second = format!("{second}:{}", algorithm.hash(body));
    }
    let second = algorithm.hash(second);
    match (&fields.qop, &fields.nc) {
        (Some(qop), Some(nc)) => algorithm.hash(format!("{first}:{nonce}:{nc}:{cnonce}:{qop}:{second}")),
        _ => algorithm.hash(format!("{first}:{nonce}:{second}")),
    }
}

fn expect(sent: &Parameters, name: &str, expected: &str) -> Result<(), String> {
    match sent.required(name)? {
        actual if actual == expected => Ok(()),
        actual => Err(format!("{name} is {actual:?}, expected {expected:?}")),
    }
}

/// The opaque text must be sent back unchanged; if there was none, an empty or invented one is accepted.
fn opaque(sent: &mut Parameters, protection: &Protection) -> Result<(), String> {
    match (&protection.opaque, sent.get("opaque")) {
        (Some(expected), Some(_)) => expect(sent, "opaque", expected),
        (Some(_), None) => Err("opaque is missing".to_owned()),
        (None, Some(_)) => {
            sent.odd.push("opaque is sent but was not asked for".to_owned());
            Ok(())
        }
        (None, None) => Ok(()),
    }
}

/// Without a name it is that of the challenge, as for clients of RFC 2069.
fn algorithm(sent: &mut Parameters, protection: &Protection) -> Result<(), String> {
    let expected = protection.algorithm.name();
    let (wrong, odd) = match sent.get("algorithm") {
        None if protection.name_algorithm => (None, Some("algorithm is missing".to_owned())),
        None => (None, None),
        Some(name) if name == expected => (None, None),
        Some(name) if name.eq_ignore_ascii_case(expected) => {
            (None, Some(format!("algorithm is {name:?}, in another case than {expected:?}")))
        }
        Some(name) => (Some(format!("algorithm is {name:?}, expected {expected:?}")), None),
    };
    sent.odd.extend(odd);
    wrong.map_or(Ok(()), Err)
}

/// The target that was hashed: that of the request line, or another spelling of it.
fn uri(sent: &mut Parameters, raw_target: &str) -> Result<String, String> {
    let uri = sent.required("uri")?.to_owned();
    if uri != raw_target {
        if plain(&uri) != plain(raw_target) {
            return Err(format!("uri is {uri:?}, expected {raw_target:?}"));
        }
        sent.odd.push(format!("uri is {uri:?}, another spelling of {raw_target:?}"));
    }
    Ok(uri)
}

/// A target without scheme and host, percent-decoded.
fn plain(target: &str) -> Vec<u8> {
    let path = match target.split_once("://") {
        Some((scheme, rest)) if scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/")
        }
        _ => target,
    };
    percent_encoding::percent_decode_str(path).collect()
}

fn account<'a>(
    sent: &Parameters,
    protection: &Protection,
    accounts: &[(&'a str, &'a str)],
) -> Result<(&'a str, &'a str), String> {
    let claimed = match (sent.get("username"), sent.get("username*")) {
        (Some(_), Some(_)) => return Err("username and username* exclude each other".to_owned()),
        (Some(name), None) => name.to_owned(),
        (None, Some(_)) if protection.userhash => return Err("the user name is not hashed".to_owned()),
        (None, Some(name)) => extended(name)?,
        (None, None) => return Err("username is missing".to_owned()),
    };
    let expected = if protection.userhash { "true" } else { "false" };
    match sent.get("userhash") {
        None if protection.userhash => return Err("userhash is missing".to_owned()),
        Some(text) if !text.eq_ignore_ascii_case(expected) => {
            return Err(format!("userhash is {text:?}, expected {expected:?}"));
        }
        _ => {}
    }
    let name_of = |user: &str| match protection.userhash {
        true => protection.algorithm.hash(format!("{user}:{}", protection.realm)),
        false => user.to_owned(),
    };
    let account = accounts.iter().find(|(user, _)| name_of(user) == claimed);
    account.copied().ok_or_else(|| format!("the user {claimed:?} is unknown"))
}

/// Sets the values of the kind of protection.
fn protection_used(
    sent: &mut Parameters,
    protection: &Protection,
    fields: &mut DigestFields,
) -> Result<(), String> {
    let Some(offered) = &protection.qop else {
        if let Some(name) = ["qop", "nc"].into_iter().find(|name| sent.get(name).is_some()) {
            return Err(format!("{name} is sent although no qop was offered"));
        }
        // Session forms need one without qop too.
        fields.cnonce = sent.get("cnonce").map(str::to_owned);
        return Ok(());
    };
    let qop = sent.required("qop")?.to_owned();
    let Some(known) = offered.split(',').map(str::trim).find(|word| word.eq_ignore_ascii_case(&qop)) else {
        return Err(format!("qop {qop:?} was not offered"));
    };
    let count = sent.required("nc")?.to_owned();
    match u32::from_str_radix(&count, 16) {
        Ok(1..) if !count.starts_with('+') => {}
        _ => return Err(format!("nc {count:?} is not a count from 1 in hexadecimal digits")),
    }
    let cnonce = sent.required("cnonce")?.to_owned();
    if cnonce.is_empty() {
        return Err("cnonce is empty".to_owned());
    }
    if known != qop {
        sent.odd.push(format!("qop is {qop:?}, in another case than {known:?}"));
    }
    if count.len() != 8 || count.bytes().any(|byte| byte.is_ascii_uppercase()) {
        sent.odd.push(format!("nc is {count:?}; RFC 7616 has eight lower-case digits"));
    }
    (fields.qop, fields.nc, fields.cnonce) = (Some(qop), Some(count), Some(cnonce));
    Ok(())
}

/// Reads `UTF-8''percent-encoded`.
fn extended(text: &str) -> Result<String, String> {
    let complaint = || format!("username* {text:?} is not of the form UTF-8''..");
    let prefix = text.get(.."UTF-8''".len()).filter(|prefix| prefix.eq_ignore_ascii_case("UTF-8''"));
    let encoded = prefix.and_then(|prefix| text.get(prefix.len()..)).ok_or_else(complaint)?;
    let mut pieces = encoded.split('%');
    let mut bytes = pieces.next().unwrap_or("").as_bytes().to_vec();
    for piece in pieces {
        let (digits, rest) = piece.split_at_checked(2).ok_or_else(complaint)?;
        bytes.push(u8::from_str_radix(digits, 16).map_err(|_| complaint())?);
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(bytes).map_err(|_| complaint())
}

#[cfg(test)]
mod tests;
