//! Defaults and examples: what the schema describes, down to the last limit.
//!
//! progenitor refuses a default that does not fit without saying where; the fake cloud returns the examples.

use serde_json::Value as Json;

use super::Report;
use super::conform::{Mismatch, mismatches};
use super::view::{Call, Media, Role, View, entry};
use crate::finding::Line;
use crate::spec::Schema;
use crate::yaml::Node;

pub(super) fn check(view: &View<'_>, report: &mut Report<'_>) {
    for site in &view.sites {
        if let Some(default) = site.node.get("default") {
            let what = format!("the default of {}", site.what);
            compare(view, "default-mismatch", &what, site.schema, default, report);
        }
        if let Some(example) = site.example {
            compare(
                view,
                "example-mismatch",
                &format!("the example of {}", site.what),
                site.schema,
                example,
                report,
            );
        }
    }
    for call in &view.calls {
        for media in &call.media {
            body(view, call, media, report);
        }
    }
}

fn body(view: &View<'_>, call: &Call<'_>, media: &Media<'_>, report: &mut Report<'_>) {
    let (Some(schema), Some(example)) = (view.service.schemas.get(&media.name), media.example) else {
        return;
    };
    let role = match media.role {
        Role::Request => "request",
        Role::Success => "success",
        Role::Error => "error",
    };
    let what = format!("the {role} example of {}", call.operation.id);
    if !media.list {
        return compare(view, "example-mismatch", &what, schema, example, report);
    }
    if !matches!(example.to_json(), Json::Array(_)) {
        let message = format!("{what} is not a list, but the schema says so");
        report.add("example-mismatch", example.line, message, "write a list");
    }
    for item in example.items() {
        compare(view, "example-mismatch", &what, schema, item, report);
    }
}

fn compare(
    view: &View<'_>,
    rule: &'static str,
    what: &str,
    schema: &Schema,
    node: &Node,
    report: &mut Report<'_>,
) {
    for Mismatch { pointer, message, unquoted } in mismatches(view.service, schema, &node.to_json()) {
        let line = line_at(node, &pointer);
        let at = if pointer.is_empty() { String::new() } else { format!(", at {pointer},") };
        let message = format!("{what}{at} {message}");
        if unquoted {
            report.add("unquoted", line, message, "quote it");
        } else {
            report.add(
                rule,
                line,
                message,
                "correct the value, or the schema if the vendor's word is with the value",
            );
        }
    }
}

/// The line of what a JSON pointer points to.
fn line_at(node: &Node, pointer: &str) -> Line {
    let (mut node, mut line) = (node, node.line);
    for token in pointer.split('/').skip(1) {
        let token = token.replace("~1", "/").replace("~0", "~");
        if let Some(entry) = entry(node, &token) {
            (node, line) = (&entry.node, entry.line);
        } else if let Some(item) = token.parse().ok().and_then(|i: usize| node.items().get(i)) {
            (node, line) = (item, item.line);
        }
    }
    line
}
