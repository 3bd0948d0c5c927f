//! A server with faults, which counts requests and what they change.

use std::sync::{Arc, Mutex};

use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpSocket, TcpStream};

use super::acts;
use super::rules::{Fault, Kind};

/// What happens to which attempts.
#[derive(Clone, Copy)]
pub(crate) struct Script {
    pub(crate) fault: Fault,
    pub(crate) kind: Kind,
    /// So many attempts meet the fault.
    pub(crate) failures: u32,
    /// Requests without credentials are challenged first, which is no fault.
    pub(crate) challenges: bool,
}

/// What the server saw and did.
#[derive(Debug, Default, Clone)]
pub(crate) struct Ledger {
    /// Complete requests, without those that were only challenged.
    pub(crate) requests: u32,
    pub(crate) challenged: u32,
    /// Connections that were reset before a request was read.
    pub(crate) resets: u32,
    pub(crate) executed: u32,
    /// What has changed: one entry for each change.
    pub(crate) changes: Vec<String>,
}

/// The server.
pub(crate) struct Cloud {
    pub(crate) url: String,
    script: Script,
    ledger: Arc<Mutex<Ledger>>,
    /// Bound, so that the address is ours, but not listening.
    closed: Option<TcpSocket>,
}

impl Cloud {
    pub(crate) fn start(script: Script) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let url = format!("http://{}", socket.local_addr().unwrap());
        let mut cloud = Self { url, script, ledger: Arc::default(), closed: Some(socket) };
        if script.fault != Fault::Refused {
            cloud.listen();
        }
        cloud
    }

    /// Told how many attempts have failed: a server that refuses connections may be there for the next.
    pub(crate) fn after(&mut self, attempts: u32) {
        if self.script.fault == Fault::Refused && attempts == self.script.failures {
            self.listen();
        }
    }

    fn listen(&mut self) {
        let listener = self.closed.take().unwrap().listen(64).unwrap();
        tokio::spawn(accept(listener, self.script, Arc::clone(&self.ledger)));
    }

    pub(crate) fn ledger(&self) -> Ledger {
        self.ledger.lock().unwrap().clone()
    }
}

async fn accept(listener: TcpListener, script: Script, ledger: Arc<Mutex<Ledger>>) {
    while let Ok((socket, _)) = listener.accept().await {
        tokio::spawn(serve(socket, script, Arc::clone(&ledger)));
    }
}

/// One connection: one request.
async fn serve(mut socket: TcpStream, script: Script, ledger: Arc<Mutex<Ledger>>) {
    if script.fault == Fault::ResetBefore && ledger.lock().unwrap().reset(&script) {
        let _ = socket.peek(&mut [0]).await; // it has left
        let _ = socket.set_zero_linger();
        return;
    }
    let Some(request) = request(&mut socket).await else { return };
    let next = ledger.lock().unwrap().take(&request, &script);
    match next {
        Next::Challenge => acts::say(&mut socket, "401 Unauthorized", acts::CHALLENGE, b"{}").await,
        Next::Good => acts::say(&mut socket, "200 OK", "", acts::GOOD.as_bytes()).await,
        Next::Fault => acts::act(&mut socket, script.fault).await,
    }
}

enum Next {
    Challenge,
    Good,
    Fault,
}

impl Ledger {
    /// Whether this connection is to be reset.
    fn reset(&mut self, script: &Script) -> bool {
        let resets = self.resets < script.failures;
        self.resets += u32::from(resets);
        resets
    }

    /// Takes a request in, and does what it asks unless the fault comes before that.
    fn take(&mut self, request: &str, script: &Script) -> Next {
        if script.challenges && !request.to_lowercase().contains("\r\nauthorization: digest ") {
            self.challenged += 1;
            return Next::Challenge;
        }
        self.requests += 1;
        let elsewhere = matches!(script.fault, Fault::Refused | Fault::ResetBefore);
        let fails = !elsewhere && self.requests <= script.failures;
        if !fails || script.fault.executes() {
            self.execute(request, script.kind);
        }
        if fails { Next::Fault } else { Next::Good }
    }

    fn execute(&mut self, request: &str, kind: Kind) {
        self.executed += 1;
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        let change = format!("{} {body}", head.lines().next().unwrap());
        let wanted = match kind {
            Kind::Read => false,
            Kind::IdempotentWrite => !self.changes.contains(&change),
            Kind::OtherWrite => true,
        };
        if wanted {
            self.changes.push(change);
        }
    }
}

/// A whole request; none if the client hangs up before.
async fn request(socket: &mut TcpStream) -> Option<String> {
    let (mut seen, mut chunk) = (Vec::new(), [0; 4096]);
    loop {
        let n = socket.read(&mut chunk).await.ok().filter(|n| *n > 0)?;
        seen.extend_from_slice(&chunk[..n]);
        let text = String::from_utf8_lossy(&seen);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length =
            head.to_lowercase().lines().find_map(|l| l.strip_prefix("content-length:")?.trim().parse().ok());
        if body.len() >= length.unwrap_or(0) {
            return Some(text.into_owned());
        }
    }
}
