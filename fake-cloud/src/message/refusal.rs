//! The reason why a request is refused, independent of vendors.
//!
//! Problem: the checks are the same for all vendors, the statuses, codes and bodies are not. A check returns a
//! [`Refusal`]; `vendor` converts it to a response, and the journal keeps its `problem`.

/// The kind of a refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RefusalKind {
    /// No operation has this path.
    NoSuchPath,
    /// The path has other methods: these.
    WrongMethod(String),
    /// No credentials at all.
    Unsigned,
    /// Credentials that are not valid.
    BadCredentials,
    /// A signature that is not valid.
    BadSignature,
    /// Credentials that have expired; a retry with new ones may succeed.
    Expired,
    /// Credentials of another project.
    WrongProject,
    /// An API version that is not offered.
    NoSuchVersion,
    /// A body whose content type is not JSON.
    MediaType,
    /// A body over the limit.
    TooLarge,
    /// A value that the spec does not allow.
    Invalid,
    /// Something that the request names does not exist.
    NotFound,
    /// A refusal of the service itself, with its status and code.
    Own(u16, &'static str),
    /// An id that does not exist, with the status and code of the spec for it.
    UnknownId(u16, String),
}

/// A refused request.
#[derive(Debug, Clone)]
pub(crate) struct Refusal {
    pub(crate) kind: RefusalKind,
    /// The reason as text, without secrets.
    pub(crate) problem: String,
    /// Headers that the response needs, such as a challenge.
    pub(crate) headers: Vec<(&'static str, String)>,
}

impl Refusal {
    pub(crate) fn new(kind: RefusalKind, problem: impl Into<String>) -> Self {
        Self { kind, problem: problem.into(), headers: Vec::new() }
    }

    pub(crate) fn invalid(problem: impl Into<String>) -> Self {
        Self::new(RefusalKind::Invalid, problem)
    }

    /// A refusal of the service itself: status, code, and reason.
    pub(crate) fn own(status: u16, code: &'static str, problem: impl Into<String>) -> Self {
        Self::new(RefusalKind::Own(status, code), problem)
    }

    pub(crate) fn not_found(problem: impl Into<String>) -> Self {
        Self::new(RefusalKind::NotFound, problem)
    }

    pub(crate) fn credentials(problem: impl Into<String>) -> Self {
        Self::new(RefusalKind::BadCredentials, problem)
    }
}
