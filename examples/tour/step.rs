//! A step of the tour: one call of one operation.

use std::future::Future;
use std::pin::Pin;

use dbplane::{Accepted, Error, Response, Wait};

/// A call that waits to be sent; it answers with the HTTP status, or with none if it was waited for to its end.
pub(crate) type Call = Pin<Box<dyn Future<Output = Result<Option<u16>, Error>> + Send>>;

/// The id of an operation, and a call of it.
pub(crate) struct Step {
    pub(crate) operation: &'static str,
    pub(crate) call: Call,
}

/// What `send()` or `start()` of an operation gives.
pub(crate) trait Answer: Send + 'static {
    /// Waits for the end, if it is not there already.
    fn end(self) -> impl Future<Output = Result<Option<u16>, Error>> + Send;
}

impl<T: Send + 'static> Answer for Response<T> {
    async fn end(self) -> Result<Option<u16>, Error> {
        Ok(Some(self.status()))
    }
}

impl<R: Send + 'static> Answer for Accepted<R> {
    async fn end(self) -> Result<Option<u16>, Error> {
        self.wait(&Wait::default()).await.map(|_| None)
    }
}

/// Makes a step of what an operation's `send()` or `start()` gives. Nothing is sent before the step is taken.
pub(crate) fn step<A: Answer>(
    operation: &'static str,
    call: impl Future<Output = Result<A, Error>> + Send + 'static,
) -> Step {
    Step { operation, call: Box::pin(async { call.await?.end().await }) }
}
