//! The polled states of accepted work: a stream, and the waits that read it to its end.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task;

use futures_core::Stream;
use futures_util::{StreamExt, stream};

use super::accepted::Accepted;
use super::outcome::Outcome;
use super::poll_loop::PollLoop;
use super::status::Status;
use super::wait::Wait;
use crate::error::{Error, Kind};

/// A stream of the states of accepted work, until it is done.
///
/// A [`Stream`] that also has its own `try_next`. The last item is [`Status::Done`] or an error. Dropping it ends the
/// polling, not the work.
#[must_use = "states are polled when they are asked for"]
pub struct StatusStream<R>(Pin<Box<dyn Stream<Item = Result<Status<R>, Error>> + Send>>);

impl<R: Send + 'static> StatusStream<R> {
    pub(super) fn new(accepted: Accepted<R>, wait: Wait) -> Self {
        let statuses = stream::unfold(PollLoop::new(accepted, wait), |mut watch| async {
            let status = watch.next().await?;
            Some((status, watch))
        });
        Self(Box::pin(statuses.fuse()))
    }

    /// Polls and returns the next state, or `None` after the last.
    ///
    /// Cancel safe: if the future is dropped, no state is lost.
    ///
    /// # Errors
    /// As [`Accepted::wait`]. Nothing follows an error.
    pub async fn try_next(&mut self) -> Result<Option<Status<R>>, Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }

    /// Waits for the end.
    pub(super) async fn done(mut self) -> Result<Outcome<R>, Error> {
        while let Some(status) = self.try_next().await? {
            if let Status::Done(outcome) = status {
                return Ok(outcome);
            }
        }
        Err(Error::new(Kind::Timeout, "the wait ended without an outcome"))
    }
}

impl<R: Send + 'static> Accepted<R> {
    /// Waits until the work is done, and reads the resource.
    ///
    /// Cancel safe: dropping the future ends the polling, not the work. Wait again, or resume from the token.
    ///
    /// # Errors
    /// [`Error::is_operation_failed`] if the work failed, [`Error::is_timeout`] if the wait timed out; any other error
    /// if its state can't be read, with the error of the poll as [`source`](std::error::Error::source).
    /// [`Error::is_accepted`] is true for all of them, and [`Error::accepted`] returns the token.
    pub fn wait(
        &self,
        wait: &Wait,
    ) -> impl Future<Output = Result<Outcome<R>, Error>> + Send + 'static + use<R> {
        self.states(wait).done()
    }

    /// Polls and reports each state until the work is done.
    pub fn states(&self, wait: &Wait) -> StatusStream<R> {
        StatusStream::new(self.clone(), wait.clone())
    }
}

impl<R> Stream for StatusStream<R> {
    type Item = Result<Status<R>, Error>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut task::Context<'_>,
    ) -> task::Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context)
    }
}

impl<R> fmt::Debug for StatusStream<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StatusStream(..)")
    }
}
