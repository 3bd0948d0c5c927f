//! The dates of HTTP headers.
//!
//! Problem: HTTP has three forms of dates, and whoever receives one must accept them all (RFC 9110, 5.6.7).
//! Default: all three, in any case, with or without a correct name of the day. A year of two digits is the one that
//! is less than fifty years away. Override: none.

use jiff::civil::DateTime;
use jiff::fmt::rfc2822::DateTimeParser;
use jiff::tz::Offset;

const RFC_2822: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);

/// A date in Unix milliseconds; `now` helps with years of two digits.
pub(crate) fn read(text: &str, now: i64) -> Option<i64> {
    let text = text.trim();
    if let Ok(date) = RFC_2822.parse_timestamp(text) {
        return Some(date.as_millisecond());
    }
    // The name of the day says nothing that the date does not.
    let (_, rest) = text.split_once([' ', ','])?;
    let rest = rest.trim_start();
    let rfc_850 = DateTime::strptime("%d-%b-%y %H:%M:%S GMT", rest).ok().and_then(|date| near(date, now));
    let date = rfc_850.or_else(|| DateTime::strptime("%b %e %H:%M:%S %Y", rest).ok())?;
    Offset::UTC.to_timestamp(date).ok().map(|time| time.as_millisecond())
}

/// The date in the century that brings it closest.
fn near(date: DateTime, now: i64) -> Option<DateTime> {
    let this = Offset::UTC.to_datetime(jiff::Timestamp::from_millisecond(now).ok()?).year();
    let past = i32::from(this).saturating_sub(i32::from(date.year()));
    let year = i32::from(date.year()) + 100 * (past.saturating_add(49).div_euclid(100));
    date.with().year(i16::try_from(year).ok()?).build().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_768_465_800_000; // Thu, 15 Jan 2026 08:30:00 GMT

    #[test]
    fn all_three_forms_are_read() {
        for text in [
            "Thu, 15 Jan 2026 08:30:00 GMT",
            "thu, 15 jan 2026 08:30:00 gmt",
            " Thu, 15 Jan 2026 08:30:00 +0000 ",
            "Mon, 15 Jan 2026 08:30:00 GMT",
            "Thursday, 15-Jan-26 08:30:00 GMT",
            "Thu Jan 15 08:30:00 2026",
        ] {
            assert_eq!(read(text, NOW), Some(NOW), "{text}");
        }
        assert_eq!(read("Sun Nov  6 08:49:37 1994", NOW), Some(784_111_777_000));
        assert_eq!(read("Sunday, 06-Nov-94 08:49:37 GMT", NOW), Some(784_111_777_000));
    }

    #[test]
    fn a_year_of_two_digits_is_the_nearest() {
        let year = |text: &str| {
            let millis = read(&format!("Sunday, 06-Nov-{text} 08:49:37 GMT"), NOW).unwrap();
            Offset::UTC.to_datetime(jiff::Timestamp::from_millisecond(millis).unwrap()).year()
        };
        assert_eq!(
            [year("26"), year("75"), year("76"), year("77"), year("00")],
            [2026, 2075, 1976, 1977, 2000]
        );
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in
            ["", "yesterday", "Sun, 99 Nov 1994 08:49:37 GMT", "2026-01-15T08:30:00Z", "7", ",", "a b"]
        {
            assert_eq!(read(text, NOW), None, "{text}");
        }
    }
}
