//! Tables whose header takes several lines, as browsers copy cells with paragraphs.

use super::{CELL_LINES, Row, TABLE_LINES, begins_something, cell_text, row};
use crate::document::clean;
use crate::words::column;

/// A part of the table between two separators: its lines, with the numbers of the lines.
type Piece<'l> = Vec<(usize, &'l str)>;

/// The table that begins at a line, and the line after it; `None` if no header is there.
pub(super) fn table(lines: &[&str], at: usize) -> Option<(Vec<Row>, usize)> {
    let separator = separator(lines, at).filter(|separator| has_header(lines, at, *separator))?;
    let end = end(lines, at, separator);
    let pieces = pieces(lines, at, end, separator);
    let (columns, closed) = header(&pieces)?;
    let mut cells: Vec<(usize, String)> = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        // Where no separator ends a row, the last cell and the first of the next row stand in one piece.
        let shared = !closed && index > 0 && index % (columns - 1) == 0 && index + 1 < pieces.len();
        if shared {
            let split = piece.iter().rposition(|(_, text)| !text.trim().is_empty()).unwrap_or(0);
            cells.push(cell(&piece[..split]));
            cells.push(cell(&piece[split..]));
        } else {
            cells.push(cell(piece));
        }
    }
    let row_of = |cells: &[(usize, String)]| {
        let texts: Vec<&str> = cells.iter().map(|(_, text)| text.as_str()).collect();
        row(cells.first()?.0, &texts)
    };
    let rows: Vec<Row> = cells.chunks(columns).filter_map(row_of).collect();
    (rows.len() > 1).then_some((rows, end))
}

/// The separator of a header that begins at a line.
fn separator(lines: &[&str], at: usize) -> Option<char> {
    let line = lines.get(at)?;
    let known = |separator: char| {
        let first = line.split(separator).next().unwrap_or_default();
        first.len() < 100 && column(&clean::text(first)).is_some()
    };
    let next = lines.iter().skip(at + 1).take(3).find(|l| !l.trim_matches(' ').is_empty());
    let apart = next.is_some_and(|l| l.trim_matches(' ').starts_with('\t'));
    if (apart || line.contains('\t')) && known('\t') {
        return Some('\t');
    }
    (line.contains('|') && known('|')).then_some('|')
}

/// Whether the first two cells from a line on are words for columns, each another one.
fn has_header(lines: &[&str], at: usize, separator: char) -> bool {
    let parts = lines.iter().skip(at).take(CELL_LINES).flat_map(|line| {
        line.split(separator).enumerate().map(|(index, part)| (index > 0, clean::text(part)))
    });
    let mut begun = 0;
    let mut columns = Vec::new();
    for (begins, text) in parts {
        begun += usize::from(begins);
        match (text.is_empty(), columns.len() <= begun, column(&text)) {
            (true, ..) => {}
            (false, true, Some(column)) if !columns.contains(&column) => columns.push(column),
            _ => return false,
        }
        if columns.len() == 2 {
            return true;
        }
    }
    false
}

/// The line after the table: after the last separator, and the paragraphs of the cell that follows it.
fn end(lines: &[&str], at: usize, separator: char) -> usize {
    let limit = (at + TABLE_LINES).min(lines.len());
    let mut last = at;
    let mut index = at;
    while index < limit && index - last <= CELL_LINES {
        let text = clean::text(lines[index]);
        let header = || {
            let begins = column(&text).is_none() && begins_something(&text, lines[index]);
            begins && !is_inside(lines, index, separator)
        };
        if index > at && (separator_at(lines, index, at) || header()) {
            break;
        }
        if lines[index].contains(separator) {
            last = index;
        }
        index += 1;
    }
    let tail = lines.iter().skip(last + 1).take(CELL_LINES);
    let single = lines[at].matches(separator).count() > 1;
    let goes_on = |line: &&&str| {
        let text = clean::text(line);
        !text.is_empty() && !begins_something(&text, line)
    };
    // A table whose rows take a line each ends with its last row.
    if single && !lines[last].trim_end().ends_with(separator) {
        last + 1
    } else {
        last + 1 + tail.take_while(goes_on).count()
    }
}

/// Whether a line that could be a heading is the last cell of a row: the next row follows without an empty line.
fn is_inside(lines: &[&str], at: usize, separator: char) -> bool {
    let plain = !lines[at].trim_start().starts_with('#');
    plain && lines.get(at + 1).is_some_and(|next| next.contains(separator) && !next.starts_with('|'))
}

/// Whether a header begins at a line below another: one whose first cell is the same.
fn separator_at(lines: &[&str], index: usize, at: usize) -> bool {
    let first = |line: &str| clean::text(line.split(['\t', '|']).next().unwrap_or_default());
    first(lines[index]) == first(lines[at]) && separator(lines, index).is_some()
}

fn pieces<'l>(lines: &[&'l str], at: usize, end: usize, separator: char) -> Vec<Piece<'l>> {
    let mut pieces: Vec<Piece<'l>> = vec![Vec::new()];
    for (index, line) in lines.iter().enumerate().take(end).skip(at) {
        for (part, text) in line.split(separator).enumerate() {
            if part > 0 {
                pieces.push(Vec::new());
            }
            if let Some(piece) = pieces.last_mut() {
                piece.push((index + 1, text));
            }
        }
    }
    pieces
}

/// How many columns the header has, and whether a separator ends each row. A first field that is called like a column is
/// no part of the header, and then the cells would not fill rows.
fn header(pieces: &[Piece<'_>]) -> Option<(usize, bool)> {
    let words = |piece: &Piece<'_>| -> Vec<String> {
        piece.iter().map(|(_, text)| clean::text(text)).filter(|text| !text.is_empty()).collect()
    };
    let mut columns = Vec::new();
    for piece in pieces {
        let words = words(piece);
        let known = words.first().and_then(|word| column(word)).filter(|column| !columns.contains(column));
        match (known, words.len()) {
            (Some(column), 1) => columns.push(column),
            // The header's last cell and the first of a row.
            (Some(_), 2..) if !columns.is_empty() => return Some((columns.len() + 1, false)),
            _ => break,
        }
    }
    let whole = |count: &usize| pieces.len().saturating_sub(1).is_multiple_of(*count);
    let count = (2..=columns.len()).rev().find(whole).unwrap_or(columns.len());
    (columns.len() > 1).then_some((count, true))
}

fn cell(piece: &[(usize, &str)]) -> (usize, String) {
    let text: Vec<&str> = piece.iter().map(|(_, text)| *text).collect();
    let line =
        piece.iter().find(|(_, text)| !text.trim().is_empty()).or(piece.first()).map_or(1, |(line, _)| *line);
    (line, cell_text(&text.join("\n")))
}
