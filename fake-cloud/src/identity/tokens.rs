//! The tokens and temporary keys that the fake IAM has issued.
//!
//! Default: a token is valid for 24 hours of the cloud's clock, temporary keys for the requested time; the latest
//! [`CAPACITY`] of both are kept.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::Value as Json;

use crate::base::runtime::Runtime;

const CAPACITY: usize = 10_000;
/// How long a token is valid.
pub(crate) const LIFE_MILLIS: i64 = 24 * 60 * 60 * 1_000;

const BASE64: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const UPPER: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const MIXED: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// What is known about a token.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum TokenState {
    /// Valid; for this project, if it has one.
    Good { project: Option<String> },
    /// Too old.
    Expired,
    /// Never issued.
    Unknown,
}

/// A token that was issued.
struct Grant {
    end: i64,
    project: Option<String>,
    /// The details that IAM returns.
    told: Json,
}

/// Temporary keys.
#[derive(Clone)]
pub(crate) struct Keys {
    pub(crate) access: String,
    pub(crate) secret: String,
    pub(crate) security_token: String,
    /// Time of expiry, in Unix milliseconds.
    pub(crate) end: i64,
}

/// The latest things of a kind, by their texts.
struct Issued<T> {
    order: VecDeque<String>,
    by_text: HashMap<String, T>,
}

impl<T> Default for Issued<T> {
    fn default() -> Self {
        Self { order: VecDeque::new(), by_text: HashMap::new() }
    }
}

impl<T> Issued<T> {
    fn add(&mut self, text: &str, thing: T) {
        if self.order.len() >= CAPACITY
            && let Some(oldest) = self.order.pop_front()
        {
            self.by_text.remove(&oldest);
        }
        self.order.push_back(text.to_owned());
        self.by_text.insert(text.to_owned(), thing);
    }
}

/// All tokens and temporary keys of a cloud. It has no `Debug`: they are secrets.
#[derive(Default)]
pub(crate) struct Tokens {
    grants: Mutex<Issued<Grant>>,
    keys: Mutex<Issued<Keys>>,
}

impl Tokens {
    fn grants(&self) -> MutexGuard<'_, Issued<Grant>> {
        self.grants.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keys(&self) -> MutexGuard<'_, Issued<Keys>> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Creates a token that starts like real ones, and returns its time of expiry.
    pub(crate) fn issue(&self, runtime: &Runtime, project: Option<String>) -> (String, i64) {
        let token = format!("MII{}", runtime.text(BASE64, 509));
        let end = runtime.now().saturating_add(LIFE_MILLIS);
        self.grants().add(&token, Grant { end, project, told: Json::Null });
        (token, end)
    }

    /// Stores the details of a token.
    pub(crate) fn tell(&self, token: &str, told: Json) {
        if let Some(grant) = self.grants().by_text.get_mut(token) {
            grant.told = told;
        }
    }

    /// The details of a valid token.
    pub(crate) fn told(&self, token: &str, now: i64) -> Option<Json> {
        self.grants().by_text.get(token).filter(|grant| now < grant.end).map(|grant| grant.told.clone())
    }

    /// Creates temporary keys that are valid for this many seconds.
    pub(crate) fn issue_keys(&self, runtime: &Runtime, seconds: i64) -> Keys {
        let keys = Keys {
            access: runtime.text(UPPER, 20),
            secret: runtime.text(MIXED, 40),
            security_token: runtime.text(BASE64, 256),
            end: runtime.now().saturating_add(seconds.saturating_mul(1_000)),
        };
        self.keys().add(&keys.access, keys.clone());
        keys
    }

    /// Temporary keys, expired or not.
    pub(crate) fn keys_of(&self, access: &str) -> Option<Keys> {
        self.keys().by_text.get(access).cloned()
    }

    /// Expires a token.
    pub(crate) fn expire(&self, token: &str) {
        if let Some(grant) = self.grants().by_text.get_mut(token) {
            grant.end = i64::MIN;
        }
    }

    /// Removes all of them.
    pub(crate) fn clear(&self) {
        *self.grants() = Issued::default();
        *self.keys() = Issued::default();
    }

    /// All stored tokens, oldest first.
    pub(crate) fn issued(&self) -> Vec<String> {
        self.grants().order.iter().cloned().collect()
    }

    pub(crate) fn look_up(&self, token: &str, now: i64) -> TokenState {
        match self.grants().by_text.get(token) {
            None => TokenState::Unknown,
            Some(grant) if grant.end <= now => TokenState::Expired,
            Some(grant) => TokenState::Good { project: grant.project.clone() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_dies_after_a_day() {
        let (runtime, tokens) = (Runtime::new(Some(1_000), Some(1)), Tokens::default());
        let (token, end) = tokens.issue(&runtime, Some("p".to_owned()));
        tokens.tell(&token, Json::from(7));
        assert!(token.starts_with("MII") && end == 86_401_000);
        assert_eq!(tokens.look_up(&token, end - 1), TokenState::Good { project: Some("p".to_owned()) });
        assert_eq!((tokens.told(&token, end - 1), tokens.told(&token, end)), (Some(Json::from(7)), None));
        assert_eq!(tokens.look_up(&token, end), TokenState::Expired);
        assert_eq!(tokens.look_up("MII", 0), TokenState::Unknown);
    }

    #[test]
    fn keys_end_when_they_were_asked_to() {
        let (runtime, tokens) = (Runtime::new(Some(1_000), Some(1)), Tokens::default());
        let keys = tokens.issue_keys(&runtime, 900);
        assert_eq!(keys.end, 901_000);
        assert_eq!(tokens.keys_of(&keys.access).map(|known| known.secret), Some(keys.secret));
        tokens.clear();
        assert!(tokens.keys_of(&keys.access).is_none());
    }
}
