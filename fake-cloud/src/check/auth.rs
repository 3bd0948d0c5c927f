//! Whether the caller is who it says it is.
//!
//! Problem: each vendor has its own proof of identity, and a client that gets one wrong must hear of it here
//! and not at the vendor.
//! Default: what is wrong is refused, in the vendor's words; what is odd and accepted by real servers is described in
//! the journal. A header with credentials that is sent twice is refused, whatever its values.
//! The signatures themselves are computed in `verify`, which shares no code with the client.

pub(crate) mod digest;
mod huawei;
mod samsung;

use crate::cloud::service::Service;
use crate::cloud::shared::Shared;
use crate::message::refusal::Refusal;
use crate::message::request::Request;
use crate::spec::operation::{Operation, Scheme};
use crate::verify::digest::presented_nonce;

/// How far the clock of the caller may be off.
pub(crate) const SKEW_MILLIS: i64 = 15 * 60 * 1_000;

/// Headers of which a second one is a trick or a mistake.
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

/// What is odd about accepted credentials, for the journal.
pub(crate) type Oddities = Vec<String>;

/// Checks the credentials of a request.
///
/// # Errors
/// When they are missing or not good.
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

/// Headers of which a request with credentials has one.
const PROOF: &[&str] = &["authorization", "scp-accesskey", "scp-signature", "x-auth-token"];

/// Whether a request says who sends it, if it has to.
pub(crate) fn is_signed(operation: &Operation, request: &Request) -> bool {
    operation.schemes.is_empty() || PROOF.iter().any(|name| request.headers.contains_key(*name))
}

/// Lets the credentials of a request, a token or a nonce, expire.
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
