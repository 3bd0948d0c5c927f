//! Options of one call.

use std::time::Duration;

use crate::retry::Retry;

/// What differs for one call from what its client does for all.
///
/// ```
/// use std::time::Duration;
/// use dbplane::{CallOptions, Retry};
/// let patient = CallOptions::new().timeout(Duration::from_secs(600)).retry(Retry::default().attempts(8));
/// # drop(patient);
/// ```
#[derive(Debug, Clone, Default)]
pub struct CallOptions {
    pub(crate) retry: Option<Retry>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
}

impl CallOptions {
    /// As the client does it.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Repeats failed attempts by this policy.
    #[must_use]
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = Some(retry);
        self
    }

    /// The longest that the whole call may take: all attempts, pauses, and waiting for a token.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// The longest that one attempt may take, from connecting to the last byte.
    #[must_use]
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }
}
