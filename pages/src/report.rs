//! Findings as text, as JSON, as the annotations of GitHub's workflows, and as Markdown for an issue.

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
    /// The text of an issue or a pull request.
    Markdown,
}

/// The findings in a format; nothing but what the format needs where there are none.
#[must_use]
pub fn report(drifts: &[Drift], format: Format) -> String {
    match format {
        Format::Text => lines(drifts.iter().map(ToString::to_string)),
        Format::Markdown => markdown(drifts),
        Format::GitHub => lines(drifts.iter().map(annotation)),
        Format::Json => {
            let findings: Vec<Json> = drifts.iter().map(finding).collect();
            format!("{:#}\n", json!({ "findings": findings }))
        }
    }
}

/// What changed on which page, and what it means for callers.
fn markdown(drifts: &[Drift]) -> String {
    let mut pages: Vec<&str> = drifts.iter().map(|drift| drift.page.file.as_str()).collect();
    pages.dedup();
    let mut text = String::new();
    for (at, page) in pages.iter().enumerate().filter(|(at, page)| !pages[..*at].contains(page)) {
        let of_page: Vec<&Drift> = drifts.iter().filter(|drift| drift.page.file == *page).collect();
        text.push_str(&format!("{}## {}\n\n", if at > 0 { "\n" } else { "" }, plain(page)));
        text.push_str("| Line | Rule | For callers | What | The page says | The spec says |\n|---|---|---|---|---|---|\n");
        for drift in of_page {
            let spec = drift.spec.as_ref().map(|p| format!(" ({}:{})", p.file, p.line)).unwrap_or_default();
            let cells = [
                drift.page.line.to_string(),
                drift.rule.to_owned(),
                drift.severity.to_string(),
                plain(&drift.place),
                plain(&drift.page_says),
                plain(&drift.spec_says) + &spec,
            ];
            text.push_str(&format!("| {} |\n", cells.join(" | ")));
        }
    }
    let mut rules: Vec<&Drift> = drifts.iter().collect();
    rules.sort_by_key(|drift| drift.rule);
    rules.dedup_by_key(|drift| drift.rule);
    if !rules.is_empty() {
        text.push_str("\n## What to do\n\n");
    }
    text + &lines(rules.iter().map(|drift| format!("- {}: {}", drift.rule, drift.remedy())))
}

/// A text of a page within a cell of a Markdown table: it forms neither cells nor tags nor mentions.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' => out.push_str("\\|"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '@' => out.push_str("&#64;"),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
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
