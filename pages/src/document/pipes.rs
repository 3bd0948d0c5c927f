//! Tables drawn with pipes: a row per line, or, as some pages are saved, a cell per line.

use super::Row;
use super::clean;

/// How many lines a cell of the second kind may take.
const CELL_LINES: usize = 40;

/// The table that begins at a line, without the rule under its header, and the line after it.
pub(super) fn table(lines: &[&str], at: usize) -> (Vec<Row>, usize) {
    let header = cells(lines[at]);
    if header.len() == 1 && closed(lines[at]) && lines.get(at + 1).is_some_and(|l| !begins(l)) {
        return cell_per_line(lines, at);
    }
    let mut rows = Vec::new();
    let mut next = at;
    while let Some(line) = lines.get(next).filter(|l| begins(l)) {
        let cells = cells(line);
        if !is_rule(&cells) {
            rows.push(Row { line: next + 1, cells });
        }
        next += 1;
    }
    (rows, next)
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

/// The cells of one line.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim().trim_start_matches('|');
    let line = line.strip_suffix('|').unwrap_or(line);
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
    let breaks = |cell: &String| cell.replace("<br />", "\n").replace("<br/>", "\n").replace("<br>", "\n");
    cells.iter().map(|cell| clean::cell(&breaks(cell))).collect()
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
