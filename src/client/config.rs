//! The common settings of all vendors' builders.

use std::sync::Arc;
use std::time::Duration;

use super::skew::{self, Skew};
use super::{BaseUrl, Core, CoreInner, ErrorHint, ResolveParameters, RetryConfig};
use crate::auth::Authenticate;
use crate::client::transport::Transport;
use crate::error::text::shown;
use crate::error::{Error, Kind};
use crate::operation::Service;
use crate::runtime::Runtime;
use crate::secret::Secret;

/// Settings that are the same for every vendor.
#[derive(Debug, Clone, Default)]
pub(crate) struct CommonConfig {
    /// An address may contain a password, although it should not, so it is not printed.
    pub(crate) base_url: Option<Secret>,
    pub(crate) transport: Option<Transport>,
    pub(crate) runtime: Option<Runtime>,
    pub(crate) retry_config: RetryConfig,
    /// The default if it is none.
    pub(crate) max_clock_skew: Option<Duration>,
    pub(crate) error_hint: Option<Arc<dyn ErrorHint>>,
}

impl CommonConfig {
    /// The transport to use: the given one, or the one that clients without share.
    pub(crate) fn transport(&self) -> Result<Transport, Error> {
        self.transport.clone().map_or_else(Transport::shared, Ok)
    }

    /// Builds a core; `host` is called if there is no base URL.
    pub(crate) fn core(
        &self,
        service: &'static Service,
        host: impl FnOnce() -> Result<String, Error>,
        auth: Arc<dyn Authenticate>,
        settings: Vec<(&'static str, String)>,
        resolver: Option<Arc<dyn ResolveParameters>>,
    ) -> Result<Core, Error> {
        let transport = self.transport()?;
        let base = match &self.base_url {
            Some(url) => BaseUrl::new(url.expose(), &transport)?,
            None => BaseUrl::new(&host()?, &transport)?,
        };
        let runtime = self.runtime.clone().unwrap_or_else(Runtime::system);
        let skew = Skew::new(self.max_clock_skew.unwrap_or(skew::MOST));
        let (retry_config, error_hint) = (self.retry_config.clone(), self.error_hint.clone());
        Ok(Core::new(CoreInner {
            service,
            base,
            transport,
            auth,
            runtime,
            settings,
            resolver,
            skew,
            retry_config,
            error_hint,
        }))
    }
}

/// A region in a host name: one label.
pub(crate) fn host_label(region: &str) -> Result<&str, Error> {
    let plain = !region.is_empty() && region.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let message =
        || format!("invalid region `{}`: only letters, digits and hyphens are allowed", shown(region));
    if plain { Ok(region) } else { Err(Error::new(Kind::Configuration, message())) }
}

/// The setters that every client builder has. Expects a field `config: CommonConfig` and a field `credentials:
/// Option<Arc<dyn ProvideCredentials<Credentials>>>`.
#[allow(unused_macros)] // in a build without any service
macro_rules! common_setters {
    () => {
        /// Sets the credentials. Default: those that the vendor's `default_chain` finds at the first call.
        #[must_use]
        pub fn credentials(self, credentials: Credentials) -> Self {
            self.credentials_provider(crate::credentials::StaticProvider(credentials))
        }

        /// Sets the provider of credentials, which is called at the first call and again before the credentials expire.
        #[must_use]
        pub fn credentials_provider(
            mut self,
            provider: impl crate::credentials::ProvideCredentials<Credentials> + 'static,
        ) -> Self {
            self.credentials = Some(Arc::new(provider));
            self
        }

        /// Sets the address of the service instead of the vendor's: scheme, host, port and, optionally, a path prefix.
        ///
        /// Plain http is accepted only for loopback and for hosts that the transport allows by name.
        #[must_use]
        pub fn base_url(mut self, url: impl Into<String>) -> Self {
            self.config.base_url = Some(crate::Secret::from(url.into()));
            self
        }

        /// Sets the transport, which clients can share. Default: a transport with default settings, shared by all
        /// clients that were given none.
        #[must_use]
        pub fn transport(mut self, transport: crate::Transport) -> Self {
            self.config.transport = Some(transport);
            self
        }

        /// Sets the retry policy. Default: [`Retry::default`](crate::Retry).
        #[must_use]
        pub fn retry(mut self, retry: crate::Retry) -> Self {
            self.config.retry_config.retry = retry;
            self
        }

        /// Sets the retry budget, which clients can share. Default: each client has its own.
        #[must_use]
        pub fn retry_budget(mut self, budget: crate::RetryBudget) -> Self {
            self.config.retry_config.budget = budget;
            self
        }

        /// Sets the timeout of a call: all attempts, pauses, and waiting for a token. Default: 3 minutes.
        #[must_use]
        pub fn call_timeout(mut self, timeout: std::time::Duration) -> Self {
            self.config.retry_config.timeout = timeout;
            self
        }

        /// Sets the largest difference between the local clock and the clock of the service that is corrected in
        /// signatures. A larger difference is an error that names it. Default: 24 hours; zero disables the correction.
        #[must_use]
        pub fn max_clock_skew(mut self, most: std::time::Duration) -> Self {
            self.config.max_clock_skew = Some(most);
            self
        }

        /// Sets the source of time and randomness. Default: the system's.
        #[must_use]
        pub fn runtime(mut self, runtime: crate::Runtime) -> Self {
            self.config.runtime = Some(runtime);
            self
        }
    };
}
pub(crate) use common_setters;
