//! Fetching of pages, on demand or ahead in a task.

use serde_json::Value;
use tokio::sync::mpsc;
use tokio::task::{JoinHandle, yield_now};

use super::end::{Next, PageEnd, Progress};
use crate::client::response::Response;
use crate::client::{Call, ParsedResponse};
use crate::error::Error;
use crate::operation::{Operation, Paging, PagingStyle};
use crate::wire::decode::{self, Decode};
use crate::wire::rows::{self, Rows};

/// The maximum number of prefetched pages.
const MAX_PREFETCH: usize = 1000;

/// What to fetch and how.
#[derive(Clone)]
pub(crate) struct Plan {
    call: Call,
    paging: Paging,
    /// The value that selects the next page; none for the first page without a marker.
    place: Option<Value>,
    pub(super) size: i64,
    pub(super) max_rows: Option<u64>,
    pub(super) prefetch: usize,
}

impl Plan {
    /// Starts at the page of the call, if its caller set page or size.
    pub(crate) fn new(call: Call, paging: Paging) -> Self {
        let given = |name| call.values(name).first().copied().filter(|value| !value.is_null());
        let first = (!matches!(paging.style, PagingStyle::Marker(_))).then(|| Value::from(paging.first));
        let place = given(paging.number).cloned().or(first);
        let size = given(paging.size).and_then(Value::as_i64).unwrap_or(paging.default_size);
        Self { call, paging, place, size, max_rows: None, prefetch: 0 }
    }

    pub(super) fn operation(&self) -> &'static Operation {
        self.call.operation()
    }

    pub(super) fn start(&mut self, number: i64) {
        self.place = Some(match self.paging.style {
            PagingStyle::Marker(_) => number.to_string().into(),
            PagingStyle::Page | PagingStyle::Offset => number.into(),
        });
    }

    fn number(&self) -> i64 {
        self.place.as_ref().and_then(Value::as_i64).unwrap_or(self.paging.first)
    }

    /// The state before the first page: how much of the list is skipped.
    fn progress(&self) -> Progress {
        match self.paging.style {
            PagingStyle::Page => Progress::after(self.number().saturating_sub(self.paging.first), 0),
            PagingStyle::Offset => Progress::after(0, self.number()),
            PagingStyle::Marker(_) if self.place.is_none() => Progress::after(0, 0),
            PagingStyle::Marker(_) => Progress::after_unknown(),
        }
    }

    /// The call for the next page.
    fn call(&self) -> Call {
        let mut call = self.call.clone();
        if let Some(place) = &self.place {
            call.put(self.paging.number, place.clone());
        }
        call.put(self.paging.size, self.size);
        call
    }

    /// Continues after a page with these rows.
    fn advance(&mut self, rows: &[&str]) -> Result<(), String> {
        self.place = Some(match (self.paging.style, rows.last()) {
            (PagingStyle::Page, _) => self.number().saturating_add(1).into(),
            // After an empty page that should not be empty.
            (PagingStyle::Offset, None) => self.number().saturating_add(self.size).into(),
            (PagingStyle::Offset, Some(_)) => self.number().saturating_add_unsigned(rows.len() as u64).into(),
            (PagingStyle::Marker(_), None) => return Ok(()),
            (PagingStyle::Marker(marker), Some(row)) => {
                let value =
                    rows::at(row, marker).and_then(|json| decode::decode::<Option<String>>(&json).ok()?);
                let missing = || format!("a row has no `{marker}`, which the next page starts after");
                value.ok_or_else(missing)?.into()
            }
        });
        Ok(())
    }
}

/// A page as it was received, and its rows, up to the limit of rows.
pub(super) struct Page {
    response: ParsedResponse,
    items: &'static str,
    rows: Rows,
}

impl Page {
    fn new(response: ParsedResponse, paging: &Paging) -> Result<Self, Error> {
        let items = paging.items;
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

/// The source of pages.
pub(super) enum PageSource {
    Here(Box<Pager>),
    Ahead {
        pages: mpsc::Receiver<Result<Page, Error>>,
        /// Stored so that it ends with the reading of the list.
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
        // If there is no runtime for a task, the call returns this error.
        let spawns = tokio::runtime::Handle::try_current().is_ok();
        let prefetch = if spawns { plan.prefetch.min(MAX_PREFETCH) } else { 0 };
        let mut pager = Pager { progress: plan.progress(), plan, ended: false };
        if prefetch == 0 {
            return Self::Here(Box::new(pager));
        }
        let (sender, pages) = mpsc::channel(prefetch);
        let task = tokio::spawn(async move {
            // The place is reserved before the page is fetched, so the number of pages in memory is limited.
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

/// Reads a list.
pub(super) struct Pager {
    plan: Plan,
    progress: Progress,
    ended: bool,
}

impl Pager {
    async fn next(&mut self) -> Option<Result<Page, Error>> {
        while !self.ended && self.left() > 0 {
            match self.fetch().await {
                Ok(page) if page.rows.len() == 0 => {}
                Ok(page) => return Some(Ok(page)),
                Err(e) => {
                    self.ended = true;
                    return Some(Err(e));
                }
            }
        }
        None
    }

    /// Gets a page and evaluates it. Other tasks can run in between if it is large.
    async fn fetch(&mut self) -> Result<Page, Error> {
        let response = self.plan.call().fetch().await?;
        yield_now().await;
        let page = Page::new(response, &self.plan.paging)?;
        yield_now().await;
        self.take(page)
    }

    /// The remaining number of rows within the limit.
    fn left(&self) -> u64 {
        self.plan.max_rows.map_or(u64::MAX, |max| max.saturating_sub(self.progress.rows()))
    }

    /// Evaluates a page, and moves to the next one.
    fn take(&mut self, mut page: Page) -> Result<Page, Error> {
        let left = self.left();
        let Paging { total, more, .. } = self.plan.paging;
        let rows = page.rows.split();
        let said = PageEnd {
            rows: &rows,
            size: self.plan.size,
            total: total.and_then(|path| page.response.get_or(path, -1)),
            more: more.and_then(|path| page.response.get(path)),
        };
        let capped = rows.len() as u64 >= left;
        let next = self.progress.take(&said).and_then(|next| {
            if next == Next::Page && !capped {
                self.plan.advance(&rows)?;
            }
            Ok(next)
        });
        let next = next.map_err(|why| page.response.unreadable(why))?;
        self.ended = matches!(next, Next::End | Next::Repeated);
        let kept = if next == Next::Repeated { 0 } else { usize::try_from(left).unwrap_or(usize::MAX) };
        page.cut(kept);
        Ok(page)
    }
}

#[cfg(test)]
#[path = "pager_tests.rs"]
mod tests;
