//! The header `Retry-After`: how long to wait before a retry.
//!
//! Problem: `Retry-After` comes as seconds, as a date in three forms, with fractions that the standard does not have,
//! and malformed; and a client that ignores a malformed one would retry within milliseconds.
//! Default: a date is relative to the `Date` of the same response, because both are from one clock. The longest of
//! several is used. One that can't be parsed means 20 seconds, the longest default pause; unlike a valid one with a
//! 503, it does not mean that the service did nothing.
//! Override: none.

use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderValue, RETRY_AFTER};

use super::skew::date;
use crate::runtime::Runtime;
use crate::wire::http_date;

/// The wait for a header that can't be parsed.
const UNREADABLE: Duration = Duration::from_secs(20);

/// The wait of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RetryAfter {
    pub(super) wait: Duration,
    /// Whether it could be parsed.
    pub(super) readable: bool,
}

/// Parses it, if there is one. `runtime` has the service's time, if it is known.
pub(super) fn retry_after(headers: &HeaderMap, runtime: &Runtime) -> Option<RetryAfter> {
    let local = runtime.unix_millis();
    let now = date(headers, local).unwrap_or(local);
    let waits = headers.get_all(RETRY_AFTER).iter().map(|value| match read(value, now) {
        Some(wait) => RetryAfter { wait, readable: true },
        None => RetryAfter { wait: UNREADABLE, readable: false },
    });
    waits.max_by_key(|hint| hint.wait)
}

fn read(value: &HeaderValue, now: i64) -> Option<Duration> {
    let text = value.to_str().ok()?.trim();
    if let Some(date) = http_date::read(text, now) {
        return Some(Duration::from_millis(u64::try_from(date.saturating_sub(now)).unwrap_or(0)));
    }
    let number = text.strip_suffix(['s', 'S']).unwrap_or(text).trim_end();
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    // A number of seconds that is too large means the maximum.
    let seconds = whole.parse().unwrap_or(u64::MAX);
    let more = u64::from(fraction.bytes().any(|b| b != b'0'));
    Some(Duration::from_secs(seconds.saturating_add(more)))
}

#[cfg(test)]
mod tests {
    use reqwest::header::DATE;

    use super::*;

    const NOW: i64 = 1_768_465_800_000; // Thu, 15 Jan 2026 08:30:00 GMT

    fn hint(values: &[&str]) -> Option<RetryAfter> {
        let headers = values.iter().map(|value| (RETRY_AFTER, HeaderValue::from_str(value).unwrap()));
        retry_after(&headers.collect::<Vec<_>>().into_iter().collect(), &Runtime::fixed(NOW, 1))
    }

    #[test]
    fn every_form_is_read() {
        for (text, seconds) in [
            ("7", 7),
            (" 7 ", 7),
            ("0", 0),
            ("1.5", 2),
            ("1.0", 1),
            ("120s", 120),
            ("99999999999999999999", u64::MAX),
            ("Thu, 15 Jan 2026 08:30:09 GMT", 9),
            ("Thursday, 15-Jan-26 08:30:09 GMT", 9),
            ("Thu Jan 15 08:30:09 2026", 9),
            ("Thu, 15 Jan 2026 08:00:00 GMT", 0),
        ] {
            let wait = Duration::from_secs(seconds);
            assert_eq!(hint(&[text]), Some(RetryAfter { wait, readable: true }), "{text}");
        }
    }

    #[test]
    fn what_can_not_be_read_is_a_wait_all_the_same() {
        for text in ["", "soon", "-1", "1.", ".5", "1,5", "0x10", "1e3", "NaN", "inf", "2026-01-15T08:30:09Z"]
        {
            assert_eq!(hint(&[text]), Some(RetryAfter { wait: UNREADABLE, readable: false }), "{text}");
        }
        let bytes = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_bytes(b"\xff").unwrap())]);
        assert!(!retry_after(&bytes, &Runtime::fixed(NOW, 1)).unwrap().readable);
        assert_eq!(hint(&[]), None);
    }

    #[test]
    fn the_longest_of_several_counts() {
        assert_eq!(hint(&["3", "7", "5"]).unwrap().wait, Duration::from_secs(7));
        assert_eq!(hint(&["3", "soon"]).unwrap().wait, UNREADABLE);
        assert_eq!(hint(&["60", "soon"]).unwrap().wait, Duration::from_secs(60));
    }

    #[test]
    fn a_date_counts_from_the_date_of_the_response() {
        let date = |text| HeaderValue::from_static(text);
        let headers = HeaderMap::from_iter([
            (DATE, date("Thu, 15 Jan 2026 10:30:00 GMT")),
            (RETRY_AFTER, date("Thu, 15 Jan 2026 10:30:09 GMT")),
        ]);
        let wait = retry_after(&headers, &Runtime::fixed(NOW, 1)).unwrap().wait;
        assert_eq!(wait, Duration::from_secs(9), "whatever the local clock says");
    }
}
