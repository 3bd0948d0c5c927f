//! What one call has of a Digest session, from request to request.
//!
//! Problem: a call may have to be the only one under way (to fetch a challenge, to find out whether a nonce is
//! still good) or may have been given a count of a nonce for its next request. Both have to go when the call
//! ends, however it ends: with a response, with an error or dropped halfway.
//! Default: when it is dropped, the turn passes to the next call that waits. The server's own proof is checked
//! where it gives one.
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
    /// What the next request is to go out with; a `None` inside is to go without credentials.
    pledge: Option<Option<Use>>,
    /// What the last request went out with, until its outcome is known.
    sent: Option<Option<Use>>,
    turn: Option<Turn>,
}

impl SessionCall {
    pub(crate) fn new(session: Arc<Session>) -> Self {
        Self { session, refusals: 0, stale: 0, pledge: None, sent: None, turn: None }
    }

    /// Signs with what was promised, or with what the session has for everybody.
    pub(crate) async fn sign(
        &mut self,
        request: &mut SignableRequest,
        runtime: &Runtime,
    ) -> Result<(), Error> {
        // Let go before anything is waited for.
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
        // At the second refusal the others wait until the new nonce has proved good.
        if self.refusals < 2 || !matches!(pledge, Some(Some(_))) {
            self.turn = None;
        }
        self.pledge = pledge;
        Ok(if expected && again == AuthRetry::Yes { AuthRetry::Stale } else { again })
    }

    /// Why there was no end to refusals.
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

    /// Checks the server's own proof, if it gave one, and takes over the next nonce.
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
    /// To be called as soon as that is known, so that nobody waits for a response that will not come.
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
