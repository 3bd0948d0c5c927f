//! Lists that come in pages, walked row by row or page by page.
//!
//! Problem: every service pages in its own way, ends its lists in its own way, and a caller wants rows.
//! Default: rows are fetched a page at a time, when they are asked for. A list ends where the service says so and nothing
//! else in the response contradicts it; the table in the docs of [`Items`] has the rule. If rows are missing at the end,
//! the walk ends with an error. A row that can't be read is an error of its own, and the rows after it still come.
//! Override: page size, start, a cap on rows, and reading ahead, by the methods of [`Items`] and [`Pages`].
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

/// A walk that is planned, or under way.
enum Walk<T> {
    Planned(Box<Plan>),
    Running(BoxStream<T>),
}

impl<T> Walk<T> {
    /// Changes the plan; once the walk is under way it is too late, and nothing changes.
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

/// The setters of both kinds of walk.
macro_rules! plan_setters {
    () => {
        /// Asks for this many rows a page. Default: what the vendor documents, else 100. The vendor's limits hold.
        pub fn page_size(mut self, rows: i64) -> Self {
            self.walk.plan(|plan| plan.size = rows);
            self
        }

        /// Begins here: at this page, at this row where the service counts rows, or after this marker. Default: where the
        /// call says, else the beginning.
        pub fn start(mut self, number: i64) -> Self {
            self.walk.plan(|plan| plan.start(number));
            self
        }

        /// Ends after this many rows, whatever else there is. Default: no cap.
        pub fn max_rows(mut self, rows: u64) -> Self {
            self.walk.plan(|plan| plan.max_rows = Some(rows));
            self
        }

        /// Reads this many pages ahead, 1,000 at most, in a task of its own, while the caller works on what it has. At
        /// most this many pages and one are held. Default: 0, nothing is read before it is asked for.
        pub fn prefetch(mut self, pages: usize) -> Self {
            self.walk.plan(|plan| plan.prefetch = pages);
            self
        }
    };
}

/// The rows of a list.
///
/// What a page says decides what follows it. The total is *reached* when as many rows came, *false* when it can't be true:
/// when more rows came, when it is below zero or not a number. `more` is the service's flag that more pages follow, and is
/// absent where it has none. A page is *short* when it has fewer rows than were asked for.
///
/// | page | total | `more` | what follows |
/// | --- | --- | --- | --- |
/// | has rows | reached | absent or false | the end, but see below |
/// | has rows | reached | true | the next page |
/// | has rows | not reached | any | the next page |
/// | has rows | missing | true | the next page |
/// | has rows | missing | false | the end |
/// | full | missing | absent | the next page |
/// | short | missing | absent | the end |
/// | has rows | false | any | the next page |
/// | short, as the page before it | false | absent or false | the end; its rows came already |
/// | empty | reached, missing or false | absent or false | the end |
/// | empty | not reached | any | the same page again, then the page after it, then an error |
/// | empty | any | true | the same page again, then the page after it, then an error |
/// | as an earlier page | missing or false | any | an error, but see above |
///
/// A total that is reached proves nothing if rows came twice on the way, if the total was higher or false before, or if it
/// is the number of rows of a full first page without `more`: some services repeat rows, or send the number of rows of the
/// page as the total. The next page decides. A service that tells the truth is asked for one page too many at most.
///
/// Rows that are deleted during a walk can move later rows to a page that was read already; only services with markers
/// prevent that.
///
/// ```no_run
/// # async fn example(client: dbplane::samsung::mariadb_1_0::Client) -> Result<(), dbplane::Error> {
/// let mut clusters = client.list_clusters().service_state("RUNNING").items().prefetch(1);
/// while let Some(cluster) = clusters.try_next().await? {
///     println!("{}", cluster.name);
/// }
/// # Ok(()) }
/// ```
#[must_use = "a walk does nothing until it is polled"]
pub struct Items<T> {
    operation: &'static Operation,
    walk: Walk<Page>,
    /// What is left of the page at hand.
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

    /// The one row of this name; none and several are errors.
    pub(crate) async fn named(self, name: String) -> Result<T, Error>
    where
        T: Named,
    {
        let operation = self.operation;
        find::by_name(name, self).await.map_err(|e| e.with_operation(operation))
    }

    plan_setters!();

    /// The next row, or `None` at the end.
    ///
    /// Cancel safe: a dropped `try_next` loses no row, the next one goes on where it was.
    ///
    /// # Errors
    /// A page that can't be fetched ends the walk; a row that can't be read does not: ask again for the next.
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

/// The pages of a list, whole.
#[must_use = "a walk does nothing until it is polled"]
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

    /// The next page, or `None` at the end.
    ///
    /// Cancel safe: a dropped `try_next` loses no page, the next one goes on where it was.
    ///
    /// # Errors
    /// A page that can't be fetched ends the walk; one that can't be read does not.
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
