//! The report as a guide for callers who upgrade: a section for each impact, the worst first. Changed descriptions are
//! only listed by name, and an item that several changes affect is shown once.

use std::fmt::Write as _;

use super::Report;
use crate::change::{Change, Impact, ItemChange};

/// Writes the guide; its headings are of the third level.
#[must_use]
pub fn markdown(report: &Report<'_>) -> String {
    let mut out = format!("From {} to {}: {}.\n", report.old, report.new, report.counts());
    let mut shown = Vec::new();
    for impact in Impact::ALL {
        let changes: Vec<_> = report.of(impact).collect();
        if !changes.is_empty() {
            let _ = write!(out, "\n### {}\n", heading(impact));
            match impact {
                Impact::Documentation => out.push_str(&words(&changes)),
                _ => changes.iter().for_each(|change| out.push_str(&section(change, &mut shown))),
            }
        }
    }
    out
}

fn heading(impact: Impact) -> &'static str {
    match impact {
        Impact::Breaking => "Breaking: the program must be changed",
        Impact::Behaviour => "Behaviour: the program compiles and behaves differently",
        Impact::Compatible => "Compatible: additions, and changes that need no action",
        Impact::Documentation => "Documentation: only the docs differ",
    }
}

/// A line for each rule.
fn words(changes: &[&Change]) -> String {
    let mut rules: Vec<_> = changes.iter().map(|c| c.rule).collect();
    rules.sort_by_key(|rule| rule.id);
    rules.dedup();
    rules.iter().fold(String::new(), |mut out, rule| {
        let names: Vec<_> = changes.iter().filter(|c| c.rule == *rule).map(|c| c.name()).collect();
        let _ = write!(out, "\n- {} (`{}`): {}.\n", rule.happened, rule.id, names.join(", "));
        out
    })
}

fn section<'c>(change: &'c Change, shown: &mut Vec<&'c ItemChange>) -> String {
    let Change { rule, items, uses, .. } = change;
    let mut out = format!("\n- {} (`{}`).\n", change.sentence(), rule.id);
    if rule.impact > Impact::Compatible {
        let _ = writeln!(out, "  {}", rule.meaning);
    }
    if !uses.is_empty() {
        let uses: Vec<_> = uses.iter().map(ToString::to_string).collect();
        let _ = writeln!(out, "  In the {}.", uses.join(", the "));
    }
    let mut code = String::new();
    let told = |item: &&ItemChange| rule.impact > Impact::Compatible && !shown.contains(item);
    let differing: Vec<_> = items.iter().filter(told).collect();
    shown.extend(&differing);
    for item in differing {
        for (mark, side) in [('-', &item.old), ('+', &item.new)] {
            if let Some(shown) = side {
                let _ = writeln!(code, "  {mark} {shown}");
            }
        }
    }
    if !code.is_empty() {
        let _ = write!(out, "\n  ```diff\n{code}  ```\n");
    }
    out
}
