//! A difference and what it means.

use std::fmt;

use dbplane_codegen::finding::Place;

use crate::uses::Use;

/// What a difference does to a program that uses the library, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Impact {
    /// Only the docs differ.
    Documentation,
    /// The program compiles and does the same; there may be something new to use.
    Compatible,
    /// The program compiles, but what is sent, refused, retried or read differs.
    Behaviour,
    /// The program does not compile, or compiles and means something else.
    Breaking,
}

impl Impact {
    /// Every impact, the worst first.
    pub const ALL: [Self; 4] = [Self::Breaking, Self::Behaviour, Self::Compatible, Self::Documentation];

    /// The word for it in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Documentation => "documentation",
            Self::Compatible => "compatible",
            Self::Behaviour => "behaviour",
            Self::Breaking => "breaking",
        }
    }
}

impl fmt::Display for Impact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The section of a changelog for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// New.
    Added,
    /// Different from before.
    Changed,
    /// Still available, but not recommended.
    Deprecated,
    /// No longer available.
    Removed,
}

impl Section {
    /// The heading.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "Added",
            Self::Changed => "Changed",
            Self::Deprecated => "Deprecated",
            Self::Removed => "Removed",
        }
    }
}

/// A kind of difference.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its stable id.
    pub id: &'static str,
    /// What it does to callers.
    pub impact: Impact,
    /// The section of a changelog for it.
    pub section: Section,
    /// What happened, to be read after the name of what it happened to.
    pub happened: &'static str,
    /// What it means for a caller, and what to do.
    pub meaning: &'static str,
}

/// One difference.
#[derive(Debug, Clone)]
pub struct Change {
    /// The rule that it belongs to.
    pub rule: &'static Rule,
    /// What differs, by its name in the spec: `CreateCluster`, `CreateCluster.page`, `Thing.id`.
    pub subject: String,
    /// The model that was used in its place, if that model still exists or was replaced by several.
    pub instead_of: Option<String>,
    /// Old and new values, if there is more to say than the rule does; may be empty.
    pub detail: String,
    /// The Rust items that differ; their paths begin in the module of the service.
    pub items: Vec<ItemChange>,
    /// The operations that send or receive it, for parts of models.
    pub uses: Vec<Use>,
    /// The place in the old version.
    pub old: Option<Place>,
    /// The place in the new version.
    pub new: Option<Place>,
}

impl Change {
    /// What differs, as Markdown.
    #[must_use]
    pub fn name(&self) -> String {
        let Self { subject, instead_of, .. } = self;
        match instead_of {
            Some(old) => format!("`{subject}` (in place of `{old}`)"),
            None => format!("`{subject}`"),
        }
    }

    /// What happened to it.
    #[must_use]
    pub fn event(&self) -> String {
        let Self { rule, detail, .. } = self;
        let space = if detail.is_empty() { "" } else { " " };
        format!("{}{space}{detail}", rule.happened)
    }

    /// What happened, in a sentence without its end.
    #[must_use]
    pub fn sentence(&self) -> String {
        format!("{} {}", self.name(), self.event())
    }
}

/// A public item of the generated Rust that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemChange {
    /// What it was; `None` for a new one.
    pub old: Option<String>,
    /// What it is; `None` for one that no longer exists.
    pub new: Option<String>,
}
