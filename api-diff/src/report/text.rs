//! The report for the terminal: one paragraph for each change, which begins with the place, as the messages of
//! compilers do. Changes of descriptions have only one line.

use std::fmt::Write as _;

use super::{Report, changelog};
use crate::change::{Change, Impact};

/// How many uses are named before the rest are counted.
const USES: usize = 3;

/// Writes the report.
#[must_use]
pub fn text(report: &Report<'_>) -> String {
    let mut out = String::new();
    for change in report.changes {
        out.push_str(&first_line(change));
        if change.rule.impact > Impact::Documentation {
            out.push_str(&paragraph(change));
            out.push('\n');
        }
    }
    if report.of(Impact::Documentation).next().is_some() {
        out.push('\n');
    }
    let _ = writeln!(out, "{} to {}: {}", report.old, report.new, report.counts());
    let _ = writeln!(out, "{}", report.proposal());
    let entry = changelog(report);
    if !entry.is_empty() {
        let _ = write!(out, "\nFor the changelog:\n\n{entry}");
    }
    out
}

/// Place, rule, impact and what happened.
fn first_line(change: &Change) -> String {
    let Change { rule, old, new, .. } = change;
    let place = new.as_ref().or(old.as_ref());
    let place = place.map_or_else(String::new, |place| format!("{}:{}: ", place.file, place.line));
    format!("{place}[{}] {}: {}\n", rule.id, rule.impact, change.sentence())
}

fn paragraph(change: &Change) -> String {
    let Change { rule, items, uses, old, new, .. } = change;
    let mut out = format!("    {}\n", rule.meaning);
    if let (Some(old), Some(_)) = (old, new) {
        let _ = writeln!(out, "    was {}:{}", old.file, old.line);
    }
    if !uses.is_empty() {
        let named: Vec<_> = uses.iter().take(USES).map(ToString::to_string).collect();
        let more = uses.len() - named.len();
        let more = if more > 0 { format!("; and {more} more") } else { String::new() };
        let _ = writeln!(out, "    in {}{more}", named.join("; "));
    }
    for item in items {
        for (mark, side) in [('-', &item.old), ('+', &item.new)] {
            if let Some(shown) = side {
                let _ = writeln!(out, "    {mark} {shown}");
            }
        }
    }
    out
}
