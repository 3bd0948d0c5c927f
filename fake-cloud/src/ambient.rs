//! Time and randomness, and nowhere else.
//!
//! Problem: expiry, clock skew and nonces cannot be tested while every module reads the clock and rolls dice
//! for itself. All of them ask this one.
//! Default: the real clock and a seed that differs from start to start.
//! Override: `Builder::now` and `Builder::seed` before the start, `FakeCloud::set_now` while it runs.
//!
//! The generator is SplitMix64: good enough for ids and nonces of a cloud that holds no real secret.

use std::hash::{BuildHasher, Hasher};
use std::sync::{Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

const HEX: &[u8] = b"0123456789abcdef";

/// The clock and the dice of one cloud.
#[derive(Debug)]
pub(crate) struct Ambient {
    /// Unix milliseconds that the clock stands at; none for the real clock.
    clock: Mutex<Option<i64>>,
    state: Mutex<u64>,
}

impl Ambient {
    pub(crate) fn new(now: Option<i64>, seed: Option<u64>) -> Self {
        let seed = seed.unwrap_or_else(entropy);
        Self { clock: Mutex::new(now), state: Mutex::new(seed) }
    }

    /// Unix time in milliseconds.
    pub(crate) fn now(&self) -> i64 {
        let set = *self.clock.lock().unwrap_or_else(PoisonError::into_inner);
        set.unwrap_or_else(real)
    }

    /// Stops the clock at a moment.
    pub(crate) fn set_now(&self, unix_millis: i64) {
        *self.clock.lock().unwrap_or_else(PoisonError::into_inner) = Some(unix_millis);
    }

    fn next(&self) -> u64 {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = *state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
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

    #[test]
    fn same_seed_same_text() {
        let (a, b) = (Ambient::new(None, Some(7)), Ambient::new(None, Some(7)));
        assert_eq!(a.uuid(), b.uuid());
        assert_ne!(a.uuid(), a.uuid());
        assert_eq!(a.hex(32).len(), 32);
    }

    #[test]
    fn the_clock_can_be_set() {
        let ambient = Ambient::new(Some(5), None);
        assert_eq!(ambient.now(), 5);
        ambient.set_now(9);
        assert_eq!(ambient.now(), 9);
        assert!(Ambient::new(None, None).now() > 1_700_000_000_000);
    }
}
