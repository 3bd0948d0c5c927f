//! The part of one call in a Digest session.
//!
//! Problem: a call may have to be the only one in progress (to fetch a challenge, or to check whether a nonce is still
//! valid), or may have reserved a count of a nonce for its next request. Both must be released when the call ends with
//! a response or an error, or is dropped.
//! Default: when it is dropped, the turn passes to the next call that waits. The server's proof is checked if there is
//! one.
//! Override: none.

use std::sync::Arc;

use reqwest::header::{AUTHORIZATION, HeaderMap};

use super::info::Proof;
use super::nonce::Use;
use super::session::{Session, Turn, info};
use super::state::Verdict;
use crate::auth::{AuthRetry, Refusal, SignableRequest};
use crate::error::{Error, Kind};
use crate::runtime::Runtime;

/// See the module.
pub(crate) struct SessionCall {
    session: Arc<Session>,
    refusals: u32,
    /// How many requests were refused because of a nonce that was too old, as the server said.
    stale: u32,
    /// The credentials of the next request; an inner `None` means none.
    pledge: Option<Option<Use>>,
    /// The credentials of the last request, until its result is known.
    sent: Option<Option<Use>>,
    turn: Option<Turn>,
}

impl SessionCall {
    pub(crate) fn new(session: Arc<Session>) -> Self {
        Self { session, refusals: 0, stale: 0, pledge: None, sent: None, turn: None }
    }

    /// Signs with the reserved use, or with the next one of the session.
    pub(crate) async fn sign(
        &mut self,
        request: &mut SignableRequest,
        runtime: &Runtime,
    ) -> Result<(), Error> {
        // Released before waiting.
        let turn = self.turn.take();
        let (with, turn) = match self.pledge.take() {
            Some(with) => (with, turn),
            None => {
                drop(turn);
                self.session.next().await
            }
        };
        if let Some(with) = &with {
            let value = self.session.authorization(request, with, runtime)?;
            request.set(AUTHORIZATION, &value, true)?;
        }
        (self.sent, self.turn) = (Some(with), turn);
        Ok(())
    }

    /// Learns from a refusal how to go on.
    pub(crate) fn refused(&mut self, refusal: Refusal<'_>) -> Result<AuthRetry, Error> {
        if refusal.status != 401 {
            return Ok(AuthRetry::No);
        }
        let offered = self.session.offered(refusal.headers).inspect_err(|_| self.undecided())?;
        self.refusals = self.refusals.saturating_add(1);
        let with = self.sent.take().flatten();
        let stale = offered.stale && with.is_some();
        self.stale = if stale { self.stale.saturating_add(1) } else { 0 };
        let (expected, verdict) = {
            let mut state = self.session.state();
            (stale && state.expects_stale(), state.refuse(with, self.refusals, offered))
        };
        let (pledge, again) = match verdict {
            Verdict::Final => (None, AuthRetry::No),
            Verdict::Again => (None, AuthRetry::Yes),
            Verdict::AgainWith(pledge) => (Some(pledge), AuthRetry::Yes),
        };
        // After the second refusal, the others wait until the new nonce was accepted.
        if self.refusals < 2 || !matches!(pledge, Some(Some(_))) {
            self.turn = None;
        }
        self.pledge = pledge;
        Ok(if expected && again == AuthRetry::Yes { AuthRetry::Stale } else { again })
    }

    /// The reason for repeated refusals.
    pub(crate) fn explain(&self, refusal: Refusal<'_>) -> Option<String> {
        let stale = self.stale > 1 && refusal.status == 401;
        stale.then(|| {
            format!(
                "{} nonces in a row were stale as soon as they were used, as from servers behind one address that \
                 do not share their nonces",
                self.stale
            )
        })
    }

    /// Checks the server's proof, if there is one, and stores the next nonce.
    pub(crate) fn accepted(
        &mut self,
        request: &SignableRequest,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<(), Error> {
        let (Some(with), turn) = (self.sent.take(), self.turn.take()) else { return Ok(()) };
        let info = info(headers);
        let proven = match &with {
            Some(with) => self.session.proof(request, with, &info, body) != Proof::Invalid,
            None => true,
        };
        let next_nonce = info.next_nonce.as_deref().filter(|_| proven);
        self.session.state().accept(with, next_nonce);
        drop(turn); // after the state is told, so that the next in turn sees it
        if proven {
            return Ok(());
        }
        let message = "the response's authentication is wrong: it may not come from the service";
        Err(Error::new(Kind::Transport, message))
    }

    /// The request ended with no response, or with one that says nothing about its credentials.
    ///
    /// It is called as soon as this is known, so that no call waits for a response that will not arrive.
    pub(crate) fn undecided(&mut self) {
        if let Some(with) = self.sent.take() {
            self.session.state().undecided(with.as_ref());
        }
        self.turn = None; // after the state is told, so that the next in turn sees it
    }
}

#[cfg(test)]
#[path = "session_call_tests.rs"]
mod tests;
