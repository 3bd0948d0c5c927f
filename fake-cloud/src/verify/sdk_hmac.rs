//! Check of the signature SDK-HMAC-SHA256 (Huawei Cloud).
//!
//! Problem: a signature is only valid if the server computes the same canonical text from the received bytes.
//! Default: as with the real gateway, the error for a wrong signature contains the canonical request of the server,
//! with a vertical bar for each line end. Spaces, case and order in the `Authorization` header do not matter, and a `+`
//! in the query is a space, which is listed in [`SdkCaller::odd`]. An invalid `%` is refused.
//! Override: none.

use super::{optional, required, same};
use hmac::{Hmac, KeyInit, Mac};
use http::HeaderMap;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The headers of an accepted request.
#[derive(Debug, PartialEq, Eq)]
pub struct SdkCaller {
    /// The access key.
    pub access_key: String,
    /// The time of signing, `YYYYMMDDTHHMMSSZ`.
    pub date: String,
    /// Warnings about what clients should not do although the signature is valid.
    pub odd: Vec<String>,
}

/// Checks a request. Path and query (without question mark) are those of the request line; `secret_of` returns the
/// secret of an access key.
pub fn verify(
    method: &str,
    raw_path: &str,
    raw_query: &str,
    headers: &HeaderMap,
    body: &[u8],
    secret_of: impl Fn(&str) -> Option<String>,
) -> Result<SdkCaller, String> {
    if headers.contains_key("x-auth-token") {
        return Err("X-Auth-Token and a signature exclude each other".to_owned());
    }
    let mut odd = Vec::new();
    let sent = SdkAuthorization::parse(required(headers, "authorization")?)?;
    let date = required(headers, "x-sdk-date")?;
    if !is_date(date) {
        return Err(format!("X-Sdk-Date {date:?} is not of the form YYYYMMDDTHHMMSSZ"));
    }
    let secret = secret_of(sent.access_key)
        .ok_or_else(|| format!("the access key {:?} does not exist", sent.access_key))?;
    let actual_hash = hex::encode(Sha256::digest(body));
    let content_hash = optional(headers, "x-sdk-content-sha256")?.unwrap_or(&actual_hash);
    if content_hash != actual_hash && content_hash != "UNSIGNED-PAYLOAD" {
        return Err(format!("X-Sdk-Content-Sha256 is {content_hash:?}, the body has {actual_hash}"));
    }

    let names = sent.header_names()?;
    if headers.contains_key("x-security-token") && !names.contains(&"x-security-token") {
        return Err("X-Security-Token is sent, but not signed".to_owned());
    }
    let mut canonical = format!("{method}\n{}\n{}\n", path(raw_path)?, query(raw_query, &mut odd)?);
    for name in names {
        canonical.push_str(&format!("{name}:{}\n", required(headers, name)?.trim()));
    }
    canonical.push_str(&format!("\n{}\n{content_hash}", sent.signed_headers));

    let hash = hex::encode(Sha256::digest(&canonical));
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).map_err(|error| error.to_string())?;
    mac.update(format!("SDK-HMAC-SHA256\n{date}\n{hash}").as_bytes());
    if !same(&hex::encode(mac.finalize().into_bytes()), sent.signature) {
        let shown = canonical.replace('\n', "|");
        return Err(format!("verify aksk signature fail, canonicalRequest:{shown}"));
    }
    Ok(SdkCaller { access_key: sent.access_key.to_owned(), date: date.to_owned(), odd })
}

/// The three parts of the `Authorization` header.
struct SdkAuthorization<'a> {
    access_key: &'a str,
    signed_headers: &'a str,
    signature: &'a str,
}

impl<'a> SdkAuthorization<'a> {
    /// Reads the parts in any order, with or without spaces around commas, the scheme in any case.
    fn parse(header: &'a str) -> Result<Self, String> {
        let form = "SDK-HMAC-SHA256 Access=.., SignedHeaders=.., Signature=..";
        let wrong = || format!("Authorization is not of the form {form}");
        let (scheme, list) = header.trim().split_once([' ', '\t']).ok_or_else(wrong)?;
        if !scheme.eq_ignore_ascii_case("SDK-HMAC-SHA256") {
            return Err(wrong());
        }
        let mut parts = BTreeMap::new();
        for part in list.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').ok_or_else(wrong)?;
            if parts.insert(name.trim(), value.trim()).is_some() {
                return Err(wrong());
            }
        }
        let part = |name: &str| parts.get(name).copied().ok_or_else(wrong);
        Ok(Self {
            access_key: part("Access")?,
            signed_headers: part("SignedHeaders")?,
            signature: part("Signature")?,
        })
    }

    /// The names in their order, which must be ascending and without repetition.
    fn header_names(&self) -> Result<Vec<&'a str>, String> {
        let names: Vec<&str> = self.signed_headers.split(';').collect();
        if !names.is_sorted_by(|one, next| one < next) {
            return Err(format!("SignedHeaders {:?} is not in ascending order", self.signed_headers));
        }
        if self.signed_headers.bytes().any(|byte| byte.is_ascii_uppercase() || byte == b' ') {
            return Err(format!("SignedHeaders {:?} is not in lower case", self.signed_headers));
        }
        if !names.contains(&"x-sdk-date") {
            return Err("X-Sdk-Date is not signed".to_owned());
        }
        Ok(names)
    }
}

fn is_date(text: &str) -> bool {
    text.len() == 16
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 => byte == b'T',
            15 => byte == b'Z',
            _ => byte.is_ascii_digit(),
        })
}

fn path(raw: &str) -> Result<String, String> {
    if !raw.starts_with('/') {
        return Err(format!("the path {raw:?} does not begin with a slash"));
    }
    let mut canonical = String::new();
    for segment in raw.split('/').skip(1) {
        canonical.push('/');
        write_encoded(&mut canonical, &unescape(segment)?);
    }
    if !canonical.ends_with('/') {
        canonical.push('/');
    }
    Ok(canonical)
}

/// In form encoding, `+` is a space, and the signature is over the decoded text.
fn query(raw: &str, odd: &mut Vec<String>) -> Result<String, String> {
    if raw.contains('+') {
        odd.push(format!("the query {raw:?} has a + for a space; the recipe has %20"));
    }
    let raw = &raw.replace('+', " ");
    let mut values: BTreeMap<Vec<u8>, Vec<Vec<u8>>> = BTreeMap::new();
    for pair in raw.split('&').filter(|pair| !pair.is_empty()) {
        let mut halves = pair.splitn(2, '=');
        let name = unescape(halves.next().unwrap_or(""))?;
        values.entry(name).or_default().push(unescape(halves.next().unwrap_or(""))?);
    }
    let mut canonical = String::new();
    for (name, values) in &mut values {
        values.sort();
        for value in values {
            if !canonical.is_empty() {
                canonical.push('&');
            }
            write_encoded(&mut canonical, name);
            canonical.push('=');
            write_encoded(&mut canonical, value);
        }
    }
    Ok(canonical)
}

fn unescape(text: &str) -> Result<Vec<u8>, String> {
    let mut bytes = text.bytes();
    let mut plain = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            plain.push(byte);
            continue;
        }
        let mut digit = || bytes.next().and_then(|byte| char::from(byte).to_digit(16));
        let value = digit().zip(digit()).and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
        plain.push(value.ok_or_else(|| format!("{text:?} holds a % without two digits"))?);
    }
    Ok(plain)
}

fn write_encoded(target: &mut String, bytes: &[u8]) {
    for &byte in bytes {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                target.push(char::from(byte));
            }
            _ => target.push_str(&format!("%{byte:02X}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{SdkCaller, query, verify};
    use crate::verify::tests::{cases, stage, text};
    use http::{HeaderMap, HeaderName};
    use serde_json::Value;

    fn headers_of(request: &Value, authorization: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for pair in request["headers"].as_array().unwrap() {
            let name: HeaderName = pair[0].as_str().unwrap().parse().unwrap();
            headers.insert(name, pair[1].as_str().unwrap().parse().unwrap());
        }
        headers.insert("authorization", authorization.parse().unwrap());
        headers
    }

    fn check(request: &Value, headers: &HeaderMap) -> Result<SdkCaller, String> {
        let (key, secret) = (text(request, "access_key"), text(request, "secret"));
        let field = |name| text(request, name);
        verify(field("method"), field("path"), field("query"), headers, field("body").as_bytes(), |asked| {
            (asked == key).then(|| secret.to_owned())
        })
    }

    #[test]
    fn the_vectors_are_accepted() {
        let mut accepted = 0;
        for (case, request) in cases("sdk-hmac-sha256") {
            if let Some(expected) = stage(&case, "canonical-query.txt") {
                assert_eq!(query(text(&request, "query"), &mut Vec::new()).unwrap(), expected);
            }
            if let Some(authorization) = stage(&case, "authorization.txt") {
                let caller = check(&request, &headers_of(&request, &authorization)).unwrap();
                assert_eq!(caller.access_key, text(&request, "access_key"));
                assert_eq!(caller.date, text(&request, "date"));
                accepted += 1;
            }
        }
        assert!(accepted >= 12, "only {accepted}");
    }

    #[test]
    fn a_wrong_signature_is_answered_with_the_canonical_request() {
        for (case, mut request) in cases("sdk-hmac-sha256") {
            let Some(authorization) = stage(&case, "authorization.txt") else {
                continue;
            };
            request["secret"] = "other".into();
            let canonical = stage(&case, "canonical-request.txt").unwrap().replace('\n', "|");
            assert_eq!(
                check(&request, &headers_of(&request, &authorization)).unwrap_err(),
                format!("verify aksk signature fail, canonicalRequest:{canonical}")
            );
        }
    }

    #[test]
    fn each_part_is_checked() {
        let (case, request) =
            cases("sdk-hmac-sha256").into_iter().find(|(case, _)| case.ends_with("T1a")).unwrap();
        let good = stage(&case, "authorization.txt").unwrap();
        for (member, value, expected) in [
            ("path", "relative", "the path \"relative\" does not begin with a slash"),
            ("path", "/a%2", "\"a%2\" holds a % without two digits"),
            ("query", "a=%zz", "\"%zz\" holds a % without two digits"),
            ("query", "a=1", "verify aksk signature fail, canonicalRequest:PUT|/v3/"),
            ("body", "{}", "verify aksk signature fail, canonicalRequest:PUT|/v3/"),
            ("method", "POST", "verify aksk signature fail, canonicalRequest:POST|/v3/"),
        ] {
            let mut changed = request.clone();
            changed[member] = value.into();
            let error = check(&changed, &headers_of(&request, &good)).unwrap_err();
            assert!(error.starts_with(expected), "{error}");
        }
        for (from, to, expected) in [
            ("SHA256 Access", "SHA256, Access", "Authorization is not of the form"),
            ("SDK-HMAC", "SDK-HMAC-SM3 SDK-HMAC", "Authorization is not of the form"),
            ("Access=", "access=", "Authorization is not of the form"),
            ("Access=", "Access=a, Access=", "Authorization is not of the form"),
            ("Access=TEST", "Access=BEST", "the access key \"BESTACCESSKEY0000001\" does not exist"),
            ("host;x-project-id", "x-project-id;host", "SignedHeaders \"x-project-id;host;"),
            ("=host;", "=Host;", "SignedHeaders \"Host;x-project-id;x-sdk-date\" is not in lower case"),
            (";x-sdk-date", "", "X-Sdk-Date is not signed"),
            ("=host;", "=accept;host;", "the header accept is missing"),
        ] {
            let error = check(&request, &headers_of(&request, &good.replace(from, to))).unwrap_err();
            assert!(error.starts_with(expected), "{error}");
        }
        for (name, value, expected) in [
            ("x-auth-token", "t", "X-Auth-Token and a signature exclude each other"),
            ("x-security-token", "t", "X-Security-Token is sent, but not signed"),
            ("x-sdk-date", "2026-01-15T08:30:00Z", "X-Sdk-Date \"2026-01-15T08:30:00Z\" is not of the form"),
            ("x-sdk-date", "20260115T083001Z", "verify aksk signature fail"),
            ("host", "other", "verify aksk signature fail"),
            ("x-sdk-content-sha256", "UNSIGNED-PAYLOAD", "verify aksk signature fail"),
        ] {
            let mut headers = headers_of(&request, &good);
            headers.insert(name, value.parse().unwrap());
            let error = check(&request, &headers).unwrap_err();
            assert!(error.starts_with(expected), "{error}");
        }
    }

    /// Spellings of the header and the query that other clients use; only the last is odd.
    #[test]
    fn blanks_case_and_order_of_the_header_are_free() {
        let (case, request) =
            cases("sdk-hmac-sha256").into_iter().find(|(case, _)| case.ends_with("T1a")).unwrap();
        let good = stage(&case, "authorization.txt").unwrap();
        let parts: Vec<&str> = good.split_once(' ').unwrap().1.split(", ").collect();
        for header in [
            good.replace(", ", ","),
            good.replace(", ", " ,  "),
            good.replace("SDK-HMAC-SHA256 ", "sdk-hmac-sha256   "),
            format!("SDK-HMAC-SHA256 {}, {}, {}", parts[2], parts[0], parts[1]),
            format!(" {good}, "),
        ] {
            let caller = check(&request, &headers_of(&request, &header));
            assert_eq!(caller.map(|caller| caller.odd), Ok(Vec::new()), "{header}");
        }
        let (mut spaced, mut odd) = (Vec::new(), Vec::new());
        assert_eq!(query("a=b%20c", &mut spaced), query("a=b+c", &mut odd));
        assert_eq!((spaced.len(), odd.len()), (0, 1));
    }
}
