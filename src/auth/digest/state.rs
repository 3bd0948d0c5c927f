//! The decisions of a Digest session about its current nonce, without waiting and I/O.
//!
//! Problem: a nonce costs a refused request, so calls that run at the same time must share one, and when it is refused
//! to all of them at once they must move on to the same next one. A server may tell that a nonce has expired (`stale`)
//! or merely send another, which does not mean a wrong password.
//!
//! Default:
//! - After its first refusal, a call continues with the newest nonce: that of another call if it is newer than the
//!   refused one, else its own. After the second, it responds to its own challenge with a nonce that no other call can
//!   use. Some servers have one nonce or one count for all requests with the same `opaque`, so that other calls
//!   invalidate that one too; then the call starts again without credentials, once. So four requests are enough, unless
//!   servers behind one address do not share their nonces: then each further refusal is followed by the nonce that came
//!   with it, for some attempts if this server has accepted a nonce before.
//! - A refusal is final if it is not `stale` and its nonce was used by this call alone.
//! - A nonce is expected to last for as many uses as the one before it that expired. The last of these is sent alone
//!   while the others wait, because its response may contain the next nonce, and so is the use after it: if it is
//!   accepted, the expectation was wrong and is discarded. Otherwise every call in progress would lose an attempt
//!   whenever a nonce expires.
//!
//! Override: none.

use std::sync::Arc;

use super::challenge::Challenge;
use super::nonce::{Nonce, Origin, Use};

/// The maximum number of stale nonces in a row, over all calls of a session and since the last accepted one. After it,
/// a stale nonce is a refusal like any other: nonces that servers do not share are valid for one of them, but those of
/// a broken server never are.
const STALE_IN_A_ROW: u32 = 64;

/// The state of a session.
#[derive(Debug, Default)]
pub(super) struct State {
    current: Option<Current>,
    /// The last nonce that expired.
    expired: Option<Expired>,
    /// The server requires no credentials.
    open: bool,
    /// How many requests for a first challenge ended without one.
    failures: u64,
    /// How many stale nonces may still follow; none before the first use that the server took.
    stale_left: u32,
}

/// The nonce in use.
#[derive(Debug)]
struct Current {
    nonce: Arc<Nonce>,
    /// Uses so far.
    count: u32,
    /// Uses that the server accepted.
    accepted: u32,
    /// A use after the expected number failed, so there is no expectation any more.
    unclear: bool,
}

#[derive(Debug)]
struct Expired {
    nonce: Arc<Nonce>,
    /// Uses that the server accepted, including late responses.
    accepted: u32,
}

/// What a call is to do.
#[derive(Debug)]
pub(super) enum NextUse {
    /// To send its request: with this use, or without credentials. `alone` means that others have to wait for the
    /// response.
    Go {
        /// The use.
        with: Option<Use>,
        /// Whether the turn is kept.
        alone: bool,
    },
    /// To wait for its turn, and ask again.
    Wait,
}

/// The meaning of a refusal.
#[derive(Debug)]
pub(super) enum Verdict {
    /// The credentials are wrong.
    Final,
    /// Retry as [`State::step`] says.
    Again,
    /// Retry with this use, or without credentials if there is none.
    AgainWith(Option<Use>),
}

impl State {
    /// How many requests for a first challenge have failed.
    pub(super) fn failures(&self) -> u64 {
        self.failures
    }

    /// The next step of a call. A call that has the turn never waits.
    ///
    /// `unheard` means that the call has waited for a challenge that did not arrive: it then requests its own, without
    /// making others wait.
    pub(super) fn step(&mut self, has_turn: bool, unheard: bool) -> NextUse {
        if self.current.as_ref().is_some_and(|current| current.count == u32::MAX) {
            self.current = None; // the count has eight digits and no more
        }
        let expected = self.expected();
        match &mut self.current {
            Some(current) if has_turn || current.count < expected => {
                let alone = current.count >= expected;
                NextUse::Go { with: Some(current.next(Origin::Common)), alone }
            }
            None if self.open || unheard => NextUse::Go { with: None, alone: false },
            None if has_turn => NextUse::Go { with: None, alone: true },
            _ => NextUse::Wait,
        }
    }

    /// How many uses of the current nonce can be concurrent.
    fn expected(&self) -> u32 {
        let (Some(current), Some(expired)) = (&self.current, &self.expired) else { return u32::MAX };
        // Uses are compared, not counts, because requests can overtake each other.
        let outlived = current.accepted > expired.accepted;
        if expired.accepted == 0 || outlived || current.unclear {
            return u32::MAX;
        }
        expired.accepted - 1
    }

    /// A request was refused, the `refusals`-th of its call, with this challenge.
    pub(super) fn refuse(&mut self, sent: Option<Use>, refusals: u32, offered: Challenge) -> Verdict {
        if sent.as_ref().is_some_and(|sent| !offered.stale && self.is_final(sent, &offered)) {
            return Verdict::Final;
        }
        let refused = sent.map(|sent| sent.nonce);
        if let Some(current) = &mut self.current {
            let superseded = refused.as_ref().is_none_or(|refused| !Arc::ptr_eq(refused, &current.nonce));
            if current.nonce.challenge.nonce == offered.nonce {
                // A server that sends the same nonce to all: its count continues.
                return Verdict::AgainWith(Some(current.next(Origin::Common)));
            }
            if superseded && refusals == 1 && current.nonce.challenge.realm == offered.realm {
                return Verdict::Again;
            }
            if superseded || refusals > 1 {
                return Verdict::AgainWith(apart(refused, refusals, offered));
            }
        }
        let nonce = Nonce::new(offered);
        self.replace(Arc::clone(&nonce), 1);
        Verdict::AgainWith(Some(Use { nonce, count: 1, origin: Origin::Own }))
    }

    /// A request was refused because of a stale nonce: whether that is to be expected of this server.
    pub(super) fn expects_stale(&mut self) -> bool {
        let expected = self.stale_left > 0;
        self.stale_left = self.stale_left.saturating_sub(1);
        expected
    }

    /// Whether the refusal of `sent` can only mean that the credentials are wrong.
    fn is_final(&self, sent: &Use, offered: &Challenge) -> bool {
        let answered = &sent.nonce.challenge;
        if answered.nonce == offered.nonce && answered.realm == offered.realm {
            return true;
        }
        match &sent.origin {
            Origin::Common => false,
            Origin::Private { .. } => true,
            // Other calls may have used it up meanwhile.
            Origin::Own => self.current_is(&sent.nonce).is_some_and(|current| current.count == 1),
        }
    }

    fn current_is(&self, nonce: &Arc<Nonce>) -> Option<&Current> {
        self.current.as_ref().filter(|current| Arc::ptr_eq(&current.nonce, nonce))
    }

    /// Takes a nonce in place of one that was refused.
    fn replace(&mut self, nonce: Arc<Nonce>, count: u32) {
        let old = self.current.replace(Current::new(nonce, count));
        self.expired = old.map(|old| Expired { nonce: old.nonce, accepted: old.accepted });
        self.open = false;
    }

    /// A request got a good response, perhaps with the nonce for the next one.
    pub(super) fn accept(&mut self, sent: Option<Use>, next_nonce: Option<&str>) {
        let Some(sent) = sent else {
            self.open = self.current.is_none();
            return;
        };
        self.stale_left = STALE_IN_A_ROW;
        if let Origin::Private { replaces: Some(replaces) } = &sent.origin
            && self.current_is(replaces).is_some()
        {
            self.replace(Arc::clone(&sent.nonce), sent.count);
        }
        self.count_accepted(&sent);
        if let Some(current) = self.current.as_mut().filter(|c| Arc::ptr_eq(&c.nonce, &sent.nonce))
            && let Some(next) = next_nonce.filter(|next| *next != sent.nonce.challenge.nonce)
            && let Some(renewed) = sent.nonce.challenge.renewed(next)
        {
            *current = Current::new(Nonce::new(renewed), 0);
        }
    }

    fn count_accepted(&mut self, sent: &Use) {
        match (&mut self.current, &mut self.expired) {
            (Some(current), _) if Arc::ptr_eq(&current.nonce, &sent.nonce) => {
                current.accepted = current.accepted.saturating_add(1);
            }
            (_, Some(expired)) if Arc::ptr_eq(&expired.nonce, &sent.nonce) => {
                expired.accepted = expired.accepted.saturating_add(1);
            }
            _ => {}
        }
    }

    /// A request got no response, or one that says nothing about its credentials.
    pub(super) fn undecided(&mut self, sent: Option<&Use>) {
        match (&mut self.current, sent) {
            (None, None) => self.failures = self.failures.wrapping_add(1),
            // If it fails, the waiting calls must not retry one after the other.
            (Some(current), Some(sent)) if Arc::ptr_eq(&current.nonce, &sent.nonce) => {
                let expired = self.expired.as_ref();
                current.unclear |= expired.is_some_and(|expired| sent.count > expired.accepted);
            }
            _ => {}
        }
    }
}

/// How a call continues independently of the others: with the nonce that it received, or again without credentials.
fn apart(refused: Option<Arc<Nonce>>, refusals: u32, offered: Challenge) -> Option<Use> {
    let opaque = offered.opaque.as_deref().filter(|opaque| !opaque.is_empty());
    let tied = refused.as_ref().is_some_and(|r| opaque.is_some() && r.challenge.opaque.as_deref() == opaque);
    let origin = Origin::Private { replaces: refused };
    (!tied || refusals > 3).then(|| Use { nonce: Nonce::new(offered), count: 1, origin })
}

impl Current {
    fn new(nonce: Arc<Nonce>, count: u32) -> Self {
        Self { nonce, count, accepted: 0, unclear: false }
    }

    fn next(&mut self, origin: Origin) -> Use {
        self.count = self.count.saturating_add(1);
        Use { nonce: Arc::clone(&self.nonce), count: self.count, origin }
    }
}

#[cfg(test)]
#[path = "state_tests.rs"]
mod tests;
