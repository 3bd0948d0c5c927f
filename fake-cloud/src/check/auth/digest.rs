//! HTTP Digest of OceanBase Cloud: challenges, checks of responses, and proofs of the server.
//!
//! Problem: the vendor publishes no challenge. The cloud offers what known clients support, refuses wrong responses,
//! and describes oddities in the journal.
//! Default: see [`DigestOptions`]. A correct response with an expired nonce is refused with `stale=true`.

use super::Oddities;
use crate::cloud::service::Service;
use crate::cloud::shared::Shared;
use crate::identity::nonces::NonceUse;
use crate::message::refusal::{Refusal, RefusalKind};
use crate::message::request::Request;
use crate::message::response::Response;
use crate::verify::digest::{self, Algorithm, DigestFields, Received};

pub(super) fn check(shared: &Shared, service: &Service, request: &Request) -> Result<Oddities, Refusal> {
    let Some(authorization) = request.header("authorization").map_err(Refusal::credentials)? else {
        let refusal = Refusal::new(RefusalKind::Unsigned, "the request is not signed: no Authorization");
        return Err(challenged(shared, refusal));
    };
    answered(shared, service, request, authorization).map_err(|refusal| challenged(shared, refusal))
}

fn answered(
    shared: &Shared,
    service: &Service,
    request: &Request,
    authorization: &str,
) -> Result<Oddities, Refusal> {
    let nonce = digest::presented_nonce(authorization).map_err(Refusal::credentials)?;
    let verify = |algorithm| verify(shared, service, request, authorization, &nonce, algorithm);
    let Some(algorithm) = shared.nonces.algorithm(&nonce) else {
        let fits = shared.digest.algorithms.iter().any(|algorithm| verify(*algorithm).is_ok());
        let kind = if fits { RefusalKind::Expired } else { RefusalKind::BadCredentials };
        return Err(Refusal::new(kind, "the nonce is none that the server has issued"));
    };
    let fields = verify(algorithm).map_err(Refusal::credentials)?;
    match shared.nonces.spend(&nonce, fields.count(), request.at, shared.digest.nonce_uses) {
        NonceUse::Good => Ok(fields.odd),
        NonceUse::Expired => {
            Err(Refusal::new(RefusalKind::Expired, "the nonce is too old or was used too often"))
        }
        NonceUse::Replayed => {
            let count = fields.count().unwrap_or_default();
            Err(Refusal::credentials(format!("replay: nc {count:08x} was used before with this nonce")))
        }
    }
}

fn verify(
    shared: &Shared,
    service: &Service,
    request: &Request,
    authorization: &str,
    nonce: &str,
    algorithm: Algorithm,
) -> Result<DigestFields, String> {
    let Request { method, target, body, .. } = request;
    let received = Received { authorization, method, raw_target: target, body };
    let accounts = [(service.credentials.access_key.as_str(), service.credentials.secret_key.as_str())];
    digest::verify(&shared.digest.protection(nonce, algorithm), &received, &accounts)
}

/// The refusal with a challenge for each offered algorithm.
fn challenged(shared: &Shared, mut refusal: Refusal) -> Refusal {
    let options = &shared.digest;
    let stale = refusal.kind == RefusalKind::Expired && options.stale_hint;
    let offered = options.algorithms.iter().map(|algorithm| {
        let nonce = shared.nonces.issue(&shared.runtime, *algorithm);
        digest::challenge(&options.protection(&nonce, *algorithm), stale)
    });
    let challenges: Vec<String> = options.other_schemes.iter().cloned().chain(offered).collect();
    let fields = if options.one_field { vec![challenges.join(", ")] } else { challenges };
    refusal.headers.extend(fields.into_iter().map(|field| ("www-authenticate", field)));
    refusal
}

/// Adds `Authentication-Info` to a good response, if the options say so. It needs the complete body.
pub(crate) fn conclude(shared: &Shared, service: &Service, request: &Request, response: &mut Response) {
    if response.status >= 400 || (shared.digest.next_nonce_from.is_none() && !shared.digest.prove) {
        return;
    }
    let Ok(Some(authorization)) = request.header("authorization") else { return };
    let Ok(nonce) = digest::presented_nonce(authorization) else { return };
    let Some(algorithm) = shared.nonces.algorithm(&nonce) else { return };
    let Ok(fields) = verify(shared, service, request, authorization, &nonce, algorithm) else { return };
    let mut info = Vec::new();
    if shared.digest.next_nonce_from.is_some_and(|from| shared.nonces.uses(&nonce) >= from) {
        info.push(format!("nextnonce=\"{}\"", shared.nonces.issue(&shared.runtime, algorithm)));
    }
    if shared.digest.prove {
        let body = response.body.as_ref().map(ToString::to_string).unwrap_or_default();
        let protection = shared.digest.protection(&nonce, algorithm);
        let secret = &service.credentials.secret_key;
        let proof = digest::rspauth(&protection, &fields, secret, body.as_bytes());
        info.push(format!("rspauth=\"{proof}\""));
        if let (Some(qop), Some(nc), Some(cnonce)) = (&fields.qop, &fields.nc, &fields.cnonce) {
            info.push(format!("qop={qop}, nc={nc}, cnonce=\"{cnonce}\""));
        }
    }
    if !info.is_empty() {
        response.header("authentication-info", info.join(", "));
    }
}
