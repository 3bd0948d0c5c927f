//! Tables whose columns are known by the words of their header, in whatever order they stand.

use crate::document::Row;
use crate::words::{Column, column};

/// A table with known columns.
#[derive(Debug, Clone)]
pub(crate) struct Grid {
    pub(crate) columns: Columns,
    pub(crate) rows: Vec<Row>,
}

/// What each column holds.
pub(crate) type Columns = Vec<Option<Column>>;

impl Grid {
    /// A table with a header, or one that goes on where another with as many columns was cut by the end of a page.
    /// A header that is repeated is no row.
    pub(crate) fn read(rows: &[Row], before: Option<&Columns>) -> Option<Self> {
        let columns = match (header(rows.first()?), before) {
            (Some(columns), _) => columns,
            (None, Some(before)) if rows.iter().all(|row| row.cells.len() <= before.len()) => before.clone(),
            (None, _) => return None,
        };
        let repeats = |row: &&Row| {
            let first = row.cells.first().and_then(|cell| column(cell));
            first == columns.first().copied().flatten() && header(row).is_some_and(|again| again == columns)
        };
        let rows = rows.iter().filter(|row| !repeats(row)).cloned().collect();
        Some(Self { columns, rows })
    }

    /// The cell of a row in a column.
    pub(crate) fn cell<'r>(&self, row: &'r Row, column: Column) -> Option<&'r str> {
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
