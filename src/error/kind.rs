//! The kinds of errors. They stay inside, so that predicates can be refined without breaking anybody.

/// Why a call failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The request breaks documented limits; nothing was sent.
    Refused,
    /// The client is set up wrongly; nothing was sent.
    Configuration,
    /// Unusable credentials; nothing was sent.
    Credentials,
    /// No credentials were found; nothing was sent.
    NoCredentials,
    /// This machine lacks what a request needs; nothing was sent.
    Local,
    /// The connection failed.
    Connect,
    /// The connection failed for a reason that lasts: an unknown name, a bad certificate.
    Unreachable,
    /// Time ran out.
    Timeout,
    /// The connection broke.
    Transport,
    /// The service pointed elsewhere.
    Redirect,
    /// The service responded with an error.
    Service,
    /// The response can't be read.
    Decode,
    /// Work that the service had accepted went wrong.
    Failed,
    /// The progress of accepted work can't be read.
    Poll,
    /// A list has nothing of a name.
    NoMatch,
    /// A list has several of a name.
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
