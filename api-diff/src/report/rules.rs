//! The rules, listed.

use std::fmt::Write as _;

use crate::change::{Impact, Rule};
use crate::rules::rules;

/// For the terminal: a line for each rule.
#[must_use]
pub fn rules_text() -> String {
    rules().iter().fold(String::new(), |mut out, rule| {
        let Rule { id, impact, happened, meaning, .. } = rule;
        let _ = writeln!(out, "{id:<24} {impact:<14} {happened}: {meaning}");
        out
    })
}

/// For a document: a table for each impact, the worst first.
#[must_use]
pub fn rules_markdown() -> String {
    let mut out = String::new();
    for impact in Impact::ALL {
        let space = if out.is_empty() { "" } else { "\n" };
        let _ = writeln!(
            out,
            "{space}### {impact}\n\n| rule | what happened | what it means |\n| --- | --- | --- |"
        );
        for Rule { id, happened, meaning, .. } in rules().iter().filter(|r| r.impact == impact) {
            let _ = writeln!(out, "| `{id}` | {happened} | {meaning} |");
        }
    }
    out
}
