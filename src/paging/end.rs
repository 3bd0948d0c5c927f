//! The end of a list.
//!
//! Problem: services limit the page size without saying so, send totals that are wrong or missing, and return empty
//! pages in the middle of a list; if reading ends too early, a program concludes that an item does not exist.
//! Default: the table in the docs of [`Items`](crate::Items). Override: none.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A list with more pages than this is an error.
const MAX_PAGES: usize = 100_000;

/// The content of a page.
pub(crate) struct PageEnd<'p> {
    pub(crate) rows: &'p [&'p str],
    /// The requested number of rows.
    pub(crate) size: i64,
    /// The total number of rows; negative if the service's value is not a number.
    pub(crate) total: Option<i64>,
    /// Whether more pages follow.
    pub(crate) more: Option<bool>,
}

/// The step after a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    End,
    /// The page after it.
    Page,
    /// The same page again, because it is empty but should not be.
    Again,
    /// The end. This page repeats the previous one, so its rows were already received.
    Repeated,
}

/// The state of reading a list.
#[derive(Debug, Clone, Default)]
pub(crate) struct Progress {
    /// The number of pages that were skipped at the start.
    skipped: i64,
    /// Whether the number of rows that were skipped at the start is known. Otherwise, totals can't be used.
    counts: bool,
    /// Rows of the list so far: skipped and received ones.
    seen: i64,
    /// Rows received.
    rows: u64,
    /// The number of rows that are equal to an earlier one.
    repeated: i64,
    /// The current total, and the highest one.
    total: Option<i64>,
    highest: Option<i64>,
    /// Whether a total was false. Then only a page without new rows ends the list.
    false_total: bool,
    /// Hashes of the rows so far, if there is a total to compare them with.
    row_hashes: Option<HashSet<u64>>,
    /// Hashes of the pages so far, and that of the last one.
    page_hashes: HashSet<u64>,
    last_page: Option<u64>,
    /// Empty pages in a row.
    empty: u32,
}

impl Progress {
    /// A list of which this many pages or rows are skipped.
    pub(crate) fn after(pages: i64, rows: i64) -> Self {
        Self { skipped: pages, seen: rows, counts: true, ..Self::default() }
    }

    /// A list of which an unknown number of rows is skipped.
    pub(crate) fn after_unknown() -> Self {
        Self::default()
    }

    /// The number of received rows.
    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    /// Evaluates a page: returns the next step, or why the list can't be read to its end.
    pub(crate) fn take(&mut self, page: &PageEnd<'_>) -> Result<Next, String> {
        let count = i64::try_from(page.rows.len()).unwrap_or(i64::MAX);
        let first = self.rows == 0;
        if first && self.skipped > 0 {
            self.seen = self.left_out(page, count);
        }
        let before = self.seen;
        self.seen = before.saturating_add(count);
        self.rows = self.rows.saturating_add(page.rows.len() as u64);
        self.note(page, first);
        // A total below the number of received rows is false; then the highest total is used, if it can be true.
        let different = self.seen.saturating_sub(self.repeated);
        let possible = |total: &i64| self.counts && *total >= different;
        // If the number of skipped rows is unknown, the received rows are still part of the total.
        let received = i64::try_from(self.rows).unwrap_or(i64::MAX).saturating_sub(self.repeated);
        self.false_total |= count > 0 && page.total.is_some_and(|total| total < received);
        let told = page.total.filter(possible).or(self.total.filter(possible));
        self.highest = self.highest.max(told);
        self.total = told.or(self.highest.filter(possible));
        if count == 0 {
            return self.after_empty(page.more);
        }
        self.empty = 0;
        let full = count >= page.size;
        let page_hash = hash(page.rows);
        let before_it = self.last_page.replace(page_hash);
        let known = !self.page_hashes.insert(page_hash);
        if known && self.total.is_none_or(|total| total <= before) {
            if self.false_total && !full && page.more != Some(true) && before_it == Some(page_hash) {
                return Ok(Next::Repeated);
            }
            let rows = self.rows.saturating_sub(page.rows.len() as u64);
            return Err(format!("the list does not end: the service repeats its pages after {rows} rows"));
        }
        if self.page_hashes.len() > MAX_PAGES {
            return Err(format!("the list has more than {MAX_PAGES} pages"));
        }
        Ok(self.after_rows(page, first, full))
    }

    /// The step after a page with rows.
    fn after_rows(&self, page: &PageEnd<'_>, first: bool, full: bool) -> Next {
        let reached = self.total.map(|total| total <= self.seen);
        // Rows that were received twice were counted twice, and some services send the number of rows of the page as
        // the total.
        let counted_twice = self.repeated > 0 && self.total > Some(self.seen.saturating_sub(self.repeated));
        let of_page = first && full && self.skipped == 0 && page.more.is_none();
        let doubtful = counted_twice || of_page || self.false_total || self.total < self.highest;
        match (reached, page.more) {
            (_, Some(true)) | (Some(false), _) => Next::Page,
            _ if doubtful => Next::Page,
            (Some(true), _) | (None, Some(false)) => Next::End,
            (None, None) if full => Next::Page,
            (None, None) => Next::End,
        }
    }

    /// The step after an empty page.
    fn after_empty(&mut self, more: Option<bool>) -> Result<Next, String> {
        let promised = match self.total {
            Some(total) if total > self.seen => format!("it has {total}"),
            _ if more == Some(true) => "more follow".to_owned(),
            _ => return Ok(Next::End),
        };
        self.empty += 1;
        match self.empty {
            1 => Ok(Next::Again),
            2 => Ok(Next::Page),
            _ => Err(format!("the list ends after {} rows, but the service says that {promised}", self.rows)),
        }
    }

    /// The number of skipped rows, by the first page: a short page in the middle of a list shows the page size that the
    /// service uses instead of the requested one.
    fn left_out(&self, page: &PageEnd<'_>, count: i64) -> i64 {
        let asked = self.skipped.saturating_mul(page.size);
        let limited = count > 0 && count < page.size && page.total != Some(asked.saturating_add(count));
        if limited { self.skipped.saturating_mul(count) } else { asked }
    }

    /// Records the rows of a page, and how many of them were received before.
    fn note(&mut self, page: &PageEnd<'_>, first: bool) {
        if first && page.total.is_some() {
            self.row_hashes.get_or_insert_default();
        }
        if let Some(known) = &mut self.row_hashes {
            let again = page.rows.iter().filter(|row| !known.insert(hash(row))).count();
            // Equal rows within one page belong to the list.
            self.repeated += if first { 0 } else { i64::try_from(again).unwrap_or(0) };
        }
    }
}

fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
#[path = "end_tests.rs"]
mod tests;
