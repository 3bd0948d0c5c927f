//! The report as an entry of a changelog, in the form of Keep a Changelog.
//!
//! Changes of one rule in one model or operation share a line. Changes of descriptions are omitted, and so are models
//! that were added or removed with their operations, because readers of a changelog do not look for them.

use std::fmt::Write as _;

use super::Report;
use crate::change::{Change, Impact, Section};
use crate::rules;

/// Writes the sections of an entry; empty if there is nothing to report.
#[must_use]
pub fn changelog(report: &Report<'_>) -> String {
    let mut out = String::new();
    for section in [Section::Added, Section::Changed, Section::Deprecated, Section::Removed] {
        let told = |c: &&Change| c.rule.section == section && worth_telling(report, c);
        let lines = lines(report.changes.iter().filter(told));
        if !lines.is_empty() {
            let space = if out.is_empty() { "" } else { "\n" };
            let _ = write!(out, "{space}### {}\n{lines}", section.as_str());
        }
    }
    out
}

fn worth_telling(report: &Report<'_>, change: &Change) -> bool {
    let operation = |wanted| report.changes.iter().any(|c| c.rule == wanted);
    let came = change.rule == rules::MODEL_ADDED && operation(rules::OPERATION_ADDED);
    let went = change.rule == rules::MODEL_REMOVED && operation(rules::OPERATION_REMOVED);
    change.rule.impact > Impact::Documentation && !came && !went
}

fn lines<'c>(changes: impl Iterator<Item = &'c Change>) -> String {
    let mut groups: Vec<(&Change, Vec<String>)> = Vec::new();
    for change in changes {
        let group = groups.iter_mut().find(|(first, _)| together(first, change));
        match group {
            Some((_, names)) => names.push(change.name()),
            None => groups.push((change, vec![change.name()])),
        }
    }
    let mut out = String::new();
    for (first, names) in groups {
        let breaking = if first.rule.impact == Impact::Breaking { "**Breaking:** " } else { "" };
        let _ = writeln!(out, "- {breaking}{} {}.", names.join(", "), first.event());
    }
    out
}

fn together(a: &Change, b: &Change) -> bool {
    let owner = |c: &Change| c.subject.split_once('.').map(|(owner, _)| owner.to_owned());
    a.rule == b.rule && a.detail == b.detail && owner(a) == owner(b)
}
