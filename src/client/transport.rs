//! Connections: timeouts, limits, proxy, root certificates.
//!
//! Problem: many companies have their own proxy or certificates, which a client that hides its HTTP library must
//! support.
//!
//! Default: HTTPS with the platform's root certificates, 5 s to connect, 60 s for an attempt, responses up to 8 MiB,
//! 100 connections, which are closed after 50 s without a request, no proxy. Clients that were given no transport share
//! one. HTTP/1.1: a control plane gets a few requests a minute, and HTTP/2 would add a dependency and build time
//! without benefit. Override: build a [`Transport`] and pass it to a client builder. Clients may share one, and with it
//! the connections.

use std::sync::Arc;
use std::time::Duration;

use super::connection::Connection;
use super::connections::{ConnectionPermit, Connections};
#[cfg(feature = "testing")]
use super::function::Respond;
use crate::error::Error;
use crate::secret::Secret;

/// The network settings and the connections of clients. Cheap to clone; clones share their connections.
///
/// A transport and its clients can be used on several tokio runtimes. Each runtime has its own connections, so a
/// blocked runtime does not block the others.
///
/// By default it trusts the root certificates of the platform, which the variables `SSL_CERT_FILE` and `SSL_CERT_DIR`
/// can replace. The docs of [`credentials`](crate::credentials) list everything that is read from the environment.
#[derive(Debug, Clone)]
pub struct Transport {
    pub(super) connections: Arc<Connections>,
    pub(super) attempt_timeout: Duration,
    pub(super) max_response_size: usize,
    pub(super) http_hosts: Vec<String>,
    /// The environment variable that names a proxy, if none was chosen.
    pub(super) unused_proxy: Option<&'static str>,
    /// Credentials for a proxy, to be masked where a proxy repeats them.
    pub(super) secrets: Arc<[Secret]>,
    /// The function that responds instead of a service.
    #[cfg(feature = "testing")]
    pub(super) respond: Option<Respond>,
}

impl Transport {
    /// The same connections for a service with small responses.
    pub(crate) fn with_max_response_size(mut self, bytes: usize) -> Self {
        self.max_response_size = self.max_response_size.min(bytes);
        self
    }

    /// The same connections, and plain http to this host.
    pub(crate) fn with_http_host(mut self, host: &str) -> Self {
        self.http_hosts.push(host.to_owned());
        self
    }

    /// The connections for the next request: those of the current runtime.
    pub(crate) fn connection(&self) -> Result<Connection, Error> {
        #[cfg(feature = "testing")]
        if let Some(respond) = &self.respond {
            return Ok(Connection::Function(respond.clone()));
        }
        Ok(Connection::Http(self.connections.client()?))
    }

    /// Adds to the error of a failed connection that the environment names a proxy that is not used.
    pub(crate) fn proxy_note(&self, error: Error, url: &str) -> Error {
        match self.unused_proxy {
            Some(name) if error.is_connect() && url.starts_with("https://") => error.with_note(format!(
                "the environment names a proxy in {name}, which is not used; see proxy_from_environment of the \
                 transport's builder"
            )),
            _ => error,
        }
    }

    /// Whether there is TLS, or it is not needed.
    pub(crate) fn allows_https(&self) -> bool {
        #[cfg(feature = "testing")]
        if self.respond.is_some() {
            return true;
        }
        cfg!(any(feature = "rustls", feature = "native-tls"))
    }

    /// Waits until one more connection can be used.
    pub(crate) async fn permit(&self) -> ConnectionPermit {
        self.connections.permit().await
    }

    /// Adds to the error of a call that timed out while waiting what it waited for.
    pub(crate) fn queue_note(&self) -> String {
        let max = self.connections.max();
        format!("it waited for one of the {max} connections of the transport; raise max_connections")
    }

    /// The reason why there is no TLS, if so.
    pub(crate) fn no_tls(&self) -> Option<&str> {
        self.connections.no_tls()
    }

    pub(crate) fn attempt_timeout(&self) -> Duration {
        self.attempt_timeout
    }

    pub(crate) fn max_response_size(&self) -> usize {
        self.max_response_size
    }

    /// The secrets of the proxy.
    pub(crate) fn secrets(&self) -> &[Secret] {
        &self.secrets
    }

    /// Whether plain http to `host` is allowed by name.
    pub(crate) fn allows_http(&self, host: &str) -> bool {
        self.http_hosts.iter().any(|h| h.eq_ignore_ascii_case(host))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;

    #[test]
    fn a_failed_connection_says_that_a_proxy_is_not_used() {
        let note = |unused_proxy, url| {
            let transport = Transport { unused_proxy, ..Transport::shared().unwrap() };
            transport.proxy_note(Error::new(Kind::Connect, "failed"), url).to_string()
        };
        let told = note(Some("HTTPS_PROXY"), "https://a");
        assert!(
            told.starts_with("failed; the environment names a proxy in HTTPS_PROXY, which is not used"),
            "{told}"
        );
        assert_eq!(note(None, "https://a"), "failed");
        assert_eq!(note(Some("HTTPS_PROXY"), "http://127.0.0.1"), "failed");
    }
}
