//! Dates as the vendors write them, from and to Unix milliseconds.
//!
//! Problem: a few formats are needed and a date library for them would be the largest dependency of the
//! crate. The conversion is the usual one by eras of 400 years, exact for all years that occur.

/// Milliseconds of a day.
pub(crate) const DAY: i64 = 86_400_000;

/// Year, month and day of a day counted from 1970-01-01.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let part = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * part + 2) / 5 + 1;
    let month = if part < 10 { part + 3 } else { part - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// Day counted from 1970-01-01.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let part = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * part + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

fn clock(millis: i64) -> (i64, i64, i64, i64) {
    let rest = millis.rem_euclid(DAY);
    (rest / 3_600_000, rest / 60_000 % 60, rest / 1_000 % 60, rest % 1_000)
}

/// `2026-01-16T08:30:00.123000Z`, as IAM writes times.
pub(crate) fn micros(millis: i64) -> String {
    moment(millis) + "000Z"
}

/// `2026-01-16T08:30:00.123Z`, for people.
pub(crate) fn millis(millis: i64) -> String {
    moment(millis) + "Z"
}

fn moment(millis: i64) -> String {
    let (year, month, day) = civil(millis.div_euclid(DAY));
    let (hour, minute, second, fraction) = clock(millis);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{fraction:03}")
}

/// `2026-01-16T08:30:00Z`, as Samsung writes times.
pub(crate) fn seconds(millis: i64) -> String {
    format!("{}Z", micros(millis).split('.').next().unwrap_or_default())
}

/// `2026-01-16T08:30:00+0000`, as TaurusDB writes times.
pub(crate) fn offset(millis: i64) -> String {
    seconds(millis).replace('Z', "+0000")
}

/// `2026-01-16 08:30:00`, in UTC.
pub(crate) fn plain(millis: i64) -> String {
    seconds(millis).replace('T', " ").replace('Z', "")
}

/// `Fri, 16 Jan 2026 08:30:00 GMT`, as in the header `Date`.
pub(crate) fn http(millis: i64) -> String {
    const WEEK: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const YEAR: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let today = millis.div_euclid(DAY);
    let (year, month, day) = civil(today);
    let (hour, minute, second, _) = clock(millis);
    let weekday = WEEK.get(today.rem_euclid(7) as usize).unwrap_or(&"Thu");
    let month = YEAR.get((month - 1) as usize).unwrap_or(&"Jan");
    format!("{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT")
}

/// Reads `20260115T083000Z`; refuses other formats and invalid dates.
pub(crate) fn compact(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    if bytes.len() != 16 || bytes.get(8) != Some(&b'T') || bytes.get(15) != Some(&b'Z') {
        return None;
    }
    let number = |from: usize, to: usize| {
        let digits = text.get(from..to)?;
        digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse::<i64>().ok()).flatten()
    };
    let (year, month, day) = (number(0, 4)?, number(4, 6)?, number(6, 8)?);
    let (hour, minute, second) = (number(9, 11)?, number(11, 13)?, number(13, 15)?);
    let count = days(year, month, day);
    let exists = (1..=12).contains(&month) && civil(count) == (year, month, day);
    let in_day = hour < 24 && minute < 60 && second < 60;
    (exists && in_day).then_some(count * DAY + (hour * 3_600 + minute * 60 + second) * 1_000)
}

/// Reads a time of RFC 3339, with any offset, which may lack its colon; fractions of a second are dropped.
pub(crate) fn rfc3339(text: &str) -> Option<i64> {
    let (local, rest) = text.split_at_checked(19)?;
    let rest = rest.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
    let sign = match rest.get(..1)? {
        "Z" | "z" => 0,
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let offset = match rest.get(1..)? {
        "" if sign == 0 => 0,
        hours if sign != 0 => {
            let (hours, minutes) = hours.split_once(':').or_else(|| hours.split_at_checked(2))?;
            hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?
        }
        _ => return None,
    };
    let local = compact(&format!("{}Z", local.replace(['-', ':'], "").to_uppercase()))?;
    Some(local - sign * offset * 60_000)
}

/// Writes what [`compact`] reads.
#[cfg(test)]
pub(crate) fn to_compact(millis: i64) -> String {
    micros(millis).split('.').next().unwrap_or_default().replace(['-', ':'], "") + "Z"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_moments() {
        let moment = 1_768_465_800_123;
        assert_eq!(micros(moment), "2026-01-15T08:30:00.123000Z");
        assert_eq!(http(moment), "Thu, 15 Jan 2026 08:30:00 GMT");
        assert_eq!(seconds(moment), "2026-01-15T08:30:00Z");
        assert_eq!(plain(moment), "2026-01-15 08:30:00");
        for same in ["2026-01-15T08:30:00Z", "2026-01-15T17:30:00.5+09:00", "2026-01-15t03:00:00-05:30"] {
            assert_eq!(rfc3339(same), Some(1_768_465_800_000), "{same}");
        }
        for wrong in ["2026-01-15", "2026-01-15T08:30:00", "2026-01-15T08:30:00+9", "2026-01-15T08:30:00Zx"] {
            assert_eq!(rfc3339(wrong), None, "{wrong}");
        }
        assert_eq!(compact("20260115T083000Z"), Some(1_768_465_800_000));
        assert_eq!(http(0), "Thu, 01 Jan 1970 00:00:00 GMT");
    }

    #[test]
    fn every_day_of_eight_centuries_comes_back() {
        for day in -146_097..146_097 {
            let millis = day * DAY + 3_661_000;
            assert_eq!(compact(&to_compact(millis)), Some(millis));
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        let wrong = ["", "20260115T083000", "20260231T083000Z", "20260115T243000Z", "2026-115T083000Z"];
        for text in wrong.into_iter().chain(["20261315T083000Z", "2026011\u{e9}083000Z", "20260115 083000Z"])
        {
            assert_eq!(compact(text), None, "{text}");
        }
    }
}
