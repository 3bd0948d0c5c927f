//! What the builders of all vendors share.

use std::sync::Arc;

use super::{BaseUrl, Core, Explain, Lookup, Parts, Patience, Skew};
use crate::ambient::Ambient;
use crate::auth::Authenticate;
use crate::error::{Error, Kind};
use crate::operation::Service;
use crate::secret::Secret;
use crate::transport::Transport;

/// Settings that mean the same for every vendor.
#[derive(Debug, Clone, Default)]
pub(crate) struct Setup {
    /// An address may hold a password, however wrong that is, so it does not print.
    pub(crate) base_url: Option<Secret>,
    pub(crate) transport: Option<Transport>,
    pub(crate) ambient: Option<Ambient>,
    pub(crate) patience: Patience,
    pub(crate) explain: Option<Arc<dyn Explain>>,
}

impl Setup {
    /// The transport to use: the given one, or one with defaults.
    pub(crate) fn transport(&self) -> Result<Transport, Error> {
        self.transport.clone().map_or_else(|| Transport::builder().build(), Ok)
    }

    /// Puts a core together; `host` is asked for when no base URL was given.
    pub(crate) fn core(
        &self,
        service: &'static Service,
        host: impl FnOnce() -> Result<String, Error>,
        auth: Arc<dyn Authenticate>,
        settings: Vec<(&'static str, String)>,
        lookup: Option<Arc<dyn Lookup>>,
    ) -> Result<Core, Error> {
        let transport = self.transport()?;
        let base = match &self.base_url {
            Some(url) => BaseUrl::new(url.expose(), &transport)?,
            None => BaseUrl::new(&host()?, &transport)?,
        };
        let ambient = self.ambient.clone().unwrap_or_else(Ambient::system);
        let (skew, patience, explain) = (Skew::default(), self.patience.clone(), self.explain.clone());
        Ok(Core::new(Parts {
            service,
            base,
            transport,
            auth,
            ambient,
            settings,
            lookup,
            skew,
            patience,
            explain,
        }))
    }
}

/// A region as it stands in host names: one label.
pub(crate) fn host_label(region: &str) -> Result<&str, Error> {
    let plain = !region.is_empty() && region.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let message = || format!("`{}` is no region: letters, digits and hyphens alone", region.escape_debug());
    if plain { Ok(region) } else { Err(Error::new(Kind::Configuration, message())) }
}

/// The largest header that the vendors' gateways take, as far as they say.
const MAX_HEADER: usize = 32 * 1024;

/// Refuses a key or secret that no header can carry, before it is used.
pub(crate) fn check_key(what: &str, text: &Secret) -> Result<(), Error> {
    check_text(what, text)?;
    if text.expose().is_ascii() { Ok(()) } else { Err(unusable(what, "is not plain ASCII")) }
}

/// Refuses a secret that was read badly: a wrong password would count towards a lock.
pub(crate) fn check_text(what: &str, text: &Secret) -> Result<(), Error> {
    let text = text.expose();
    match () {
        () if text.is_empty() => Err(unusable(what, "is empty")),
        () if text.trim() != text => {
            Err(unusable(what, "begins or ends with white space; a line end may have come along"))
        }
        () if text.chars().any(char::is_control) => {
            Err(unusable(what, "has a control character, a line end for example"))
        }
        () if text.len() > MAX_HEADER => {
            Err(unusable(what, "has more than 32 KiB, which gateways refuse; get a smaller one"))
        }
        () => Ok(()),
    }
}

fn unusable(what: &str, why: &str) -> Error {
    Error::new(Kind::Credentials, format!("the {what} {why}"))
}

/// The setters that every client builder has. Expects a field `setup: Setup` and a field `credentials:
/// Option<Arc<dyn Provide<Credentials>>>`.
#[allow(unused_macros)] // in a build without any service
macro_rules! common_setters {
    () => {
        /// Who calls. Default: what the vendor's `default_chain` finds at the first call.
        #[must_use]
        pub fn credentials(self, credentials: Credentials) -> Self {
            self.credentials_provider(crate::credentials::Given(credentials))
        }

        /// Asks this provider who calls, at the first call and whenever what it gave is about to expire.
        #[must_use]
        pub fn credentials_provider(
            mut self,
            provider: impl crate::credentials::Provide<Credentials> + 'static,
        ) -> Self {
            self.credentials = Some(Arc::new(provider));
            self
        }

        /// Calls this address instead of the vendor's: scheme, host, port and perhaps a path prefix.
        ///
        /// Plain http is taken for loopback, or for a host that the transport allows by name.
        #[must_use]
        pub fn base_url(mut self, url: impl Into<String>) -> Self {
            self.setup.base_url = Some(crate::Secret::from(url.into()));
            self
        }

        /// Connects in this way. Clients may share a transport. Default: [`Transport`](crate::Transport)'s own.
        #[must_use]
        pub fn transport(mut self, transport: crate::Transport) -> Self {
            self.setup.transport = Some(transport);
            self
        }

        /// Repeats failed attempts by this policy. Default: [`Retry`](crate::Retry)'s own.
        #[must_use]
        pub fn retry(mut self, retry: crate::Retry) -> Self {
            self.setup.patience.retry = retry;
            self
        }

        /// Shares this budget of repeats, perhaps with other clients. Default: one of its own.
        #[must_use]
        pub fn retry_budget(mut self, budget: crate::RetryBudget) -> Self {
            self.setup.patience.budget = budget;
            self
        }

        /// The longest that a call may take: all attempts, pauses, and waiting for a token. Default: 3 minutes.
        #[must_use]
        pub fn call_timeout(mut self, timeout: std::time::Duration) -> Self {
            self.setup.patience.timeout = timeout;
            self
        }

        /// Takes time and randomness from here. Default: the system's.
        #[must_use]
        pub fn ambient(mut self, ambient: crate::Ambient) -> Self {
            self.setup.ambient = Some(ambient);
            self
        }
    };
}
pub(crate) use common_setters;
