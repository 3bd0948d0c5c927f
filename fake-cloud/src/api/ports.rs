//! Where a cloud listens: an address, a port for each service and one for the control endpoint.
//!
//! Default: free ports of 127.0.0.1.
//! Override: [`Builder::listen`](crate::Builder::listen), `host`, `base_port` and `port`.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use tokio::net::TcpListener;

use super::error::StartError;
use crate::server;

/// The name of the control endpoint among the ports.
pub(crate) const CONTROL: &str = "control";

/// Where services listen.
#[derive(Debug, Clone)]
pub(super) struct Ports {
    pub(super) listen: IpAddr,
    /// The name in addresses that clients receive.
    pub(super) host: Option<String>,
    /// The port of the first service; 0 for free ones.
    pub(super) base: u16,
    /// Ports that were chosen one by one, by the names of services without version.
    pub(super) fixed: BTreeMap<String, u16>,
}

impl Default for Ports {
    fn default() -> Self {
        Self { listen: Ipv4Addr::LOCALHOST.into(), host: None, base: 0, fixed: BTreeMap::new() }
    }
}

/// An open port.
pub(super) struct OpenPort {
    pub(super) listener: TcpListener,
    pub(super) address: SocketAddr,
    /// `http://host:port`, without a slash at the end.
    pub(super) base_url: String,
}

impl Ports {
    /// Opens the port of a service, the `place`-th from the base unless one was chosen for it.
    pub(super) async fn open(&self, name: &str, place: usize) -> Result<OpenPort, StartError> {
        let from_base = || match self.base {
            0 => Some(0),
            base => u16::try_from(place).ok().and_then(|place| base.checked_add(place)),
        };
        let Some(port) = self.fixed.get(name).copied().or_else(from_base) else {
            let problem =
                format!("there is no port {place} above {} for {name}; choose a lower one", self.base);
            return Err(StartError::Port(problem));
        };
        let wanted = SocketAddr::new(self.listen, port);
        let failed = |source| StartError::Listen { service: name.to_owned(), address: wanted, source };
        let listener = server::listen(wanted).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(OpenPort { listener, address, base_url: format!("http://{}", self.authority(address)) })
    }

    /// Host and port as clients receive them. No client connects to an address that means all addresses.
    fn authority(&self, address: SocketAddr) -> String {
        match &self.host {
            Some(host) => format!("{host}:{}", address.port()),
            None if address.ip().is_unspecified() => format!("localhost:{}", address.port()),
            None => address.to_string(),
        }
    }
}
