//! Fetching one page after the other, here or ahead in a task.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::client::{Answer, Call};
use crate::error::{Error, Kind};
use crate::operation::{Paging, PagingStyle};
use crate::response::Response;

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

/// A page as it came, cut to the cap on rows.
pub(super) struct Page {
    answer: Answer,
    items: &'static str,
}

impl Page {
    fn rows(&self) -> &[Value] {
        self.answer.body.get(self.items).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    fn cut(&mut self, rows: usize) {
        if let Some(Value::Array(all)) = self.answer.body.get_mut(self.items) {
            all.truncate(rows);
        }
    }

    pub(super) fn into_rows(mut self) -> Vec<Value> {
        match self.answer.body.get_mut(self.items).map(Value::take) {
            Some(Value::Array(rows)) => rows,
            _ => Vec::new(),
        }
    }

    pub(super) fn read<T: DeserializeOwned>(self) -> Result<Response<T>, Error> {
        self.answer.decode()
    }
}

/// Where pages come from.
pub(super) enum Source {
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

impl Source {
    pub(super) fn new(plan: Plan) -> Self {
        let prefetch = plan.prefetch;
        let mut pager = Pager { plan, rows: 0, seen: HashSet::new(), ended: false };
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
        let answer = match call.fetch().await {
            Ok(answer) => answer,
            Err(e) => return self.end(Err(e)),
        };
        self.take(Page { answer, items: self.plan.paging.items })
    }

    fn end(&mut self, last: Result<Page, Error>) -> Option<Result<Page, Error>> {
        self.ended = true;
        Some(last)
    }

    /// Judges a page: the last one, one that was there before, or one of many.
    fn take(&mut self, mut page: Page) -> Option<Result<Page, Error>> {
        let count = page.rows().len();
        if count == 0 {
            self.ended = true;
            return None;
        }
        if !self.seen.insert(fingerprint(page.rows())) || self.seen.len() > MAX_PAGES {
            let number = self.plan.number;
            let message = format!("the list does not end: the service repeats itself at {number}");
            let error = Error::new(Kind::Decode, message).with_operation(page.answer.operation());
            return self.end(Err(error));
        }
        let left = self.plan.max_rows.map_or(u64::MAX, |max| max - self.rows);
        page.cut(usize::try_from(left).unwrap_or(usize::MAX));
        self.rows += count as u64;
        let total = self.plan.paging.total.and_then(|name| total(page.answer.body.get(name)?));
        let Plan { paging, number, size, .. } = &self.plan;
        (self.plan.number, self.ended) = after(paging, *number, *size, count as i64, total);
        Some(Ok(page))
    }
}

/// Where the list goes on after a page of `count` rows that began at `number`, and whether it has ended.
fn after(paging: &Paging, number: i64, size: i64, count: i64, total: Option<i64>) -> (i64, bool) {
    // Rows before the start count towards the total.
    let (next, before) = match paging.style {
        PagingStyle::Page => (number.saturating_add(1), (number - paging.first).saturating_mul(size)),
        PagingStyle::Offset => (number.saturating_add(count), number),
    };
    let reached = total.is_some_and(|total| before.saturating_add(count) >= total);
    (next, reached || count < size)
}

fn fingerprint(rows: &[Value]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for row in rows {
        row.to_string().hash(&mut hasher);
    }
    hasher.finish()
}

/// A total, also as text.
fn total(value: &Value) -> Option<i64> {
    crate::wire::scalar::integer(value).ok().filter(|_| !value.is_null())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paging(style: PagingStyle, first: i64) -> Paging {
        Paging {
            style,
            number: "n",
            size: "s",
            first,
            default_size: 10,
            items: "items",
            total: Some("total"),
        }
    }

    #[test]
    fn every_style_goes_on_and_ends_where_it_should() {
        let (zero, one) = (paging(PagingStyle::Page, 0), paging(PagingStyle::Page, 1));
        let offset = paging(PagingStyle::Offset, 0);
        for (style, number, count, total, expected) in [
            (&zero, 0, 10, Some(25), (1, false)),
            (&zero, 2, 5, Some(25), (3, true)),
            (&zero, 1, 10, Some(20), (2, true)),
            (&one, 1, 10, Some(20), (2, false)),
            (&one, 2, 10, Some(20), (3, true)),
            (&one, 2, 10, None, (3, false)),
            (&offset, 0, 10, Some(25), (10, false)),
            (&offset, 20, 5, Some(25), (25, true)),
            (&offset, 10, 10, Some(20), (20, true)),
            (&offset, 10, 10, None, (20, false)),
            (&offset, 20, 3, None, (23, true)),
            (&offset, i64::MAX, 10, Some(1), (i64::MAX, true)),
        ] {
            assert_eq!(
                after(style, number, 10, count, total),
                expected,
                "{style:?} {number} {count} {total:?}"
            );
        }
    }
}
