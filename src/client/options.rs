//! Options of one call.

use std::time::Duration;

use crate::client::retry::{Retry, RetryBudget};

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
    pub(crate) budget: Option<RetryBudget>,
}

impl CallOptions {
    /// As the client does it.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Retries failed attempts by this policy.
    #[must_use]
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = Some(retry);
        self
    }

    /// Takes retries from this budget instead of the client's.
    #[must_use]
    pub fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.budget = Some(budget);
        self
    }

    /// The longest that the whole call may take: all attempts, pauses, and waiting for a token.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// The longest that one attempt may take, from connecting to the last byte. Connecting alone has its limit
    /// on the [`Transport`](crate::Transport): connections are shared by calls.
    #[must_use]
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }
}
