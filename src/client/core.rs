//! The shared state of a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::address::BaseUrl;
use super::retry::{Retry, RetryBudget};
use super::skew::Skew;
use super::transport::Transport;
use crate::auth::{Authenticate, BoxFuture};
use crate::error::Error;
use crate::operation::Service;
use crate::runtime::Runtime;

/// The shared state of a client. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Core(Arc<CoreInner>);

/// The parts of a [`Core`].
pub(crate) struct CoreInner {
    pub(crate) service: &'static Service,
    pub(crate) base: BaseUrl,
    pub(crate) transport: Transport,
    pub(crate) auth: Arc<dyn Authenticate>,
    pub(crate) runtime: Runtime,
    /// Values of client parameters, by their names on the wire.
    pub(crate) settings: Vec<(&'static str, String)>,
    /// Client parameters that have to be fetched.
    pub(crate) resolver: Option<Arc<dyn ResolveParameters>>,
    pub(crate) skew: Skew,
    pub(crate) retry_config: RetryConfig,
    /// Explains some errors.
    pub(crate) error_hint: Option<Arc<dyn ErrorHint>>,
}

/// Timeouts and retries of a client.
#[derive(Debug, Clone)]
pub(crate) struct RetryConfig {
    pub(crate) retry: Retry,
    pub(crate) budget: RetryBudget,
    /// For a whole call.
    pub(crate) timeout: Duration,
}

impl Default for RetryConfig {
    fn default() -> Self {
        Self { retry: Retry::default(), budget: RetryBudget::default(), timeout: Duration::from_secs(180) }
    }
}

/// Fetches client parameters that the builder does not have.
pub(crate) trait ResolveParameters: fmt::Debug + Send + Sync {
    /// Names on the wire and values.
    fn resolve<'a>(
        &'a self,
        runtime: &'a Runtime,
    ) -> BoxFuture<'a, Result<Vec<(&'static str, String)>, Error>>;
}

/// Queries the service for the explanation of an error.
pub(crate) trait ErrorHint: fmt::Debug + Send + Sync {
    /// Details for an error that ends a call, without secrets. `left` is the remaining time of the call.
    fn hint<'a>(&'a self, error: &'a Error, core: &'a Core, left: Duration) -> BoxFuture<'a, Option<String>>;
}

impl Core {
    pub(crate) fn new(inner: CoreInner) -> Self {
        Self(Arc::new(inner))
    }

    pub(super) fn inner(&self) -> &CoreInner {
        &self.0
    }

    /// The address that is called.
    pub(crate) fn service(&self) -> &'static Service {
        self.0.service
    }

    pub(crate) fn base(&self) -> &BaseUrl {
        &self.inner().base
    }

    pub(crate) fn runtime(&self) -> &Runtime {
        &self.inner().runtime
    }

    /// All client parameters with a value, including those that must be fetched first.
    pub(super) async fn settings(&self) -> Result<Vec<(&'static str, String)>, Error> {
        let inner = self.inner();
        let mut settings = inner.settings.clone();
        if let Some(resolver) = &inner.resolver {
            settings.extend(resolver.resolve(&inner.runtime).await?);
        }
        Ok(settings)
    }
}

/// Shows the service, without the credentials.
impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let CoreInner { service, base, .. } = self.inner();
        write!(f, "{} {} at {base}", service.name, service.version)
    }
}
