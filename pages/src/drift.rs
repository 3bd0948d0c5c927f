//! A difference between a page and the specs: where, what each says, what it means for callers, what to do.

use std::fmt;

use dbplane_codegen::finding::Place;

use crate::rules;

/// What it means for callers of the Rust API when the spec follows the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Code that calls the library must change, or its calls fail.
    Breaking,
    /// Something is new; code that calls the library goes on working.
    Compatible,
    /// Nothing changes but what is written.
    Documentation,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Breaking => "breaking",
            Severity::Compatible => "compatible",
            Severity::Documentation => "documentation",
        })
    }
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// The rule's stable id.
    pub rule: &'static str,
    /// What it means for callers.
    pub severity: Severity,
    /// Where on the page, or in the file of deviations.
    pub page: Place,
    /// Where in the spec, if it has the thing.
    pub spec: Option<Place>,
    /// The stem of the spec; empty where no spec is concerned.
    pub service: String,
    /// What is concerned: operation id, place and name, such as `UpdateProxyPort request port`.
    pub place: String,
    /// What the page says.
    pub page_says: String,
    /// What the spec says.
    pub spec_says: String,
}

impl Drift {
    /// Rule and place, by which a reviewer names a finding.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{} {}", self.rule, self.place)
    }

    /// What to do.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        rules::remedy(self.rule)
    }
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, severity, page, place, page_says, spec_says, .. } = self;
        let spec = self.spec.as_ref().map(|p| format!(" ({}:{})", p.file, p.line)).unwrap_or_default();
        write!(
            f,
            "{}:{}: [{rule}] {severity}: {place}: the page says {page_says}, the spec{spec} says {spec_says}; {}",
            page.file,
            page.line,
            self.remedy()
        )
    }
}
