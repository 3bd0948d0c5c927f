//! Why a fake cloud could not start.

use std::fmt;

/// Why a fake cloud could not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// A spec cannot be read or served; the text says which and why.
    Spec(String),
    /// A port on the loopback interface could not be opened.
    Listen(std::io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Spec(problem) => write!(f, "a spec cannot be served: {problem}"),
            Self::Listen(error) => write!(f, "no port on 127.0.0.1 could be opened: {error}"),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Spec(_) => None,
            Self::Listen(error) => Some(error),
        }
    }
}
