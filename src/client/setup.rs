//! What the builders of all vendors share.

use std::sync::Arc;

use super::{BaseUrl, Core, Lookup, Parts, Skew};
use crate::ambient::Ambient;
use crate::auth::Authenticate;
use crate::error::{Error, Kind};
use crate::operation::Service;
use crate::secret::Secret;
use crate::transport::Transport;

/// Settings that mean the same for every vendor.
#[derive(Debug, Clone, Default)]
pub(crate) struct Setup {
    /// As given, and so perhaps with a password, which is refused only later.
    pub(crate) base_url: Option<Secret>,
    pub(crate) transport: Option<Transport>,
    pub(crate) ambient: Option<Ambient>,
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
        let base = self.base_url.clone().map_or_else(|| host().map(Secret::from), Ok)?;
        let base = BaseUrl::new(base.expose(), &transport)?;
        let ambient = self.ambient.clone().unwrap_or_else(Ambient::system);
        let skew = Skew::default();
        Ok(Core::new(Parts { service, base, transport, auth, ambient, settings, lookup, skew }))
    }
}

/// Refuses a key or secret that no header can carry, before it is used.
pub(crate) fn check_key(what: &str, text: &Secret) -> Result<(), Error> {
    let text = text.expose();
    let why = match () {
        () if text.is_empty() => "is empty",
        () if text.trim() != text => "begins or ends with white space; a line end may have come along",
        () if text.chars().any(char::is_control) => "has a control character, a line end for example",
        () if !text.is_ascii() => "is not plain ASCII",
        () => return Ok(()),
    };
    Err(Error::new(Kind::Credentials, format!("the {what} {why}")))
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

        /// Takes time and randomness from here. Default: the system's.
        #[must_use]
        pub fn ambient(mut self, ambient: crate::Ambient) -> Self {
            self.setup.ambient = Some(ambient);
            self
        }
    };
}
pub(crate) use common_setters;
