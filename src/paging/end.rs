//! Where a list ends.
//!
//! Problem: services limit the page size without saying so, send totals that are wrong or missing, and leave pages empty
//! in the middle of a list; a walk that ends too early is taken for "not in the list".
//! Default: the table in the docs of [`Items`](crate::Items). Override: none.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A list with more pages than this never ends.
const MAX_PAGES: usize = 100_000;

/// What a page has and says.
pub(crate) struct PageEnd<'p> {
    pub(crate) rows: &'p [&'p str],
    /// How many rows were asked for.
    pub(crate) size: i64,
    /// How many rows the list has; below zero where what the service says is not a number.
    pub(crate) total: Option<i64>,
    /// Whether more pages follow.
    pub(crate) more: Option<bool>,
}

/// What follows a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    End,
    /// The page after it.
    Page,
    /// The same page again: it is empty and should not be.
    Again,
    /// The end. This page is the one before it once more, so its rows came already.
    Repeated,
}

/// What is known of a list while it is walked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Progress {
    /// Pages that the walk left out at its start.
    skipped: i64,
    /// Whether it is known how many rows the walk left out at its start. Without that, totals say nothing.
    counts: bool,
    /// Rows of the list up to here: those left out and those received.
    seen: i64,
    /// Rows received.
    rows: u64,
    /// How many of them are as an earlier one.
    repeated: i64,
    /// The total that counts, and the highest that there was.
    total: Option<i64>,
    highest: Option<i64>,
    /// Whether there was a total that can't be true. Then only a page without new rows ends the list.
    false_total: bool,
    /// Hashes of the rows so far, where there is a total to compare them with.
    row_hashes: Option<HashSet<u64>>,
    /// Hashes of the pages so far, and that of the last one.
    page_hashes: HashSet<u64>,
    last_page: Option<u64>,
    /// Empty pages in a row.
    empty: u32,
}

impl Progress {
    /// A walk that leaves out so many pages or rows.
    pub(crate) fn after(pages: i64, rows: i64) -> Self {
        Self { skipped: pages, seen: rows, counts: true, ..Self::default() }
    }

    /// A walk that leaves out an unknown number of rows.
    pub(crate) fn after_unknown() -> Self {
        Self::default()
    }

    /// How many rows came.
    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    /// Judges a page: says what follows it, or why the list can't be read to its end.
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
        // A total below the rows that came is false; then the highest counts, if that can be true.
        let different = self.seen.saturating_sub(self.repeated);
        let possible = |total: &i64| self.counts && *total >= different;
        // Where it is not known how much was left out, the rows that came are still part of the total.
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

    /// What follows a page that has rows.
    fn after_rows(&self, page: &PageEnd<'_>, first: bool, full: bool) -> Next {
        let reached = self.total.map(|total| total <= self.seen);
        // Rows that came twice were counted twice, and some services send the number of rows of the page as the total.
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

    /// What follows an empty page.
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

    /// How many rows the walk left out, by its first page: a short page in the middle of a list shows the size that the
    /// service uses in place of the one that was asked for.
    fn left_out(&self, page: &PageEnd<'_>, count: i64) -> i64 {
        let asked = self.skipped.saturating_mul(page.size);
        let limited = count > 0 && count < page.size && page.total != Some(asked.saturating_add(count));
        if limited { self.skipped.saturating_mul(count) } else { asked }
    }

    /// Notes the rows of a page, and how many of them were there before.
    fn note(&mut self, page: &PageEnd<'_>, first: bool) {
        if first && page.total.is_some() {
            self.row_hashes.get_or_insert_default();
        }
        if let Some(known) = &mut self.row_hashes {
            let again = page.rows.iter().filter(|row| !known.insert(hash(row))).count();
            // Equal rows of one page are a matter of the list, whatever its pages.
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
