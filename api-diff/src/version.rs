//! The version that a change asks for.
//!
//! Until 1.0 a breaking change raises the minor number and everything else the patch number, as Cargo reads versions
//! that begin with 0; from 1.0 on a breaking change raises the major number, and all but words the minor one.

use crate::change::{Change, Impact};

/// Major, minor and patch number.
pub type Version = (u64, u64, u64);

/// Which number is raised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// None: nothing differs.
    None,
    /// The last.
    Patch,
    /// The middle one.
    Minor,
    /// The first.
    Major,
}

impl Step {
    /// The word for it in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// The worst that the changes do; `None` when there are none.
#[must_use]
pub fn worst(changes: &[Change]) -> Option<Impact> {
    changes.iter().map(|c| c.rule.impact).max()
}

/// Which number of `version` the impact raises, and to what.
#[must_use]
pub fn next(version: Version, impact: Option<Impact>) -> (Step, Version) {
    let (major, minor, patch) = version;
    let step = match impact {
        None => Step::None,
        Some(Impact::Breaking) if major > 0 => Step::Major,
        Some(Impact::Breaking) => Step::Minor,
        Some(Impact::Behaviour | Impact::Compatible) if major > 0 => Step::Minor,
        Some(_) => Step::Patch,
    };
    let raised = match step {
        Step::None => version,
        Step::Patch => (major, minor, patch + 1),
        Step::Minor => (major, minor + 1, 0),
        Step::Major => (major + 1, 0, 0),
    };
    (step, raised)
}

/// A version as it is written.
#[must_use]
pub fn shown((major, minor, patch): Version) -> String {
    format!("{major}.{minor}.{patch}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_one_only_what_breaks_raises_the_minor_number() {
        for (version, impact, step, raised) in [
            ((0, 3, 4), None, Step::None, (0, 3, 4)),
            ((0, 3, 4), Some(Impact::Documentation), Step::Patch, (0, 3, 5)),
            ((0, 3, 4), Some(Impact::Compatible), Step::Patch, (0, 3, 5)),
            ((0, 3, 4), Some(Impact::Behaviour), Step::Patch, (0, 3, 5)),
            ((0, 3, 4), Some(Impact::Breaking), Step::Minor, (0, 4, 0)),
            ((1, 3, 4), Some(Impact::Documentation), Step::Patch, (1, 3, 5)),
            ((1, 3, 4), Some(Impact::Compatible), Step::Minor, (1, 4, 0)),
            ((1, 3, 4), Some(Impact::Behaviour), Step::Minor, (1, 4, 0)),
            ((1, 3, 4), Some(Impact::Breaking), Step::Major, (2, 0, 0)),
        ] {
            assert_eq!(next(version, impact), (step, raised), "{version:?} {impact:?}");
        }
    }
}
