//! HTTP Digest of OceanBase Cloud: challenges, and which of them were answered how often.
//!
//! Problem: the vendor publishes no challenge. So the cloud offers what clients were seen to manage, SHA-256
//! and MD5 in two challenges, and is strict about what comes back.
//! Default: a nonce is good for [`LIFE_MILLIS`]; each count of a nonce may be used once, in any order, since
//! calls that run at the same time overtake each other. An answer that fits but is too old is told so by
//! `stale=true`.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};

use crate::ambient::Ambient;
use crate::cloud::{Cloud, Service};
use crate::refusal::{Kind, Refusal};
use crate::request::Request;
use crate::verify::digest::{self, Algorithm, Protection, Received};

const REALM: &str = "OceanBase Cloud Open API";
const OFFERED: [Algorithm; 2] = [Algorithm::Sha256, Algorithm::Md5];
/// Nonces that are remembered.
const CAPACITY: usize = 10_000;
/// Counts that one nonce is good for.
const USES: usize = 10_000;
/// How long a nonce is good.
pub(crate) const LIFE_MILLIS: i64 = 5 * 60 * 1_000;

struct Nonce {
    algorithm: Algorithm,
    issued: i64,
    used: HashSet<u32>,
}

#[derive(Default)]
struct Known {
    order: VecDeque<String>,
    nonces: HashMap<String, Nonce>,
}

/// All nonces of a cloud.
#[derive(Default)]
pub(crate) struct Nonces {
    known: Mutex<Known>,
}

impl Nonces {
    fn with<T>(&self, look: impl FnOnce(&mut Known) -> T) -> T {
        look(&mut self.known.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn issue(&self, ambient: &Ambient, algorithm: Algorithm) -> String {
        let text = ambient.hex(32);
        let nonce = Nonce { algorithm, issued: ambient.now(), used: HashSet::new() };
        self.with(|known| {
            if known.order.len() >= CAPACITY
                && let Some(oldest) = known.order.pop_front()
            {
                known.nonces.remove(&oldest);
            }
            known.order.push_back(text.clone());
            known.nonces.insert(text.clone(), nonce);
        });
        text
    }

    /// The algorithm of a nonce and whether it is still good.
    fn look_up(&self, nonce: &str, now: i64) -> Option<(Algorithm, bool)> {
        self.with(|known| {
            let nonce = known.nonces.get(nonce)?;
            let good = now.saturating_sub(nonce.issued) < LIFE_MILLIS && nonce.used.len() < USES;
            Some((nonce.algorithm, good))
        })
    }

    /// Notes the use of a count; false if it was used before.
    fn use_count(&self, nonce: &str, count: u32) -> bool {
        self.with(|known| known.nonces.get_mut(nonce).is_some_and(|nonce| nonce.used.insert(count)))
    }
}

pub(super) fn check(cloud: &Cloud, service: &Service, request: &Request) -> Result<(), Refusal> {
    let Some(authorization) = request.header("authorization").map_err(Refusal::credentials)? else {
        let refusal = Refusal::new(Kind::Unsigned, "the request is not signed: no Authorization");
        return Err(challenged(cloud, refusal));
    };
    answered(cloud, service, request, authorization).map_err(|refusal| challenged(cloud, refusal))
}

fn answered(cloud: &Cloud, service: &Service, request: &Request, authorization: &str) -> Result<(), Refusal> {
    let nonce = digest::presented_nonce(authorization).map_err(Refusal::credentials)?;
    let Request { method, target, body, .. } = request;
    let received = Received { authorization, method, raw_target: target, body };
    let accounts = [(service.credentials.access_key.as_str(), service.credentials.secret_key.as_str())];
    let verify = |algorithm| digest::verify(&protection(&nonce, algorithm), &received, &accounts);
    let Some((algorithm, good)) = cloud.nonces.look_up(&nonce, cloud.ambient.now()) else {
        let fits = OFFERED.iter().any(|algorithm| verify(*algorithm).is_ok());
        let kind = if fits { Kind::Expired } else { Kind::BadCredentials };
        return Err(Refusal::new(kind, "the nonce is none that the server has issued"));
    };
    let fields = verify(algorithm).map_err(Refusal::credentials)?;
    if !good {
        return Err(Refusal::new(Kind::Expired, "the nonce is too old or was used too often"));
    }
    let count = fields.nc.unwrap_or_default();
    if !cloud.nonces.use_count(&nonce, count) {
        return Err(Refusal::credentials(format!("replay: nc {count:08x} was used before with this nonce")));
    }
    Ok(())
}

/// The refusal with a challenge for each offered algorithm.
fn challenged(cloud: &Cloud, mut refusal: Refusal) -> Refusal {
    let stale = refusal.kind == Kind::Expired;
    for algorithm in OFFERED {
        let nonce = cloud.nonces.issue(&cloud.ambient, algorithm);
        refusal.headers.push(("www-authenticate", digest::challenge(&protection(&nonce, algorithm), stale)));
    }
    refusal
}

fn protection(nonce: &str, algorithm: Algorithm) -> Protection {
    Protection {
        realm: REALM.to_owned(),
        nonce: nonce.to_owned(),
        opaque: None,
        algorithm,
        name_algorithm: true,
        qop: Some("auth".to_owned()),
        userhash: false,
    }
}
