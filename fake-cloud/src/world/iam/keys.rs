//! Temporary keys, and the agency for tokens and keys.

use serde_json::json;

use crate::base::calendar;
use crate::identity::credentials::Credentials;
use crate::identity::tokens::{TokenState, Tokens};
use crate::message::refusal::Refusal;
use crate::message::response::Response;
use crate::world::fields::Fields;
use crate::world::request::WorldRequest;

/// The default duration of keys, in seconds.
const LIFE: i64 = 15 * 60;

/// Whether the requested agency exists.
pub(super) fn agency(own: &Credentials, call: &WorldRequest<'_>) -> Result<(), Refusal> {
    let body = call.body();
    if body.pointer("/auth/identity/methods") != Some(&json!(["assume_role"])) {
        return Err(Refusal::invalid("the body does not fit: methods is not [\"assume_role\"]"));
    }
    let role = |field: &str| body.given(&format!("/auth/identity/assume_role/{field}"));
    if role("domain_id").or(role("domain_name")).is_none() {
        return Err(Refusal::invalid("the body does not fit: the account has neither id nor name"));
    }
    let other = own.agency_domain.as_deref();
    let known = role("agency_name").and_then(|name| name.as_str()) == own.agency.as_deref()
        && role("domain_name").is_none_or(|name| name.as_str() == other)
        && role("domain_id").is_none();
    if known { Ok(()) } else { Err(Refusal::not_found("there is no such agency")) }
}

/// Keys from the caller's token, or from another one.
pub(super) fn by_token(tokens: &Tokens, call: &WorldRequest<'_>) -> Result<Response, Refusal> {
    let body = call.body();
    if body.pointer("/auth/identity/methods") != Some(&json!(["token"])) {
        return Err(Refusal::invalid("the body does not fit: methods is not [\"token\"]"));
    }
    let other = body.given("/auth/identity/token/id").and_then(|token| token.as_str());
    if other.is_some_and(|token| !matches!(tokens.look_up(token, call.now), TokenState::Good { .. })) {
        return Err(Refusal::invalid("the token of the body is not good"));
    }
    Ok(issue(tokens, call, "/auth/identity/token/duration_seconds"))
}

/// Creates keys; `life` is the JSON pointer to their duration.
pub(super) fn issue(tokens: &Tokens, call: &WorldRequest<'_>, life: &str) -> Response {
    let seconds = call.body().given(life).and_then(|seconds| seconds.as_i64()).unwrap_or(LIFE);
    let keys = tokens.issue_keys(call.runtime, seconds);
    call.response(json!({"credential": {
        "access": keys.access,
        "secret": keys.secret,
        "securitytoken": keys.security_token,
        "expires_at": calendar::micros(keys.end),
    }}))
}
