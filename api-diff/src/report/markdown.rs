//! The report as a guide for callers who upgrade: a section for each impact, the worst first.

use std::fmt::Write as _;

use super::Report;
use crate::change::{Change, Impact};

/// Writes the guide, from its second heading on.
#[must_use]
pub fn markdown(report: &Report<'_>) -> String {
    let mut out = format!("From {} to {}: {}.\n", report.old, report.new, report.counts());
    for impact in Impact::ALL {
        let changes: Vec<_> = report.of(impact).collect();
        if !changes.is_empty() {
            let _ = write!(out, "\n## {}\n", heading(impact));
            for change in changes {
                out.push_str(&section(change));
            }
        }
    }
    out
}

fn heading(impact: Impact) -> &'static str {
    match impact {
        Impact::Breaking => "Breaking: the program must be changed",
        Impact::Behaviour => "Behaviour: the program compiles and does something else",
        Impact::Compatible => "Compatible: new, or nothing to do",
        Impact::Documentation => "Documentation: only words",
    }
}

fn section(change: &Change) -> String {
    let Change { rule, items, uses, .. } = change;
    let mut out = format!("\n- {} (`{}`).\n", change.sentence(), rule.id);
    if rule.impact > Impact::Compatible {
        let _ = writeln!(out, "  {}", rule.meaning);
    }
    if !uses.is_empty() {
        let uses: Vec<_> = uses.iter().map(ToString::to_string).collect();
        let _ = writeln!(out, "  In the {}.", uses.join(", the "));
    }
    let differing = items.iter().filter(|_| rule.impact > Impact::Compatible);
    let mut code = String::new();
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
