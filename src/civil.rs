//! Dates and times of day, in UTC.
//!
//! Problem: texts have years, months and days, clocks have milliseconds. Libraries for the conversion do far more, and
//! took a twelfth of the build time of a program. Default: the Gregorian calendar of the years 0 to 9999, without leap
//! seconds; tests compare it with jiff. Override: the feature `jiff`, for arithmetic with times.

const SECONDS_PER_DAY: i64 = 86_400;
/// Days from 0000-03-01 to 1970-01-01.
const EPOCH: i64 = 719_468;
/// Days of 400 years, after which the calendar repeats.
const DAYS_PER_ERA: i64 = 146_097;

/// A date with a time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Civil {
    pub(crate) year: i64,
    /// 1 to 12.
    pub(crate) month: i64,
    /// From 1.
    pub(crate) day: i64,
    pub(crate) time: Time,
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Time {
    pub(crate) hour: i64,
    pub(crate) minute: i64,
    pub(crate) second: i64,
}

impl Civil {
    /// The date of a time in seconds since 1970; none outside of the years 0 to 9999.
    pub(crate) fn of(seconds: i64) -> Option<Self> {
        let (days, second) =
            (seconds.div_euclid(SECONDS_PER_DAY) + EPOCH, seconds.rem_euclid(SECONDS_PER_DAY));
        let (era, day) = (days.div_euclid(DAYS_PER_ERA), days.rem_euclid(DAYS_PER_ERA));
        // Years start in March here, so that the leap day is their last day.
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        let day = day - (365 * year + year / 4 - year / 100);
        let month = (5 * day + 2) / 153;
        let day = day - (153 * month + 2) / 5 + 1;
        let (year, month) = if month < 10 { (year, month + 3) } else { (year + 1, month - 9) };
        let time = Time { hour: second / 3_600, minute: second / 60 % 60, second: second % 60 };
        let date = Self { year: era * 400 + year, month, day, time };
        (0..=9_999).contains(&date.year).then_some(date)
    }

    /// Seconds since 1970; none if there is no such date.
    pub(crate) fn seconds(&self) -> Option<i64> {
        let Self { year, month, day, time: Time { hour, minute, second } } = *self;
        let small = |number: i64| (0..=99).contains(&number);
        if ![month, day, hour, minute, second].into_iter().all(small) || !(0..=9_999).contains(&year) {
            return None;
        }
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        let days = 365 * year + leap_days + (153 * month + 2) / 5 + day - 1 - EPOCH;
        let seconds = days * SECONDS_PER_DAY + hour * 3_600 + minute * 60 + second;
        // An invalid date, such as February 30, is the same time as another date.
        (Self::of(seconds)? == *self).then_some(seconds)
    }
}

impl Time {
    /// A time of day such as `08:30:00`, `08:30` or `083000`. The second 60 of a leap second is 59.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let colons = text.contains(':');
        let fits = |(at, byte): (usize, u8)| {
            if colons && at % 3 == 2 { byte == b':' } else { byte.is_ascii_digit() }
        };
        if !text.bytes().enumerate().all(fits)
            || !matches!((colons, text.len()), (true, 5 | 8) | (false, 4 | 6))
        {
            return None;
        }
        let step = if colons { 3 } else { 2 };
        let part = |at: usize| number(text.get(at * step..at * step + 2)?);
        let second = part(2).unwrap_or(0);
        Some(Self { hour: part(0)?, minute: part(1)?, second: if second == 60 { 59 } else { second } })
    }
}

/// Digits as a number, and nothing but digits.
pub(crate) fn number(text: &str) -> Option<i64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

/// The offset of a zone from UTC, in seconds: of `Z`, `+08:00`, `+0800`, `_0800` (a vendor's slip for `+0800`), `UTC+8`
/// or nothing.
pub(crate) fn offset(zone: &str) -> Option<i64> {
    let zone = ["UTC", "GMT", "Z", "z"].iter().find_map(|name| zone.strip_prefix(name)).unwrap_or(zone);
    let Some(sign) = zone.chars().next() else { return Some(0) };
    let digits = zone.get(1..)?;
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None => digits.split_at_checked(2).unwrap_or((digits, "")),
    };
    if !matches!((hours.len(), minutes.len()), (1 | 2, 0 | 2)) {
        return None;
    }
    let minutes = if minutes.is_empty() { 0 } else { number(minutes).filter(|minutes| *minutes < 60)? };
    let seconds = (number(hours).filter(|hours| *hours < 24)? * 60 + minutes) * 60;
    match sign {
        '+' | '_' => Some(seconds),
        '-' => Some(-seconds),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FIRST: i64 = -62_167_219_200; // 0000-01-01T00:00:00Z
    const LAST: i64 = 253_402_300_799; // 9999-12-31T23:59:59Z

    #[test]
    fn the_ends_of_the_calendar_are_known() {
        for (seconds, year) in [(FIRST, Some(0)), (FIRST - 1, None), (LAST, Some(9_999)), (LAST + 1, None)] {
            assert_eq!(Civil::of(seconds).map(|date| date.year), year);
        }
        for extreme in [i64::MIN, i64::MAX] {
            assert_eq!(Civil::of(extreme), None);
        }
    }

    #[test]
    fn times_of_day_are_read() {
        let rows =
            [("08:30:05", Some((8, 30, 5))), ("083005", Some((8, 30, 5))), ("08:30", Some((8, 30, 0)))];
        let more =
            [("0830", Some((8, 30, 0))), ("23:59:60", Some((23, 59, 59))), ("08:30:61", Some((8, 30, 61)))];
        for (text, time) in rows.into_iter().chain(more) {
            assert_eq!(Time::read(text).map(|time| (time.hour, time.minute, time.second)), time, "{text}");
        }
        for text in
            ["", "8:30", "08:3005", "0830:05", "08:30:", "08", "+8:30", "08:30:0é", "08-30-05", "08:30:05Z"]
        {
            assert_eq!(Time::read(text), None, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_moment_is_the_date_that_jiff_says(seconds in FIRST..=253_402_207_200) {
            let date = Civil::of(seconds).unwrap();
            let Time { hour, minute, second } = date.time;
            let text = format!("{:04}-{:02}-{:02}T{hour:02}:{minute:02}:{second:02}Z", date.year, date.month, date.day);
            prop_assert_eq!(&text, &jiff::Timestamp::from_second(seconds).unwrap().to_string());
            prop_assert_eq!(date.seconds(), Some(seconds));
        }

        #[test]
        fn a_date_exists_if_jiff_says_so(year in 0..=9_999_i64, month in 0..=14_i64, day in 0..=33_i64, hour in 0..=25_i64) {
            let date = Civil { year, month, day, time: Time { hour, minute: 59, second: 59 } };
            let (year, [month, day, hour]) = (i16::try_from(year).unwrap(), [month, day, hour].map(|n| i8::try_from(n).unwrap()));
            let jiff = jiff::civil::DateTime::new(year, month, day, hour, 59, 59, 0).ok();
            let jiff = jiff.map(|date| date.duration_since(jiff::civil::date(1970, 1, 1).at(0, 0, 0, 0)).as_secs());
            prop_assert_eq!(date.seconds(), jiff);
        }
    }
}
