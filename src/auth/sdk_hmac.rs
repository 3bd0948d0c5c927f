//! SDK-HMAC-SHA256, the request signature of Huawei Cloud for an access key pair.
//!
//! Problem: the server rebuilds a canonical text from the request it received and compares signatures; if one byte
//! differs, the response is 401.
//! Default: the canonical text is derived from the path, query, headers and body that are sent. Path and query are
//! decoded and strictly encoded again, so the sender's encoding does not matter. The path gets a final `/` for signing
//! only.
//! Override: which headers are signed is the caller's choice. Headers that a proxy or an HTTP library may change
//! (user-agent, accept-encoding, content-length, connection) should not be signed. The value of the header
//! `x-sdk-content-sha256` replaces the hash of the body.
//!
//! Nothing here reads a clock: the date is an input.

use super::mac::hmac_sha256;
use crate::wire::percent;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// Name of the scheme, first word of the `Authorization` header and of the string to sign.
pub(crate) const ALGORITHM: &str = "SDK-HMAC-SHA256";
/// The one header that must be signed: the time of signing as `YYYYMMDDTHHMMSSZ`, in UTC.
pub(crate) const DATE_HEADER: &str = "x-sdk-date";
/// If this header is signed, its value is used as the hash of the body.
pub(crate) const CONTENT_HASH_HEADER: &str = "x-sdk-content-sha256";

/// What is signed. All parts are as they are sent.
pub(crate) struct SdkRequest<'a> {
    /// The method; any case.
    pub(crate) method: &'a str,
    /// The path, already percent-encoded.
    pub(crate) path: &'a str,
    /// The query, already percent-encoded, without the question mark; empty if there is none.
    pub(crate) query: &'a str,
    /// The headers to sign, each name at most once; any case, any order. [`DATE_HEADER`] is among them and
    /// holds the date that is given to [`authorization`].
    pub(crate) headers: &'a [(&'a str, &'a str)],
    /// The body; empty if there is none.
    pub(crate) body: &'a [u8],
}

/// The `Authorization` header of a request. `date` is the value of [`DATE_HEADER`].
pub(crate) fn authorization(access_key: &str, secret: &str, date: &str, request: &SdkRequest<'_>) -> String {
    let canonical_request = canonical_request(request);
    let string_to_sign = string_to_sign(date, &canonical_request);
    let signature = hex::encode(hmac_sha256(secret.as_bytes(), string_to_sign.as_bytes()));
    let names = signed_names(&sorted_headers(request));
    format!("{ALGORITHM} Access={access_key}, SignedHeaders={names}, Signature={signature}")
}

/// The canonical text of the request: method, path, query, headers, names of the headers and hash of the body, one per
/// line. A security token among the headers makes it a secret.
pub(crate) fn canonical_request(request: &SdkRequest<'_>) -> Zeroizing<String> {
    let headers = sorted_headers(request);
    let length = headers.iter().map(|(name, value)| name.len() + value.len() + 2).sum();
    let mut lines = Zeroizing::new(String::with_capacity(length));
    for (name, value) in &headers {
        lines.extend([name.as_str(), ":", value, "\n"]);
    }
    let parts: [&str; 6] = [
        &request.method.to_ascii_uppercase(),
        &canonical_path(request.path),
        &canonical_query(request.query),
        // The block of headers ends its last line itself, hence an empty line follows it.
        &lines,
        &signed_names(&headers),
        &payload_hash(request.body, &headers),
    ];
    Zeroizing::new(parts.join("\n"))
}

/// The text that is signed.
pub(crate) fn string_to_sign(date: &str, canonical_request: &str) -> String {
    format!("{ALGORITHM}\n{date}\n{}", hex::encode(Sha256::digest(canonical_request)))
}

fn canonical_path(path: &str) -> String {
    let mut canonical = String::with_capacity(path.len() + 1);
    // Segment by segment, so that an encoded slash stays encoded.
    for segment in path.strip_suffix('/').unwrap_or(path).split('/') {
        canonical.extend([&percent::encode_bytes(&percent::decode(segment)), "/"]);
    }
    canonical
}

fn canonical_query(query: &str) -> String {
    let mut pairs: Vec<_> = query
        .split('&')
        .filter(|piece| !piece.is_empty())
        .map(|piece| {
            let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
            (percent::decode(name), percent::decode(value))
        })
        .collect();
    // Sorted before encoding: the order is that of the plain text, not that of the percent signs.
    pairs.sort();
    let mut canonical = String::with_capacity(query.len() + 1);
    for (name, value) in &pairs {
        let mark = if canonical.is_empty() { "" } else { "&" };
        canonical.extend([mark, &percent::encode_bytes(name), "=", &percent::encode_bytes(value)]);
    }
    canonical
}

fn sorted_headers<'a>(request: &SdkRequest<'a>) -> Vec<(String, &'a str)> {
    let mut headers: Vec<(String, &str)> =
        request.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.trim())).collect();
    headers.sort_by(|a, b| a.0.cmp(&b.0));
    headers
}

fn signed_names(headers: &[(String, &str)]) -> String {
    let names: Vec<&str> = headers.iter().map(|(name, _)| name.as_str()).collect();
    names.join(";")
}

fn payload_hash(body: &[u8], headers: &[(String, &str)]) -> String {
    match headers.iter().find(|(name, _)| name == CONTENT_HASH_HEADER) {
        Some((_, hash)) => (*hash).to_owned(),
        None => hex::encode(Sha256::digest(body)),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        SdkRequest, authorization, canonical_path, canonical_query, canonical_request, string_to_sign,
    };
    use crate::auth::vectors;
    use crate::wire::percent;
    use proptest::prelude::{Just, Strategy, any, prop, prop_assert_eq, proptest};

    #[test]
    fn every_stage_agrees_with_the_vectors() {
        let cases = vectors::cases("sdk-hmac-sha256");
        assert!(cases.len() >= 13, "only {} cases", cases.len());
        for case in &cases {
            let pairs = case.request["headers"].as_array().unwrap();
            let headers: Vec<(&str, &str)> =
                pairs.iter().map(|p| (p[0].as_str().unwrap(), p[1].as_str().unwrap())).collect();
            let request = SdkRequest {
                method: case.field("method"),
                path: case.field("path"),
                query: case.field("query"),
                headers: &headers,
                body: case.field("body").as_bytes(),
            };
            let signed =
                authorization(case.field("access_key"), case.field("secret"), case.field("date"), &request);
            let canonical = canonical_request(&request);
            let checked = [
                case.check("canonical-query.txt", &canonical_query(request.query)),
                case.check("canonical-request.txt", &canonical),
                case.check("string-to-sign.txt", &string_to_sign(case.field("date"), &canonical)),
                case.check("authorization.txt", &signed),
            ];
            assert!(checked.contains(&true), "case {} pins nothing", case.name);
        }
    }

    #[test]
    fn the_path_is_encoded_again_and_ends_in_a_slash() {
        for (path, expected) in [
            ("", "/"),
            ("/", "/"),
            ("/a", "/a/"),
            ("/a//b/", "/a//b/"),
            ("/a%20b", "/a%20b/"),
            ("/x:y", "/x%3Ay/"),
            ("/a%2fb", "/a%2Fb/"),
            ("/a%252Fb", "/a%252Fb/"),
        ] {
            assert_eq!(canonical_path(path), expected, "{path:?}");
        }
    }

    #[test]
    fn the_query_is_sorted_by_name_then_value() {
        for (query, expected) in [
            ("", ""),
            ("&&", ""),
            ("k", "k="),
            ("k=", "k="),
            ("b=1&B=1&a=2&a=10", "B=1&a=10&a=2&b=1"),
            ("a=b=c", "a=b%3Dc"),
            ("%C3%A9=1&~=1&z=1", "z=1&~=1&%C3%A9=1"),
        ] {
            assert_eq!(canonical_query(query), expected, "{query:?}");
        }
    }

    #[test]
    fn headers_are_lowered_trimmed_and_sorted_and_may_bring_the_hash() {
        let headers = [("X-Sdk-Date", " d "), ("HOST", "h"), ("X-Sdk-Content-Sha256", "UNSIGNED-PAYLOAD")];
        let request =
            SdkRequest { method: "put", path: "/p", query: "", headers: &headers, body: b"ignored" };
        assert_eq!(
            canonical_request(&request).as_str(),
            "PUT\n/p/\n\nhost:h\nx-sdk-content-sha256:UNSIGNED-PAYLOAD\nx-sdk-date:d\n\n\
             host;x-sdk-content-sha256;x-sdk-date\nUNSIGNED-PAYLOAD"
        );
    }

    fn query_of(pairs: &[(String, String)]) -> String {
        let pieces: Vec<String> =
            pairs.iter().map(|(n, v)| format!("{}={}", percent::encode(n), percent::encode(v))).collect();
        pieces.join("&")
    }

    proptest! {
        #[test]
        fn the_order_of_the_sent_query_does_not_matter(
            (one, other) in prop::collection::vec(any::<(String, String)>(), 0..8)
                .prop_flat_map(|pairs| (Just(pairs.clone()), Just(pairs).prop_shuffle()))
        ) {
            prop_assert_eq!(canonical_query(&query_of(&one)), canonical_query(&query_of(&other)));
        }

        #[test]
        fn a_canonical_query_is_canonical(query in any::<String>()) {
            let once = canonical_query(&query);
            prop_assert_eq!(canonical_query(&once), once);
        }
    }
}
