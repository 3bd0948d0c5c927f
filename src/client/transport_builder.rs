//! The builder of a transport: each setting, its default and its limits.
//!
//! Problem: many companies have their own proxy or certificates. Default: see [`Transport`].
//! Override: each setting.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::connections::{ConnectionConfig, Connections};
#[cfg(feature = "testing")]
use super::function::Respond;
use super::proxy::ProxyChoice;
use super::transport::Transport;
use crate::credentials::Env;
use crate::error::{Error, Kind};
use crate::secret::Secret;
#[cfg(feature = "testing")]
use crate::testing::{HttpRequest, HttpResponse, TransportFailure};

impl Transport {
    /// Returns a builder with the default settings.
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
        TransportBuilder::new()
    }

    /// The transport of all clients that were given none. Root certificates are loaded once for it.
    pub(crate) fn shared() -> Result<Self, Error> {
        static SHARED: Mutex<Option<Transport>> = Mutex::new(None);
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(transport) = &*shared {
            return Ok(transport.clone());
        }
        let transport = Self::builder().build()?;
        // Without root certificates it is created again, because they may be installed later.
        *shared = Some(transport.clone()).filter(|transport| transport.no_tls().is_none());
        Ok(transport)
    }

    /// Creates a transport that passes each request to a function and returns the function's response, for tests
    /// without a socket. Limits, signatures, retries, paging, waiting and decoding work as with any other transport.
    ///
    /// The function receives requests without their credentials. It can be called from several threads.
    ///
    /// ```
    /// use dbplane::samsung::{Credentials, mariadb_1_3::Client};
    /// use dbplane::testing::{HttpResponse, TransportFailure};
    /// use dbplane::{Runtime, Transport};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), dbplane::Error> {
    /// let transport = Transport::from_fn(|request| match (request.method(), request.path()) {
    ///     ("GET", "/v1/clusters") => Ok(HttpResponse::json(200, &serde_json::json!({"contents": [], "count": 0, "page": 0, "size": 20}))),
    ///     ("GET", _) => Ok(HttpResponse::new(404)),
    ///     _ => Err(TransportFailure::Timeout),
    /// });
    /// let client = Client::builder()
    ///     .region("kr-west1")
    ///     .credentials(Credentials::access_key("key", "secret"))
    ///     .transport(transport)
    ///     .runtime(Runtime::fixed(1_768_465_800_000, 7)) // pauses between attempts take no time
    ///     .build()?;
    /// assert_eq!(client.list_clusters().send().await?.count, 0);
    /// assert!(client.show_cluster("109a585ae67b4e8482fdafc8a4a5be74").send().await.unwrap_err().is_not_found());
    /// let error = client.stop_cluster("109a585ae67b4e8482fdafc8a4a5be74").send().await.unwrap_err();
    /// assert!(error.is_timeout() && error.may_have_taken_effect());
    /// # Ok(()) }
    /// ```
    #[cfg(feature = "testing")]
    #[must_use]
    pub fn from_fn<F>(respond: F) -> Self
    where
        F: Fn(HttpRequest) -> Result<HttpResponse, TransportFailure> + Send + Sync + 'static,
    {
        Self::builder().build_function(Respond(Arc::new(respond)))
    }
}

/// Builds a [`Transport`].
#[derive(Debug, Clone)]
pub struct TransportBuilder {
    connect_timeout: Duration,
    attempt_timeout: Duration,
    pool_idle_timeout: Duration,
    max_connections: usize,
    max_response_size: usize,
    proxy: ProxyChoice,
    certificates: Vec<Vec<u8>>,
    only_certificates: bool,
    /// A certificate and its key.
    identity: Option<(Vec<u8>, Secret)>,
    app_name: Option<String>,
    http_hosts: Vec<String>,
}

impl TransportBuilder {
    pub(super) fn new() -> Self {
        Self {
            connect_timeout: Duration::from_secs(5),
            attempt_timeout: Duration::from_secs(60),
            pool_idle_timeout: Duration::from_secs(50),
            max_connections: 100,
            max_response_size: 8 * 1024 * 1024,
            proxy: ProxyChoice::default(),
            certificates: Vec::new(),
            only_certificates: false,
            identity: None,
            app_name: None,
            http_hosts: Vec::new(),
        }
    }

    /// Sets the timeout of connecting, including TLS. Default: 5 seconds.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets the timeout of each attempt, from connecting to the last byte. Default: 60 seconds.
    #[must_use]
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// Sets the maximum number of connections, and so of concurrent requests; 0 counts as 1. Further requests wait in a
    /// queue. The time in the queue counts towards the timeout of the call, not of the attempt.
    ///
    /// Default: 100. Each connection is an open file, and for a moment there can be two per request, so 100 connections
    /// fit into a limit of 256 open files, the lowest common limit.
    ///
    /// ```
    /// # fn main() -> Result<(), dbplane::Error> {
    /// let transport = dbplane::Transport::builder().max_connections(500).build()?;
    /// # drop(transport); Ok(()) }
    /// ```
    #[must_use]
    pub fn max_connections(mut self, connections: usize) -> Self {
        self.max_connections = connections;
        self
    }

    /// Sets how long idle connections are kept open, at most a day; zero closes them immediately.
    ///
    /// Default: 50 seconds. Load balancers close idle connections after 60 to 75 seconds, and a request that is sent at
    /// that moment is lost.
    #[must_use]
    pub fn pool_idle_timeout(mut self, timeout: Duration) -> Self {
        self.pool_idle_timeout = timeout;
        self
    }

    /// Sets the maximum size of a response, in bytes. Reading a larger response fails.
    ///
    /// Default: 8 MiB. The largest documented response, a page of 5,000 projects, has about 1.6 MB; no other page of a
    /// list has more than 0.2 MB.
    ///
    /// Decoding a received response does not count towards timeouts. In a release build, it takes up to 20 ms per MiB, and
    /// up to 50 ms per MiB for a page of `items()` or `pages()`; so with a limit of 256 MiB, a malicious response can
    /// delay a call by 5 to 13 seconds.
    #[must_use]
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.max_response_size = bytes;
        self
    }

    /// Sends all requests through an HTTP proxy, given by an address such as `http://user:password@host:3128`.
    #[must_use]
    pub fn proxy(mut self, address: impl Into<String>) -> Self {
        self.proxy = ProxyChoice::Address(Secret::from(address.into()));
        self
    }

    /// Sends requests to https addresses through the proxy that the variable `HTTPS_PROXY` or `ALL_PROXY` names, except
    /// those to the hosts in `NO_PROXY`. Lowercase names of these variables are read as well. Default: the variables
    /// are not used, and the error of a failed connection says so if they are set.
    ///
    /// ```
    /// # fn main() -> Result<(), dbplane::Error> {
    /// let transport = dbplane::Transport::builder().proxy_from_environment().app_name("nightly-backups").build()?;
    /// # drop(transport); Ok(()) }
    /// ```
    #[must_use]
    pub fn proxy_from_environment(mut self) -> Self {
        self.proxy = ProxyChoice::Environment;
        self
    }

    /// Adds the name of the program to the `user-agent` header: 1 to 50 ASCII letters, digits and the characters
    /// ``!#$%&'*+-.^_`|~``, for example `nightly-backups`.
    #[must_use]
    pub fn app_name(mut self, name: impl Into<String>) -> Self {
        self.app_name = Some(name.into());
        self
    }

    /// Adds a trusted root certificate, in PEM format.
    #[must_use]
    pub fn root_certificate_pem(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.certificates.push(pem.into());
        self
    }

    /// Trusts only the root certificates that were added. The certificates of the platform and the variables
    /// `SSL_CERT_FILE` and `SSL_CERT_DIR` are not read. Default: the certificates of the platform are trusted as well.
    #[must_use]
    pub fn only_given_root_certificates(mut self) -> Self {
        self.only_certificates = true;
        self
    }

    /// Sets the client certificate for servers that request one: the certificate with its chain, and its private key in
    /// PKCS #8, both in PEM format.
    #[must_use]
    pub fn client_certificate_pem(mut self, certificate: impl Into<Vec<u8>>, key: impl Into<Secret>) -> Self {
        self.identity = Some((certificate.into(), key.into()));
        self
    }

    /// Allows plain http to this host, in addition to loopback. Requests to it are not encrypted.
    #[must_use]
    pub fn allow_http_host(mut self, host: impl Into<String>) -> Self {
        self.http_hosts.push(host.into());
        self
    }

    /// Builds it.
    ///
    /// The transport can be built on a machine without root certificates, for plain http. Building a client for https
    /// then fails and says what is missing.
    ///
    /// # Errors
    /// The name of the program, a proxy address or a certificate is not valid, or a certificate was given to a build
    /// without TLS.
    pub fn build(self) -> Result<Transport, Error> {
        let env = Env::system();
        let (proxy, secrets) = self.proxy.proxy(&env)?;
        let (unused_proxy, agent) = (self.proxy.unused(&env), user_agent(self.app_name.as_deref())?);
        let Self { attempt_timeout, max_response_size, .. } = self;
        let http_hosts = self.http_hosts.clone();
        let (connections, secrets) = (Arc::new(Connections::new(self.config(proxy, agent))?), secrets.into());
        Ok(Transport {
            connections,
            attempt_timeout,
            max_response_size,
            http_hosts,
            unused_proxy,
            secrets,
            #[cfg(feature = "testing")]
            respond: None,
        })
    }

    /// The same without connections, with a function that responds.
    #[cfg(feature = "testing")]
    pub(super) fn build_function(self, respond: Respond) -> Transport {
        let Self { attempt_timeout, max_response_size, .. } = self;
        let http_hosts = self.http_hosts.clone();
        Transport {
            connections: Arc::new(Connections::none(self.config(None, String::new()))),
            attempt_timeout,
            max_response_size,
            http_hosts,
            unused_proxy: None,
            secrets: Arc::default(),
            respond: Some(respond),
        }
    }

    fn config(self, proxy: Option<reqwest::Proxy>, user_agent: String) -> ConnectionConfig {
        ConnectionConfig {
            connect_timeout: self.connect_timeout,
            idle_timeout: self.pool_idle_timeout,
            max_connections: self.max_connections,
            proxy,
            certificates: self.certificates,
            only_certificates: self.only_certificates,
            identity: self.identity,
            user_agent,
        }
    }
}

/// The names of the library and, if set, of the program.
fn user_agent(app: Option<&str>) -> Result<String, Error> {
    const LIBRARY: &str = concat!("dbplane/", env!("CARGO_PKG_VERSION"));
    const LONGEST: usize = 50;
    let Some(name) = app else { return Ok(LIBRARY.to_owned()) };
    let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if name.is_empty() || name.len() > LONGEST || !name.chars().all(token) {
        let message = format!(
            "the name of the program can't be used: it must have 1 to {LONGEST} ASCII letters, digits or characters \
             of !#$%&'*+-.^_`|~"
        );
        return Err(Error::new(Kind::Configuration, message));
    }
    Ok(format!("{LIBRARY} app/{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clients_without_a_transport_share_one() {
        let [first, second] = [Transport::shared().unwrap(), Transport::shared().unwrap()];
        assert!(Arc::ptr_eq(&first.connections, &second.connections));
        let narrow = first.clone().with_max_response_size(7).with_http_host("h");
        assert!(Arc::ptr_eq(&first.connections, &narrow.connections));
        assert_eq!(
            (narrow.max_response_size(), narrow.allows_http("H"), first.allows_http("h")),
            (7, true, false)
        );
    }

    #[test]
    fn a_program_s_name_follows_the_library_s_or_is_refused() {
        let version = env!("CARGO_PKG_VERSION");
        assert_eq!(user_agent(None).unwrap(), format!("dbplane/{version}"));
        assert_eq!(user_agent(Some("a-b_1.0")).unwrap(), format!("dbplane/{version} app/a-b_1.0"));
        for name in ["", "a b", "a/b", "\u{e4}", "a\n", &"a".repeat(51)] {
            let error = Transport::builder().app_name(name).build().unwrap_err();
            assert!(
                error.is_configuration() && error.to_string().contains("1 to 50 ASCII"),
                "{name}: {error}"
            );
        }
    }

    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    #[test]
    fn a_client_certificate_that_can_not_be_used_is_an_error_without_the_key() {
        let error = Transport::builder().client_certificate_pem("x", "hunter2").build().unwrap_err();
        assert!(error.to_string().contains("the client certificate can't be used"), "{error}");
        assert!(!format!("{error:?}").contains("hunter2"), "{error}");
    }
}
