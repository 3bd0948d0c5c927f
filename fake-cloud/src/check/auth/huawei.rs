//! A token of the fake IAM, or the signature SDK-HMAC-SHA256.

use super::{Oddities, stale};
use crate::base::calendar;
use crate::cloud::service::Service;
use crate::cloud::shared::Shared;
use crate::identity::tokens::TokenState;
use crate::message::refusal::{Refusal, RefusalKind};
use crate::message::request::Request;
use crate::spec::operation::{Operation, Scheme};
use crate::vendor::Vendor;
use crate::verify::sdk_hmac;

pub(super) fn check(
    shared: &Shared,
    service: &Service,
    operation: &Operation,
    request: &Request,
) -> Result<Oddities, Refusal> {
    let token = request.header("x-auth-token").map_err(Refusal::credentials)?;
    let signature = request.header("authorization").map_err(Refusal::credentials)?;
    match (token, signature) {
        (Some(_), Some(_)) => {
            Err(Refusal::credentials("both X-Auth-Token and Authorization are sent; they exclude each other"))
        }
        (Some(token), None) if operation.schemes.contains(&Scheme::Token) => {
            by_token(shared, service, request, token).map(|()| Oddities::new())
        }
        (None, Some(_)) if operation.schemes.contains(&Scheme::SdkHmac) => {
            by_signature(shared, service, request)
        }
        (None, None) => Err(Refusal::new(
            RefusalKind::Unsigned,
            "the request is not signed: no X-Auth-Token, no Authorization",
        )),
        _ => Err(Refusal::credentials("the operation does not take this kind of credentials")),
    }
}

fn by_token(shared: &Shared, service: &Service, request: &Request, token: &str) -> Result<(), Refusal> {
    let project = match shared.tokens.look_up(token, request.at) {
        TokenState::Good { project } => project,
        TokenState::Expired => {
            return Err(Refusal::new(RefusalKind::Expired, "The token must be updated: it has expired"));
        }
        TokenState::Unknown => {
            return Err(Refusal::credentials("decrypt token fail: IAM has not issued this X-Auth-Token"));
        }
    };
    if service.vendor != Vendor::HuaweiIam && project != service.credentials.project_id {
        let problem = "the token is not scoped to the project; the service needs a project-scoped token";
        return Err(Refusal::new(RefusalKind::WrongProject, problem));
    }
    Ok(())
}

fn by_signature(shared: &Shared, service: &Service, request: &Request) -> Result<Oddities, Refusal> {
    let bad = |problem: String| Refusal::new(RefusalKind::BadSignature, problem);
    let known = &service.credentials;
    let secret = |asked: &str| match asked == known.access_key {
        true => Some(known.secret_key.clone()),
        false => shared.tokens.keys_of(asked).map(|keys| keys.secret),
    };
    let Request { method, headers, body, .. } = request;
    let caller =
        sdk_hmac::verify(method, request.path(), request.query(), headers, body, secret).map_err(bad)?;
    let stamp = calendar::compact(&caller.date)
        .ok_or_else(|| bad(format!("X-Sdk-Date {} is no moment of the calendar", caller.date)))?;
    if stale(request, stamp) {
        return Err(bad("signature expired: X-Sdk-Date is more than 15 minutes away".to_owned()));
    }
    security_token(shared, request, &caller.access_key).map_err(bad)?;
    let project = request.header("x-project-id").map_err(Refusal::credentials)?;
    match (project, known.project_id.as_deref()) {
        (Some(sent), own) if Some(sent) != own => {
            let problem = format!("X-Project-Id {sent} is not the project of the access key");
            Err(Refusal::new(RefusalKind::WrongProject, problem))
        }
        _ => Ok(caller.odd),
    }
}

/// Temporary keys need their own security token; permanent keys have none.
fn security_token(shared: &Shared, request: &Request, access_key: &str) -> Result<(), String> {
    let sent = request.header("x-security-token")?;
    let wrong = match (shared.tokens.keys_of(access_key), sent) {
        (None, None) => return Ok(()),
        (None, Some(_)) => "X-Security-Token is sent, but the access key is a permanent one",
        (Some(_), None) => "the access key is a temporary one, but X-Security-Token is missing",
        (Some(keys), Some(sent)) if keys.security_token != sent => {
            "X-Security-Token does not belong to the access key"
        }
        (Some(keys), Some(_)) if keys.end <= request.at => "the temporary access key has expired",
        (Some(_), Some(_)) => return Ok(()),
    };
    Err(wrong.to_owned())
}
