//! Spans and events of a call, for programs with a `tracing` subscriber.
//!
//! Problem: a slow or failing call must be explained without ever showing a secret.
//! Default: a span `dbplane.call` for each call and a span `dbplane.attempt` for each request, at level debug, with
//! OpenTelemetry's names for HTTP; a pause before a retry is an event. Recorded are the operation, the path template,
//! the server, the status, the vendor's request id. Headers, query values and bodies are never recorded.
//! Override: by the subscriber; see `examples/tracing.rs`.

use std::time::Duration;

use tracing::{Span, debug, debug_span, field};

use super::address::BaseUrl;
use super::raw_response::RawResponse;
use crate::error::Error;
use crate::operation::Operation;

/// The span of a call.
pub(super) fn call(operation: &Operation, path: &str, base: &BaseUrl) -> Span {
    debug_span!(
        target: "dbplane",
        "dbplane.call",
        otel.name = operation.id,
        otel.kind = "client",
        dbplane.service = operation.service,
        dbplane.operation = operation.id,
        http.request.method = operation.method,
        url.template = path,
        server.address = base.server().0,
        server.port = base.server().1,
        http.response.status_code = field::Empty,
        http.request.resend_count = field::Empty,
        dbplane.request_id = field::Empty,
        error.r#type = field::Empty,
    )
}

/// The span of an attempt; `resend` requests were made before it.
pub(super) fn attempt(resend: u32) -> Span {
    debug_span!(
        target: "dbplane",
        "dbplane.attempt",
        http.request.resend_count = resend,
        http.response.status_code = field::Empty,
        dbplane.request_id = field::Empty,
        error.r#type = field::Empty,
    )
}

/// Records how a call or an attempt ended.
pub(super) fn ended(span: &Span, outcome: &Result<RawResponse, Error>) {
    if span.is_disabled() {
        return;
    }
    match outcome {
        Ok(reply) => {
            span.record("http.response.status_code", reply.status);
            span.record("dbplane.request_id", reply.request_id());
        }
        Err(e) => {
            span.record("http.response.status_code", e.status());
            span.record("dbplane.request_id", e.request_id());
            span.record("error.type", e.word());
        }
    }
}

/// Records how often a call was sent again.
pub(super) fn resent(span: &Span, requests: u32) {
    span.record("http.request.resend_count", requests.saturating_sub(1));
}

/// Records a pause before a retry.
pub(super) fn pausing(pause: Duration, error: &Error) {
    let millis = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX);
    debug!(target: "dbplane", { dbplane.backoff_ms = millis, error.r#type = error.word() }, "retrying after a pause");
}

/// Records a `Retry-After` that can't be parsed, and the wait that is used instead.
pub(super) fn unreadable_retry_after(wait: Duration) {
    let millis = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
    debug!(target: "dbplane", { dbplane.retry_after_ms = millis }, "the Retry-After can't be read; a fixed pause is used");
}
