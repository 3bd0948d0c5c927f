//! The attempts of a call, the pauses between them, and the deadline.

use std::time::Duration;

use tracing::Instrument;

use super::attempt::{Attempts, Failure};
use super::call::Call;
use super::core::CoreInner;
use super::raw_response::RawResponse;
use super::requests::Requests;
use super::{prepare, trace};
use crate::error::{Error, Kind};
use crate::operation::Operation;

/// The cost of a retry.
const COST: u32 = 5;
const COST_AFTER_TIMEOUT: u32 = 10;

/// See the module.
pub(super) struct Exchange<'c> {
    call: &'c Call,
    core: &'c CoreInner,
    requests: Requests<'c>,
}

impl<'c> Exchange<'c> {
    pub(super) fn new(call: &'c Call) -> Self {
        Self { call, core: call.core.inner(), requests: Requests::new(call) }
    }

    /// Runs until there is a response, an error that no retry can fix, or no time left.
    pub(super) async fn run(&self) -> Result<RawResponse, Error> {
        if let Some(why) = self.core.runtime.lacks_tokio() {
            return Err(Error::new(Kind::Configuration, why));
        }
        let span = trace::call(self.call.operation, self.call.path(), &self.core.base);
        let outcome = self.limited().instrument(span.clone()).await;
        trace::ended(&span, &outcome);
        trace::resent(&span, self.requests.sent());
        outcome
    }

    async fn limited(&self) -> Result<RawResponse, Error> {
        let limit = self.call.options.timeout.unwrap_or(self.core.retry_config.timeout);
        let end = self.core.runtime.elapsed().saturating_add(limit);
        // On the heap, so that futures that await a call stay small.
        let attempts = Box::pin(self.attempts(end));
        let outcome = self.core.runtime.within(limit, attempts).await;
        let outcome = outcome
            .unwrap_or_else(|| {
                let message = format!("the call did not end within {} s", limit.as_secs_f64());
                let error = Error::new(Kind::Timeout, message);
                let queued = self.requests.queues().then(|| self.core.transport.queue_note());
                Err(queued.into_iter().fold(error, Error::with_note))
            })
            .map_err(|e| e.with_requests_sent(self.requests.sent(), self.requests.in_doubt()));
        match outcome {
            Err(error) => Err(self.with_hint(error, end).await),
            good => good,
        }
    }

    /// The error, with the explanation that the service returns. An error of that query is not explained.
    async fn with_hint(&self, error: Error, end: Duration) -> Error {
        let left = end.saturating_sub(self.core.runtime.elapsed());
        let Some(hint) = &self.core.error_hint else { return error };
        if left.is_zero() || self.call.operation.auth.is_empty() {
            return error;
        }
        let note = hint.hint(&error, &self.call.core, left).await;
        note.into_iter().fold(error, Error::with_note)
    }

    async fn attempts(&self, end: Duration) -> Result<RawResponse, Error> {
        let runtime = &self.core.runtime;
        let settings = self.call.core.settings().await?;
        let request = prepare::prepare(self.call, &settings)?;
        let budget = self.call.options.budget.as_ref().unwrap_or(&self.core.retry_config.budget);
        let mut attempts = Attempts::new(&self.requests);
        let (mut number, mut put_back) = (0, 1);
        loop {
            number += 1;
            let error = match attempts.next(&request).await {
                Ok(reply) => {
                    budget.put_back(put_back);
                    return Ok(reply);
                }
                Err(Failure::Final(e)) => return Err(e),
                Err(Failure::Perhaps(e)) => e,
            };
            let Some(pause) = self.pause(number, &error) else { return Err(error) };
            if runtime.elapsed().saturating_add(pause) >= end {
                return Err(error.with_note("not retried: the deadline would be exceeded".to_owned()));
            }
            put_back = if error.is_timeout() { COST_AFTER_TIMEOUT } else { COST };
            if !budget.take(put_back) {
                return Err(error.with_note("not retried: the retry budget is used up".to_owned()));
            }
            trace::pausing(pause, &error);
            runtime.sleep(pause).await;
        }
    }

    /// The pause before the next attempt; none if there is no retry.
    fn pause(&self, number: u32, error: &Error) -> Option<Duration> {
        let Operation { single_attempt, idempotent, .. } = *self.call.operation;
        if single_attempt || !error.may_retry(idempotent) {
            return None;
        }
        let retry = self.call.options.retry.as_ref().unwrap_or(&self.core.retry_config.retry);
        let pause = retry.pause(number, &self.core.runtime)?;
        Some(pause.max(error.retry_after().unwrap_or_default()))
    }
}
