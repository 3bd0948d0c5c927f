//! HTTP Digest of OceanBase Cloud: challenges, checks of what comes back, proofs of the cloud's own.
//!
//! Problem: the vendor publishes no challenge. So the cloud offers what clients were seen to manage, and is
//! strict about what comes back.
//! Default: see [`DigestOptions`]. An answer that fits but whose nonce is no longer good is told so by
//! `stale=true`.

mod nonces;
mod options;

pub(crate) use nonces::Nonces;
pub use options::DigestOptions;

use crate::answer::Answer;
use crate::cloud::{Cloud, Service};
use crate::refusal::{Kind, Refusal};
use crate::request::Request;
use crate::verify::digest::{self, Algorithm, DigestFields, Received};
use nonces::Spent;

pub(super) fn check(cloud: &Cloud, service: &Service, request: &Request) -> Result<(), Refusal> {
    let Some(authorization) = request.header("authorization").map_err(Refusal::credentials)? else {
        let refusal = Refusal::new(Kind::Unsigned, "the request is not signed: no Authorization");
        return Err(challenged(cloud, refusal));
    };
    answered(cloud, service, request, authorization).map_err(|refusal| challenged(cloud, refusal))
}

fn answered(cloud: &Cloud, service: &Service, request: &Request, authorization: &str) -> Result<(), Refusal> {
    let nonce = digest::presented_nonce(authorization).map_err(Refusal::credentials)?;
    let verify = |algorithm| verify(cloud, service, request, authorization, &nonce, algorithm);
    let Some(algorithm) = cloud.nonces.algorithm(&nonce) else {
        let fits = cloud.digest.algorithms.iter().any(|algorithm| verify(*algorithm).is_ok());
        let kind = if fits { Kind::Expired } else { Kind::BadCredentials };
        return Err(Refusal::new(kind, "the nonce is none that the server has issued"));
    };
    let fields = verify(algorithm).map_err(Refusal::credentials)?;
    match cloud.nonces.spend(&nonce, fields.nc, request.at, cloud.digest.nonce_uses) {
        Spent::Good => Ok(()),
        Spent::Expired => Err(Refusal::new(Kind::Expired, "the nonce is too old or was used too often")),
        Spent::Replayed => {
            let count = fields.nc.unwrap_or_default();
            Err(Refusal::credentials(format!("replay: nc {count:08x} was used before with this nonce")))
        }
    }
}

fn verify(
    cloud: &Cloud,
    service: &Service,
    request: &Request,
    authorization: &str,
    nonce: &str,
    algorithm: Algorithm,
) -> Result<DigestFields, String> {
    let Request { method, target, body, .. } = request;
    let received = Received { authorization, method, raw_target: target, body };
    let accounts = [(service.credentials.access_key.as_str(), service.credentials.secret_key.as_str())];
    digest::verify(&cloud.digest.protection(nonce, algorithm), &received, &accounts)
}

/// The refusal with a challenge for each offered algorithm.
fn challenged(cloud: &Cloud, mut refusal: Refusal) -> Refusal {
    let options = &cloud.digest;
    let stale = refusal.kind == Kind::Expired && options.stale_hint;
    let offered = options.algorithms.iter().map(|algorithm| {
        let nonce = cloud.nonces.issue(&cloud.ambient, *algorithm);
        digest::challenge(&options.protection(&nonce, *algorithm), stale)
    });
    let challenges: Vec<String> = options.other_schemes.iter().cloned().chain(offered).collect();
    let fields = if options.one_field { vec![challenges.join(", ")] } else { challenges };
    refusal.headers.extend(fields.into_iter().map(|field| ("www-authenticate", field)));
    refusal
}

/// Adds `Authentication-Info` to a good answer, if the options want it. The body must be whole by then.
pub(crate) fn conclude(cloud: &Cloud, service: &Service, request: &Request, answer: &mut Answer) {
    if answer.status >= 400 || (cloud.digest.next_nonce_from.is_none() && !cloud.digest.prove) {
        return;
    }
    let Ok(Some(authorization)) = request.header("authorization") else { return };
    let Ok(nonce) = digest::presented_nonce(authorization) else { return };
    let Some(algorithm) = cloud.nonces.algorithm(&nonce) else { return };
    let Ok(fields) = verify(cloud, service, request, authorization, &nonce, algorithm) else { return };
    let mut info = Vec::new();
    if cloud.digest.next_nonce_from.is_some_and(|from| cloud.nonces.uses(&nonce) >= from) {
        info.push(format!("nextnonce=\"{}\"", cloud.nonces.issue(&cloud.ambient, algorithm)));
    }
    if cloud.digest.prove {
        let body = answer.body.as_ref().map(ToString::to_string).unwrap_or_default();
        let protection = cloud.digest.protection(&nonce, algorithm);
        let secret = &service.credentials.secret_key;
        let proof = digest::rspauth(&protection, &fields, secret, body.as_bytes());
        info.push(format!("rspauth=\"{proof}\""));
        if let (Some(qop), Some(nc), Some(cnonce)) = (&fields.qop, fields.nc, &fields.cnonce) {
            info.push(format!("qop={qop}, nc={nc:08x}, cnonce=\"{cnonce}\""));
        }
    }
    if !info.is_empty() {
        answer.header("authentication-info", info.join(", "));
    }
}
