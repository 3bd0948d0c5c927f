//! The port of a service, open or closed while the cloud runs.
//!
//! A closed port keeps its address: connections are refused by the system, as if the service were down.

use std::net::SocketAddr;

use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::watch;

/// Whether the port should be open, and whether it is.
#[derive(Debug)]
pub(crate) struct PortGate {
    wanted: watch::Sender<bool>,
    open: watch::Sender<bool>,
}

impl Default for PortGate {
    fn default() -> Self {
        Self { wanted: watch::Sender::new(true), open: watch::Sender::new(true) }
    }
}

impl PortGate {
    /// Opens or closes the port, and waits until that is done.
    pub(crate) async fn set(&self, open: bool) {
        self.wanted.send_replace(open);
        // The sender lives as long as `self`, so this cannot fail.
        let _ = self.open.subscribe().wait_for(|is| *is == open).await;
    }

    /// Waits until the port should be open, or closed.
    pub(crate) async fn wanted(&self, open: bool) {
        let _ = self.wanted.subscribe().wait_for(|wanted| *wanted == open).await;
    }

    /// Keeps the address without listening until the port should be open again, and opens it.
    ///
    /// # Errors Another process has taken the address in the meantime.
    pub(crate) async fn keep_closed(&self, address: SocketAddr) -> std::io::Result<TcpListener> {
        let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        self.open.send_replace(false);
        self.wanted(true).await;
        let listener = socket.listen(BACKLOG)?;
        self.open.send_replace(true);
        Ok(listener)
    }
}

/// The maximum number of connections that wait to be accepted.
const BACKLOG: u32 = 1_024;
