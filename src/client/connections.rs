//! Connections: their limit, and the runtimes that they belong to.
//!
//! Problem: a connection is driven by a task of the tokio runtime that opened it, so a request of another runtime waits
//! while the first runtime is blocked; and each connection is an open file, whose number is limited.
//! Default: each runtime has its own connections, for the last 8 runtimes that made calls; the number of concurrent
//! requests is limited, and the others wait in the order of their arrival.
//! Override: `max_connections` and `pool_idle_timeout` of the transport's builder.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::runtime::{Handle, Id};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::failure::root;
use super::tls;
use crate::error::{Error, Kind};
use crate::runtime::Runtime;
use crate::secret::Secret;

/// The maximum number of runtimes with connections.
const RUNTIMES: usize = 8;

/// The maximum time for which a connection can be idle.
const LONGEST_IDLE: Duration = Duration::from_secs(24 * 60 * 60);

/// The settings of connections.
pub(super) struct ConnectionConfig {
    pub(super) connect_timeout: Duration,
    pub(super) idle_timeout: Duration,
    pub(super) max_connections: usize,
    pub(super) proxy: Option<reqwest::Proxy>,
    pub(super) certificates: Vec<Vec<u8>>,
    /// Whether to trust no other certificates.
    pub(super) only_certificates: bool,
    /// A client certificate, and its key.
    pub(super) identity: Option<(Vec<u8>, Secret)>,
    pub(super) user_agent: String,
}

/// The connections of a transport.
pub(super) struct Connections {
    config: ConnectionConfig,
    /// By runtime, in the order of their last use. The first is created before any runtime needs one.
    clients: Mutex<Vec<(Option<Id>, reqwest::Client)>>,
    permits: Arc<Semaphore>,
    /// The reason why there is no TLS, if so.
    no_tls: Option<String>,
}

/// The right to one connection, until it is dropped.
pub(crate) struct ConnectionPermit {
    _permit: Option<OwnedSemaphorePermit>,
}

impl Connections {
    pub(super) fn new(mut config: ConnectionConfig) -> Result<Self, Error> {
        config.max_connections = config.max_connections.clamp(1, Semaphore::MAX_PERMITS);
        let (first, no_tls) = config.client()?;
        let permits = Arc::new(Semaphore::new(config.max_connections));
        Ok(Self { config, clients: Mutex::new(vec![(None, first)]), permits, no_tls })
    }

    /// No connections: for requests that a function responds to.
    #[cfg(feature = "testing")]
    pub(super) fn none(config: ConnectionConfig) -> Self {
        let permits = Arc::new(Semaphore::new(config.max_connections));
        Self { config, clients: Mutex::default(), permits, no_tls: None }
    }

    /// The HTTP client with the connections of the current runtime.
    pub(super) fn client(&self) -> Result<reqwest::Client, Error> {
        let here = Handle::try_current().ok().map(|handle| handle.id());
        if !self.clients().iter().any(|(owner, _)| *owner == here)
            && let Some(why) = Runtime::lacks_io()
        {
            return Err(Error::new(Kind::Configuration, why));
        }
        let mut clients = self.clients();
        let known = clients.iter().position(|(owner, _)| *owner == here || owner.is_none());
        let client = match known {
            Some(index) => clients.remove(index).1,
            None => self.config.client()?.0,
        };
        if clients.len() >= RUNTIMES {
            clients.remove(0);
        }
        clients.push((here, client.clone()));
        Ok(client)
    }

    fn clients(&self) -> MutexGuard<'_, Vec<(Option<Id>, reqwest::Client)>> {
        self.clients.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until one more connection can be used.
    pub(super) async fn permit(&self) -> ConnectionPermit {
        // Fails only if the semaphore is closed, which never happens.
        ConnectionPermit { _permit: Arc::clone(&self.permits).acquire_owned().await.ok() }
    }

    pub(super) fn max(&self) -> usize {
        self.config.max_connections
    }

    pub(super) fn no_tls(&self) -> Option<&str> {
        self.no_tls.as_deref()
    }
}

impl ConnectionConfig {
    /// An HTTP client, and the reason why it has no TLS, if so.
    fn client(&self) -> Result<(reqwest::Client, Option<String>), Error> {
        tls::prepare();
        let trusting = tls::trust(self.plain(), &self.certificates, self.only_certificates)?;
        let outcome = tls::identify(trusting, self.identity.as_ref())?.build();
        let failed = match outcome {
            Ok(client) => return Ok((client, None)),
            Err(e) => root(&e.without_url()).unwrap_or_else(|| "no reason is known".to_owned()),
        };
        // Plain http works without root certificates.
        let plain = self.certificates.is_empty().then(|| tls::trust(self.plain(), &[], true)).transpose()?;
        match plain.map(reqwest::ClientBuilder::build) {
            Some(Ok(client)) => Ok((client, Some(failed))),
            _ => Err(Error::new(Kind::Configuration, format!("the transport can't be built: {failed}"))),
        }
    }

    fn plain(&self) -> reqwest::ClientBuilder {
        let idle = if self.idle_timeout.is_zero() { 0 } else { self.max_connections };
        let http = reqwest::Client::builder()
            .user_agent(&*self.user_agent)
            .connect_timeout(self.connect_timeout)
            .pool_idle_timeout(self.idle_timeout.min(LONGEST_IDLE))
            .pool_max_idle_per_host(idle)
            // A redirect would send signatures and tokens to another host.
            .redirect(reqwest::redirect::Policy::none())
            // A retry by the HTTP library would send an old signature.
            .retry(reqwest::retry::never())
            .no_proxy();
        self.proxy.iter().cloned().fold(http, reqwest::ClientBuilder::proxy)
    }
}

/// Does not show the proxy, whose address may contain a password.
impl fmt::Debug for Connections {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ConnectionConfig { connect_timeout, idle_timeout, max_connections, .. } = &self.config;
        f.debug_struct("Connections")
            .field("connect_timeout", connect_timeout)
            .field("idle_timeout", idle_timeout)
            .field("max_connections", max_connections)
            .finish_non_exhaustive()
    }
}
