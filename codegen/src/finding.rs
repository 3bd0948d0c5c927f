//! What is wrong with a document: place, rule, message, remedy.

use std::fmt;

/// A line of one of the files that a document was read from. [`Files`] makes a place of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Line {
    file: u32,
    number: u32,
}

impl Line {
    /// The top of the first file.
    pub const TOP: Self = Self { file: 0, number: 1 };
}

/// The files that a document was read from: one, or overlays and the spec below them.
#[derive(Debug, Clone, Default)]
pub struct Files(Vec<String>);

impl Files {
    /// One more file, as the caller names it. Its lines are made by the returned function of their numbers.
    pub fn add(&mut self, name: &str) -> impl Fn(usize) -> Line + use<> {
        let file = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        self.0.push(name.to_owned());
        move |number| Line { file, number: u32::try_from(number).unwrap_or(u32::MAX) }
    }

    /// The name of the first file, which the document is called by.
    #[must_use]
    pub fn first(&self) -> &str {
        self.0.first().map_or("", String::as_str)
    }

    /// File and number of a line.
    #[must_use]
    pub fn place(&self, line: Line) -> Place {
        let file = usize::try_from(line.file).ok().and_then(|file| self.0.get(file));
        Place::new(file.map_or("", String::as_str), usize::try_from(line.number).unwrap_or(usize::MAX))
    }
}

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file, as it was named by the caller.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
}

impl Place {
    /// A line of a file.
    #[must_use]
    pub fn new(file: &str, line: usize) -> Self {
        Self { file: file.to_owned(), line: line.max(1) }
    }
}

/// One thing that is wrong, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where.
    pub place: Place,
    /// The rule's stable id.
    pub rule: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub remedy: String,
}

impl Finding {
    /// A finding.
    pub fn new(
        rule: &'static str,
        place: Place,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self { place, rule, message: message.into(), remedy: remedy.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, rule, message, remedy } = self;
        write!(f, "{}:{}: [{rule}] {message}; {remedy}", place.file, place.line)
    }
}

impl std::error::Error for Finding {}
