//! The result of a comparison in several formats: as [`text()`] for the terminal, [`json()`] for programs, [`markdown()`] as a guide for
//! callers who upgrade, and [`changelog()`] as an entry of a changelog.

mod changelog;
mod json;
mod markdown;
mod rules;
mod text;

pub use changelog::changelog;
pub use json::json;
pub use markdown::markdown;
pub use rules::{rules_markdown, rules_text};
pub use text::text;

use crate::change::{Change, Impact};
use crate::version::{self, Step, Version};

/// A comparison and what it is about.
#[derive(Debug)]
pub struct Report<'r> {
    /// The old version, as the caller named it.
    pub old: &'r str,
    /// The new version, as the caller named it.
    pub new: &'r str,
    /// The library's version before the changes.
    pub version: Version,
    /// The differences.
    pub changes: &'r [Change],
}

impl Report<'_> {
    /// Which number of the version is raised, and to what.
    fn step(&self) -> (Step, Version) {
        version::next(self.version, version::worst(self.changes))
    }

    /// The changes of one impact.
    fn of(&self, impact: Impact) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |c| c.rule.impact == impact)
    }

    /// How many changes there are of each impact.
    fn counts(&self) -> String {
        let counts = Impact::ALL.map(|impact| format!("{} {impact}", self.of(impact).count()));
        counts.join(", ")
    }

    /// The proposal for the version, in a sentence.
    fn proposal(&self) -> String {
        let (step, raised) = self.step();
        let (old, new) = (version::shown(self.version), version::shown(raised));
        match step {
            Step::None => format!("No differences; the version stays {old}."),
            _ => format!("Raise the {} number: {old} becomes {new}.", step.as_str()),
        }
    }
}
