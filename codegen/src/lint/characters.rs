//! Characters that text cannot carry into Rust, for rustc refuses code that looks other than it reads; and text that is
//! still to be written, as `cargo xtask docs draft` leaves it.

use super::Report;
use super::view::View;
use crate::finding::Line;
use crate::yaml::{Node, Value};

pub(super) fn check(view: &View<'_>, report: &mut Report<'_>) {
    walk(view.root, report);
}

fn walk(node: &Node, report: &mut Report<'_>) {
    match &node.value {
        Value::Text { text, .. } => look(text, node.line, report),
        Value::List(items) => items.iter().for_each(|item| walk(item, report)),
        Value::Map(entries) => entries.iter().for_each(|entry| {
            look(&entry.key, entry.line, report);
            walk(&entry.node, report);
        }),
        _ => {}
    }
}

fn look(text: &str, line: Line, report: &mut Report<'_>) {
    if let Some(c) = text.chars().find(|c| refused(*c)) {
        let message = format!("the text has the invisible character U+{:04X}", u32::from(c));
        report.add("text-control", line, message, "remove it, or write its name");
    }
    if text.starts_with("TODO") {
        report.add(
            "todo",
            line,
            format!("the text is still to be written: {text}"),
            "write it in your own words",
        );
    }
}

/// Control characters other than tab and line feed, and those that turn the direction of writing.
fn refused(c: char) -> bool {
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || c.is_control() && !matches!(c, '\t' | '\n')
}
