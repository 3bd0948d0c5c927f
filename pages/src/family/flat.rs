//! Tables that were saved as plain text, one paragraph of a cell per line and no borders.
//!
//! The header is a run of words for columns. All columns but the description take one line each and are known by
//! what they hold; a row begins where they match, and the description is what is left in between.

use super::caption;
use super::leftover::is_type;
use super::status;
use crate::document::{Block, Row};
use crate::words::{Column, Section, column, required, section};

/// The table that begins with the first block, and how many blocks it takes.
pub(super) fn table(blocks: &[Block]) -> Option<(Vec<Row>, usize)> {
    let text = |at: usize| blocks.get(at).and_then(Block::text);
    let mut columns: Vec<Column> = Vec::new();
    // A field may be called like a column; then the header has that column already.
    while let Some(column) = text(columns.len()).and_then(column).filter(|c| !columns.contains(c)) {
        columns.push(column);
    }
    if columns.len() < 2 {
        return None;
    }
    let described = columns.iter().position(|c| *c == Column::Description)?;
    let (leading, trailing) = (&columns[..described], &columns[described + 1..]);
    let matches = |at: usize, columns: &[Column]| {
        columns.iter().enumerate().all(|(i, column)| text(at + i).is_some_and(|text| holds(*column, text)))
    };
    let first = columns.len();
    let begins = |at: usize| {
        let before = at >= first + trailing.len() && matches(at - trailing.len(), trailing);
        !leading.is_empty() && matches(at, leading) && (at == first || before)
    };
    let header = Row { line: blocks.first()?.line, cells: words(blocks, 0..first) };
    let mut rows = vec![header];
    let mut at = first;
    while begins(at) {
        let start = at;
        at += leading.len();
        while text(at).is_some_and(|text| !begins(at) && !ends(text, at == start + leading.len())) {
            // The next table begins, or its heading.
            if is_header(blocks, at)
                || text(at).is_some_and(|t| section(t).is_some()) && is_header(blocks, at + 1)
            {
                break;
            }
            at += 1;
        }
        let end = at.saturating_sub(trailing.len()).max(start + leading.len());
        let mut cells = words(blocks, start..start + leading.len());
        cells.push(words(blocks, start + leading.len()..end).join("\n"));
        cells.extend(words(blocks, end..at));
        rows.push(Row { line: blocks[start].line, cells });
    }
    let cut = cut_row(blocks, at.saturating_sub(2), leading);
    if let (Some(last), Some(cut)) = (rows.last_mut().filter(|_| at > first + 2), cut) {
        let description = last.cells.get_mut(leading.len());
        let kept = description.map(|d| (d.clone(), d)).map(|(all, d)| {
            let lines: Vec<&str> = all.split('\n').collect();
            *d = lines[..lines.len().saturating_sub(2)].join("\n");
        });
        rows.extend(kept.map(|()| cut));
    }
    Some((rows, at))
}

/// Whether three lines in a row are words of a header, each another one, and the first is that of names.
fn is_header(blocks: &[Block], at: usize) -> bool {
    let word = |at: usize| blocks.get(at).and_then(Block::text).and_then(column);
    let words = [word(at), word(at + 1), word(at + 2)];
    words[0] == Some(Column::Name)
        && words.iter().all(Option::is_some)
        && words[1] != words[0]
        && words[2] != words[0]
        && words[1] != words[2]
}

/// A row that ends before its type: a name and whether it is required, then nothing.
fn cut_row(blocks: &[Block], at: usize, leading: &[Column]) -> Option<Row> {
    if leading.get(..2)? != [Column::Name, Column::Required] {
        return None;
    }
    let (name, need) = (blocks.get(at)?, blocks.get(at + 1)?);
    let matches = holds(Column::Name, name.text()?) && holds(Column::Required, need.text()?);
    matches.then(|| Row { line: name.line, cells: words(blocks, at..at + 2) })
}

fn words(blocks: &[Block], range: std::ops::Range<usize>) -> Vec<String> {
    let blocks = blocks.get(range).unwrap_or_default();
    blocks.iter().filter_map(Block::text).map(str::to_owned).collect()
}

fn holds(column: Column, text: &str) -> bool {
    match column {
        Column::Name => is_name(text),
        Column::Required => required(text).is_some() && text.len() < 8,
        Column::Type => is_type(text),
        Column::Code => text.len() == 3 && text.parse::<u16>().is_ok(),
        Column::Range | Column::Default | Column::Example => true,
        _ => false,
    }
}

fn is_name(text: &str) -> bool {
    let first = |c: char| c.is_ascii_alphabetic() || c == '_' || c == '$';
    let rest = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '$' | '[' | ']');
    text.starts_with(first) && text.chars().all(rest)
}

/// Whether a line ends the table. What describes a field may be called like a heading.
fn ends(text: &str, describes: bool) -> bool {
    let heading = match section(text) {
        Some(Section::ErrorCodes | Section::StatusCodes | Section::Function) => !describes,
        Some(Section::State) => false,
        Some(Section::Remark | Section::Path | Section::Query | Section::Header | Section::Body) | None => {
            false
        }
        Some(_) => true,
    };
    heading || status(text).is_some() || caption::read(text).is_some()
}
