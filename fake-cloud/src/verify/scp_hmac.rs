//! Check of the `Scp-*` headers (Samsung Cloud Platform).
//!
//! Problem: nothing separates the parts of the signed text, so the headers have to be checked one by one before the
//! signature.
//! Default: the four headers are required, the account id is optional, but signed if it is sent.
//! Override: none.

use super::{optional, required, same};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use http::HeaderMap;
use sha2::Sha256;

/// The headers of an accepted request.
#[derive(Debug, PartialEq, Eq)]
pub struct ScpCaller {
    /// The access key.
    pub access_key: String,
    /// The account id, if it was sent and is not empty.
    pub account_id: Option<String>,
    /// The time of signing in milliseconds since 1970.
    pub timestamp_ms: u64,
}

/// Checks the signature of a request. `full_url` is scheme, host, path and query as they were sent; `secret_of` returns
/// the secret of an access key.
pub fn verify(
    method: &str,
    full_url: &str,
    headers: &HeaderMap,
    secret_of: impl Fn(&str) -> Option<String>,
) -> Result<ScpCaller, String> {
    let access_key = required(headers, "Scp-Accesskey")?;
    let signature = required(headers, "Scp-Signature")?;
    let timestamp = required(headers, "Scp-Timestamp")?;
    let client_type = required(headers, "Scp-ClientType")?;
    let account_id = optional(headers, "Scp-AccountId")?.unwrap_or("");
    if client_type != "Openapi" {
        return Err(format!("Scp-ClientType is {client_type:?} and not \"Openapi\""));
    }
    // Thirteen digits are the years 2001 to 2286; seconds have ten, microseconds sixteen.
    if timestamp.len() != 13 || !timestamp.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(format!("Scp-Timestamp {timestamp:?} is not a time in milliseconds"));
    }
    let timestamp_ms = timestamp.parse().map_err(|_| format!("Scp-Timestamp {timestamp:?} is too large"))?;
    if !full_url.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(format!("the URL {full_url:?} is not encoded"));
    }
    let secret = secret_of(access_key).ok_or_else(|| format!("the access key {access_key:?} is unknown"))?;

    let signed = format!("{method}{full_url}{timestamp}{access_key}{account_id}{client_type}");
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).map_err(|error| error.to_string())?;
    mac.update(signed.as_bytes());
    if !same(&STANDARD.encode(mac.finalize().into_bytes()), signature) {
        return Err(format!("Scp-Signature does not fit; the server signs {signed}"));
    }
    Ok(ScpCaller {
        access_key: access_key.to_owned(),
        account_id: (!account_id.is_empty()).then(|| account_id.to_owned()),
        timestamp_ms,
    })
}

#[cfg(test)]
mod tests {
    use super::verify;
    use crate::verify::tests::{cases, stage, text};
    use http::HeaderMap;
    use serde_json::Value;
    use std::path::Path;

    fn headers_of(case: &Path, request: &Value) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("scp-accesskey", text(request, "access_key").parse().unwrap());
        headers.insert("scp-timestamp", text(request, "timestamp_ms").parse().unwrap());
        headers.insert("scp-clienttype", text(request, "client_type").parse().unwrap());
        headers.insert("scp-signature", stage(case, "signature.txt").unwrap().parse().unwrap());
        if let Some(account) = request["account_id"].as_str() {
            headers.insert("scp-accountid", account.parse().unwrap());
        }
        headers
    }

    fn check(request: &Value, headers: &HeaderMap) -> Result<super::ScpCaller, String> {
        let (key, secret) = (text(request, "access_key"), text(request, "secret"));
        let secret_of = |asked: &str| (asked == key).then(|| secret.to_owned());
        verify(text(request, "method"), text(request, "url"), headers, secret_of)
    }

    #[test]
    fn the_vectors_are_accepted() {
        let cases = cases("scp-hmac");
        assert!(cases.len() >= 10);
        for (case, request) in &cases {
            let caller = check(request, &headers_of(case, request)).unwrap();
            assert_eq!(caller.access_key, text(request, "access_key"), "{case:?}");
            assert_eq!(caller.timestamp_ms.to_string(), text(request, "timestamp_ms"), "{case:?}");
            assert_eq!(caller.account_id.as_deref(), request["account_id"].as_str(), "{case:?}");
        }
    }

    #[test]
    fn a_changed_request_is_refused_with_the_text_the_server_signs() {
        for (case, mut request) in cases("scp-hmac") {
            let headers = headers_of(&case, &request);
            let url = format!("{}&", text(&request, "url"));
            request["url"] = Value::from(url.as_str());
            let error = check(&request, &headers).unwrap_err();
            assert!(error.starts_with("Scp-Signature does not fit; the server signs "), "{error}");
            assert!(error.contains(&url), "{error}");
        }
    }

    #[test]
    fn each_header_is_checked() {
        let (case, request) = cases("scp-hmac").remove(0);
        for (name, value, expected) in [
            ("scp-accesskey", "other", "the access key \"other\" is unknown"),
            ("scp-clienttype", "OpenApi", "Scp-ClientType is \"OpenApi\" and not \"Openapi\""),
            ("scp-timestamp", "1605290625", "Scp-Timestamp \"1605290625\" is not a time in milliseconds"),
            ("scp-timestamp", "1605290625683", "Scp-Signature does not fit"),
            ("scp-accountid", "other", "Scp-Signature does not fit"),
            ("scp-signature", "", "Scp-Signature does not fit"),
        ] {
            let mut headers = headers_of(&case, &request);
            headers.insert(name, value.parse().unwrap());
            let error = check(&request, &headers).unwrap_err();
            assert!(error.starts_with(expected), "{error}");
        }
        for name in ["scp-accesskey", "scp-clienttype", "scp-timestamp", "scp-signature"] {
            let mut headers = headers_of(&case, &request);
            headers.append(name, "second".parse().unwrap());
            assert!(check(&request, &headers).unwrap_err().ends_with("occurs more than once"));
            headers.remove(name);
            assert!(check(&request, &headers).unwrap_err().ends_with("is missing"));
        }
    }
}
