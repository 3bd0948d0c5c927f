//! The kinds of errors: one for decisions of the library, and one for programs, which distinguishes statuses.

/// Why a call failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The request breaks documented limits; nothing was sent.
    Refused,
    /// A setting of the client is missing or not valid; nothing was sent.
    Configuration,
    /// Unusable credentials; nothing was sent.
    Credentials,
    /// No credentials were found; nothing was sent.
    NoCredentials,
    /// This machine lacks a resource that a request needs; nothing was sent.
    Local,
    /// The connection failed.
    Connect,
    /// The connection failed for a permanent reason: an unknown host name, a bad certificate.
    Unreachable,
    /// The call or the wait timed out.
    Timeout,
    /// The connection broke.
    Transport,
    /// The service responded with a redirect.
    Redirect,
    /// The service responded with an error.
    Service,
    /// The response can't be read.
    Decode,
    /// Work that the service had accepted failed.
    Failed,
    /// The progress of accepted work can't be read.
    Poll,
    /// A list has no item with a name.
    NoMatch,
    /// A list has several items with a name.
    Ambiguous,
}

impl Kind {
    /// Short name of the kind, for traces.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Configuration => "configuration",
            Self::Credentials | Self::NoCredentials => "credentials",
            Self::Local => "local",
            Self::Connect | Self::Unreachable => "connect",
            Self::Timeout => "timeout",
            Self::Transport => "transport",
            Self::Redirect => "redirect",
            Self::Service => "service",
            Self::Decode => "decode",
            Self::Failed => "failed",
            Self::Poll => "poll",
            Self::NoMatch => "no match",
            Self::Ambiguous => "ambiguous",
        }
    }
}

/// The kind of an error, for use in a `match`. [`Error`](crate::Error) also has predicates, some of which are true for
/// several kinds.
///
/// ```
/// use dbplane::{Error, ErrorKind};
///
/// fn exit_code(error: &Error) -> i32 {
///     match error.kind() {
///         ErrorKind::NotFound | ErrorKind::NoMatch => 3,
///         ErrorKind::Unauthorized | ErrorKind::Credentials | ErrorKind::NoCredentials => 4,
///         _ => 1,
///     }
/// }
/// # assert_eq!(exit_code(&Error::service(404, "DBS.200002", "no such instance")), 3);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request breaks documented limits; nothing was sent.
    InvalidRequest,
    /// A setting of the client is missing or not valid; nothing was sent.
    Configuration,
    /// The credentials can't be used or fetched; nothing was sent.
    Credentials,
    /// No credentials were found; nothing was sent.
    NoCredentials,
    /// This machine has too many open files; nothing was sent.
    Local,
    /// The connection failed, or was not there before an attempt's time was over; nothing was sent.
    Connect,
    /// The connection failed permanently, for example because of an unknown host name or a bad certificate. Nothing was
    /// sent.
    Unreachable,
    /// The call or the wait timed out.
    Timeout,
    /// The connection broke while the request was sent or the response was received.
    ConnectionLost,
    /// The service responded with a redirect, which is not followed.
    Redirect,
    /// The service refused the credentials (401).
    Unauthorized,
    /// The caller has no permission (403).
    Forbidden,
    /// The resource does not exist (404).
    NotFound,
    /// Another operation is in progress, or the state of the resource does not allow the operation (409).
    Conflict,
    /// The service throttled the call (429).
    Throttled,
    /// The service refused the request with another status below 500, or with a success status and an error in the
    /// body.
    Refused,
    /// The service failed (5xx).
    Server,
    /// The response can't be read.
    Decode,
    /// Work that the service had accepted failed.
    OperationFailed,
    /// The service accepted the work, and its state can't be read.
    Poll,
    /// A search by name found nothing.
    NoMatch,
    /// A search by name found several items.
    Ambiguous,
}

impl ErrorKind {
    /// The kind of an error of the library, with the status that a service responded with.
    pub(super) fn of(kind: Kind, status: Option<u16>) -> Self {
        match kind {
            Kind::Refused => Self::InvalidRequest,
            Kind::Configuration => Self::Configuration,
            Kind::Credentials => Self::Credentials,
            Kind::NoCredentials => Self::NoCredentials,
            Kind::Local => Self::Local,
            Kind::Connect => Self::Connect,
            Kind::Unreachable => Self::Unreachable,
            Kind::Timeout => Self::Timeout,
            Kind::Transport => Self::ConnectionLost,
            Kind::Redirect => Self::Redirect,
            Kind::Decode => Self::Decode,
            Kind::Failed => Self::OperationFailed,
            Kind::Poll => Self::Poll,
            Kind::NoMatch => Self::NoMatch,
            Kind::Ambiguous => Self::Ambiguous,
            Kind::Service => match status.unwrap_or_default() {
                401 => Self::Unauthorized,
                403 => Self::Forbidden,
                404 => Self::NotFound,
                409 => Self::Conflict,
                429 => Self::Throttled,
                500.. => Self::Server,
                _ => Self::Refused,
            },
        }
    }
}
