//! Display of errors: one line, without bodies and headers.

use std::error::Error as StdError;
use std::fmt;

use super::{Error, Kind, text};

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.0.operation {
            let target = self.0.target.as_ref().map(|path| format!(" {path}")).unwrap_or_default();
            write!(f, "{} {}{target}: ", operation.service, operation.id)?;
        }
        if self.0.kind == Kind::Service {
            write!(f, "the service responded with {}", self.0.status.unwrap_or_default())?;
            if let Some(code) = self.code() {
                write!(f, " {code}")?;
            }
            if let Some(message) = self.message() {
                write!(f, ": {message}")?;
            }
            if let Some(details) = text::clean(&self.details().join("; "), text::TEXT_MAX) {
                write!(f, " ({details})")?;
            }
        } else {
            f.write_str(&self.0.message)?;
        }
        for note in &self.0.notes {
            write!(f, "; {note}")?;
        }
        if let Some(id) = self.request_id() {
            write!(f, " [request {id}]")?;
        }
        if self.may_have_taken_effect() {
            f.write_str(" [may have taken effect]")?;
        }
        Ok(())
    }
}

/// The same line as `Display`, without bodies and headers.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({:?}: {self})", self.0.kind)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|s| s as _)
    }
}
