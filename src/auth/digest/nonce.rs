//! A nonce, and one use of it.

use std::sync::{Arc, OnceLock};

use super::challenge::Challenge;
use crate::error::{Error, Kind};
use crate::runtime::Runtime;

/// A challenge that is in use. It is compared by identity, not by text, because a server can send the same text twice.
#[derive(Debug)]
pub(super) struct Nonce {
    pub(super) challenge: Challenge,
    /// One for the life of the nonce, which the `-sess` algorithms need; made at the first use.
    cnonce: OnceLock<String>,
}

impl Nonce {
    pub(super) fn new(challenge: Challenge) -> Arc<Self> {
        Arc::new(Self { challenge, cnonce: OnceLock::new() })
    }

    /// The client nonce that goes with it.
    pub(super) fn cnonce(&self, runtime: &Runtime) -> Result<&str, Error> {
        if let Some(cnonce) = self.cnonce.get() {
            return Ok(cnonce);
        }
        let bytes = runtime.random();
        let bytes = bytes
            .ok_or_else(|| Error::new(Kind::Credentials, "failed to read random bytes from the system"))?;
        // If two callers create it at the same time, both use the same one.
        Ok(self.cnonce.get_or_init(|| hex::encode(bytes)))
    }

    /// The client nonce of a request that was signed.
    pub(super) fn cnonce_sent(&self) -> &str {
        self.cnonce.get().map_or("", String::as_str)
    }
}

/// One count of a nonce, for exactly one request.
#[derive(Debug)]
pub(super) struct Use {
    pub(super) nonce: Arc<Nonce>,
    pub(super) count: u32,
    /// Whose challenge it responds to.
    pub(super) origin: Origin,
}

/// How a call got its nonce.
#[derive(Debug)]
pub(super) enum Origin {
    /// It is the nonce that all calls use at present.
    Common,
    /// It came with this call's own refusal, and other calls may use it too.
    Own,
    /// It came with this call's own refusal, and no other call knows it. After it was accepted, it replaces this nonce
    /// for all calls.
    Private {
        /// What was refused.
        replaces: Option<Arc<Nonce>>,
    },
}
