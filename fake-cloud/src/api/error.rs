//! Reason why a fake cloud could not start.

use std::fmt;
use std::io::ErrorKind;
use std::net::SocketAddr;

use crate::faults::FaultError;

/// Reason why a fake cloud could not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// A spec can't be read or served; the text contains its name and the reason.
    Spec(String),
    /// A port could not be opened.
    #[non_exhaustive]
    Listen {
        /// The service that was to listen there, or `control`.
        service: String,
        /// The address and port; port 0 means a free one.
        address: SocketAddr,
        /// The error of the system.
        source: std::io::Error,
    },
    /// There are not enough ports after the base port; the text names the service without one.
    Port(String),
    /// The service does not exist; the text lists the existing services.
    Service(String),
    /// The rules for faults are not valid.
    Faults(FaultError),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Spec(problem) => write!(f, "a spec cannot be served: {problem}"),
            Self::Listen { service, address, source } => {
                write!(f, "{address} could not be opened for {service}: {source}")?;
                match source.kind() {
                    ErrorKind::AddrInUse => f.write_str("; stop what listens there, or choose another port"),
                    _ => Ok(()),
                }
            }
            Self::Service(problem) | Self::Port(problem) => f.write_str(problem),
            Self::Faults(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Spec(_) | Self::Service(_) | Self::Port(_) => None,
            Self::Faults(error) => Some(error),
            Self::Listen { source, .. } => Some(source),
        }
    }
}
