//! The headers `Scp-*` of Samsung Cloud Platform.

use super::stale;
use crate::cloud::service::Service;
use crate::message::refusal::{Refusal, RefusalKind};
use crate::message::request::Request;
use crate::verify::scp_hmac;

pub(super) fn check(service: &Service, request: &Request) -> Result<(), Refusal> {
    let signed = ["scp-accesskey", "scp-signature"].iter().any(|name| request.headers.contains_key(*name));
    if !signed {
        return Err(Refusal::new(
            RefusalKind::Unsigned,
            "the request is not signed: no Scp-Accesskey, no Scp-Signature",
        ));
    }
    let url = url(service, request)?;
    let known = &service.credentials;
    let secret = |asked: &str| (asked == known.access_key).then(|| known.secret_key.clone());
    let caller = scp_hmac::verify(&request.method, &url, &request.headers, secret)
        .map_err(|problem| Refusal::new(RefusalKind::BadSignature, problem))?;
    if stale(request, i64::try_from(caller.timestamp_ms).unwrap_or(i64::MAX)) {
        let problem = "Scp-Timestamp is more than 15 minutes away from the server's clock";
        return Err(Refusal::new(RefusalKind::Expired, problem));
    }
    Ok(())
}

/// The URL that the caller must have signed.
fn url(service: &Service, request: &Request) -> Result<String, Refusal> {
    if !request.target.starts_with('/') {
        return Ok(request.target.clone());
    }
    match request.header("host").map_err(Refusal::credentials)? {
        Some(host) => Ok(format!("http://{host}{}", request.target)),
        None => Ok(format!("{}{}", service.base_url, request.target)),
    }
}
