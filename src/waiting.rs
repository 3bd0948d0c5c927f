//! Waiting for work that a service has accepted but not done.
//!
//! Problem: an answer of 202 only means that work has begun. Looking at once sees the state from before; looking
//! too often gets throttled; one failed look is no reason to lose the work; and a wait without end hangs.
//! Default: the first look after 10 seconds, then ever longer pauses up to 30 seconds, with jitter; up to three
//! failed looks in a row are forgiven; two hours in all.
//! Override: [`Wait`]. Dropping a wait stops the looking, not the work.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task;
use std::time::Duration;

use futures_core::Stream;
use futures_util::{StreamExt, stream};

use crate::error::{Error, Kind};
use crate::runtime::Runtime;

/// Failed looks in a row that are forgiven.
const FORGIVEN: u32 = 3;

/// How often to look, and for how long.
///
/// ```
/// use std::time::Duration;
/// let wait = dbplane::Wait::default().timeout(Duration::from_secs(3600));
/// # drop(wait);
/// ```
#[derive(Debug, Clone)]
pub struct Wait {
    first: Duration,
    longest: Duration,
    timeout: Duration,
}

impl Default for Wait {
    fn default() -> Self {
        let (first, longest) = (Duration::from_secs(10), Duration::from_secs(30));
        Self { first, longest, timeout: Duration::from_secs(2 * 60 * 60) }
    }
}

impl Wait {
    /// Pauses between looks: the first, growing by half each time up to `longest`. Default: 10 s and 30 s.
    #[must_use]
    pub fn pauses(mut self, first: Duration, longest: Duration) -> Self {
        self.first = first;
        self.longest = longest;
        self
    }

    /// Gives up after this time; the work goes on. Default: two hours.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The pause before look `number`, counted from 0: four fifths of its bound to the whole of it.
    fn pause(&self, number: u32, runtime: &Runtime) -> Duration {
        let bound = self.first.mul_f64(1.5_f64.powi(number.min(40).cast_signed())).min(self.longest);
        bound.mul_f64(0.8 + 0.2 * runtime.fraction())
    }
}

/// What a look at the work saw.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Status<T> {
    /// Not done. The state is the vendor's word for it.
    InProgress {
        /// The vendor's word, for example `CREATING`.
        state: String,
    },
    /// Done.
    Done(T),
}

/// Looks at work, once each time it is asked.
pub(crate) trait Poll<T>: Send {
    /// Sees where the work is. An error that is worth another look is one of the network or the service.
    fn poll(&mut self) -> impl Future<Output = Result<Status<T>, Error>> + Send;
}

/// The statuses of work, look by look, until it is done.
///
/// A [`Stream`], with a `try_next` of its own. Its last item is [`Status::Done`], or an error.
#[must_use = "statuses are looked at when they are polled"]
pub struct StatusStream<T>(Pin<Box<dyn Stream<Item = Result<Status<T>, Error>> + Send>>);

impl<T: Send + 'static> StatusStream<T> {
    pub(crate) fn new(wait: Wait, runtime: Runtime, poll: impl Poll<T> + 'static) -> Self {
        let end =
            runtime.unix_millis().saturating_add(i64::try_from(wait.timeout.as_millis()).unwrap_or(i64::MAX));
        let watch = Watch { wait, runtime, poll, end, number: 0, failures: 0, last: None, ended: false };
        let statuses = stream::unfold(watch, |mut watch| async {
            let status = watch.next().await?;
            Some((status, watch))
        });
        Self(Box::pin(statuses.fuse()))
    }

    /// The next status, or `None` after the last.
    ///
    /// # Errors
    /// The work failed, time ran out, or looking at it failed too often. Nothing comes after an error.
    pub async fn try_next(&mut self) -> Result<Option<Status<T>>, Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }

    /// Waits for the end.
    pub(crate) async fn done(mut self) -> Result<T, Error> {
        while let Some(status) = self.try_next().await? {
            if let Status::Done(outcome) = status {
                return Ok(outcome);
            }
        }
        Err(Error::new(Kind::Timeout, "the wait ended without an outcome"))
    }
}

impl<T> Stream for StatusStream<T> {
    type Item = Result<Status<T>, Error>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut task::Context<'_>,
    ) -> task::Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context)
    }
}

impl<T> fmt::Debug for StatusStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StatusStream(..)")
    }
}

struct Watch<L> {
    wait: Wait,
    runtime: Runtime,
    poll: L,
    end: i64,
    number: u32,
    failures: u32,
    /// The last state that was seen.
    last: Option<String>,
    ended: bool,
}

impl<L> Watch<L> {
    async fn next<T>(&mut self) -> Option<Result<Status<T>, Error>>
    where
        L: Poll<T>,
    {
        if self.ended {
            return None;
        }
        loop {
            let pause = self.wait.pause(self.number, &self.runtime);
            self.number += 1;
            let then = self
                .runtime
                .unix_millis()
                .saturating_add(i64::try_from(pause.as_millis()).unwrap_or(i64::MAX));
            if then >= self.end {
                return self.fail(Error::new(Kind::Timeout, "the work was not done in time; it goes on"));
            }
            self.runtime.sleep(pause).await;
            match self.poll.poll().await {
                Ok(status) => return Some(Ok(self.seen(status))),
                Err(e) if e.is_transient() && self.failures < FORGIVEN => self.failures += 1,
                Err(e) => return self.fail(e),
            }
        }
    }

    fn seen<T>(&mut self, status: Status<T>) -> Status<T> {
        self.failures = 0;
        match &status {
            Status::InProgress { state } => self.last = Some(state.clone()),
            Status::Done(_) => self.ended = true,
        }
        status
    }

    fn fail<T>(&mut self, error: Error) -> Option<Result<Status<T>, Error>> {
        self.ended = true;
        let last = self.last.take().map(|state| format!("the last state seen was {state}"));
        Some(Err(last.into_iter().fold(error, Error::with_note)))
    }
}
