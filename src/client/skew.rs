//! The offset between the service's clock and the local clock.
//!
//! Problem: signatures contain the time, services refuse those that differ by minutes, and local clocks are often
//! wrong. But an attacker who can change one response can write any time into it.
//! Default:
//! - Only refusals because of the time are evaluated: a 401 for a signature with the time, or a 403 that mentions it.
//!   Its `Date` is compared with the middle between sending and receiving. A difference of less than a minute is
//!   ignored.
//! - The call that was refused signs its next request with the corrected time. If that request is accepted, by a
//!   response whose `Date` is consistent with it, all later calls use the correction; until then none does.
//! - A call that is sent once can't verify its measurement. It is used if no signature was accepted before, or if a
//!   second call measures the same.
//! - A call that can't measure the offset signs again if another call has measured it in the meantime.
//!
//! Override: `max_clock_skew(...)` on a client's builder; a larger difference is not corrected, and the error says so.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use reqwest::header::{AGE, DATE, HeaderMap};

use crate::error::ServiceError;
use crate::wire::http_date;

/// Differences below this, in milliseconds, are left to the service's tolerance. `Date` counts whole seconds.
const TOLERANCE: i64 = 60 * 1000;

const MINUTE: u64 = 60 * 1000;
const HOUR: u64 = 60 * MINUTE;

/// The correction of the clock that all calls of a client start from.
#[derive(Debug)]
pub(crate) struct Skew {
    known: Mutex<Known>,
    /// The largest correction, in milliseconds.
    most: i64,
}

#[derive(Debug, Default)]
struct Known {
    /// How far the service's clock is ahead of the local clock, in milliseconds.
    offset: i64,
    /// Whether a signature with this offset was accepted.
    proven: bool,
    /// The offset that a call measured but could not verify.
    witness: Option<i64>,
    /// How often the offset was changed.
    changes: u64,
}

impl Known {
    fn change(&mut self, offset: i64, proven: bool) {
        *self = Self { offset, proven, witness: None, changes: self.changes.wrapping_add(1) };
    }
}

/// The default of the largest correction.
pub(crate) const MOST: Duration = Duration::from_secs(24 * 60 * 60);

impl Skew {
    pub(crate) fn new(most: Duration) -> Self {
        let most = i64::try_from(most.as_millis()).unwrap_or(i64::MAX);
        Self { known: Mutex::default(), most }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The clock of one call.
    pub(super) fn call(&self) -> CallClock<'_> {
        CallClock { skew: self, used: 0, own: None, measured: None }
    }
}

/// A response's times: what it says itself, and when its request was sent and it was received, by our clock
/// without correction.
#[derive(Clone, Copy)]
pub(super) struct Times<'a> {
    pub(super) headers: &'a HeaderMap,
    pub(super) sent: i64,
    pub(super) received: i64,
}

impl Times<'_> {
    /// How far the service's clock is ahead of the local clock; none if it is unknown, zero if it is negligible.
    fn offset(self) -> Option<i64> {
        let middle = self.sent.saturating_add(self.received.saturating_sub(self.sent) / 2);
        // The middle of the second that is named.
        let offset = date(self.headers, middle)?.saturating_add(500).saturating_sub(middle);
        Some(if far(offset, 0) { offset } else { 0 })
    }
}

/// The time of the service when it responded, in Unix milliseconds; none if a cache may have kept the response for a
/// while.
pub(super) fn date(headers: &HeaderMap, now: i64) -> Option<i64> {
    if headers.contains_key(AGE) {
        return None;
    }
    http_date::read(headers.get(DATE)?.to_str().ok()?, now)
}

/// The correction that one call signs with.
pub(super) struct CallClock<'s> {
    skew: &'s Skew,
    /// What the last request was signed with.
    used: i64,
    /// The offset that this call measured.
    own: Option<Own>,
    /// The offset of the last refusal.
    measured: Option<i64>,
}

#[derive(Clone, Copy)]
struct Own {
    offset: i64,
    /// The number of changes when it was measured. Later ones are newer.
    after: u64,
}

impl CallClock<'_> {
    /// Milliseconds to add to our clock for the next request.
    pub(super) fn next(&mut self) -> i64 {
        self.used = self.own.map_or_else(|| self.skew.known().offset, |own| own.offset);
        self.used
    }

    /// Milliseconds that were added for the last request.
    pub(super) fn used(&self) -> i64 {
        self.used
    }

    /// The last request was refused, possibly because of the time. Returns whether signing again is useful.
    pub(super) fn refused(&mut self, times: Times<'_>) -> bool {
        let known = self.skew.known();
        let Some(measured) = times.offset() else {
            let learned = far(known.offset, self.used);
            self.own = self.own.filter(|_| !learned);
            return learned;
        };
        self.measured = Some(measured);
        if measured.saturating_abs() > self.skew.most || !far(measured, self.used) {
            return false;
        }
        self.own = Some(Own { offset: measured, after: known.changes });
        true
    }

    /// The call ends with a refusal for which another request would have been useful, if it was allowed.
    pub(super) fn gives_up(&self) {
        let mut known = self.skew.known();
        let Some(own) = self.own.filter(|own| own.after == known.changes) else { return };
        let believed = !known.proven || known.witness.is_some_and(|witness| !far(witness, own.offset));
        if believed {
            known.change(own.offset, false);
        } else {
            known.witness = Some(own.offset);
        }
    }

    /// The last request was accepted.
    pub(super) fn accepted(&self, times: Times<'_>) {
        let mut known = self.skew.known();
        if !far(known.offset, self.used) {
            (known.proven, known.witness) = (true, None);
            return;
        }
        let Some(own) = self.own.filter(|own| own.after == known.changes) else { return };
        if times.offset().is_none_or(|offset| !far(offset, own.offset)) {
            known.change(own.offset, true);
        }
    }

    /// A text about the wrong clock, after a refusal.
    pub(super) fn words(&self) -> Option<String> {
        let offset = self.measured.unwrap_or(self.used);
        let (amount, most) = (span(offset.unsigned_abs()), span(self.skew.most.unsigned_abs()));
        let ahead = if offset < 0 { "ahead of" } else { "behind" };
        match offset.saturating_abs() {
            0 => None,
            beyond if beyond > self.skew.most => Some(format!(
                "the local clock is {amount} {ahead} the service's, and more than {most} is not corrected: set the clock"
            )),
            _ => Some(format!("the local clock is about {amount} {ahead} the service's")),
        }
    }
}

/// Whether two offsets differ so much that signing again is useful.
fn far(a: i64, b: i64) -> bool {
    a.saturating_sub(b).saturating_abs() >= TOLERANCE
}

/// A difference as text: in minutes or hours.
fn span(millis: u64) -> String {
    match millis {
        0..MINUTE => format!("{} s", millis / 1000),
        minutes if minutes < 10 * HOUR => format!("{} min", minutes.saturating_add(MINUTE / 2) / MINUTE),
        hours => format!("{} h", hours.saturating_add(HOUR / 2) / HOUR),
    }
}

/// Whether a service's error is about the time that a request was signed with.
pub(super) fn names_time(error: &ServiceError) -> bool {
    const WORDS: [&str; 7] = [
        "signature expired",
        "expired signature",
        "timestamp",
        "clock",
        "skew",
        "request time",
        "requestexpired",
    ];
    let texts = [&error.code, &error.message];
    let mut texts = texts.into_iter().flatten().chain(&error.details).map(|text| text.to_lowercase());
    texts.any(|text| WORDS.iter().any(|word| text.contains(word)))
}

#[cfg(test)]
#[path = "skew_tests.rs"]
mod tests;
