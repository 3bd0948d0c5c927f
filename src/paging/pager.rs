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
        // Rows before the start count towards the total.
        let skipped = match self.plan.paging.style {
            PagingStyle::Page => (self.plan.number - self.plan.paging.first).saturating_mul(self.plan.size),
            PagingStyle::Offset => self.plan.number,
        };
        let reached = total.is_some_and(|total| skipped.saturating_add(count as i64) >= total);
        self.ended = reached || (count as i64) < self.plan.size;
        self.plan.number += match self.plan.paging.style {
            PagingStyle::Page => 1,
            PagingStyle::Offset => count as i64,
        };
        Some(Ok(page))
    }
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
