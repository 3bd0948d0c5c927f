//! Dates of sources: days that the calendar has.

use super::Report;
use super::view::View;

pub(super) fn check(view: &View<'_>, report: &mut Report<'_>) {
    for call in &view.calls {
        let date = call.operation.source.date.as_str();
        let shaped = date.len() == 10 && date.split('-').filter_map(|p| p.parse::<u32>().ok()).count() == 3;
        if shaped && !possible(date) {
            let line =
                call.node.get("x-source").and_then(|s| s.get("date")).map_or(call.operation.line, |n| n.line);
            let message = format!("{} has a source of {date}, a day that never was", call.operation.id);
            report.add("date-impossible", line, message, "correct the date; it is YYYY-MM-DD");
        }
    }
}

/// Whether the text is a day of the calendar, as `YYYY-MM-DD`.
pub(super) fn possible(date: &str) -> bool {
    let mut parts = date.splitn(3, '-').map(|p| p.parse::<u32>().ok());
    let (Some(Some(year)), Some(Some(month)), Some(Some(day))) = (parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    year > 0 && (1..=days).contains(&day)
}
