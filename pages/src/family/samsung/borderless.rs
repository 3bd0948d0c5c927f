//! Tables of the print view that were saved without borders: `querylimit`, `optional`, ..., `integerNone`.
//!
//! The cells of a row stand side by side without a space. Places, statuses and types are few, so they tell where cells
//! end; a row where they do not is reported to the caller.

use crate::document::{Block, Row};
use crate::types::{self, Type};
use crate::words::{self, Column, Mark};

/// The most lines of one row.
const ROW_LINES: usize = 60;

/// A table, the number of blocks that it takes, and the lines of rows that were not understood.
pub(super) struct Borderless {
    pub(super) rows: Vec<Row>,
    pub(super) taken: usize,
    pub(super) unread: Vec<(usize, String)>,
}

/// The table whose header is the first block.
pub(super) fn table(blocks: &[Block]) -> Option<Borderless> {
    let header = blocks.first()?;
    let columns = words::header_line(header.text()?)
        .filter(|_| words::column(header.text().unwrap_or_default()).is_none())?;
    let row = Row { line: header.line, cells: columns.iter().map(|c| title(*c).to_owned()).collect() };
    let mut table = Borderless { rows: vec![row], taken: 1, unread: Vec::new() };
    if columns.first() == Some(&Column::Type) {
        parameters(blocks, &mut table);
    } else if columns.first() == Some(&Column::Code) {
        responses(blocks, &mut table);
    } else if columns.first() == Some(&Column::Version) {
        versions(blocks, columns.len(), &mut table);
    } else {
        return None;
    }
    Some(table)
}

/// The word for a column by which a header is known.
fn title(column: Column) -> &'static str {
    match column {
        Column::Type => "Type",
        Column::Name => "Name",
        Column::Required => "Required",
        Column::Description => "Description",
        Column::Example => "Example",
        Column::Default => "Default",
        Column::Range => "Range",
        Column::Schema => "Schema",
        Column::Place => "In",
        Column::Code => "HTTP Code",
        Column::Version => "Version",
        Column::State => "Status",
        Column::Until => "Supported Until",
    }
}

/// `querylimit`, then `optional`: a place and a name.
fn begins(blocks: &[Block], at: usize) -> Option<(&'static str, &str)> {
    let text = blocks.get(at)?.text()?;
    let place = ["path", "query", "header", "body"].into_iter().find(|place| text.starts_with(place))?;
    let name = text.get(place.len()..).filter(|name| !name.is_empty() && !name.contains(' '))?;
    let need = blocks.get(at + 1)?.text()?;
    words::required(need).map(|_| (place, name))
}

fn parameters(blocks: &[Block], table: &mut Borderless) {
    while let Some((place, name)) = begins(blocks, table.taken) {
        let start = table.taken;
        let need = blocks.get(start + 1).and_then(Block::text).unwrap_or_default();
        let mut end = start + 2;
        let mut found = None;
        while let Some(text) = blocks.get(end).and_then(Block::text).filter(|_| end - start < ROW_LINES) {
            if begins(blocks, end).is_some() || words::section(text).is_some() {
                break;
            }
            end += 1;
            found = schema(text, place == "body");
            if found.is_some() && (begins(blocks, end).is_some() || !goes_on(blocks, end)) {
                break;
            }
        }
        table.taken = end;
        let line = blocks[start].line;
        let Some((ty, default)) = found else {
            table.unread.push((line, format!("the row of `{name}` has no type")));
            continue;
        };
        let described: Vec<&str> = blocks[start + 2..end - 1].iter().filter_map(Block::text).collect();
        let cells = [place, &format!("{name} {need}"), &described.join("\n"), &ty, &default];
        table.rows.push(Row { line, cells: cells.map(str::to_owned).to_vec() });
    }
}

/// Whether the row may go on: what follows is neither a heading nor code.
fn goes_on(blocks: &[Block], at: usize) -> bool {
    blocks.get(at).and_then(Block::text).is_some_and(|text| words::section(text).is_none())
}

/// Type and default of `integerNone`, `any of [string, null]None`, `array[string][]`.
fn schema(text: &str, body: bool) -> Option<(String, String)> {
    let known = |ty: &str| match types::read(ty).ty {
        Type::Unsaid | Type::Unread(_) => false,
        Type::Object(Some(_)) => body || !ty.contains(' '),
        _ => true,
    };
    for default in ["None", "[]"] {
        if let Some(ty) = text.strip_suffix(default).filter(|ty| known(ty) && bare(ty)) {
            return Some((ty.to_owned(), default.to_owned()));
        }
    }
    // A default that is no word of the page's own follows a type whose end is known.
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).skip(1).chain([text.len()]).collect();
    let whole = known(text) && bare(text) && (body || !matches!(types::read(text).ty, Type::Object(Some(_))));
    if whole {
        return Some((text.to_owned(), String::new()));
    }
    let plain = |ty: &str| {
        matches!(ty, "integer" | "string" | "boolean" | "number" | "object") || ty.ends_with(']') && known(ty)
    };
    let end = ends.into_iter().rev().find(|end| text.get(..*end).is_some_and(plain))?;
    Some((text.get(..end)?.to_owned(), text.get(end..)?.trim().to_owned()))
}

/// Whether a text is a type as the schemas have it, and not a sentence.
fn bare(ty: &str) -> bool {
    ty.contains('[') || ty.contains('(') || !ty.contains(' ')
}

/// `200OKAsyncResponse`: status, phrase, schema.
fn responses(blocks: &[Block], table: &mut Borderless) {
    const PHRASES: [&str; 20] = [
        "OK",
        "Created",
        "Accepted",
        "No Content",
        "Bad Request",
        "Unauthorized",
        "Forbidden",
        "Not Found",
        "Method Not Allowed",
        "Not Acceptable",
        "Conflict",
        "Gone",
        "Precondition Failed",
        "Unprocessable Entity",
        "Too Many Requests",
        "Internal Server Error",
        "Bad Gateway",
        "Service Unavailable",
        "Gateway Timeout",
        "Successful Response",
    ];
    while let Some(block) = blocks.get(table.taken) {
        let Some(text) = block.text() else { break };
        let (code, rest) = match (text.get(..3), text.get(3..)) {
            (Some(code), Some(rest)) if code.parse::<u16>().is_ok_and(|c| (100..600).contains(&c)) => {
                (code, rest.trim_start())
            }
            _ => break,
        };
        table.taken += 1;
        let phrase =
            PHRASES.iter().filter(|phrase| rest.starts_with(**phrase)).max_by_key(|phrase| phrase.len());
        let schema = phrase.and_then(|phrase| rest.get(phrase.len()..)).map(str::trim);
        match (phrase, schema) {
            (Some(phrase), Some(schema)) => {
                let schema = if schema.is_empty() { "None" } else { schema };
                let cells = [code, phrase, schema].map(str::to_owned).to_vec();
                table.rows.push(Row { line: block.line, cells });
            }
            _ => table.unread.push((block.line, format!("the row `{text}` has no schema that can be found"))),
        }
    }
}

/// `1.0DEPRECATED20251231`, `1.0-`
fn versions(blocks: &[Block], columns: usize, table: &mut Borderless) {
    while let Some(block) = blocks.get(table.taken) {
        let Some(text) = block.text() else { break };
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
        let version = text.get(..digits).unwrap_or_default();
        let rest = text.get(digits..).unwrap_or_default();
        // `1.020251231` is a version and a date, without a mark between them.
        let (version, rest) = match version.rsplit_once('.') {
            Some((_, minor)) if minor.len() > 8 => version.split_at(version.len() - 8),
            _ => (version, rest),
        };
        if !version.contains('.') {
            break;
        }
        table.taken += 1;
        let letters = rest.len() - rest.trim_start_matches(|c: char| c.is_alphabetic()).len();
        let (state, until) = rest.split_at(letters);
        let cells = if columns > 2 { vec![version, state, until] } else { vec![version, rest] };
        table.rows.push(Row { line: block.line, cells: cells.into_iter().map(str::to_owned).collect() });
    }
}

/// Whether a text says what stands in an empty cell.
pub(super) fn is_nothing(text: &str) -> bool {
    words::is(Mark::Nothing, text) || text.is_empty()
}
