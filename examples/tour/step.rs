//! A step of the tour: one call of one operation.

use std::future::Future;
use std::pin::Pin;

use dbplane::{Error, Response};

/// A call that waits to be sent; it answers with the HTTP status.
pub(crate) type Call = Pin<Box<dyn Future<Output = Result<u16, Error>> + Send>>;

/// The id of an operation, and a call of it.
pub(crate) struct Step {
    pub(crate) operation: &'static str,
    pub(crate) call: Call,
}

/// Makes a step of what an operation's `send()` gives. Nothing is sent before the step is taken.
pub(crate) fn step<T>(
    operation: &'static str,
    call: impl Future<Output = Result<Response<T>, Error>> + Send + 'static,
) -> Step {
    Step { operation, call: Box::pin(async { call.await.map(|response| response.status()) }) }
}
