//! The one error of this library.
//!
//! Problem: a caller needs to know what to do (log in again, wait, give up), a log needs one useful line, and neither
//! must contain a secret. So the error is opaque: predicates for decisions, getters for details, a one-line `Display`,
//! and the raw body only when asked for.

mod build;
mod display;
mod kind;
mod service_error;
pub(crate) mod text;

use std::error::Error as StdError;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

pub use kind::ErrorKind;
pub(crate) use kind::Kind;
pub(crate) use service_error::ServiceError;

use crate::operation::Operation;
use crate::token::Token;
use crate::violation::Violation;

/// An error of a call, of a wait or of a setting.
///
/// Display is one line that says what happened and, where possible, what to do. It contains no secrets. If another
/// error of this library is the cause, for example a failed login or the last poll of a wait,
/// [`source`](std::error::Error::source) returns it. Display does not repeat the source, so log both.
///
/// ```
/// fn advice(error: &dbplane::Error) -> &'static str {
///     match error {
///         e if e.is_invalid_request() => "correct the fields that violations() names",
///         e if e.is_accepted() => "do not send it again: resume from accepted()",
///         e if e.is_auth() => "check the credentials",
///         e if e.is_throttled() => "slow down",
///         e if e.may_have_taken_effect() => "check before you retry",
///         _ => "see Display",
///     }
/// }
/// ```
pub struct Error(Box<ErrorInner>);

#[derive(Clone)]
struct ErrorInner {
    kind: Kind,
    message: String,
    /// Additional details.
    notes: Vec<String>,
    operation: Option<&'static Operation>,
    /// The path of a request that is not an operation of the service.
    target: Option<String>,
    status: Option<u16>,
    service_error: ServiceError,
    violations: Vec<Violation>,
    requests_sent: u32,
    /// The deadline was exceeded, regardless of the kind.
    timed_out: bool,
    /// Credentials were refused when they were used to fetch others.
    refused: bool,
    /// A request may have taken effect.
    doubt: bool,
    /// How long to wait, according to the service.
    retry_after: Option<Duration>,
    /// Whether this could be parsed.
    held_back: bool,
    body: Bytes,
    source: Option<Arc<dyn StdError + Send + Sync>>,
    /// The work that the service accepted before the error.
    accepted: Option<Token>,
}

impl Error {
    /// Creates the error of a provider whose credentials can't be used or fetched. `reason` must not contain secrets. A
    /// [`Chain`](crate::credentials::Chain) ends with this error.
    pub fn credentials(reason: impl Into<String>) -> Self {
        Self::new(Kind::Credentials, reason)
    }

    /// Creates the error of a provider that has no credentials. `reason` says what it looked for and where. A
    /// [`Chain`](crate::credentials::Chain) continues with the next provider.
    pub fn no_credentials(reason: impl Into<String>) -> Self {
        Self::new(Kind::NoCredentials, reason)
    }

    /// The credentials were refused (401): those of the call, or those that others were to be fetched with.
    pub(crate) fn is_refusal(&self) -> bool {
        self.0.refused || self.status_is(401)
    }

    /// Creates the error of a service for tests, from the HTTP status and the vendor's error code and message.
    ///
    /// ```
    /// let busy = dbplane::Error::service(409, "DBS.200019", "Another operation is being performed.");
    /// assert!(busy.is_conflict() && busy.code() == Some("DBS.200019"));
    /// ```
    #[cfg(feature = "testing")]
    pub fn service(status: u16, code: impl Into<String>, message: impl Into<String>) -> Self {
        let (code, message) = (Some(code.into()), Some(message.into()));
        let service_error = ServiceError { code, message, ..ServiceError::default() };
        Self::responded(status, service_error, Bytes::new()).with_requests_sent(1, status >= 500)
    }

    /// The message of this error alone: without the operation and the details.
    pub(crate) fn reason(&self) -> &str {
        &self.0.message
    }

    /// Whether an attempt with this error can be retried, according to the table in [`crate::client::retry`].
    pub(crate) fn may_retry(&self, idempotent: bool) -> bool {
        match (self.0.kind, self.0.status) {
            (Kind::Connect, _) | (Kind::Service, Some(429)) => true,
            (Kind::Service, Some(503)) if self.0.held_back => true,
            (Kind::Service, Some(500..)) | (Kind::Timeout | Kind::Transport, _) => idempotent,
            _ => false,
        }
    }

    /// How long to wait before the next attempt, from the header `Retry-After`; 20 seconds if it can't be parsed.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// The kind of the error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        ErrorKind::of(self.0.kind, self.0.status)
    }

    /// Whether the request breaks documented limits and was not sent; [`violations`](Self::violations) lists them.
    #[must_use]
    pub fn is_invalid_request(&self) -> bool {
        self.0.kind == Kind::Refused
    }

    /// Whether a setting of the client is missing or not valid.
    #[must_use]
    pub fn is_configuration(&self) -> bool {
        matches!(self.0.kind, Kind::Configuration | Kind::Credentials | Kind::NoCredentials)
    }

    /// Whether the service refused the credentials (401), or there are none to send.
    #[must_use]
    pub fn is_auth(&self) -> bool {
        matches!(self.0.kind, Kind::Credentials | Kind::NoCredentials) || self.status_is(401)
    }

    /// Whether no credentials were found; Display says where they were searched.
    #[must_use]
    pub fn is_no_credentials(&self) -> bool {
        self.0.kind == Kind::NoCredentials
    }

    /// Whether the caller has no permission (403).
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.status_is(403)
    }
    /// Whether the resource does not exist (404).
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.status_is(404)
    }

    /// Whether another operation is in progress, or the state of the resource does not allow the operation (409).
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.status_is(409)
    }
    /// Whether the service throttled the call (429).
    #[must_use]
    pub fn is_throttled(&self) -> bool {
        self.status_is(429)
    }

    /// Whether the call timed out, while connecting or while waiting for the response.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.0.kind == Kind::Timeout || self.0.timed_out
    }

    /// Whether the connection failed: host name, address, proxy or TLS.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self.0.kind, Kind::Connect | Kind::Unreachable)
    }

    /// Whether this machine has too many open files. Nothing was sent; Display says what to do.
    #[must_use]
    pub fn is_local(&self) -> bool {
        self.0.kind == Kind::Local
    }
    /// Whether the service failed (5xx).
    #[must_use]
    pub fn is_server(&self) -> bool {
        self.0.kind == Kind::Service && self.0.status.is_some_and(|s| s >= 500)
    }

    /// Whether the response can't be decoded; [`body`](Self::body) returns it, unless it was too large.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        self.0.kind == Kind::Decode
    }
    /// Whether work that the service had accepted failed.
    #[must_use]
    pub fn is_operation_failed(&self) -> bool {
        self.0.kind == Kind::Failed
    }

    /// Whether a search by name found nothing in the complete list. Unlike a 404, which a wrong address can also cause,
    /// this means that the resource does not exist.
    #[must_use]
    pub fn is_no_match(&self) -> bool {
        self.0.kind == Kind::NoMatch
    }

    /// Whether a search by name found several items; Display lists their ids.
    #[must_use]
    pub fn is_ambiguous(&self) -> bool {
        self.0.kind == Kind::Ambiguous
    }

    /// It may be temporary: the network, the service, too many calls.
    pub(crate) fn is_transient(&self) -> bool {
        self.is_server()
            || self.is_throttled()
            || matches!(self.0.kind, Kind::Timeout | Kind::Connect | Kind::Transport | Kind::Local)
    }

    /// Short name of the kind of error, for traces.
    pub(crate) fn word(&self) -> &'static str {
        self.0.kind.word()
    }

    fn status_is(&self, status: u16) -> bool {
        self.0.kind == Kind::Service && self.0.status == Some(status)
    }

    /// The HTTP status, if the service responded.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// The vendor's error code.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.0.service_error.code.as_deref()
    }

    /// The vendor's error message.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.0.service_error.message.as_deref()
    }

    /// Details from the vendor, such as fields and reasons.
    #[must_use]
    pub fn details(&self) -> &[String] {
        &self.0.service_error.details
    }

    /// The vendor's id of the request, for support cases.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.service_error.request_id.as_deref()
    }

    /// All fields of the request that break documented limits.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.0.violations
    }

    /// The operation that was called, for example `ListClusters`.
    #[must_use]
    pub fn operation(&self) -> Option<&'static Operation> {
        self.0.operation
    }

    /// The number of attempts; 0 if nothing was sent.
    #[must_use]
    pub fn requests_sent(&self) -> u32 {
        self.0.requests_sent
    }

    /// Whether the service had accepted the operation before the error: the work failed, is still in progress, or its
    /// state is unknown. Do not send the request again; resume the wait from [`accepted`](Self::accepted).
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.0.accepted.is_some()
    }

    /// The token of the accepted operation, to resume the wait with a client's `resume`.
    #[must_use]
    pub fn accepted(&self) -> Option<&Token> {
        self.0.accepted.as_ref()
    }

    /// Whether the request may have taken effect although the call failed.
    ///
    /// It is false for reads, for requests that were not sent (including timeouts before a connection existed), and for
    /// requests that the service refused (3xx, 4xx, 503 with a valid `Retry-After`). It is true for operations that
    /// [were accepted](Self::is_accepted), and for writes that were sent and received no response, a 5xx, or a response
    /// that can't be decoded: check before you retry.
    #[must_use]
    pub fn may_have_taken_effect(&self) -> bool {
        self.is_accepted() || self.0.doubt && self.0.operation.is_none_or(|o| !o.reads)
    }

    /// The body of the response as it was received. It may repeat parts of the request, including secrets.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.0.body
    }
}
