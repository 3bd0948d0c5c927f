//! Options of one call.

use std::time::Duration;

use serde_json::Value;

use crate::client::extra::Extra;
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
    pub(crate) extra: Extra,
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

    /// Sends a query parameter that the operation does not have here. One of the same name is replaced; nothing is
    /// checked. It is for what a vendor has added since: look for a setter first.
    ///
    /// ```
    /// use dbplane::CallOptions;
    /// let newer = CallOptions::new().query("tag", "blue").header("x-trial", "1").body_field("tags", ["blue"]);
    /// # drop(newer);
    /// ```
    #[must_use]
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.extra.set_query(name.into(), value.into());
        self
    }

    /// Sends a header that the operation does not have here. One of the same name is replaced, except credentials.
    /// Its value is not kept out of errors as a secret is.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.extra.set_header(name.into(), value.into());
        self
    }

    /// Sends a property of the body that the request type does not have. One of the same name is replaced; nothing is
    /// checked.
    #[must_use]
    pub fn body_field(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.extra.set_field(name.into(), value.into());
        self
    }
}
