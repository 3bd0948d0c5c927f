//! Tables drawn with pipes: a row per line, or, as some pages are saved, a cell per line.
//!
//! Cells of several paragraphs break rows apart. A row that has too few cells goes on with the next lines, if that gives
//! it exactly as many as the header has.

use super::Row;
use super::clean;
use crate::words::{column, section};

/// How many lines a cell or a broken row may take.
const CELL_LINES: usize = 40;

/// The table that begins at a line, without the rule under its header, and the line after it.
pub(super) fn table(lines: &[&str], at: usize) -> (Vec<Row>, usize) {
    let header = cells(lines[at]);
    if header.len() == 1 && closed(lines[at]) && lines.get(at + 1).is_some_and(|l| !begins(l)) {
        return cell_per_line(lines, at);
    }
    let columns =
        if header.iter().filter(|cell| column(cell).is_some()).count() > 1 { header.len() } else { 0 };
    let mut rows: Vec<Row> = Vec::new();
    let mut next = at;
    while let Some(line) = lines.get(next).filter(|l| begins(l)) {
        let mut cells = cells(line);
        let first = next;
        next += 1;
        let broken = cells.len() < columns && !is_rule(&cells) && !rows.is_empty();
        if let Some((joined, after)) = broken.then(|| joined(lines, first, columns, &rows)).flatten() {
            (cells, next) = (joined, after);
        }
        if !is_rule(&cells) {
            rows.push(Row { line: first + 1, cells });
        } else if rows.len() > 1 {
            // A rule stands under a header: the row before it begins another table.
            let header = rows.pop().map_or(first, |row| row.line - 1);
            return (rows, header);
        }
    }
    (rows, next)
}

/// A row that takes several lines, and the line after it.
fn joined(lines: &[&str], first: usize, columns: usize, rows: &[Row]) -> Option<(Vec<String>, usize)> {
    let mut text = (*lines.get(first)?).to_owned();
    let kind = cells(&text).first().cloned().unwrap_or_default();
    let begins_row = |line: &str| {
        let cells = cells(line);
        let known =
            |cell: &String| *cell == kind || rows.iter().skip(1).any(|row| row.cells.first() == Some(cell));
        begins(line) && (cells.len() >= columns || is_rule(&cells) || cells.first().is_some_and(known))
    };
    for (index, line) in lines.iter().enumerate().skip(first + 1).take(CELL_LINES) {
        if begins_row(line) || !begins(line) && section(&clean::text(line)).is_some() {
            return None;
        }
        text.push('\n');
        text.push_str(line);
        let cells = cells(&text);
        if cells.len() > columns {
            return None;
        }
        if cells.len() == columns && closed(line) {
            return Some((cells, index + 1));
        }
    }
    None
}

fn begins(line: &str) -> bool {
    line.trim_start().starts_with('|')
}

fn closed(line: &str) -> bool {
    line.trim_end().ends_with('|')
}

fn is_rule(cells: &[String]) -> bool {
    let rule = |c: &String| c.contains('-') && c.chars().all(|c| matches!(c, '-' | ':' | ' '));
    !cells.is_empty() && cells.iter().all(rule)
}

/// The cells of some lines.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let line = line.strip_suffix('|').unwrap_or(line);
    if !line.contains('\\') {
        return line.split('|').map(clean::cell).collect();
    }
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in line.chars() {
        match (c, cells.last_mut()) {
            ('|', Some(_)) if !escaped => cells.push(String::new()),
            (_, Some(cell)) => {
                if escaped && c != '|' {
                    cell.push('\\');
                }
                if c != '\\' {
                    cell.push(c);
                }
            }
            (_, None) => {}
        }
        escaped = c == '\\' && !escaped;
    }
    cells.iter().map(|cell| clean::cell(cell)).collect()
}

/// `| first cell |`, then each further cell on lines that end with a pipe; an empty cell is a pipe alone.
fn cell_per_line(lines: &[&str], at: usize) -> (Vec<Row>, usize) {
    let mut rows: Vec<Row> = Vec::new();
    let mut columns = usize::MAX;
    let mut next = at;
    while let Some(line) = lines.get(next) {
        let open = rows.last().is_some_and(|row| row.cells.len() < columns);
        let bare = line.trim();
        if begins(line) && bare != "|" {
            if rows.len() == 1 {
                columns = rows[0].cells.len();
            }
            rows.push(Row { line: next + 1, cells: cells(line) });
            next += 1;
        } else if open && let Some(end) = cell_end(lines, next) {
            let text = lines[next..=end].join("\n");
            if let Some(row) = rows.last_mut() {
                row.cells.push(clean::cell(text.trim_end().trim_end_matches('|')));
            }
            next = end + 1;
        } else {
            break;
        }
    }
    rows.retain(|row| !is_rule(&row.cells));
    (rows, next)
}

/// The line on which a cell ends, unless the table ends before.
fn cell_end(lines: &[&str], from: usize) -> Option<usize> {
    for (index, line) in lines.iter().enumerate().skip(from).take(CELL_LINES) {
        if closed(line) && (!begins(line) || line.trim() == "|" && index == from) {
            return Some(index);
        }
        if begins(line) {
            return None;
        }
    }
    None
}
