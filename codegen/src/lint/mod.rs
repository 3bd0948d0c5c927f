//! What a document must keep to so that the generator takes it and gets it right.
//!
//! [`check`] runs the YAML reader, the closed-world reader of [`crate::spec`] and the rules of this folder, one
//! file per idea. It never panics; whatever is wrong comes back as findings with line, rule and remedy.
//!
//! Rules that look at one thing at a time run always. Those that compare parts of the document (an example with
//! its schema, an extension with the operation) run when the document could be read without findings: on parts
//! that are missing they would only echo what has been said.

mod characters;
pub mod conform;
mod dates;
mod examples;
mod extensions;
mod features;
mod limits;
mod names;
mod operations;
mod polling;
mod quoting;
mod references;
mod relations;
mod rules;
mod see;
mod servers;
mod view;

use std::collections::HashSet;

use crate::finding::{Files, Finding, Line};
use crate::spec::{self, Document, Service};

pub use names::{Named, is_reserved};
pub use rules::rules;

use view::View;

/// Checks the document of the service `stem`.
///
/// # Errors
/// Everything that is wrong, in the order of the document.
pub fn check(stem: &str, document: &Document) -> Result<Service, Vec<Finding>> {
    let (service, findings) = spec::read(stem, document);
    let complete = findings.is_empty();
    let view = View::new(&document.root, &service);
    let mut report = Report { files: &document.files, findings };
    let always =
        [names::check, limits::check, quoting::check, characters::check, dates::check, operations::check];
    for rule in always {
        rule(&view, &mut report);
    }
    if complete {
        let on_the_whole = [
            references::check,
            extensions::check,
            features::check,
            polling::check,
            relations::check,
            see::check,
            servers::check,
            examples::check,
        ];
        for rule in on_the_whole {
            rule(&view, &mut report);
        }
    }
    let findings = report.tidy(&view);
    if findings.is_empty() { Ok(service) } else { Err(findings) }
}

/// Collects findings.
struct Report<'d> {
    files: &'d Files,
    findings: Vec<Finding>,
}

impl Report<'_> {
    fn add(&mut self, rule: &'static str, line: Line, message: impl Into<String>, remedy: &str) {
        self.findings.push(Finding::new(rule, self.files.place(line), message, remedy));
    }

    /// By place, and each fault once: parts that operations share are read once for every operation. Where a flag
    /// or a number is meant, quotes would not help.
    fn tidy(mut self, view: &View<'_>) -> Vec<Finding> {
        let values = self.findings.iter().filter(|f| matches!(f.rule, "bool-expected" | "int-expected"));
        let values: HashSet<_> = values.map(|f| f.place.clone()).collect();
        self.findings.retain(|f| f.rule != "unquoted" || !values.contains(&f.place));
        let shared = view.shared(self.files);
        let mut seen = HashSet::new();
        self.findings.retain(|f| {
            let once = f.rule == "unquoted" || shared.contains(&f.place);
            let message = if once { String::new() } else { f.message.clone() };
            seen.insert((f.place.clone(), f.rule, message))
        });
        self.findings.sort_by(|a, b| (&a.place, a.rule).cmp(&(&b.place, b.rule)));
        self.findings
    }
}
