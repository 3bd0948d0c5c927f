//! Authentication of requests.
//!
//! Problem: each vendor has its own authentication, and errors of a client should be found here and not at the vendor.
//! Default: wrong credentials are refused with the vendor's error; oddities that real servers accept are described in
//! the journal. A header with credentials that is sent twice is refused, whatever its values. The signatures themselves
//! are computed in `verify`, which shares no code with the client.

pub(crate) mod digest;
mod huawei;
mod samsung;

use crate::cloud::service::Service;
use crate::cloud::shared::Shared;
use crate::message::refusal::Refusal;
use crate::message::request::Request;
use crate::spec::operation::{Operation, Scheme};
use crate::verify::digest::presented_nonce;

/// The maximum difference between the clocks of caller and service.
pub(crate) const SKEW_MILLIS: i64 = 15 * 60 * 1_000;

/// Headers that must not be sent twice.
const SINGLE: &[&str] = &[
    "authorization",
    "host",
    "scp-accesskey",
    "scp-accountid",
    "scp-clienttype",
    "scp-signature",
    "scp-timestamp",
    "x-auth-token",
    "x-domain-id",
    "x-project-id",
    "x-sdk-content-sha256",
    "x-sdk-date",
    "x-security-token",
];

/// Oddities of accepted credentials, for the journal.
pub(crate) type Oddities = Vec<String>;

/// Checks the credentials of a request.
///
/// # Errors They are missing or not valid.
pub(crate) fn check(
    shared: &Shared,
    service: &Service,
    operation: &Operation,
    request: &Request,
) -> Result<Oddities, Refusal> {
    for name in SINGLE {
        request.header(name).map_err(Refusal::credentials)?;
    }
    match operation.schemes.first() {
        None => Ok(Oddities::new()),
        Some(Scheme::Digest) => digest::check(shared, service, request),
        Some(Scheme::Token | Scheme::SdkHmac) => huawei::check(shared, service, operation, request),
        Some(Scheme::ScpHmac) => samsung::check(service, request).map(|()| Oddities::new()),
    }
}

/// Whether a time stamp is too far from the clock of the service.
fn stale(request: &Request, stamp: i64) -> bool {
    request.at.abs_diff(stamp) > SKEW_MILLIS.unsigned_abs()
}

/// Headers of which a request with credentials has exactly one.
const PROOF: &[&str] = &["authorization", "scp-accesskey", "scp-signature", "x-auth-token"];

/// Whether a request has credentials, if it needs any.
pub(crate) fn is_signed(operation: &Operation, request: &Request) -> bool {
    operation.schemes.is_empty() || PROOF.iter().any(|name| request.headers.contains_key(*name))
}

/// Expires the token or nonce of a request.
pub(crate) fn expire(shared: &Shared, request: &Request) {
    if let Ok(Some(token)) = request.header("x-auth-token") {
        shared.tokens.expire(token);
    }
    if let Ok(Some(authorization)) = request.header("authorization")
        && let Ok(nonce) = presented_nonce(authorization)
    {
        shared.nonces.expire(&nonce);
    }
}
