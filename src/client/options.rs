//! Options of one call.

use std::time::Duration;

use serde_json::Value;

use crate::client::extra::Extra;
use crate::client::retry::{Retry, RetryBudget};

/// Options of a single call, which take precedence over those of the client.
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
    /// Options that change nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the retry policy.
    #[must_use]
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = Some(retry);
        self
    }

    /// Sets the retry budget, instead of the client's.
    #[must_use]
    pub fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.budget = Some(budget);
        self
    }

    /// Sets the timeout of the call: all attempts, pauses, and waiting for a token.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets the timeout of each attempt, from connecting to the last byte. The timeout of connecting alone is set on
    /// the [`Transport`](crate::Transport), because calls share connections.
    #[must_use]
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// Adds a query parameter that this library does not know, for example because the vendor added it recently. It
    /// replaces a parameter of the same name and is not checked.
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

    /// Adds a header that this library does not know. It replaces a header of the same name, except credentials. Its
    /// value is not treated as a secret and can appear in errors.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.extra.set_header(name.into(), value.into());
        self
    }

    /// Adds a property to the body that this library does not know. It replaces a property of the same name and is not
    /// checked.
    #[must_use]
    pub fn body_field(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.extra.set_field(name.into(), value.into());
        self
    }
}
