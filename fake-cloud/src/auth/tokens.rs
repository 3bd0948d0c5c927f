//! The tokens that the fake IAM has issued.
//!
//! Default: a token lives for 24 hours of the cloud's clock; the newest [`CAPACITY`] are remembered.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use crate::ambient::Ambient;

const CAPACITY: usize = 10_000;
/// How long a token lives.
pub(crate) const LIFE_MILLIS: i64 = 24 * 60 * 60 * 1_000;

const BASE64: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// What is known about a token.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Good, for this project if it has one.
    Good { project: Option<String> },
    /// Too old.
    Expired,
    /// Never issued.
    Unknown,
}

#[derive(Default)]
struct Issued {
    order: VecDeque<String>,
    /// End of life and project by token.
    tokens: HashMap<String, (i64, Option<String>)>,
}

/// All tokens of a cloud. It has no `Debug`: tokens are secrets.
#[derive(Default)]
pub(crate) struct Tokens {
    issued: Mutex<Issued>,
}

impl Tokens {
    /// Makes a token that begins as real ones do, and says until when it lives.
    pub(crate) fn issue(&self, ambient: &Ambient, project: Option<String>) -> (String, i64) {
        let token = format!("MII{}", ambient.text(BASE64, 509));
        let end = ambient.now().saturating_add(LIFE_MILLIS);
        let mut issued = self.issued.lock().unwrap_or_else(PoisonError::into_inner);
        if issued.order.len() >= CAPACITY
            && let Some(oldest) = issued.order.pop_front()
        {
            issued.tokens.remove(&oldest);
        }
        issued.order.push_back(token.clone());
        issued.tokens.insert(token.clone(), (end, project));
        (token, end)
    }

    /// Ends the life of a token.
    pub(crate) fn expire(&self, token: &str) {
        let mut issued = self.issued.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((end, _)) = issued.tokens.get_mut(token) {
            *end = i64::MIN;
        }
    }

    /// Forgets all of them.
    pub(crate) fn clear(&self) {
        *self.issued.lock().unwrap_or_else(PoisonError::into_inner) = Issued::default();
    }

    /// All that are remembered, oldest first.
    pub(crate) fn issued(&self) -> Vec<String> {
        let issued = self.issued.lock().unwrap_or_else(PoisonError::into_inner);
        issued.order.iter().cloned().collect()
    }

    pub(crate) fn look_up(&self, token: &str, now: i64) -> State {
        let issued = self.issued.lock().unwrap_or_else(PoisonError::into_inner);
        match issued.tokens.get(token) {
            None => State::Unknown,
            Some((end, _)) if *end <= now => State::Expired,
            Some((_, project)) => State::Good { project: project.clone() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_dies_after_a_day() {
        let (ambient, tokens) = (Ambient::new(Some(1_000), Some(1)), Tokens::default());
        let (token, end) = tokens.issue(&ambient, Some("p".to_owned()));
        assert!(token.starts_with("MII") && end == 86_401_000);
        assert_eq!(tokens.look_up(&token, end - 1), State::Good { project: Some("p".to_owned()) });
        assert_eq!(tokens.look_up(&token, end), State::Expired);
        assert_eq!(tokens.look_up("MII", 0), State::Unknown);
    }
}
