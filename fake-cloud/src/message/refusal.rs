//! Why a request is refused, before it is put into the vendor's words.
//!
//! Problem: the checks are the same for all vendors, the statuses, codes and bodies are not. A check returns a
//! [`Refusal`]; `vendor` makes the response of it, and the journal keeps its `problem`.

/// What kind of fault it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RefusalKind {
    /// No operation has this path.
    NoSuchPath,
    /// The path has other methods; these.
    WrongMethod(String),
    /// No credentials at all.
    Unsigned,
    /// Credentials that are not good.
    BadCredentials,
    /// A signature that is not good.
    BadSignature,
    /// Credentials that were good once; a new attempt with fresh ones may work.
    Expired,
    /// Credentials of another project.
    WrongProject,
    /// An API version that is not offered.
    NoSuchVersion,
    /// A body that is not JSON by its header.
    MediaType,
    /// A body over the limit.
    TooLarge,
    /// A value that the spec does not allow.
    Invalid,
    /// Something the request names does not exist.
    NotFound,
    /// What the service itself refuses, with the status and the code that it has for it.
    Own(u16, &'static str),
    /// An id that nothing has, with the status and the code that the spec has for it.
    UnknownId(u16, String),
}

/// A refused request.
#[derive(Debug, Clone)]
pub(crate) struct Refusal {
    pub(crate) kind: RefusalKind,
    /// In plain words; never with a secret in it.
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

    /// What the service itself refuses: its status, its code, and why in plain words.
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
