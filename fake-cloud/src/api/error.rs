//! Why a fake cloud could not start.

use std::fmt;

use crate::faults::FaultError;

/// Why a fake cloud could not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// A spec cannot be read or served; the text says which and why.
    Spec(String),
    /// A port on the loopback interface could not be opened.
    Listen(std::io::Error),
    /// There is no such service; the text names those that there are.
    Service(String),
    /// The rules for faults make no sense.
    Faults(FaultError),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Spec(problem) => write!(f, "a spec cannot be served: {problem}"),
            Self::Listen(error) => write!(f, "no port on 127.0.0.1 could be opened: {error}"),
            Self::Service(problem) => f.write_str(problem),
            Self::Faults(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Spec(_) | Self::Service(_) => None,
            Self::Faults(error) => Some(error),
            Self::Listen(error) => Some(error),
        }
    }
}
