//! Times in the formats of the services.
//!
//! Problem: the vendors write times in a dozen formats, some without a zone, some malformed, some empty while a
//! resource is being created, and a strict decoder fails for a whole response because of one of them. Default: a
//! [`Timestamp`] keeps the received text, and parses the time on demand; decoding accepts every text and number.
//! Timestamps are compared by time. Override: [`Timestamp::as_str`] returns the text for custom parsing.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Serialize, Serializer};

use crate::civil::{self, Civil, Time};

/// A point in time, in the format of the service.
///
/// Supported formats are a date with a time, with or without a fraction, followed by `Z`, an offset (`+08:00`, `+0800`,
/// `UTC+8`) or nothing, which is read as UTC; and whole numbers, which are milliseconds since 1970 if they are greater
/// than 10^11, else seconds.
///
/// Timestamps are compared by time, regardless of their format. A timestamp in an unsupported format is compared as
/// text, and is less than all others.
///
/// ```
/// use dbplane::Timestamp;
/// let [east, utc] = ["2026-01-15T16:30:00+08:00", "2026-01-15T08:30:00Z"].map(Timestamp::from);
/// assert_eq!(east, utc);
/// assert!(utc < Timestamp::from("2026-01-15 08:30:01"));
/// ```
#[derive(Clone)]
pub struct Timestamp {
    text: String,
}

impl Timestamp {
    /// The text as the service wrote it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Milliseconds since 1970-01-01 UTC, without smaller fractions; `None` if the format is not supported.
    pub fn unix_millis(&self) -> Option<i64> {
        // As many fit as the numbers that are read.
        understand(self.text.trim()).and_then(|nanos| i64::try_from(nanos / NANOS_PER_MILLI).ok())
    }

    /// Creates a timestamp in RFC 3339 format in UTC. A time outside the years 0 to 9999, which that format does not
    /// support, is written as a number.
    pub fn from_unix_millis(millis: i64) -> Self {
        let text = Civil::of(millis.div_euclid(1_000)).map_or_else(
            || millis.to_string(),
            |Civil { year, month, day, time: Time { hour, minute, second } }| {
                let fraction = format!(".{:03}", millis.rem_euclid(1_000));
                let fraction = fraction.trim_end_matches(['.', '0']);
                format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z")
            },
        );
        Self { text }
    }
}

impl Timestamp {
    /// The timestamp as a `SystemTime`; `None` if the format is not supported, or the platform can't represent the
    /// time.
    pub fn to_system_time(&self) -> Option<SystemTime> {
        let millis = self.unix_millis()?;
        let distance = Duration::from_millis(millis.unsigned_abs());
        if millis < 0 { UNIX_EPOCH.checked_sub(distance) } else { UNIX_EPOCH.checked_add(distance) }
    }
}

#[cfg(feature = "jiff")]
impl Timestamp {
    /// The timestamp as a `jiff::Timestamp`; `None` if the format is not supported, or the time is outside the years
    /// -9999 to 9999. Requires the feature `jiff`.
    ///
    /// ```
    /// # use dbplane::Timestamp;
    /// let at = Timestamp::from("2026-01-15T16:30:00.25+08:00").to_jiff();
    /// assert_eq!(at, "2026-01-15T08:30:00.25Z".parse().ok());
    /// ```
    pub fn to_jiff(&self) -> Option<jiff::Timestamp> {
        jiff::Timestamp::from_nanosecond(understand(self.text.trim())?).ok()
    }
}

#[cfg(feature = "jiff")]
impl From<jiff::Timestamp> for Timestamp {
    fn from(time: jiff::Timestamp) -> Self {
        Self { text: time.to_string() }
    }
}

impl From<SystemTime> for Timestamp {
    /// Fractions of a millisecond are cut off.
    fn from(time: SystemTime) -> Self {
        Self::from_unix_millis(unix_millis(time))
    }
}

/// Milliseconds since 1970-01-01 UTC, within the range of the number.
pub(crate) fn unix_millis(time: SystemTime) -> i64 {
    let millis = |distance: Duration| i64::try_from(distance.as_millis()).unwrap_or(i64::MAX);
    time.duration_since(UNIX_EPOCH).map_or_else(|before| millis(before.duration()).saturating_neg(), millis)
}

impl From<String> for Timestamp {
    fn from(text: String) -> Self {
        Self { text }
    }
}

impl From<&str> for Timestamp {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl Timestamp {
    /// The key for comparison: the time, or the text if it can't be parsed.
    fn key(&self) -> (Option<i128>, &str) {
        let instant = understand(self.text.trim());
        (instant, if instant.is_some() { "" } else { &self.text })
    }
}

impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text || self.key() == other.key()
    }
}

impl Eq for Timestamp {}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Timestamp {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl Hash for Timestamp {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Timestamp").field(&self.text).finish()
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

const NANOS_PER_MILLI: i128 = 1_000_000;
const NANOS_PER_SECOND: i128 = 1_000_000_000;

/// The instant of a text, in nanoseconds since 1970-01-01 UTC.
fn understand(text: &str) -> Option<i128> {
    if let Ok(number) = text.parse::<i64>() {
        const MILLIS_FROM: u64 = 100_000_000_000; // as seconds, the year 5138
        let millis = if number.unsigned_abs() > MILLIS_FROM { number } else { number * 1000 };
        return Some(i128::from(millis) * NANOS_PER_MILLI);
    }
    // The time of day ends before the first character that is neither a digit nor a separator.
    let time_end = |at: usize, byte: &u8| at > 10 && !matches!(byte, b'0'..=b'9' | b':' | b'.' | b',');
    let end =
        text.bytes().enumerate().find(|(at, byte)| time_end(*at, byte)).map_or(text.len(), |(at, _)| at);
    let (clock, zone) = text.split_at_checked(end)?;
    let (date, time) = clock.split_once(['T', 't', ' '])?;
    let (time, fraction) = time.split_once(['.', ',']).unwrap_or((time, "0"));
    let [year, month, day] = [date.get(..4)?, date.get(5..7)?, date.get(8..)?].map(civil::number);
    if date.len() != 10 || !date.bytes().enumerate().all(|(at, byte)| (byte == b'-') == matches!(at, 4 | 7)) {
        return None;
    }
    let date = Civil { year: year?, month: month?, day: day?, time: Time::read(time)? };
    let seconds = date.seconds()? - civil::offset(zone.trim())?;
    Some(i128::from(seconds) * NANOS_PER_SECOND + nanos(fraction)?)
}

/// The nanoseconds of the digits after the point.
fn nanos(fraction: &str) -> Option<i128> {
    const DIGITS: usize = 9;
    let digits =
        civil::number(fraction.get(..DIGITS.min(fraction.len()))?).filter(|_| !fraction.is_empty())?;
    let missing = DIGITS.saturating_sub(fraction.len());
    Some((0..missing).fold(digits.into(), |digits: i128, _| digits * 10))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NEW_YEAR: i64 = 1_704_067_200_000; // 2024-01-01T00:00:00Z
    const EIGHT_HOURS: i64 = 8 * 3600 * 1000;

    #[test]
    fn understands_the_forms_of_the_vendors() {
        let east = NEW_YEAR - EIGHT_HOURS;
        let rows = [
            ("2024-01-01T00:00:00Z", NEW_YEAR),
            ("2024-01-01t00:00:00z", NEW_YEAR),
            ("2024-01-01T00:00:00.123000Z", NEW_YEAR + 123),
            ("2024-01-01T00:00:00.123456789+08:00", east + 123),
            ("2024-01-01T00:00:00+08:00", east),
            ("2024-01-01T00:00:00+0800", east),
            ("2024-01-01T00:00:00-0800", NEW_YEAR + EIGHT_HOURS),
            ("2024-01-01T00:00:00-00:30", NEW_YEAR + 1_800_000),
            ("2024-01-01T00:00:00+0000", NEW_YEAR),
            ("2024-01-01T00:00:00_0800", east),
            ("2024-01-01T00:00:00.5+0800", east + 500),
            ("2024-01-01T00:00:00", NEW_YEAR),
            ("2024-01-01T00:00:00.9999", NEW_YEAR + 999),
            ("2024-01-01 00:00:00", NEW_YEAR),
            ("2024-01-01 00:00:00.25", NEW_YEAR + 250),
            (" 2024-01-01 00:00:00\n", NEW_YEAR),
            ("2024-01-01 00:00:00 UTC+0", NEW_YEAR),
            ("2024-01-01 00:00:00 UTC+8", east),
            ("2024-01-01 00:00:00 +08:00", east),
            ("2024-01-01 00:00:00 UTC", NEW_YEAR),
            ("1704067200", NEW_YEAR),
            ("1704067200000", NEW_YEAR),
        ];
        for (text, millis) in rows {
            let read: Timestamp = serde_json::from_value(text.into()).unwrap();
            assert_eq!(read.unix_millis(), Some(millis), "{text}");
            assert_eq!((read.as_str(), read.to_string()), (text, text.to_owned()));
            assert_eq!(serde_json::to_value(&read).unwrap(), text);
        }
    }

    #[test]
    fn keeps_what_it_does_not_understand() {
        let odd =
            ["", " ", "-", "never", "2024-01-01", "2024-01-01T", "2024-01-01T00:00:00+", "24:00", "１２"];
        let bad = ["2024-13-01T00:00:00Z", "2024-01-01T25:00:00Z", "2024-01-01T00:00:00+99:00"];
        let more = ["2024-01-01T00:00:00+08:60", "2024-01-01T00:00:00+08:0é", "2024-01-01T00:00:00 CST"];
        for text in odd.iter().chain(&bad).chain(&more) {
            let read: Timestamp = serde_json::from_value((*text).into()).unwrap();
            assert_eq!((read.as_str(), read.unix_millis()), (*text, None));
        }
    }

    #[test]
    fn reads_numbers() {
        let rows = [
            ("1704067200", Some(NEW_YEAR)),
            ("1704067200000", Some(NEW_YEAR)),
            ("0", Some(0)),
            ("-1", Some(-1000)),
            ("100000000000", Some(100_000_000_000_000)),
            ("100000000001", Some(100_000_000_001)),
            ("18446744073709551615", None),
            ("1704067200.5", None),
            ("true", None),
        ];
        for (sent, millis) in rows {
            let read: Timestamp = serde_json::from_str(sent).unwrap();
            assert_eq!((read.as_str(), read.unix_millis()), (sent, millis));
        }
        assert_eq!(serde_json::from_str::<Option<Timestamp>>("null").unwrap(), None);
    }

    #[test]
    fn compares_instants() {
        let hash = |t: &Timestamp| {
            let mut hasher = std::hash::DefaultHasher::new();
            t.hash(&mut hasher);
            hasher.finish()
        };
        let same = ["2024-01-01T00:00:00Z", "2024-01-01T08:00:00+08:00", "1704067200", "1704067200000"];
        for pair in same.windows(2) {
            let [a, b] = [pair[0], pair[1]].map(Timestamp::from);
            assert_eq!((&a, hash(&a), a.cmp(&b)), (&b, hash(&b), Ordering::Equal));
        }
        let rising = [
            "",
            "soon",
            "-1",
            "2023-12-31T23:59:59.9991Z",
            "2023-12-31T23:59:59.9992Z",
            same[1],
            "1704067201",
        ];
        let mut sorted: Vec<_> = rising.iter().rev().map(|text| Timestamp::from(*text)).collect();
        sorted.sort();
        assert_eq!(sorted.iter().map(Timestamp::as_str).collect::<Vec<_>>(), rising);
        assert_ne!(Timestamp::from("soon"), Timestamp::from("later"));
    }

    #[test]
    fn writes_instants() {
        assert_eq!(Timestamp::from_unix_millis(NEW_YEAR).as_str(), "2024-01-01T00:00:00Z");
        assert_eq!(Timestamp::from_unix_millis(NEW_YEAR + 120).as_str(), "2024-01-01T00:00:00.12Z");
        assert_eq!(Timestamp::from_unix_millis(-62_167_219_200_001).as_str(), "-62167219200001");
        assert_eq!(format!("{:?}", Timestamp::from("x")), r#"Timestamp("x")"#);
    }

    proptest! {
        #[test]
        fn every_instant_survives_its_text(far: i64, near in -62_167_219_200_000_i64..253_402_207_200_000) {
            for millis in [far, near] {
                let made = Timestamp::from_unix_millis(millis);
                prop_assert_eq!(made.unix_millis(), Some(millis));
                prop_assert_eq!(Timestamp::from(made.as_str()).unix_millis(), Some(millis), "{}", made);
            }
        }

        #[test]
        fn every_text_survives(text in r"(\PC*|[-0-9TZz:+_. UTC]{0,40}|2024-01-01[T ]00:00:00\PC{0,8})") {
            let read: Timestamp = serde_json::from_value(text.as_str().into()).unwrap();
            prop_assert_eq!(serde_json::to_value(&read).unwrap(), text.as_str());
        }
    }

    #[test]
    fn a_system_time_survives_the_way_there_and_back() {
        for millis in [0, 1, NEW_YEAR, -1, -NEW_YEAR] {
            let timestamp = Timestamp::from_unix_millis(millis);
            let time = timestamp.to_system_time().unwrap();
            assert_eq!((Timestamp::from(time), unix_millis(time)), (timestamp, millis));
        }
        assert_eq!(Timestamp::from("soon").to_system_time(), None);
        for extreme in [i64::MAX, i64::MIN] {
            // Some platforms can represent it, and none must panic.
            let time = Timestamp::from_unix_millis(extreme).to_system_time();
            assert!(time.is_none_or(|time| unix_millis(time).unsigned_abs() >= i64::MAX.unsigned_abs()));
        }
    }
}
