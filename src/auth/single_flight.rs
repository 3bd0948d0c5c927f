//! A value that is fetched once for all concurrent callers: tokens, credentials, project ids.
//!
//! Problem: a thousand calls that start at the same time need one token, not a thousand; a failed fetch must not be
//! retried by every waiter (wrong passwords lock accounts); and an expiring value should be replaced before a call
//! fails.
//! Default: one fetch at a time. All waiters share its result, also an error. A value is renewed in the last tenth of
//! its validity, at most one hour before its expiry; if that fails while the old one is valid, the old one is used, and
//! the next attempt is made after a minute. Dropping a caller that fetches lets the next waiter fetch; nothing stays
//! locked.

use std::fmt;
use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::error::Error;
use crate::runtime::Runtime;

const HOUR: i64 = 60 * 60 * 1000;
const MINUTE: i64 = 60 * 1000;

/// A fetched value and its time of expiry, in Unix milliseconds.
pub(crate) struct Fresh<T> {
    pub(crate) value: T,
    pub(crate) expires: Option<i64>,
}

/// See the module.
pub(crate) struct SingleFlight<T> {
    current: Mutex<Option<Held<T>>>,
    /// The caller that has the lock fetches; it contains the error of the last fetch.
    gate: tokio::sync::Mutex<Option<Error>>,
    /// The number of completed fetches.
    ended: AtomicU64,
}

struct Held<T> {
    value: T,
    renew_at: i64,
    expires: i64,
}

/// The validity of the stored value.
enum Freshness<T> {
    Good(T),
    /// Valid, but due for renewal.
    Aging(T),
    None,
}

impl<T: Clone> SingleFlight<T> {
    pub(crate) fn new() -> Self {
        Self { current: Mutex::new(None), gate: tokio::sync::Mutex::new(None), ended: AtomicU64::new(0) }
    }

    /// The value; fetched with `fetch` if there is no valid one.
    pub(crate) async fn get<F>(&self, runtime: &Runtime, fetch: impl FnOnce() -> F) -> Result<T, Error>
    where
        F: Future<Output = Result<Fresh<T>, Error>>,
    {
        match self.freshness(runtime) {
            Freshness::Good(value) => Ok(value),
            Freshness::Aging(value) => Ok(self.renew(value, runtime, fetch).await),
            Freshness::None => self.wait(runtime, fetch).await,
        }
    }

    /// The stored value, if there is one; nothing is fetched.
    pub(crate) fn peek(&self) -> Option<T> {
        self.current().as_ref().map(|held| held.value.clone())
    }

    /// Removes the value if `refused` says so, for example because a service refused it.
    pub(crate) fn forget(&self, refused: impl FnOnce(&T) -> bool) {
        let mut current = self.current();
        if current.as_ref().is_some_and(|held| refused(&held.value)) {
            *current = None;
        }
    }

    fn current(&self) -> MutexGuard<'_, Option<Held<T>>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn freshness(&self, runtime: &Runtime) -> Freshness<T> {
        let now = runtime.unix_millis();
        match &*self.current() {
            Some(held) if now < held.renew_at => Freshness::Good(held.value.clone()),
            Some(held) if now < held.expires => Freshness::Aging(held.value.clone()),
            _ => Freshness::None,
        }
    }

    /// Replaces a value that is still valid. Only one caller does so; the others use the old one.
    async fn renew<F>(&self, old: T, runtime: &Runtime, fetch: impl FnOnce() -> F) -> T
    where
        F: Future<Output = Result<Fresh<T>, Error>>,
    {
        let Ok(mut gate) = self.gate.try_lock() else { return old };
        match self.fetch(runtime, fetch, &mut gate).await {
            Ok(value) => value,
            Err(_) => {
                if let Some(held) = self.current().as_mut() {
                    held.renew_at = runtime.unix_millis().saturating_add(MINUTE);
                }
                old
            }
        }
    }

    /// Waits for the fetch in progress, or fetches.
    async fn wait<F>(&self, runtime: &Runtime, fetch: impl FnOnce() -> F) -> Result<T, Error>
    where
        F: Future<Output = Result<Fresh<T>, Error>>,
    {
        let ended = self.ended.load(Ordering::SeqCst);
        let mut gate = self.gate.lock().await;
        if let Freshness::Good(value) | Freshness::Aging(value) = self.freshness(runtime) {
            return Ok(value);
        }
        if let Some(failure) = gate.as_ref().filter(|_| self.ended.load(Ordering::SeqCst) != ended) {
            return Err(failure.duplicate());
        }
        self.fetch(runtime, fetch, &mut gate).await
    }

    async fn fetch<F>(
        &self,
        runtime: &Runtime,
        fetch: impl FnOnce() -> F,
        gate: &mut Option<Error>,
    ) -> Result<T, Error>
    where
        F: Future<Output = Result<Fresh<T>, Error>>,
    {
        let outcome = fetch().await;
        self.ended.fetch_add(1, Ordering::SeqCst);
        match outcome {
            Ok(Fresh { value, expires }) => {
                let now = runtime.unix_millis();
                let expires = expires.unwrap_or(i64::MAX);
                let renew_at = expires - (expires.saturating_sub(now) / 10).clamp(0, HOUR);
                *self.current() = Some(Held { value: value.clone(), renew_at, expires });
                *gate = None;
                Ok(value)
            }
            Err(e) => {
                *gate = Some(e.duplicate());
                Err(e)
            }
        }
    }
}

/// Does not show the value, which may be a secret.
impl<T> fmt::Debug for SingleFlight<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SingleFlight(..)")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::AtomicUsize;
    use std::time::Duration;

    use super::*;

    /// A value that is fetched from a counter and valid for 100 minutes.
    struct Well {
        shared: SingleFlight<usize>,
        drawn: AtomicUsize,
        runtime: Runtime,
    }

    impl Well {
        fn new() -> Arc<Self> {
            let runtime = Runtime::fixed(1_000_000, 1);
            Arc::new(Self { shared: SingleFlight::new(), drawn: AtomicUsize::new(0), runtime })
        }

        async fn get(&self, fails: bool) -> Result<usize, Error> {
            let fetch = || async {
                tokio::task::yield_now().await;
                let value = self.drawn.fetch_add(1, Ordering::SeqCst);
                let expires = Some(self.runtime.unix_millis() + 100 * MINUTE);
                if fails { Err(Error::credentials("dry")) } else { Ok(Fresh { value, expires }) }
            };
            self.shared.get(&self.runtime, fetch).await
        }

        fn pass(&self, minutes: u64) {
            self.runtime.advance(Duration::from_secs(minutes * 60));
        }

        fn drawn(&self) -> usize {
            self.drawn.load(Ordering::SeqCst)
        }
    }

    async fn many(well: &Arc<Well>, fails: bool) -> Vec<Result<usize, Error>> {
        let calls: Vec<_> = (0..1000).map(|_| (Arc::clone(well), fails)).collect();
        let calls = calls.into_iter().map(|(well, fails)| tokio::spawn(async move { well.get(fails).await }));
        let mut outcomes = Vec::new();
        for call in calls.collect::<Vec<_>>() {
            outcomes.push(call.await.unwrap());
        }
        outcomes
    }

    #[tokio::test]
    async fn one_fetch_serves_a_thousand() {
        let well = Well::new();
        assert!(many(&well, false).await.into_iter().all(|v| v.unwrap() == 0));
        assert_eq!(well.drawn(), 1);
    }

    #[tokio::test]
    async fn one_failure_is_told_to_all_who_waited_and_not_kept_for_later() {
        let well = Well::new();
        assert!(many(&well, true).await.into_iter().all(|v| v.unwrap_err().to_string() == "dry"));
        assert_eq!(well.drawn(), 1);
        assert_eq!(well.get(false).await.unwrap(), 1);
    }

    #[tokio::test]
    async fn renewed_in_the_last_tenth_and_the_old_one_serves_while_that_fails() {
        let well = Well::new();
        assert_eq!(well.get(false).await.unwrap(), 0);
        well.pass(89);
        assert_eq!((well.get(false).await.unwrap(), well.drawn()), (0, 1));
        well.pass(2);
        assert_eq!((well.get(true).await.unwrap(), well.drawn()), (0, 2));
        assert_eq!((well.get(false).await.unwrap(), well.drawn()), (0, 2), "the next try waits a minute");
        well.pass(1);
        assert_eq!((well.get(false).await.unwrap(), well.drawn()), (2, 3));
    }

    #[tokio::test]
    async fn an_expired_value_is_not_served() {
        let well = Well::new();
        well.get(false).await.unwrap();
        well.pass(100);
        assert!(well.get(true).await.is_err());
    }

    #[tokio::test]
    async fn a_forgotten_value_is_fetched_again() {
        let well = Well::new();
        well.get(false).await.unwrap();
        well.shared.forget(|value| *value == 7);
        assert_eq!(well.get(false).await.unwrap(), 0);
        well.shared.forget(|value| *value == 0);
        assert_eq!(well.get(false).await.unwrap(), 1);
    }

    #[tokio::test]
    async fn a_dropped_fetch_leaves_nothing_stuck() {
        let well = Well::new();
        let stuck = tokio::spawn({
            let well = Arc::clone(&well);
            async move {
                let never = || std::future::pending::<Result<Fresh<usize>, Error>>();
                well.shared.get(&well.runtime, never).await
            }
        });
        tokio::task::yield_now().await;
        let waiting = tokio::spawn({
            let well = Arc::clone(&well);
            async move { well.get(false).await }
        });
        tokio::task::yield_now().await;
        stuck.abort();
        assert_eq!(waiting.await.unwrap().unwrap(), 0);
    }
}
