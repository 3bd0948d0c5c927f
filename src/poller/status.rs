//! The states of accepted work as they are polled.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task;

use futures_core::Stream;
use futures_util::{StreamExt, stream};

use super::watch::Watch;
use super::{Accepted, Outcome, Wait};
use crate::Timestamp;
use crate::error::{Error, Kind};

/// What a poll saw.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Status<R> {
    /// The work is not done.
    #[non_exhaustive]
    InProgress {
        /// The vendor's word, for example `CREATING`; `unknown` where the service does not know the work yet.
        state: String,
        /// How much is done, in percent, if the vendor tells.
        percent: Option<u8>,
        /// When this state was first seen.
        since: Timestamp,
    },
    /// The work is done.
    Done(Outcome<R>),
}

/// The states of accepted work, poll by poll, until it is done.
///
/// A [`Stream`], with a `try_next` of its own. Its last item is [`Status::Done`], or an error. Dropping it ends the
/// polling, not the work.
#[must_use = "states are polled when they are asked for"]
pub struct StatusStream<R>(Pin<Box<dyn Stream<Item = Result<Status<R>, Error>> + Send>>);

impl<R: Send + 'static> StatusStream<R> {
    pub(super) fn new(accepted: Accepted<R>, wait: Wait) -> Self {
        let statuses = stream::unfold(Watch::new(accepted, wait), |mut watch| async {
            let status = watch.next().await?;
            Some((status, watch))
        });
        Self(Box::pin(statuses.fuse()))
    }

    /// Polls for the next status; `None` after the last.
    ///
    /// Cancel safe: a dropped `try_next` loses no status, the next one goes on where it was.
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
