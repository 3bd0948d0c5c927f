//! Paragraphs of Markdown: of a guide, or of a doc comment.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{Kind, Paragraph};

/// The paragraphs, headings, list items and table cells of `source`. `line_of` turns a line of the source, counted
/// from 1, into a line of the file.
pub(super) fn paragraphs(
    file: &str,
    source: &str,
    line_of: &dyn Fn(usize) -> usize,
    kind: &Kind,
) -> Vec<Paragraph> {
    let mut found = Vec::new();
    let mut open = Open::default();
    let mut code = false;
    let mut lines = Lines { source, at: 0, line: 1 };
    for (event, range) in Parser::new_ext(source, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Text(text) if !code => open.push(&text, line_of(lines.of(&range))),
            Event::Code(text) => open.push(&format!("`{text}`"), line_of(lines.of(&range))),
            Event::SoftBreak | Event::HardBreak => open.push(" ", line_of(lines.of(&range))),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. })
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image) => {}
            Event::Start(_) | Event::End(_) => found.extend(open.close(file, kind)),
            _ => {}
        }
    }
    found.extend(open.close(file, kind));
    found
}

/// Lines of offsets that only grow.
struct Lines<'s> {
    source: &'s str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn of(&mut self, range: &Range<usize>) -> usize {
        if let Some(passed) = self.source.as_bytes().get(self.at..range.start) {
            self.line += passed.iter().filter(|b| **b == b'\n').count();
            self.at = range.start;
        }
        self.line
    }
}

/// A paragraph that is being read.
#[derive(Default)]
struct Open {
    text: String,
    lines: Vec<(usize, usize)>,
}

impl Open {
    fn push(&mut self, text: &str, line: usize) {
        if self.lines.last().is_none_or(|(_, last)| *last != line) {
            self.lines.push((self.text.len(), line));
        }
        self.text.push_str(text);
    }

    fn close(&mut self, file: &str, kind: &Kind) -> Option<Paragraph> {
        let Self { text, lines } = std::mem::take(self);
        let line = lines.first()?.1;
        (!text.trim().is_empty()).then(|| Paragraph {
            file: file.to_owned(),
            line,
            kind: kind.clone(),
            text,
            lines,
        })
    }
}
