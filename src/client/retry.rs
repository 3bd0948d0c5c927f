//! When a failed attempt is retried.
//!
//! Problem: networks and services fail for moments, and a program should not; but a retried write may happen
//! twice, and retries by everybody turn a short failure into an outage.
//!
//! Default: three attempts, with pauses that double from half a second to 20 seconds at most, each drawn at random
//! below its bound (full jitter); a service's `Retry-After` is honored; if it can't be parsed, the pause is 20 seconds. A
//! [`RetryBudget`] shared by all calls of a client bounds retries when much fails. Whether an attempt may be retried at
//! all follows from how far it got and from the operation:
//!
//! | what happened | retried |
//! | --- | --- |
//! | the connection failed, or was not there in time | always, but for an unknown name and a bad certificate |
//! | 429, or 503 with a `Retry-After` that can be read: the service held it back | always |
//! | other 5xx, a timeout or a broken connection after the request had left | only if the operation is idempotent |
//! | anything else, too many open files on this machine for example | never |
//!
//! An operation that buys something has [`single_attempt`](crate::Operation::single_attempt) and is never
//! retried, whatever happened.
//!
//! Override: `retry(...)` and `retry_budget(...)` on a client's builder, [`CallOptions`](crate::CallOptions) for
//! one call.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use crate::runtime::Runtime;

/// How many attempts a call makes, and how long it pauses between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retry {
    attempts: u32,
    first: Duration,
    longest: Duration,
}

impl Default for Retry {
    fn default() -> Self {
        Self { attempts: 3, first: Duration::from_millis(500), longest: Duration::from_secs(20) }
    }
}

impl Retry {
    /// No retries.
    #[must_use]
    pub fn never() -> Self {
        Self { attempts: 1, ..Self::default() }
    }

    /// Sets the maximum number of attempts, including the first; 0 counts as 1. Default: 3.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// Sets the pauses between attempts: `first` before the first retry, doubled for each further retry up to
    /// `longest`. Default: 500 ms and 20 s.
    #[must_use]
    pub fn pauses(mut self, first: Duration, longest: Duration) -> Self {
        self.first = first;
        self.longest = longest;
        self
    }

    /// The pause after attempt `number`, counted from 1; none when it was the last.
    pub(crate) fn pause(&self, number: u32, runtime: &Runtime) -> Option<Duration> {
        if number >= self.attempts {
            return None;
        }
        let bound = self.first.saturating_mul(1 << (number - 1).min(16)).min(self.longest);
        Some(bound.mul_f64(runtime.fraction()))
    }
}

/// A limit on the retries of all calls of a client together.
///
/// A token bucket, as in the standard retry mode of the AWS SDKs: a retry takes 5 tokens, or 10 after a timeout; a
/// successful call returns the tokens of its last retry, or 1. When the bucket is empty, calls fail without a retry.
/// Clones share the bucket.
#[derive(Debug, Clone)]
pub struct RetryBudget(Arc<Bucket>);

#[derive(Debug)]
struct Bucket {
    tokens: AtomicU32,
    size: u32,
}

impl Default for RetryBudget {
    fn default() -> Self {
        Self::new(500)
    }
}

impl RetryBudget {
    /// Creates a full bucket of `size` tokens. Default: 500.
    #[must_use]
    pub fn new(size: u32) -> Self {
        Self(Arc::new(Bucket { tokens: AtomicU32::new(size), size }))
    }

    /// Takes what a retry costs; `false` when there is not enough.
    pub(crate) fn take(&self, cost: u32) -> bool {
        let take = |tokens: u32| tokens.checked_sub(cost);
        self.0.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok()
    }

    /// Puts tokens back after a success.
    pub(crate) fn put_back(&self, tokens: u32) {
        let put = |present: u32| Some(present.saturating_add(tokens).min(self.0.size));
        // Never fails: the closure always gives a value.
        let _ = self.0.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, put);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_and_stay_below_their_bounds() {
        let runtime = Runtime::fixed(0, 3);
        let retry = Retry::default().attempts(10).pauses(Duration::from_millis(100), Duration::from_secs(1));
        for (number, bound) in [(1, 100), (2, 200), (3, 400), (4, 800), (5, 1000), (9, 1000)] {
            for _ in 0..100 {
                assert!(retry.pause(number, &runtime).unwrap() < Duration::from_millis(bound));
            }
        }
        let longest = (0..1000).filter_map(|_| retry.pause(5, &runtime)).max().unwrap();
        assert!(longest > Duration::from_millis(900), "jitter reaches its bound: {longest:?}");
        assert_eq!(retry.pause(10, &runtime), None);
        assert_eq!(Retry::never().pause(1, &runtime), None);
        assert_eq!(Retry::default().attempts(0).pause(1, &runtime), None);
    }

    #[test]
    fn a_budget_empties_and_fills_up_to_its_size() {
        let budget = RetryBudget::new(12);
        assert!(budget.take(5) && budget.clone().take(5) && !budget.take(5));
        budget.put_back(3);
        assert!(budget.take(5));
        budget.put_back(100);
        assert!(budget.take(12) && !budget.take(1));
    }
}
