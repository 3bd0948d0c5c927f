//! Connections: timeouts, proxy, root certificates.
//!
//! Problem: every company has a proxy or a certificate of its own, and a client that hides its HTTP library
//! must still let them in.
//!
//! Default: HTTPS with the platform's root certificates, 5 s to connect, 60 s for an attempt, responses up to
//! 64 MiB, no proxy.
//! Override: build a [`Transport`] and hand it to a client builder. Clients may share one, and with it the
//! connections.

use std::sync::Arc;
use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use zeroize::Zeroizing;

use crate::error::{Error, Kind};
use crate::secret::Secret;
use crate::wire::percent;

/// How clients connect. Cheap to clone; clones share their connections.
#[derive(Debug, Clone)]
pub struct Transport {
    http: reqwest::Client,
    attempt_timeout: Duration,
    max_response_size: usize,
    http_hosts: Vec<String>,
    /// Credentials for a proxy, to be masked where a proxy repeats them.
    secrets: Arc<[Secret]>,
}

impl Transport {
    /// Starts with the defaults.
    ///
    /// ```
    /// # fn main() -> Result<(), dbplane::Error> {
    /// use std::time::Duration;
    /// let transport = dbplane::Transport::builder()
    ///     .attempt_timeout(Duration::from_secs(20))
    ///     .proxy("http://proxy.example:3128")
    ///     .build()?;
    /// # drop(transport); Ok(()) }
    /// ```
    #[must_use]
    pub fn builder() -> TransportBuilder {
        TransportBuilder {
            connect_timeout: Duration::from_secs(5),
            attempt_timeout: Duration::from_secs(60),
            max_response_size: 64 * 1024 * 1024,
            proxy: None,
            certificates: Vec::new(),
            http_hosts: Vec::new(),
        }
    }

    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.http
    }

    pub(crate) fn attempt_timeout(&self) -> Duration {
        self.attempt_timeout
    }

    pub(crate) fn max_response_size(&self) -> usize {
        self.max_response_size
    }

    /// What must not be seen of how the proxy is used.
    pub(crate) fn secrets(&self) -> &[Secret] {
        &self.secrets
    }

    /// Whether plain http to `host` is allowed by name.
    pub(crate) fn allows_http(&self, host: &str) -> bool {
        self.http_hosts.iter().any(|h| h.eq_ignore_ascii_case(host))
    }
}

/// Builds a [`Transport`].
#[derive(Debug, Clone)]
pub struct TransportBuilder {
    connect_timeout: Duration,
    attempt_timeout: Duration,
    max_response_size: usize,
    proxy: Option<Secret>,
    certificates: Vec<Vec<u8>>,
    http_hosts: Vec<String>,
}

impl TransportBuilder {
    /// The longest that connecting may take, TLS included. Default: 5 seconds.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// The longest that one attempt may take, from connecting to the last byte. Default: 60 seconds.
    #[must_use]
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// The largest response that is read, in bytes; a larger one is an error while it is read. Default: 64 MiB.
    #[must_use]
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.max_response_size = bytes;
        self
    }

    /// Sends everything through an HTTP proxy, given as an address such as `http://user:password@host:3128`.
    #[must_use]
    pub fn proxy(mut self, address: impl Into<String>) -> Self {
        self.proxy = Some(Secret::from(address.into()));
        self
    }

    /// Trusts one more root certificate, in PEM form.
    #[must_use]
    pub fn root_certificate_pem(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.certificates.push(pem.into());
        self
    }

    /// Allows plain http to this host, besides loopback. Requests can then be read on the way.
    #[must_use]
    pub fn allow_http_host(mut self, host: impl Into<String>) -> Self {
        self.http_hosts.push(host.into());
        self
    }

    /// Builds it.
    ///
    /// # Errors
    /// A proxy address or a certificate can't be used, or no TLS is compiled in but a certificate was given.
    pub fn build(self) -> Result<Transport, Error> {
        let fail = |what: &str, e: reqwest::Error| {
            Error::new(Kind::Configuration, format!("{what} can't be used")).with_source(e.without_url())
        };
        crate::client::tls::prepare();
        let mut http = reqwest::Client::builder()
            .user_agent(concat!("dbplane/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(self.connect_timeout)
            // A redirect would carry signatures and tokens to another host.
            .redirect(reqwest::redirect::Policy::none())
            // A retry below the signer would send an old signature.
            .retry(reqwest::retry::never())
            .no_proxy();
        let mut secrets = Vec::new();
        if let Some(address) = self.proxy.as_ref().map(Secret::expose) {
            // Of another scheme the HTTP library would make nothing, and go past the proxy without a word.
            if !["http://", "https://"].iter().any(|scheme| address.starts_with(scheme)) {
                let message = "the proxy address can't be used: it must begin with http:// or https://";
                return Err(Error::new(Kind::Configuration, message));
            }
            secrets.extend(proxy_secrets(address));
            http = http.proxy(reqwest::Proxy::all(address).map_err(|e| fail("the proxy address", e))?);
        }
        http = crate::client::tls::trust(http, &self.certificates)?;
        let http = http.build().map_err(|e| fail("the transport", e))?;
        let Self { attempt_timeout, max_response_size, http_hosts, .. } = self;
        Ok(Transport { http, attempt_timeout, max_response_size, http_hosts, secrets: secrets.into() })
    }
}

/// The password in a proxy's address, and what becomes of it in a header.
fn proxy_secrets(address: &str) -> Vec<Secret> {
    let Some(url) = reqwest::Url::parse(address).ok().filter(|url| url.password().is_some()) else {
        return Vec::new();
    };
    let plain = |text: &str| Zeroizing::new(String::from_utf8_lossy(&percent::decode(text)).into_owned());
    let password = plain(url.password().unwrap_or_default());
    let pair = Zeroizing::new(format!("{}:{}", *plain(url.username()), *password));
    vec![password.as_str().into(), STANDARD.encode(&*pair).into()]
}
