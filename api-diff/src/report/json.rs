//! The report for programs.

use dbplane_codegen::finding::Place;
use serde_json::{Value as Json, json};

use super::Report;
use crate::change::Change;
use crate::version;

/// Writes the report as one JSON object:
///
/// ```json
/// {
///   "old": "HEAD", "new": "the work tree",
///   "version": {"old": "0.1.0", "step": "minor", "new": "0.2.0"},
///   "changes": [{
///     "rule": "field-required", "impact": "breaking", "subject": "MoveRequest.port", "detail": "",
///     "meaning": "...",
///     "items": [{"old": "...", "new": "..."}],
///     "uses": [{"operation": "MoveThing", "direction": "request", "path": "port"}],
///     "old": {"file": "specs/vendor-things.yaml", "line": 12},
///     "new": {"file": "specs/vendor-things.yaml", "line": 12}
///   }]
/// }
/// ```
///
/// A place or side that does not exist is `null`.
#[must_use]
pub fn json(report: &Report<'_>) -> String {
    let (step, raised) = report.step();
    let value = json!({
        "old": report.old,
        "new": report.new,
        "version": {
            "old": version::shown(report.version),
            "step": step.as_str(),
            "new": version::shown(raised),
        },
        "changes": report.changes.iter().map(change).collect::<Vec<_>>(),
    });
    format!("{value:#}\n")
}

fn change(change: &Change) -> Json {
    let items = change.items.iter().map(|item| json!({"old": item.old, "new": item.new}));
    let uses = change
        .uses
        .iter()
        .map(|at| json!({"operation": at.operation, "direction": at.direction.as_str(), "path": at.path}));
    json!({
        "rule": change.rule.id,
        "impact": change.rule.impact.as_str(),
        "subject": change.subject,
        "detail": change.detail,
        "meaning": change.rule.meaning,
        "items": items.collect::<Vec<_>>(),
        "uses": uses.collect::<Vec<_>>(),
        "old": place(change.old.as_ref()),
        "new": place(change.new.as_ref()),
    })
}

fn place(place: Option<&Place>) -> Json {
    place.map_or(Json::Null, |place| json!({"file": place.file, "line": place.line}))
}
