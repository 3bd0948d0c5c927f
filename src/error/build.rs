//! Construction of errors, from where they happen to where they leave the library.

use std::error::Error as StdError;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use super::{Error, ErrorInner, Kind, ServiceError, text};
use crate::operation::Operation;
use crate::token::Token;
use crate::violation::Violation;

impl Error {
    pub(crate) fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self(Box::new(ErrorInner {
            kind,
            message: message.into(),
            notes: Vec::new(),
            operation: None,
            target: None,
            status: None,
            service_error: ServiceError::default(),
            violations: Vec::new(),
            requests_sent: 0,
            timed_out: false,
            refused: false,
            doubt: false,
            retry_after: None,
            held_back: false,
            body: Bytes::new(),
            source: None,
            accepted: None,
        }))
    }

    /// A copy of the error for another caller that waited for the same result.
    pub(crate) fn duplicate(&self) -> Self {
        Self(self.0.clone())
    }

    pub(crate) fn with_timed_out(mut self, timed_out: bool) -> Self {
        self.0.timed_out = timed_out;
        self
    }

    /// Converts an error of fetching credentials: the call itself was never sent. The error of the fetch becomes the
    /// source.
    pub(crate) fn before_sending(mut self) -> Self {
        let Some(_) = self.0.operation else { return self };
        let kind = match self.0.kind {
            // In any case, this call has no credentials.
            Kind::Service | Kind::Decode | Kind::Redirect => Kind::Credentials,
            other => other,
        };
        let how = self.0.status.map_or_else(|| self.word().to_owned(), |status| format!("status {status}"));
        let mut error = Self::new(kind, format!("failed to obtain credentials ({how})"));
        (error.0.timed_out, error.0.refused) = (self.0.timed_out, self.is_refusal());
        // The predicates are those of the call.
        error.0.notes = std::mem::take(&mut self.0.notes);
        error.with_source(self)
    }

    /// Converts the error of an attempt whose request was not sent: there was no connection yet.
    pub(crate) fn while_connecting(mut self) -> Self {
        if self.0.kind == Kind::Timeout {
            self.0.message = "failed to connect to the service in time".to_owned();
        }
        if matches!(self.0.kind, Kind::Timeout | Kind::Transport) {
            (self.0.timed_out, self.0.kind) = (self.is_timeout(), Kind::Connect);
        }
        self
    }

    pub(crate) fn with_note(mut self, note: String) -> Self {
        self.0.notes.push(note);
        self
    }

    pub(crate) fn refused(violations: Vec<Violation>) -> Self {
        let list = violations.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
        let mut error = Self::new(Kind::Refused, format!("the request breaks documented limits: {list}"));
        error.0.violations = violations;
        error
    }

    pub(crate) fn responded(status: u16, service_error: ServiceError, body: Bytes) -> Self {
        let mut error = Self::new(Kind::Service, "");
        error.0.status = Some(status);
        error.0.service_error = service_error;
        error.0.body = body;
        error
    }

    pub(crate) fn with_target(mut self, target: Option<String>) -> Self {
        self.0.target = self.0.target.take().or(target);
        self
    }

    pub(crate) fn with_operation(mut self, operation: &'static Operation) -> Self {
        self.0.operation.get_or_insert(operation);
        self
    }

    /// Adds the accepted work to an error of a wait. The operation is the write.
    pub(crate) fn with_accepted(mut self, operation: &'static Operation, token: Token) -> Self {
        self.0.operation = Some(operation);
        self.0.service_error.request_id = token.request_id().and_then(text::one_line);
        self.0.accepted = Some(token);
        self
    }

    pub(crate) fn with_source(mut self, source: impl StdError + Send + Sync + 'static) -> Self {
        self.0.source = Some(Arc::new(source));
        self
    }

    /// The number of requests, and whether one of them may have taken effect.
    pub(crate) fn with_requests_sent(mut self, requests_sent: u32, doubt: bool) -> Self {
        self.0.requests_sent = requests_sent;
        self.0.doubt = doubt;
        self
    }

    pub(crate) fn with_response(mut self, status: u16, request_id: Option<String>, body: Bytes) -> Self {
        self.0.status = Some(status);
        self.0.service_error.request_id = self.0.service_error.request_id.take().or(request_id);
        self.0.body = body;
        self
    }

    /// How long to wait, according to the service, and whether this could be parsed.
    pub(crate) fn with_retry_after(mut self, wait: Duration, readable: bool) -> Self {
        (self.0.retry_after, self.0.held_back) = (Some(wait), readable);
        self
    }
}
