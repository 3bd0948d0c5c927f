//! Tables without a frame: cells between tabs, as browsers copy them, or between pipes that begin no line.
//!
//! A header on one line tells how many cells a row has; a row goes on over lines until it has them, for a cell of several
//! paragraphs takes several lines. Where the header itself takes several lines, lines do not tell rows; then a row ends
//! with the line on which its last cell begins, or goes on until the next row's first cell ([`stacked`]).

mod stacked;

use super::Row;
use super::clean;
use crate::words::{CaptionWord, Mark, after, begins, caption_words, column, section, topic};

/// The most lines between two separators of one table.
const CELL_LINES: usize = 40;
/// The most lines of a table whose header takes several.
const TABLE_LINES: usize = 4000;

/// The table that begins at a line, and the line after it; `None` if no header is there.
pub(super) fn table(lines: &[&str], at: usize) -> Option<(Vec<Row>, usize)> {
    for separator in ['\t', '|'] {
        if let Some(shape) = header(lines.get(at)?, separator) {
            let (rows, next) = rows(lines, at, shape);
            return (rows.len() > 1).then_some((rows, next));
        }
    }
    stacked::table(lines, at)
}

/// How cells are separated in a table.
#[derive(Debug, Clone, Copy)]
struct Shape {
    separator: char,
    /// A separator ends each row.
    closed: bool,
    columns: usize,
}

/// The shape that a header on one line gives to its table; `None` if the line is none.
fn header(line: &str, separator: char) -> Option<Shape> {
    if line.len() > 400 || !line.contains(separator) || line.trim_start_matches(' ').starts_with('|') {
        return None;
    }
    let closed = line.trim_end_matches(' ').ends_with(separator);
    let cells = Shape { separator, closed, columns: 0 }.cells(line);
    column(&clean::text(cells.first()?))?;
    let known: Vec<_> = cells.iter().map(|cell| column(&clean::text(cell))).collect();
    let distinct = known.iter().enumerate().all(|(i, c)| c.is_none() || !known[..i].contains(c));
    let count = known.iter().flatten().count();
    (count > 1 && count * 2 > known.len() && distinct).then_some(Shape {
        separator,
        closed,
        columns: known.len(),
    })
}

impl Shape {
    fn cells(self, line: &str) -> Vec<&str> {
        let line = line.trim_end_matches(' ');
        let open = line.strip_suffix(self.separator).filter(|_| self.closed).unwrap_or(line);
        open.split(self.separator).collect()
    }

    /// Whether a line may be the next of a row that has some text already.
    fn goes_on(self, text: &str, lines: &[&str], at: usize) -> bool {
        let Some(line) = lines.get(at) else { return false };
        let have = self.cells(text).len();
        let more = line.matches(self.separator).count();
        let missing = have < self.columns;
        let complete = !missing && (more > 0 || text.trim_end_matches(' ').ends_with(self.separator));
        let fits = have + more <= self.columns + usize::from(self.closed);
        let more = || !line.trim().is_empty() || missing || goes_on(lines, at);
        !complete && fits && more() && !ends(lines, at, self.separator)
    }
}

/// The rows below a header of one line, and the line after them.
fn rows(lines: &[&str], at: usize, shape: Shape) -> (Vec<Row>, usize) {
    let mut rows: Vec<Row> = Vec::new();
    let mut next = at;
    let mut goes_on = true;
    while goes_on && next < lines.len() {
        let start = next;
        let mut text = lines[next].to_owned();
        next += 1;
        while start > at && next - start < CELL_LINES && shape.goes_on(&text, lines, next) {
            text.push('\n');
            text.push_str(lines[next]);
            next += 1;
        }
        rows.extend(row(start + 1, &shape.cells(&text)));
        // Lines without words may stand between rows.
        let blank =
            lines.iter().skip(next).take(CELL_LINES).take_while(|line| line.trim_matches(' ').is_empty());
        let blank = blank.count();
        goes_on = begins_row(lines, next + blank, shape.separator);
        next += if goes_on { blank } else { 0 };
    }
    (rows, next)
}

fn begins_row(lines: &[&str], at: usize, separator: char) -> bool {
    lines.get(at).is_some_and(|line| line.contains(separator)) && !ends(lines, at, separator)
}

/// Whether a cell goes on after an empty line: with a topic of its description, with what stands under one, or with the
/// next item of a list.
fn goes_on(lines: &[&str], blank: usize) -> bool {
    let is_topic =
        |line: &str| topic(&clean::text(line.rsplit(['\t', '|']).next().unwrap_or_default())).is_some();
    let before = lines.get(..blank).and_then(<[&str]>::last).copied().unwrap_or_default();
    let mut later = lines.iter().skip(blank).take(CELL_LINES);
    let next = later.find(|line| !line.trim().is_empty()).copied().unwrap_or_default();
    let item = next.trim_start().starts_with(['•', '-']);
    is_topic(before) || is_topic(next) && !next.contains(['\t', '|']) || item
}

/// Whether the table ends before a line: a heading, a caption, code, or the header of another table stands there.
fn ends(lines: &[&str], at: usize, separator: char) -> bool {
    let Some(line) = lines.get(at) else { return true };
    let text = clean::text(line);
    let below = || {
        let mut later = lines.iter().skip(at + 1).take(CELL_LINES);
        later.find(|line| !line.trim().is_empty()).copied().unwrap_or_default()
    };
    let begins_table = |line: &str| header(line, separator).is_some() || line.starts_with('|');
    section(&text).is_some() && begins_table(below())
        || header(line, separator).is_some()
        || begins_something(&text, line)
}

/// Whether a line is a heading of the page, and neither a column nor a topic of a description.
fn is_heading(text: &str) -> bool {
    section(text).is_some() && column(text).is_none() && topic(text).is_none() && text.len() > 3
}

/// Whether a line begins what is no cell.
fn begins_something(text: &str, line: &str) -> bool {
    let code = line.trim_start().starts_with(['{', '[', '#', '|', '`', '<']);
    code || is_heading(text) || after(Mark::Status, text).is_some() || {
        let mut rests = caption_words(CaptionWord::Table).filter_map(|word| begins(text, word));
        rests.any(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
    }
}

/// A row; nothing for the rule under a header and for an empty rest.
fn row(line: usize, cells: &[&str]) -> Option<Row> {
    let rule = |text: &String| text.is_empty() || text.chars().all(|c| matches!(c, '-' | ':' | ' '));
    let cells: Vec<String> = cells.iter().map(|cell| cell_text(cell)).collect();
    cells.iter().any(|text| !rule(text)).then_some(Row { line, cells })
}

/// The text of a cell, with the marks of its lists.
fn cell_text(raw: &str) -> String {
    if !raw.contains(['-', '\n']) {
        return clean::cell(raw);
    }
    let item = |line: &str| {
        let item = line.trim_start().strip_prefix("- ").filter(|item| !item.trim().is_empty());
        item.map_or(line.to_owned(), |item| format!("• {item}"))
    };
    clean::cell(&raw.lines().map(item).collect::<Vec<_>>().join("\n"))
}
