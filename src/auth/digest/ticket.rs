//! What Digest keeps about one call, from attempt to attempt.
//!
//! Problem: a call may have to be the only one under way (to fetch a challenge, to find out whether a nonce is
//! still good) or may have been given a count of a nonce for its next attempt. Both have to go when the call
//! ends, however it ends: with a response, an error or dropped halfway.
//! Default: the ticket lies in the request and is shared by its clones. When the last one is dropped, the turn
//! passes to the next call that waits.
//! Override: none.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::OwnedMutexGuard;

use super::nonce::Use;
use super::state::State;

/// What a session shares with the tickets of its calls.
#[derive(Debug, Default)]
pub(super) struct SharedState {
    state: Mutex<State>,
    /// Who has it goes first; the others wait for what it finds out, in the order in which they came.
    pub(super) turn: Arc<tokio::sync::Mutex<()>>,
}

impl SharedState {
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Holds the turn until it is dropped.
pub(super) type Turn = OwnedMutexGuard<()>;

/// See the module. Empty for all schemes but Digest.
#[derive(Clone, Default)]
pub(crate) struct Ticket(Arc<Mutex<Memo>>);

#[derive(Default)]
struct Memo {
    refusals: u32,
    pledge: Option<Option<Use>>,
    sent: Option<SentRequest>,
    turn: Option<Turn>,
}

/// A request on its way.
pub(super) struct SentRequest {
    pub(super) session: Arc<SharedState>,
    /// `None` if it went without credentials.
    pub(super) with: Option<Use>,
}

impl Ticket {
    fn memo(&self) -> MutexGuard<'_, Memo> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was promised for the next attempt, and the turn that may go with it. A promised nothing is to go
    /// without credentials.
    pub(super) fn redeem(&self) -> Option<(Option<Use>, Option<Turn>)> {
        let mut memo = self.memo();
        let turn = memo.turn.take();
        memo.pledge.take().map(|pledge| (pledge, turn))
    }

    /// Notes what the attempt goes out with.
    pub(super) fn send(&self, sent: SentRequest, turn: Option<Turn>) {
        let mut memo = self.memo();
        memo.sent = Some(sent);
        memo.turn = turn;
    }

    /// What was sent, once, and how many attempts of the call were refused, this one included.
    pub(super) fn refuse(&self) -> (Option<SentRequest>, u32) {
        let mut memo = self.memo();
        memo.refusals = memo.refusals.saturating_add(1);
        (memo.sent.take(), memo.refusals)
    }

    /// Promises something for the next attempt; with the turn, if the others had better wait for that one too.
    pub(super) fn pledge(&self, pledge: Option<Option<Use>>, keep_turn: bool) {
        let mut memo = self.memo();
        memo.pledge = pledge;
        if !keep_turn {
            memo.turn = None;
        }
    }

    /// What was sent, once, and the turn, which passes on when it is dropped.
    pub(super) fn settle(&self) -> (Option<SentRequest>, Option<Turn>) {
        let mut memo = self.memo();
        (memo.sent.take(), memo.turn.take())
    }

    /// The attempt ended with no response, or with one that says nothing about its credentials.
    ///
    /// To be called as soon as that is known, so that nobody waits for a response that will not come.
    pub(crate) fn undecided(&self) {
        let (sent, turn) = self.settle();
        if let Some(sent) = sent {
            sent.session.state().undecided(sent.with.as_ref());
        }
        drop(turn); // after the state is told, so that the next in turn sees it
    }
}
