//! The nonces of a cloud, and their used counts.
//!
//! Default: a nonce is valid for [`LIFE_MILLIS`] and for as many uses as the options say; each count may be used
//! once, in any order, since calls that run at the same time overtake each other.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};

use crate::base::runtime::Runtime;
use crate::verify::digest::Algorithm;

/// The maximum number of nonces in memory.
const CAPACITY: usize = 10_000;
/// How long a nonce is valid.
const LIFE_MILLIS: i64 = 5 * 60 * 1_000;

struct Nonce {
    algorithm: Algorithm,
    issued: i64,
    uses: u32,
    counts: HashSet<u32>,
}

/// The result of using a nonce.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NonceUse {
    /// It is valid.
    Good,
    /// The nonce is too old or was used too often.
    Expired,
    /// The count was used before.
    Replayed,
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

    /// Expires a nonce.
    pub(crate) fn expire(&self, nonce: &str) {
        self.with(|known| {
            if let Some(nonce) = known.nonces.get_mut(nonce) {
                nonce.issued = i64::MIN;
            }
        });
    }

    /// Removes all of them.
    pub(crate) fn clear(&self) {
        self.with(|known| *known = Known::default());
    }

    pub(crate) fn issue(&self, runtime: &Runtime, algorithm: Algorithm) -> String {
        let text = runtime.hex(32);
        let nonce = Nonce { algorithm, issued: runtime.now(), uses: 0, counts: HashSet::new() };
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

    pub(crate) fn algorithm(&self, nonce: &str) -> Option<Algorithm> {
        self.with(|known| known.nonces.get(nonce).map(|nonce| nonce.algorithm))
    }

    /// How often a nonce was used.
    pub(crate) fn uses(&self, nonce: &str) -> u32 {
        self.with(|known| known.nonces.get(nonce).map_or(0, |nonce| nonce.uses))
    }

    /// Uses a nonce, with a count if the kind of protection has one.
    pub(crate) fn spend(&self, nonce: &str, count: Option<u32>, now: i64, allowed: u32) -> NonceUse {
        self.with(|known| {
            let Some(nonce) = known.nonces.get_mut(nonce) else { return NonceUse::Expired };
            if now.saturating_sub(nonce.issued) >= LIFE_MILLIS || nonce.uses >= allowed {
                // Its counts are no longer needed, and there may be ten thousand.
                nonce.counts = HashSet::new();
                return NonceUse::Expired;
            }
            if count.is_some_and(|count| !nonce.counts.insert(count)) {
                return NonceUse::Replayed;
            }
            nonce.uses += 1;
            NonceUse::Good
        })
    }
}
