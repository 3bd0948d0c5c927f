//! The service's clock against ours.
//!
//! Problem: signatures carry the time, services refuse those that are minutes off, and the clocks of machines
//! are wrong more often than one thinks.
//! Default: every response's `Date` is compared with the middle between sending and receiving. A difference of a
//! minute or more is added to the clock that signs, from the next attempt on; a smaller one is none, so the
//! correction goes away when the clock is mended.

use std::sync::atomic::{AtomicI64, Ordering};

use reqwest::header::{AGE, DATE, HeaderMap};

/// Differences below this, in milliseconds, are left to the service's tolerance. `Date` counts whole seconds.
const TOLERANCE: i64 = 60 * 1000;

/// What the service's clock is ahead of ours.
#[derive(Debug, Default)]
pub(crate) struct Skew(AtomicI64);

impl Skew {
    /// Milliseconds to add to our clock.
    pub(crate) fn offset(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Learns from a response to a request that was sent at `sent` and whose response arrived by `received`, by our clock
    /// without correction. Says whether the correction changed so much that signing again is worth it.
    pub(crate) fn observe(&self, headers: &HeaderMap, sent: i64, received: i64) -> bool {
        let Some(date) = date(headers) else { return false };
        let middle = sent + (received - sent) / 2;
        let measured = date - middle;
        let offset = if measured.abs() < TOLERANCE { 0 } else { measured };
        let before = self.0.swap(offset, Ordering::Relaxed);
        (offset - before).abs() >= TOLERANCE
    }

    /// The correction in words, if there is one.
    pub(crate) fn words(&self) -> Option<String> {
        let (offset, minutes) = (self.offset(), (self.offset().unsigned_abs() + 30_000) / 60_000);
        match offset {
            0 => None,
            1.. => Some(format!("the local clock is about {minutes} min behind the service's")),
            _ => Some(format!("the local clock is about {minutes} min ahead of the service's")),
        }
    }
}

/// The time that a response says, in Unix milliseconds; none if a cache may have kept the response for a while.
fn date(headers: &HeaderMap) -> Option<i64> {
    if headers.contains_key(AGE) {
        return None;
    }
    let text = headers.get(DATE)?.to_str().ok()?;
    let time = jiff::fmt::rfc2822::parse(text).ok()?;
    // The middle of the second that is named.
    Some(time.timestamp().as_millisecond() + 500)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NINE: i64 = 784_111_777_000; // Sun, 06 Nov 1994 08:49:37 GMT

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn a_wrong_clock_is_measured_against_the_middle_and_mended_again() {
        let skew = Skew::default();
        let date = headers(&[("date", "Sun, 06 Nov 1994 08:49:37 GMT")]);
        let hour = 3_600_000;
        assert!(skew.observe(&date, NINE - hour - 1000, NINE - hour + 2000));
        assert_eq!(skew.offset(), hour);
        assert_eq!(skew.words().unwrap(), "the local clock is about 60 min behind the service's");
        assert!(!skew.observe(&date, NINE - hour, NINE - hour), "nothing new");
        assert!(skew.observe(&date, NINE, NINE), "the clock was mended");
        assert_eq!((skew.offset(), skew.words()), (0, None));
        assert!(skew.observe(&date, NINE + hour, NINE + hour));
        assert!(skew.words().unwrap().contains("ahead"));
    }

    #[test]
    fn small_differences_cached_answers_and_odd_dates_say_nothing() {
        let skew = Skew::default();
        let date = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");
        assert!(!skew.observe(&headers(&[date]), NINE - 59_000, NINE - 59_000));
        assert!(!skew.observe(&headers(&[date, ("age", "7200")]), 0, 0));
        for odd in ["", "yesterday", "Sun, 99 Nov 1994 08:49:37 GMT"] {
            assert!(!skew.observe(&headers(&[("date", odd)]), 0, 0), "{odd}");
        }
        assert_eq!(skew.offset(), 0);
    }
}
