//! The texts that people read: where they stand, and what is wrong with their language.
//!
//! Problem: a phrase that a style guide forbids comes back with the next description, in a spec, a doc comment, an
//! error or a guide. [`collect()`] finds all of these; [`findings`] holds them against the list of words in
//! `plain_words.txt` and against a form.

mod collect;
mod form;
mod markdown;
mod plain_words;
mod rust;
mod spec;

use dbplane_codegen::finding::{Finding, Place};

pub(crate) use collect::collect;
pub(crate) use form::sentences;

/// The rules of language: their ids and what they mean.
pub(crate) const RULES: &[(&str, &str)] = &[
    ("plain-words", "texts use the words of the style guide in specs/README.md"),
    (
        "text-form",
        "a description says more than the name, ends with a full stop, and has no sentence over 300 characters",
    ),
];

/// Where a text stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The description of something in a spec, and the name of that thing.
    Description(String),
    /// A doc comment; `true` for one that rustdoc shows to users.
    Doc(bool),
    /// Text in quotes in code: an error, most often.
    Literal,
    /// A paragraph of a guide.
    Guide,
}

/// A paragraph, without code blocks.
#[derive(Debug, Clone)]
pub(crate) struct Paragraph {
    /// The file, from the root of the project.
    pub(crate) file: String,
    /// Line of the first character.
    pub(crate) line: usize,
    pub(crate) kind: Kind,
    /// The text; code stands in backquotes.
    pub(crate) text: String,
    /// Bytes of the text where a line of the file begins, and that line.
    pub(crate) lines: Vec<(usize, usize)>,
}

impl Paragraph {
    /// The place of the byte `at`.
    pub(crate) fn place(&self, at: usize) -> Place {
        let line =
            self.lines.iter().rev().find(|(start, _)| *start <= at).map_or(self.line, |(_, line)| *line);
        Place::new(&self.file, line)
    }
}

/// What is wrong with the language of `paragraphs`.
pub(crate) fn findings(paragraphs: &[Paragraph]) -> Vec<Finding> {
    let words = plain_words::list();
    let mut findings: Vec<_> = paragraphs
        .iter()
        .flat_map(|paragraph| {
            let unwanted = plain_words::check(&words, paragraph);
            unwanted.into_iter().chain(form::check(paragraph)).collect::<Vec<_>>()
        })
        .collect();
    findings.sort_by(|a, b| (&a.place, a.rule).cmp(&(&b.place, b.rule)));
    findings
}
