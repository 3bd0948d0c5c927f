//! Tables whose columns are known by the words of their header, in whatever order they stand.

use crate::document::Row;
use crate::types::{self, Type};
use crate::words::{Column, column, required, said};

/// A table with known columns.
#[derive(Debug, Clone)]
pub(crate) struct Grid<'r> {
    pub(crate) columns: Columns,
    pub(crate) rows: Vec<&'r Row>,
    /// Its first row is a header.
    pub(crate) headed: bool,
    /// Titles of columns that say yes or no to what is not known.
    pub(crate) unknown: Vec<String>,
}

/// What each column holds.
pub(crate) type Columns = Vec<Option<Column>>;

impl<'r> Grid<'r> {
    /// A table with a header, or one that continues a table with as many columns, which the end of a page cut.
    /// A header that is repeated is no row.
    pub(crate) fn read(rows: &'r [Row], before: Option<&Columns>) -> Option<Self> {
        let first = rows.first();
        let (columns, headed) = match (header(first?), before) {
            (Some(columns), _) => (columns, true),
            (None, Some(before)) if rows.iter().all(|row| row.cells.len() <= before.len()) => {
                (before.clone(), false)
            }
            (None, _) => return None,
        };
        let repeats = |row: &&Row| {
            let first = row.cells.first().and_then(|cell| column(cell));
            first == columns.first().copied().flatten() && header(row).is_some_and(|again| again == columns)
        };
        let rows: Vec<&Row> = rows.iter().filter(|row| !repeats(row)).collect();
        let titles = first.filter(|_| headed).map(|first| first.cells.as_slice()).unwrap_or_default();
        let mut grid = Self { columns, rows, headed, unknown: Vec::new() };
        grid.infer(titles);
        Some(grid)
    }

    /// A column with an unknown title is known by its cells, if all of them hold the same kind of thing.
    fn infer(&mut self, titles: &[String]) {
        const NEED: [&str; 6] = ["requir", "mandator", "necess", "compuls", "oblig", "必"];
        for at in 0..self.columns.len() {
            if self.columns[at].is_some() {
                continue;
            }
            let cells: Vec<&str> =
                self.rows.iter().filter_map(|row| row.cells.get(at)).filter_map(|cell| said(cell)).collect();
            if cells.is_empty() {
                continue;
            }
            let typed = |cell: &&str| {
                let ty = types::read(cell).ty;
                !matches!(ty, Type::Unsaid | Type::Unread(_)) && (ty.object().is_none() || cell.contains(' '))
            };
            let named = |cell: &&str| cell.chars().all(|c| c.is_ascii_alphanumeric() || "_-.\\".contains(c));
            let title = titles.get(at).map(|title| title.to_lowercase()).unwrap_or_default();
            let kind = if cells.iter().all(|cell| required(cell).is_some()) {
                if !NEED.iter().any(|stem| title.contains(stem)) {
                    self.unknown.push(title);
                    continue;
                }
                Column::Required
            } else if cells.iter().all(typed) {
                Column::Type
            } else if at == 0 && cells.iter().all(named) {
                Column::Name
            } else {
                continue;
            };
            if !self.has(kind) {
                self.columns[at] = Some(kind);
            }
        }
    }

    /// The cell of a row in a column.
    pub(crate) fn cell(&self, row: &'r Row, column: Column) -> Option<&'r str> {
        let at = self.columns.iter().position(|c| *c == Some(column))?;
        row.cells.get(at).map(String::as_str)
    }

    pub(crate) fn has(&self, column: Column) -> bool {
        self.columns.contains(&Some(column))
    }
}

/// The columns, if a row is a header: most of its cells are words for columns, each another one.
fn header(row: &Row) -> Option<Columns> {
    let columns: Columns = row.cells.iter().map(|cell| column(cell)).collect();
    let known: Vec<Column> = columns.iter().flatten().copied().collect();
    let distinct = known.iter().enumerate().all(|(i, c)| !known[..i].contains(c));
    (known.len() > 1 && known.len() * 2 > row.cells.len() && distinct).then_some(columns)
}
