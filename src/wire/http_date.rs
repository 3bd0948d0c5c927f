//! The dates of HTTP headers.
//!
//! Problem: HTTP has three formats of dates, and recipients must accept all of them (RFC 9110, 5.6.7).
//! Default: all three, in any letter case, with or without a correct name of the day. A year with two digits is the one
//! that is less than fifty years away. Override: none.

use crate::civil::{self, Civil, Time};

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A date in Unix milliseconds; `now` helps with years of two digits.
pub(crate) fn read(text: &str, now: i64) -> Option<i64> {
    let words: Vec<_> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    // The name of the day is redundant.
    let named = words.first()?.bytes().all(|byte| byte.is_ascii_alphabetic());
    let ([day, month, year], time, zone) = match words.get(usize::from(named)..)? {
        [day, month, year, time, zone] => ([*day, *month, *year], *time, *zone),
        [date, time, zone] => {
            let mut parts = date.splitn(3, '-');
            ([parts.next()?, parts.next()?, parts.next()?], *time, *zone)
        }
        [month, day, time, year] if named => ([*day, *month, *year], *time, "GMT"),
        _ => return None,
    };
    let month = MONTHS.iter().position(|name| name.eq_ignore_ascii_case(month))?;
    let year = match year.len() {
        2 => near(civil::number(year)?, now)?,
        4 => civil::number(year)?,
        _ => return None,
    };
    let month = i64::try_from(month).ok()? + 1;
    let date = Civil { year, month, day: civil::number(day)?, time: Time::read(time)? };
    let zone = civil::offset(&zone.to_ascii_uppercase())?;
    Some((date.seconds()? - zone) * 1_000)
}

/// The year with these last digits that is the nearest.
fn near(year: i64, now: i64) -> Option<i64> {
    let past = Civil::of(now.div_euclid(1_000))?.year - year;
    Some(year + 100 * (past + 49).div_euclid(100))
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
            Civil::of(millis / 1_000).unwrap().year
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
