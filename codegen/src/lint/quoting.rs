//! Quotes: text that some YAML reader takes for a number, a truth value or a date.
//!
//! Our own reader knows the difference. People, editors and other tools that read the specs may not.

use super::Report;
use super::view::{Site, View};
use crate::spec::Kind;
use crate::yaml::{Node, Value, ambiguous};

pub(super) fn check(view: &View<'_>, report: &mut Report<'_>) {
    for entry in view.root.entries().iter().filter(|e| e.key != "openapi") {
        walk(&entry.key, &entry.node, report);
    }
    for site in &view.sites {
        texts(view, site, report);
    }
}

/// Any plain text that is not safe to leave so. The values of an enum are looked at when it is read.
fn walk(key: &str, node: &Node, report: &mut Report<'_>) {
    match &node.value {
        Value::Text { text, quoted: false } if ambiguous(text) => refuse(&format!("`{key}`"), node, report),
        Value::List(items) if key != "enum" => items.iter().for_each(|item| walk(key, item, report)),
        Value::Map(entries) => entries.iter().for_each(|e| walk(&e.key, &e.node, report)),
        _ => {}
    }
}

/// The default and example of a string schema, which are quoted whatever they say.
fn texts(view: &View<'_>, site: &Site<'_>, report: &mut Report<'_>) {
    if !matches!(view.service.resolve(site.schema).kind, Kind::Text { .. } | Kind::Enum { .. }) {
        return;
    }
    for (key, node) in [("default", site.node.get("default")), ("example", site.example)] {
        let Some(node) = node else { continue };
        if !matches!(
            node.value,
            Value::Text { quoted: true, .. } | Value::Null | Value::List(_) | Value::Map(_)
        ) {
            refuse(&format!("the {key} of {}", site.what), node, report);
        }
    }
}

fn refuse(what: &str, node: &Node, report: &mut Report<'_>) {
    let message = format!("{what} is text without quotes that can be read as something else");
    report.add("unquoted", node.line, message, "quote it");
}
