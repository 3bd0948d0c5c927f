//! Time and randomness, injected.
//!
//! Problem: signatures, expiry and backoff depend on the clock and on random bytes, and code that reads them directly
//! can't be tested without sleeping. Only this module does so.
//!
//! Default: the system's clock and random source ([`Runtime::system`]).
//! Override: [`Runtime::fixed`] in tests, passed to a client builder's `runtime`.

use std::future::Future;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant, SystemTime};

use crate::timestamp::unix_millis;

/// The source of time and randomness of a client.
///
/// ```
/// use std::time::Duration;
/// let runtime = dbplane::Runtime::fixed(1_768_465_800_000, 7);
/// runtime.advance(Duration::from_secs(60));
/// assert_eq!(runtime.unix_millis(), 1_768_465_860_000);
/// ```
#[derive(Debug, Clone)]
pub struct Runtime {
    source: Arc<TimeSource>,
    /// Added to the clock, in milliseconds: how far a service's clock is ahead of the local clock.
    offset: i64,
}

#[derive(Debug)]
enum TimeSource {
    System,
    Fixed { millis: AtomicI64, passed: AtomicI64, seed: AtomicU64 },
}

impl Runtime {
    /// The system's clock and random source.
    #[must_use]
    pub fn system() -> Self {
        Self { source: Arc::new(TimeSource::System), offset: 0 }
    }

    /// Creates a clock that is stopped at `unix_millis` until it is moved, and deterministic random bytes from `seed`.
    ///
    /// For tests only: the bytes are predictable.
    #[must_use]
    pub fn fixed(unix_millis: i64, seed: u64) -> Self {
        let source = TimeSource::Fixed {
            millis: AtomicI64::new(unix_millis),
            passed: AtomicI64::new(0),
            seed: AtomicU64::new(seed),
        };
        Self { source: Arc::new(source), offset: 0 }
    }

    /// Milliseconds since 1970-01-01 UTC.
    #[must_use]
    #[allow(clippy::disallowed_methods)] // the one place that reads the clock
    pub fn unix_millis(&self) -> i64 {
        let now = match &*self.source {
            TimeSource::System => unix_millis(SystemTime::now()),
            TimeSource::Fixed { millis, .. } => millis.load(Ordering::SeqCst),
        };
        now.saturating_add(self.offset)
    }

    /// The same, with a clock that is `millis` ahead.
    pub(crate) fn shifted(&self, millis: i64) -> Self {
        Self { source: Arc::clone(&self.source), offset: self.offset.saturating_add(millis) }
    }

    /// Moves a fixed clock forward. It has no effect on the system's clock.
    pub fn advance(&self, by: Duration) {
        if let TimeSource::Fixed { millis, passed, .. } = &*self.source {
            let by = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
            for clock in [millis, passed] {
                // Never fails, because the closure always returns a value.
                _ = clock
                    .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |now| Some(now.saturating_add(by)));
            }
        }
    }

    /// Sets the wall clock of a fixed clock without moving its monotonic time, as a correction of the system's clock
    /// does.
    pub fn set_unix_millis(&self, unix_millis: i64) {
        if let TimeSource::Fixed { millis, .. } = &*self.source {
            millis.store(unix_millis, Ordering::SeqCst);
        }
    }

    /// A monotonic time, for timeouts.
    #[allow(clippy::disallowed_methods)] // the one place that reads the clock
    pub(crate) fn elapsed(&self) -> Duration {
        static START: OnceLock<Instant> = OnceLock::new();
        match &*self.source {
            TimeSource::System => START.get_or_init(Instant::now).elapsed(),
            TimeSource::Fixed { passed, .. } => {
                Duration::from_millis(u64::try_from(passed.load(Ordering::SeqCst)).unwrap_or(0))
            }
        }
    }

    /// The reason why waiting is impossible here, if so: tokio panics without its runtime or its clock.
    #[allow(clippy::disallowed_methods)] // the one place that waits
    pub(crate) fn lacks_tokio(&self) -> Option<&'static str> {
        if tokio::runtime::Handle::try_current().is_err() {
            return Some(
                "there is no tokio runtime here; call from within one, for example under #[tokio::main]",
            );
        }
        let clock = || drop(tokio::time::sleep(Duration::ZERO));
        let ticks =
            matches!(&*self.source, TimeSource::Fixed { .. }) || std::panic::catch_unwind(clock).is_ok();
        (!ticks).then_some("the tokio runtime has no clock; build it with enable_all()")
    }

    /// The reason why this tokio runtime can't send, if so. It is checked by creating a socket.
    pub(crate) fn lacks_io() -> Option<&'static str> {
        let socket = std::net::UdpSocket::bind("127.0.0.1:0").and_then(|socket| {
            socket.set_nonblocking(true)?;
            Ok(socket)
        });
        let Ok(socket) = socket else { return None };
        let registers = std::panic::catch_unwind(move || drop(tokio::net::UdpSocket::from_std(socket)));
        registers.is_err().then_some("the tokio runtime has no I/O; build it with enable_all()")
    }

    /// Waits. A fixed clock does not: it moves forward instead.
    #[allow(clippy::disallowed_methods)] // the one place that waits
    pub(crate) async fn sleep(&self, duration: Duration) {
        match &*self.source {
            TimeSource::System => tokio::time::sleep(duration).await,
            TimeSource::Fixed { .. } => {
                self.advance(duration);
                tokio::task::yield_now().await;
            }
        }
    }

    /// Runs a future with a timeout; `None` if it did not complete in time.
    ///
    /// With a fixed clock, time passes only when the clock is moved, so it is checked when the future is completed.
    pub(crate) async fn within<T>(&self, limit: Duration, work: impl Future<Output = T>) -> Option<T> {
        match &*self.source {
            TimeSource::System => tokio::time::timeout(limit, work).await.ok(),
            TimeSource::Fixed { .. } => {
                let end = self.elapsed().saturating_add(limit);
                let done = work.await;
                (self.elapsed() <= end).then_some(done)
            }
        }
    }

    /// A random fraction, from 0 up to but without 1; a half when failed to read random bytes from the system.
    pub(crate) fn fraction(&self) -> f64 {
        let Some([a, b, c, d, ..]) = self.random() else { return 0.5 };
        f64::from(u32::from_be_bytes([a, b, c, d])) / (f64::from(u32::MAX) + 1.0)
    }

    /// Sixteen random bytes, or `None` when the system gives none.
    #[allow(clippy::disallowed_methods)] // the one place that reads the random source
    pub(crate) fn random(&self) -> Option<[u8; 16]> {
        let mut bytes = [0; 16];
        match &*self.source {
            TimeSource::System => getrandom::fill(&mut bytes).ok()?,
            TimeSource::Fixed { seed, .. } => {
                for half in bytes.chunks_mut(8) {
                    half.copy_from_slice(&split_mix(seed).to_be_bytes());
                }
            }
        }
        Some(bytes)
    }

    /// A random UUID, version 4.
    pub(crate) fn uuid(&self) -> Option<String> {
        let mut bytes = self.random()?;
        bytes[6] = bytes[6] & 0x0f | 0x40;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        let hex = hex::encode(bytes);
        Some([&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-"))
    }
}

/// The next number of the SplitMix64 sequence.
fn split_mix(seed: &AtomicU64) -> u64 {
    const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut z = seed.fetch_add(STEP, Ordering::SeqCst).wrapping_add(STEP);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uuids_have_version_and_variant_and_differ() {
        let runtime = Runtime::fixed(0, 1);
        let (a, b) = (runtime.uuid().unwrap(), runtime.uuid().unwrap());
        assert_ne!(a, b);
        assert_eq!((a.len(), &a[14..15]), (36, "4"));
        assert!(matches!(&a[19..20], "8" | "9" | "a" | "b"));
    }

    #[test]
    fn a_fixed_clock_stops_at_the_end_of_time() {
        let runtime = Runtime::fixed(i64::MAX - 1, 0);
        runtime.advance(Duration::MAX);
        assert_eq!(runtime.unix_millis(), i64::MAX);
        assert_eq!(Runtime::fixed(i64::MIN, 0).shifted(-1).unix_millis(), i64::MIN);
    }

    #[test]
    fn a_fixed_clock_moves_only_when_told() {
        let runtime = Runtime::fixed(5, 0);
        assert_eq!(runtime.unix_millis(), 5);
        runtime.clone().advance(Duration::from_millis(10));
        assert_eq!(runtime.unix_millis(), 15);
    }
}
