//! Paged lists, read row by row or page by page.
//!
//! Problem: services differ in their paging and in the end of their lists, and a caller needs rows. Default: pages are
//! fetched when their rows are needed. A list ends if the service says so and nothing else in the response contradicts
//! it; the docs of [`Items`] have the rules as a table. If rows are missing at the end, reading ends with an error. A
//! row that can't be decoded is an error, after which the next rows can be read. Override: page size, start, a limit of
//! rows, and prefetching, by the methods of [`Items`] and [`Pages`].
//!
//! Both are [`Stream`]s, and have a `try_next` of their own for programs without a stream library.

mod end;
mod pager;

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use futures_util::{StreamExt, stream};

#[cfg(fuzzing)]
pub(crate) use end::{Next, PageEnd, Progress};
pub(crate) use pager::Plan;
use pager::{Page, PageSource};

use crate::client::find::{self, Named};
use crate::client::response::Response;
use crate::error::{Error, Kind};
use crate::operation::Operation;
use crate::wire::decode::Decode;
use crate::wire::misfit::Misfit;
use crate::wire::rows::Rows;

type BoxStream<T> = Pin<Box<dyn Stream<Item = Result<T, Error>> + Send>>;

/// Reading of a list, planned or in progress.
enum Walk<T> {
    Planned(Box<Plan>),
    Running(BoxStream<T>),
}

impl<T> Walk<T> {
    /// Changes the plan. After the first page was requested, nothing changes.
    fn plan(&mut self, change: impl FnOnce(&mut Plan)) {
        if let Self::Planned(plan) = self {
            change(plan);
        }
    }

    fn poll(
        &mut self,
        context: &mut Context<'_>,
        start: fn(Plan) -> BoxStream<T>,
    ) -> Poll<Option<Result<T, Error>>> {
        if let Self::Planned(plan) = self {
            *self = Self::Running(start(Plan::clone(plan)));
        }
        match self {
            Self::Running(stream) => stream.as_mut().poll_next(context),
            Self::Planned(_) => Poll::Ready(None),
        }
    }
}

/// The setters of both types.
macro_rules! plan_setters {
    () => {
        /// Sets the page size. The vendor's limits apply. Default: the vendor's default, else 100.
        pub fn page_size(mut self, rows: i64) -> Self {
            self.walk.plan(|plan| plan.size = rows);
            self
        }

        /// Sets the start of the list: a page number, a row number if the service counts rows, or a marker. Default:
        /// the start that was set on the operation, else the first page.
        pub fn start(mut self, number: i64) -> Self {
            self.walk.plan(|plan| plan.start(number));
            self
        }

        /// Limits the number of rows. Default: no limit.
        pub fn max_rows(mut self, rows: u64) -> Self {
            self.walk.plan(|plan| plan.max_rows = Some(rows));
            self
        }

        /// Prefetches up to this many pages in a background task, at most 1,000. One more page than this can be in
        /// memory. Default: 0, no prefetching.
        pub fn prefetch(mut self, pages: usize) -> Self {
            self.walk.plan(|plan| plan.prefetch = pages);
            self
        }
    };
}

/// The rows of a list.
///
/// Each page decides what follows. The total is *reached* when as many rows were received, and *false* if it is less
/// than the number of rows received, negative or not a number. `more` is the service's flag that more pages follow, if
/// it has one. A page is *short* if it has fewer rows than the page size.
///
/// | page | total | `more` | what follows |
/// | --- | --- | --- | --- |
/// | has rows | reached | absent or false | the end (see below) |
/// | has rows | reached | true | the next page |
/// | has rows | not reached | any | the next page |
/// | has rows | missing | true | the next page |
/// | has rows | missing | false | the end |
/// | full | missing | absent | the next page |
/// | short | missing | absent | the end |
/// | has rows | false | any | the next page |
/// | short, as the page before it | false | absent or false | the end; its rows were already received |
/// | empty | reached, missing or false | absent or false | the end |
/// | empty | not reached | any | the same page again, then the page after it, then an error |
/// | empty | any | true | the same page again, then the page after it, then an error |
/// | equal to an earlier page | missing or false | any | an error, except as above |
///
/// Some services repeat rows, or send the number of rows of the page as the total. So a reached total does not end the
/// list if rows were received twice, if the total was higher or false on an earlier page, or if it equals the number of
/// rows of a full first page without `more`. The next page decides. A correct service receives at most one additional
/// request.
///
/// If rows are deleted while a list is read, later rows can move to a page that was already read and be missed. Only
/// services with markers prevent that.
///
/// ```no_run
/// # async fn example(client: dbplane::samsung::mariadb_1_0::Client) -> Result<(), dbplane::Error> {
/// let mut clusters = client.list_clusters().service_state("RUNNING").items().prefetch(1);
/// while let Some(cluster) = clusters.try_next().await? {
///     println!("{}", cluster.name);
/// }
/// # Ok(()) }
/// ```
#[must_use = "a list is not read until it is polled"]
pub struct Items<T> {
    operation: &'static Operation,
    walk: Walk<Page>,
    /// The remaining rows of the current page.
    rows: Rows,
    next: fn(&mut Rows) -> Option<Result<T, Misfit>>,
}

impl<T> Items<T> {
    #[allow(private_bounds, reason = "generated code calls it, for models alone")]
    pub(crate) fn new(plan: Plan) -> Self
    where
        T: Decode,
    {
        let operation = plan.operation();
        Self { operation, walk: Walk::Planned(Box::new(plan)), rows: Rows::default(), next: Rows::next::<T> }
    }

    /// The only row with this name; none and several are errors.
    pub(crate) async fn named(self, name: String) -> Result<T, Error>
    where
        T: Named,
    {
        let operation = self.operation;
        find::by_name(name, self).await.map_err(|e| e.with_operation(operation))
    }

    plan_setters!();

    /// Returns the next row, or `None` at the end.
    ///
    /// Cancel safe: if the future is dropped, no row is lost.
    ///
    /// # Errors
    /// If a page can't be fetched, the list ends with the error. If a row can't be decoded, the next call returns the
    /// row after it.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }
}

impl<T> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let next = self.next;
            if let Some(row) = next(&mut self.rows) {
                let message = |misfit| format!("a row can't be read, {misfit}");
                let unreadable =
                    |misfit| Error::new(Kind::Decode, message(misfit)).with_operation(self.operation);
                return Poll::Ready(Some(row.map_err(unreadable)));
            }
            match ready!(self.walk.poll(context, pages)) {
                Some(Ok(page)) => self.rows = page.into_rows(),
                Some(Err(e)) => return Poll::Ready(Some(Err(e))),
                None => return Poll::Ready(None),
            }
        }
    }
}

/// The pages of a list.
#[must_use = "a list is not read until it is polled"]
pub struct Pages<T> {
    walk: Walk<Page>,
    read: fn(Page) -> Result<Response<T>, Error>,
}

impl<T> Pages<T> {
    #[allow(private_bounds, reason = "generated code calls it, for models alone")]
    pub(crate) fn new(plan: Plan) -> Self
    where
        T: Decode,
    {
        Self { walk: Walk::Planned(Box::new(plan)), read: Page::read::<T> }
    }

    plan_setters!();

    /// Returns the next page, or `None` at the end.
    ///
    /// Cancel safe: if the future is dropped, no page is lost.
    ///
    /// # Errors
    /// If a page can't be fetched, the list ends with the error. If a page can't be decoded, the next call returns the
    /// page after it.
    pub async fn try_next(&mut self) -> Result<Option<Response<T>>, Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }
}

impl<T> Stream for Pages<T> {
    type Item = Result<Response<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let page = ready!(self.walk.poll(context, pages));
        Poll::Ready(page.map(|page| page.and_then(self.read)))
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Items(..)")
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pages(..)")
    }
}

fn pages(plan: Plan) -> BoxStream<Page> {
    let pages = stream::unfold(PageSource::new(plan), |mut source| async {
        let page = source.next().await?;
        Some((page, source))
    });
    Box::pin(pages.fuse())
}
