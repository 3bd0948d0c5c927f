//! The one error of this library.
//!
//! Problem: a caller wants to know what to do (log in again, wait, give up), a log wants one useful line, and
//! neither may ever see a secret. So the error is opaque: predicates for decisions, getters for details, a
//! one-line `Display`, and the raw body only when asked for.

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

/// What went wrong.
///
/// Display is one line that says what happened, without secrets, and with the remedy where there is one. Where another
/// error of this library is the reason, [`source`](std::error::Error::source) is that error: one of a login, or of the
/// last poll of a wait. Neither says what the other says, so log both.
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
    /// What else helps to understand it.
    notes: Vec<String>,
    operation: Option<&'static Operation>,
    /// The path of a request that is not an operation of the service.
    target: Option<String>,
    status: Option<u16>,
    service_error: ServiceError,
    violations: Vec<Violation>,
    requests_sent: u32,
    /// Time ran out, whatever the kind says.
    timed_out: bool,
    /// Credentials were refused while others were fetched with them.
    refused: bool,
    /// A request may have taken effect.
    doubt: bool,
    /// How long the service asks to wait.
    retry_after: Option<Duration>,
    /// It said so in a way that can be read.
    held_back: bool,
    body: Bytes,
    source: Option<Arc<dyn StdError + Send + Sync>>,
    /// What the service accepted before this went wrong.
    accepted: Option<Token>,
}

impl Error {
    /// What a provider of credentials says when something is wrong with those that it found, or with the way to
    /// them: the reason, in words, without any secret. A [`Chain`](crate::credentials::Chain) ends with it.
    pub fn credentials(reason: impl Into<String>) -> Self {
        Self::new(Kind::Credentials, reason)
    }

    /// What a provider of credentials says when it has none: what it looked for and where, in words. A
    /// [`Chain`](crate::credentials::Chain) goes on to the next provider.
    pub fn no_credentials(reason: impl Into<String>) -> Self {
        Self::new(Kind::NoCredentials, reason)
    }

    /// The credentials were refused (401): those of the call, or those that others were to be fetched with.
    pub(crate) fn is_refusal(&self) -> bool {
        self.0.refused || self.status_is(401)
    }

    /// The error of a service that responded like this, for tests: HTTP status, the vendor's code and text.
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

    /// What happened, in the words of this error alone: without the operation, and without what else is known.
    pub(crate) fn reason(&self) -> &str {
        &self.0.message
    }

    /// What the table in [`crate::client::retry`] says: whether the attempt that failed like this may be retried.
    pub(crate) fn may_retry(&self, idempotent: bool) -> bool {
        match (self.0.kind, self.0.status) {
            (Kind::Connect, _) | (Kind::Service, Some(429)) => true,
            (Kind::Service, Some(503)) if self.0.held_back => true,
            (Kind::Service, Some(500..)) | (Kind::Timeout | Kind::Transport, _) => idempotent,
            _ => false,
        }
    }

    /// How long the service asks to wait before the next attempt, from its `Retry-After`; 20 seconds if that can't be
    /// read.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// What kind of error it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        ErrorKind::of(self.0.kind, self.0.status)
    }

    /// The request breaks documented limits and was not sent; [`violations`](Self::violations) names them all.
    #[must_use]
    pub fn is_invalid_request(&self) -> bool {
        self.0.kind == Kind::Refused
    }

    /// The client is set up wrongly: a missing setting, a bad address, unusable credentials.
    #[must_use]
    pub fn is_configuration(&self) -> bool {
        matches!(self.0.kind, Kind::Configuration | Kind::Credentials | Kind::NoCredentials)
    }

    /// The service does not accept the credentials (401), or there are none to send.
    #[must_use]
    pub fn is_auth(&self) -> bool {
        matches!(self.0.kind, Kind::Credentials | Kind::NoCredentials) || self.status_is(401)
    }

    /// No credentials were found; Display says what was looked for where.
    #[must_use]
    pub fn is_no_credentials(&self) -> bool {
        self.0.kind == Kind::NoCredentials
    }

    /// The credentials are good but may not do this (403).
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.status_is(403)
    }

    /// What was asked for does not exist (404).
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.status_is(404)
    }

    /// Something else is going on there, or the state forbids it (409).
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.status_is(409)
    }

    /// Too many calls (429).
    #[must_use]
    pub fn is_throttled(&self) -> bool {
        self.status_is(429)
    }

    /// The request timed out, while connecting or while waiting for the response.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.0.kind == Kind::Timeout || self.0.timed_out
    }

    /// The connection failed: name, address, proxy or TLS.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self.0.kind, Kind::Connect | Kind::Unreachable)
    }

    /// This machine lacks what a request needs: it has too many open files. Nothing was sent, and Display has the remedy.
    #[must_use]
    pub fn is_local(&self) -> bool {
        self.0.kind == Kind::Local
    }

    /// The service failed (5xx).
    #[must_use]
    pub fn is_server(&self) -> bool {
        self.0.kind == Kind::Service && self.0.status.is_some_and(|s| s >= 500)
    }

    /// The response can't be read; [`body`](Self::body) has it, unless it was too large to be taken in.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        self.0.kind == Kind::Decode
    }

    /// Work that the service had accepted went wrong.
    #[must_use]
    pub fn is_operation_failed(&self) -> bool {
        self.0.kind == Kind::Failed
    }

    /// A list was read to its end, and has nothing of the name that was looked for. Unlike a 404, which a wrong
    /// address responds too, this is the service's word that it is not there.
    #[must_use]
    pub fn is_no_match(&self) -> bool {
        self.0.kind == Kind::NoMatch
    }

    /// A list has several of the name that was looked for; Display names their ids.
    #[must_use]
    pub fn is_ambiguous(&self) -> bool {
        self.0.kind == Kind::Ambiguous
    }

    /// It may be gone with the next look: the network, the service, too many calls.
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

    /// The vendor's error text.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.0.service_error.message.as_deref()
    }

    /// More of what the vendor said: fields, reasons.
    #[must_use]
    pub fn details(&self) -> &[String] {
        &self.0.service_error.details
    }

    /// The vendor's id of the request, for its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.service_error.request_id.as_deref()
    }

    /// The fields of the request that break documented limits, all of them.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.0.violations
    }

    /// The operation that was called, for example `ListClusters`.
    #[must_use]
    pub fn operation(&self) -> Option<&'static Operation> {
        self.0.operation
    }

    /// How many requests were made; 0 when nothing was sent.
    #[must_use]
    pub fn requests_sent(&self) -> u32 {
        self.0.requests_sent
    }

    /// Whether the service had accepted the operation before this went wrong: the work failed, continues, or its
    /// progress is not known. Do not send it again; wait on from [`accepted`](Self::accepted).
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.0.accepted.is_some()
    }

    /// The token of the operation that the service had accepted, to resume waiting with a client's `resume`.
    #[must_use]
    pub fn accepted(&self) -> Option<&Token> {
        self.0.accepted.as_ref()
    }

    /// Whether the service may have done what was asked, though the call failed.
    ///
    /// False for what only reads, for what never left (also if time ran out before there was a connection) and for what
    /// the service turned down (3xx, 4xx, 503 with a `Retry-After` that can be read). True for everything that
    /// [was accepted](Self::is_accepted), and for what left and got no response, a 5xx or one that can't be read: check
    /// before you retry.
    #[must_use]
    pub fn may_have_taken_effect(&self) -> bool {
        self.is_accepted() || self.0.doubt && self.0.operation.is_none_or(|o| !o.reads)
    }

    /// The body of the response as it came. It may hold what the request sent, so think before you log it.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.0.body
    }
}
