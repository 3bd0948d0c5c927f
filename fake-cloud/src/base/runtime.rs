//! Time and randomness; no other module reads them.
//!
//! Problem: expiry, clock skew and nonces can't be tested if every module reads the clock and the random source itself.
//! Default: the real clock and a seed that differs from start to start.
//! Override: `Builder::now` and `Builder::seed` before the start, `FakeCloud::set_now` and `advance` while it
//! runs. Only pauses take real time: a client that waits for a response waits by its own clock.
//!
//! The generator is SplitMix64: good enough for ids and nonces of a cloud that holds no real secret.

use std::hash::{BuildHasher, Hasher};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const HEX: &[u8] = b"0123456789abcdef";
/// The step of the generator.
const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;

/// The kind of clock.
#[derive(Debug, Clone, Copy)]
enum Clock {
    /// The real clock, plus this many milliseconds.
    Running { ahead: i64 },
    /// Stopped.
    Stopped { at: i64 },
}

/// The clock and the random source of one cloud.
#[derive(Debug)]
pub(crate) struct Runtime {
    /// The clock at the start.
    first: Clock,
    clock: Mutex<Clock>,
    seed: u64,
    dice: Mutex<Dice>,
}

#[derive(Debug)]
struct Dice {
    /// The state of the random source after a reset.
    first: u64,
    state: u64,
}

impl Runtime {
    pub(crate) fn new(now: Option<i64>, seed: Option<u64>) -> Self {
        let seed = seed.unwrap_or_else(entropy);
        let first = now.map_or(Clock::Running { ahead: 0 }, |at| Clock::Stopped { at });
        Self { first, clock: Mutex::new(first), seed, dice: Mutex::new(Dice { first: seed, state: seed }) }
    }

    fn clock<T>(&self, look: impl FnOnce(&mut Clock) -> T) -> T {
        look(&mut self.clock.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Unix time in milliseconds.
    pub(crate) fn now(&self) -> i64 {
        match self.clock(|clock| *clock) {
            Clock::Running { ahead } => real().saturating_add(ahead),
            Clock::Stopped { at } => at,
        }
    }

    /// Whether the clock is stopped.
    pub(crate) fn is_stopped(&self) -> bool {
        matches!(self.clock(|clock| *clock), Clock::Stopped { .. })
    }

    /// Stops the clock at a time.
    pub(crate) fn set_now(&self, unix_millis: i64) {
        self.clock(|clock| *clock = Clock::Stopped { at: unix_millis });
    }

    /// Moves the clock; it stays running or stopped.
    pub(crate) fn advance(&self, millis: i64) {
        self.clock(|clock| match clock {
            Clock::Running { ahead: moment } | Clock::Stopped { at: moment } => {
                *moment = moment.saturating_add(millis);
            }
        });
    }

    fn dice<T>(&self, roll: impl FnOnce(&mut Dice) -> T) -> T {
        roll(&mut self.dice.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Makes the present state that of a reset, so that values that are drawn once are not drawn again.
    pub(crate) fn settle(&self) {
        self.dice(|dice| dice.first = dice.state);
    }

    /// Sets the clock as at the start, and the random source to its state of a reset.
    pub(crate) fn reset(&self) {
        self.clock(|clock| *clock = self.first);
        self.dice(|dice| dice.state = dice.first);
    }

    /// Waits in real time.
    #[allow(clippy::disallowed_methods, reason = "the one module that may let time pass")]
    pub(crate) async fn pause(time: Duration) {
        tokio::time::sleep(time).await;
    }

    /// Whether the `count`-th of something happens that has this probability. It depends only on the seed, the counter
    /// and the count.
    pub(crate) fn happens(&self, row: u64, count: u64, probability: f64) -> bool {
        let place = row.wrapping_mul(0xd6e8_feb8_6659_fd93).wrapping_add(count);
        let drawn = mixed(self.seed ^ mixed(place.wrapping_mul(GAMMA)));
        // 53 bits are what a double holds.
        ((drawn >> 11) as f64) < probability * (1_u64 << 53) as f64
    }

    fn next(&self) -> u64 {
        self.dice(|dice| {
            dice.state = dice.state.wrapping_add(GAMMA);
            mixed(dice.state)
        })
    }

    /// Text of `length` characters out of an ASCII alphabet.
    pub(crate) fn text(&self, alphabet: &[u8], length: usize) -> String {
        let pick = |_| {
            let at = self.next() % (alphabet.len().max(1) as u64);
            alphabet.get(at as usize).copied().map_or('x', char::from)
        };
        (0..length).map(pick).collect()
    }

    /// Lower-case hexadecimal digits.
    pub(crate) fn hex(&self, length: usize) -> String {
        self.text(HEX, length)
    }

    /// A random UUID, version 4.
    pub(crate) fn uuid(&self) -> String {
        let variant = self.text(b"89ab", 1);
        let (a, b, c) = (self.hex(8), self.hex(4), self.hex(3));
        let (d, e) = (self.hex(3), self.hex(12));
        format!("{a}-{b}-4{c}-{variant}{d}-{e}")
    }
}

/// The mixing of SplitMix64.
fn mixed(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[allow(clippy::disallowed_methods, reason = "the one module that may read the clock")]
fn real() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// The standard library seeds its hash maps from the system; that seed is taken here.
fn entropy() -> u64 {
    std::collections::hash_map::RandomState::new().build_hasher().finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seeded(seed: u64) -> Runtime {
        Runtime::new(None, Some(seed))
    }

    #[test]
    fn same_seed_same_text() {
        let (a, b) = (Runtime::new(None, Some(7)), Runtime::new(None, Some(7)));
        a.settle();
        let first = a.uuid();
        assert_eq!(first, b.uuid());
        assert_ne!(first, a.uuid());
        a.reset();
        assert_eq!(first, a.uuid());
        assert_eq!(a.hex(32).len(), 32);
    }

    #[test]
    fn the_clock_can_be_set() {
        let runtime = Runtime::new(Some(5), None);
        assert_eq!(runtime.now(), 5);
        runtime.set_now(9);
        runtime.advance(-10);
        assert_eq!((runtime.now(), runtime.is_stopped()), (-1, true));
        runtime.advance(i64::MIN);
        runtime.reset();
        assert_eq!(runtime.now(), 5);
    }

    #[test]
    fn a_clock_that_runs_goes_on_running() {
        let runtime = Runtime::new(None, None);
        let now = runtime.now();
        assert!(now > 1_700_000_000_000);
        runtime.advance(86_400_000);
        assert!(runtime.now() >= now + 86_400_000 && !runtime.is_stopped());
        runtime.advance(i64::MAX);
        assert_eq!(runtime.now(), i64::MAX);
    }

    #[test]
    fn chances_follow_from_the_seed_and_keep_their_rate() {
        let (one, two, other) = (seeded(3), seeded(3), seeded(4));
        let count = |runtime: &Runtime, rate| (0..10_000).filter(|n| runtime.happens(1, *n, rate)).count();
        assert!((400..600).contains(&count(&one, 0.05)), "{}", count(&one, 0.05));
        assert_eq!((count(&one, 0.0), count(&one, 1.0)), (0, 10_000));
        let row = |runtime: &Runtime, row| -> Vec<bool> {
            (0..64).map(|count| runtime.happens(row, count, 0.5)).collect()
        };
        assert_eq!(row(&one, 1), row(&two, 1));
        assert_ne!(row(&one, 1), row(&other, 1));
        assert_ne!(row(&one, 1), row(&one, 2));
    }
}
