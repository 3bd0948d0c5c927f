//! Fetching one page after the other, here or ahead in a task.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::client::response::Response;
use crate::client::{Call, ParsedResponse};
use crate::error::{Error, Kind};
use crate::operation::{Paging, PagingStyle};
use crate::wire::decode::Decode;
use crate::wire::rows::Rows;

/// A list with more pages than this never ends.
const MAX_PAGES: usize = 100_000;

/// What to fetch and how.
#[derive(Clone)]
pub(crate) struct Plan {
    call: Call,
    paging: Paging,
    pub(super) number: i64,
    pub(super) size: i64,
    pub(super) max_rows: Option<u64>,
    pub(super) prefetch: usize,
}

impl Plan {
    /// Begins where the call says, if its caller set page or size.
    pub(crate) fn new(call: Call, paging: Paging) -> Self {
        let number = call.number(paging.number).unwrap_or(paging.first);
        let size = call.number(paging.size).unwrap_or(paging.default_size);
        Self { call, paging, number, size, max_rows: None, prefetch: 0 }
    }
}

/// A page as it came, and its rows, cut to the cap on rows.
pub(super) struct Page {
    response: ParsedResponse,
    items: &'static str,
    rows: Rows,
}

impl Page {
    fn new(response: ParsedResponse, items: &'static str) -> Result<Self, Error> {
        let rows = response.rows(items)?;
        Ok(Self { response, items, rows })
    }

    fn cut(&mut self, rows: usize) {
        if rows < self.rows.len() {
            self.rows.truncate(rows);
            self.response.set_rows(self.items, &self.rows);
        }
    }

    pub(super) fn into_rows(self) -> Rows {
        self.rows
    }

    pub(super) fn read<T: Decode>(self) -> Result<Response<T>, Error> {
        self.response.decode()
    }
}

/// Where pages come from.
pub(super) enum PageSource {
    Here(Box<Pager>),
    Ahead {
        pages: mpsc::Receiver<Result<Page, Error>>,
        /// Held so that it ends with the walk.
        _task: Task,
    },
}

/// A task that ends with its owner.
pub(super) struct Task(JoinHandle<()>);

impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl PageSource {
    pub(super) fn new(plan: Plan) -> Self {
        let prefetch = plan.prefetch;
        let before = rows_before(&plan.paging, plan.number, plan.size);
        let mut pager = Pager { plan, before, rows: 0, seen: HashSet::new(), ended: false };
        if prefetch == 0 {
            return Self::Here(Box::new(pager));
        }
        let (sender, pages) = mpsc::channel(prefetch);
        let task = tokio::spawn(async move {
            // The place is taken before the page is fetched, so no more pages are held than there are places.
            while let Ok(place) = sender.reserve().await {
                let Some(page) = pager.next().await else { break };
                place.send(page);
            }
        });
        Self::Ahead { pages, _task: Task(task) }
    }

    pub(super) async fn next(&mut self) -> Option<Result<Page, Error>> {
        match self {
            Self::Here(pager) => pager.next().await,
            Self::Ahead { pages, .. } => pages.recv().await,
        }
    }
}

/// Walks a list.
pub(super) struct Pager {
    plan: Plan,
    /// Rows of the list before the next page: those that were left out at the start, and those fetched.
    before: i64,
    /// Rows fetched so far.
    rows: u64,
    /// What the pages so far hashed to.
    seen: HashSet<u64>,
    ended: bool,
}

impl Pager {
    async fn next(&mut self) -> Option<Result<Page, Error>> {
        if self.ended || self.plan.max_rows.is_some_and(|max| self.rows >= max) {
            return None;
        }
        let Plan { call, paging, number, size, .. } = &self.plan;
        let mut call = call.clone();
        call.set(paging.number, *number);
        call.set(paging.size, *size);
        let page = call.fetch().await.and_then(|response| Page::new(response, self.plan.paging.items));
        match page {
            Ok(page) => self.take(page),
            Err(e) => self.end(Err(e)),
        }
    }

    fn end(&mut self, last: Result<Page, Error>) -> Option<Result<Page, Error>> {
        self.ended = true;
        Some(last)
    }

    /// Judges a page: the last one, one that was there before, or one of many.
    fn take(&mut self, mut page: Page) -> Option<Result<Page, Error>> {
        let count = page.rows.len();
        if count == 0 {
            self.ended = true;
            return None;
        }
        if !self.seen.insert(fingerprint(page.rows.text())) || self.seen.len() > MAX_PAGES {
            let number = self.plan.number;
            let message = format!("the list does not end: the service repeats itself at {number}");
            let error = Error::new(Kind::Decode, message).with_operation(page.response.operation());
            return self.end(Err(error));
        }
        let left = self.plan.max_rows.map_or(u64::MAX, |max| max - self.rows);
        page.cut(usize::try_from(left).unwrap_or(usize::MAX));
        self.rows += count as u64;
        self.before = self.before.saturating_add(count as i64);
        let Plan { paging, number, size, .. } = &self.plan;
        let total = paging.total.and_then(|path| page.response.get::<i64>(path));
        let more = paging.more.and_then(|path| page.response.get::<bool>(path));
        self.ended = is_last((count as i64) < *size, total.map(|total| self.before >= total), more);
        self.plan.number = match paging.style {
            PagingStyle::Page => number.saturating_add(1),
            PagingStyle::Offset => number.saturating_add(count as i64),
        };
        Some(Ok(page))
    }
}

/// How many rows of the list a walk leaves out that begins at `number`.
fn rows_before(paging: &Paging, number: i64, size: i64) -> i64 {
    match paging.style {
        PagingStyle::Page => number.saturating_sub(paging.first).saturating_mul(size),
        PagingStyle::Offset => number,
    }
}

/// Whether a page ends its list: a short one does, unless the service says that there is more; so does one that
/// reaches the total. That there is no more is believed only where no total speaks against it.
fn is_last(short: bool, reached: Option<bool>, more: Option<bool>) -> bool {
    match (reached, more) {
        (Some(true), _) => true,
        (None, Some(more)) => !more,
        (_, more) => short && more != Some(true),
    }
}

fn fingerprint(rows: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    rows.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_knows_what_it_leaves_out() {
        let paging = |style, first| Paging {
            style,
            number: "n",
            size: "s",
            first,
            default_size: 10,
            items: "items",
            total: None,
            more: None,
        };
        for (style, first, number, expected) in [
            (PagingStyle::Page, 0, 2, 20),
            (PagingStyle::Page, 1, 1, 0),
            (PagingStyle::Page, 1, 3, 20),
            (PagingStyle::Page, 1, i64::MAX, i64::MAX),
            (PagingStyle::Offset, 0, 25, 25),
        ] {
            assert_eq!(rows_before(&paging(style, first), number, 10), expected, "{style:?} {number}");
        }
    }

    #[test]
    fn a_list_ends_where_it_should() {
        for (short, reached, more, expected) in [
            (false, None, None, false),
            (true, None, None, true),
            (false, Some(true), None, true),
            (true, Some(false), None, true),
            (false, Some(false), None, false),
            // A service that answers fewer rows than were asked for says that it has more.
            (true, Some(false), Some(true), false),
            (true, None, Some(true), false),
            (false, None, Some(false), true),
            // Either word may be wrong; the walk ends with the first that can be proved.
            (false, Some(true), Some(true), true),
            (false, Some(false), Some(false), false),
            (true, Some(false), Some(false), true),
        ] {
            assert_eq!(is_last(short, reached, more), expected, "{short} {reached:?} {more:?}");
        }
    }
}
