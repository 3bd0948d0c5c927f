//! Why a command ends without success, and with which exit status.

use dbplane_codegen::finding::Finding;

/// What is reported, on as many lines as it takes.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Something was found: status 1.
    Findings(String),
    /// The command could not run: status 2.
    CouldNotRun(String),
}

impl Failure {
    /// Findings of specs and texts; where a file cannot be read, nothing can be said about the others.
    pub(crate) fn of(findings: Vec<Finding>) -> Self {
        let lines = findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        let unreadable = |finding: &Finding| matches!(finding.rule, "specs-folder" | "file-unreadable");
        if findings.iter().any(unreadable) { Self::CouldNotRun(lines) } else { Self::Findings(lines) }
    }
}

impl From<String> for Failure {
    fn from(problem: String) -> Self {
        Self::CouldNotRun(problem)
    }
}
