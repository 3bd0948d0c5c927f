//! Findings as text, as JSON, and as the annotations of GitHub's workflows.

use serde_json::{Value as Json, json};

use crate::drift::{Drift, Severity};

/// How findings are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Format {
    /// A line each.
    #[default]
    Text,
    /// One JSON document.
    Json,
    /// Annotations of GitHub's workflows.
    GitHub,
}

/// The findings in a format; nothing but what the format needs where there are none.
#[must_use]
pub fn report(drifts: &[Drift], format: Format) -> String {
    match format {
        Format::Text => lines(drifts.iter().map(ToString::to_string)),
        Format::GitHub => lines(drifts.iter().map(annotation)),
        Format::Json => {
            let findings: Vec<Json> = drifts.iter().map(finding).collect();
            format!("{:#}\n", json!({ "findings": findings }))
        }
    }
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.map(|line| line + "\n").collect()
}

fn finding(drift: &Drift) -> Json {
    let place = |p: &dbplane_codegen::finding::Place| json!({ "file": p.file, "line": p.line });
    json!({
        "rule": drift.rule,
        "severity": drift.severity.to_string(),
        "page": place(&drift.page),
        "spec": drift.spec.as_ref().map(place),
        "service": drift.service,
        "place": drift.place,
        "page-says": drift.page_says,
        "spec-says": drift.spec_says,
        "remedy": drift.remedy(),
    })
}

/// Points to the spec where there is one: the page is no part of the repository.
fn annotation(drift: &Drift) -> String {
    let level = match drift.severity {
        Severity::Breaking => "error",
        Severity::Compatible => "warning",
        Severity::Documentation => "notice",
    };
    let place = drift.spec.as_ref().unwrap_or(&drift.page);
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let message = data(&drift.to_string());
    format!(
        "::{level} file={},line={},title={}::{message}",
        property(&place.file),
        place.line,
        property(drift.rule)
    )
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}
