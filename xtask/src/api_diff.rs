//! `cargo xtask api-diff OLD [NEW]`: what a change of specs means for callers of the Rust API.

mod arguments;
mod versions;

use std::path::Path;
use std::process::ExitCode;

use dbplane_api_diff::report::{self, Report};
use dbplane_api_diff::version::{Version, worst};
use dbplane_api_diff::{Impact, compare};
use dbplane_codegen::finding::Finding;

pub(crate) use arguments::{ApiDiff, parse};
use arguments::{Format, Work};

/// What a command prints, and whether it found something that breaks callers.
pub(crate) struct Output {
    pub(crate) text: String,
    pub(crate) breaking: bool,
}

/// Runs a command: 0 nothing breaks, 1 something does, 2 a version can't be read.
pub(crate) fn run(command: &ApiDiff) -> ExitCode {
    match output(command, Path::new("")) {
        Ok(Output { text, breaking }) => {
            print!("{text}");
            if breaking { ExitCode::FAILURE } else { ExitCode::SUCCESS }
        }
        Err(findings) => {
            findings.iter().for_each(|finding| eprintln!("{finding}"));
            ExitCode::from(2)
        }
    }
}

/// What a command prints; `folder` is where relative paths begin.
pub(crate) fn output(command: &ApiDiff, folder: &Path) -> Result<Output, Vec<Finding>> {
    let (old, new) = match &command.work {
        Work::Help => return Ok(Output { text: format!("{}\n", arguments::HELP), breaking: false }),
        Work::Rules => {
            let markdown = command.format == Format::Markdown;
            let text = if markdown { report::rules_markdown() } else { report::rules_text() };
            return Ok(Output { text, breaking: false });
        }
        Work::Compare { old, new } => (old.as_str(), new.as_deref().unwrap_or(arguments::WORK_TREE)),
    };
    let changes = compare(&versions::earlier(old, folder)?, &versions::later(new, folder)?);
    let changes = changes.map_err(|finding| vec![finding])?;
    let report = Report { old, new, version: present(), changes: &changes };
    let text = match command.format {
        Format::Text => report::text(&report),
        Format::Json => report::json(&report),
        Format::Markdown => report::markdown(&report),
    };
    Ok(Output { text, breaking: worst(&changes) == Some(Impact::Breaking) })
}

/// The version of the workspace, which is this program's too.
fn present() -> Version {
    let number = |text: &str| text.parse().unwrap_or_default();
    (
        number(env!("CARGO_PKG_VERSION_MAJOR")),
        number(env!("CARGO_PKG_VERSION_MINOR")),
        number(env!("CARGO_PKG_VERSION_PATCH")),
    )
}
