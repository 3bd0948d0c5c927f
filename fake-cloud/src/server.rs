//! Sockets and HTTP: one listener per address.
//!
//! Default: bodies up to [`BODY_LIMIT`]; longer ones are answered with 413.
//!
//! A response that shall arrive broken is not hyper's affair, which does everything right: the connection is
//! taken from it and ended by hand.

use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::http::request::Parts;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::base::runtime::Runtime;
use crate::cloud::shared::Shared;
use crate::message::delivery::{Delivery, DeliveryMode};
use crate::message::request::{Request, Unread};
use crate::serve::exchange;
use crate::serve::host::Host;

/// The longest body that is read.
pub(crate) const BODY_LIMIT: usize = 12 * 1024 * 1024;
/// How much of a body that is too long is read before the connection is given up.
const PATIENCE: usize = 4 * BODY_LIMIT;

/// Opens a port; 0 for a free one.
pub(crate) async fn listen(address: SocketAddr) -> std::io::Result<TcpListener> {
    TcpListener::bind(address).await
}

/// Serves for ever; dropping the future ends all connections.
pub(crate) async fn serve(
    mut listener: TcpListener,
    address: SocketAddr,
    shared: Arc<Shared>,
    host: Arc<Host>,
) {
    let attend = |stream| connection(stream, Arc::clone(&shared), Arc::clone(&host));
    loop {
        tokio::select! {
            () = accept(listener, attend) => {}
            () = host.first().gate.wanted(false) => {}
        }
        // Listener and connections have ended with the future above.
        listener = loop {
            match host.first().gate.keep_closed(address).await {
                Ok(listener) => break listener,
                Err(_) => tokio::task::yield_now().await,
            }
        };
    }
}

/// Gives each connection a task of its own, for ever; dropping the future ends all of them.
pub(crate) async fn accept<F>(listener: TcpListener, attend: impl Fn(TcpStream) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let mut connections = JoinSet::new();
    loop {
        if let Ok((stream, _)) = listener.accept().await {
            connections.spawn(attend(stream));
        } else if connections.join_next().await.is_none() {
            // Out of file descriptors, as a rule: that took until a connection ended, if there was one.
            tokio::task::yield_now().await;
        }
        while connections.try_join_next().is_some() {}
    }
}

/// Tells hyper that a connection is no longer its own.
#[derive(Debug)]
struct ConnectionTaken;

impl fmt::Display for ConnectionTaken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection is ended by hand")
    }
}

impl std::error::Error for ConnectionTaken {}

async fn connection(mut stream: TcpStream, shared: Arc<Shared>, host: Arc<Host>) {
    let taken = Mutex::new(None);
    let respond = service_fn(|request: hyper::Request<Incoming>| {
        let (shared, host, taken) = (&shared, &host, &taken);
        async move {
            let request = receive(request, shared.runtime.now()).await;
            let delivery = exchange::serve(shared, host, request);
            if !delivery.latency.is_zero() {
                Runtime::pause(delivery.latency).await;
            }
            if delivery.manner == DeliveryMode::Whole {
                return Ok(delivery.into_response());
            }
            *taken.lock().unwrap_or_else(PoisonError::into_inner) = Some(delivery);
            Err(ConnectionTaken)
        }
    });
    // A small response leaves at once. Where that cannot be had, it is only slower.
    let _ = stream.set_nodelay(true);
    // A connection that breaks is the client's affair; there is nobody to tell.
    let _ = hyper::server::conn::http1::Builder::new()
        .auto_date_header(false)
        .serve_connection(TokioIo::new(&mut stream), respond)
        .await;
    if let Some(delivery) = taken.into_inner().unwrap_or_else(PoisonError::into_inner) {
        let _ = end(stream, &delivery).await;
    }
}

/// Ends a connection in the manner of a delivery.
async fn end(mut stream: TcpStream, delivery: &Delivery) -> std::io::Result<()> {
    let body = &delivery.body;
    match delivery.manner {
        DeliveryMode::Whole => Ok(()),
        DeliveryMode::Reset => stream.set_zero_linger(),
        DeliveryMode::Truncate => {
            // Of an empty body too something has to be missing.
            stream.write_all(&delivery.head(body.len().max(1))).await?;
            stream.write_all(body.get(..body.len() / 2).unwrap_or_default()).await?;
            stream.shutdown().await
        }
        DeliveryMode::Trickle(pause) => {
            stream.write_all(&delivery.head(body.len())).await?;
            for byte in body {
                Runtime::pause(pause).await;
                stream.write_all(&[*byte]).await?;
            }
            stream.shutdown().await
        }
    }
}

pub(crate) async fn receive(request: hyper::Request<Incoming>, at: i64) -> Request {
    let (parts, incoming) = request.into_parts();
    let (body, unread) = match collect(incoming).await {
        Ok(body) => (body, None),
        Err(unread) => (Bytes::new(), Some(unread)),
    };
    let (target, version) = (target(&parts), parts.version);
    Request {
        at,
        method: parts.method.as_str().to_owned(),
        target,
        version,
        headers: parts.headers,
        body,
        unread,
    }
}

/// Reads a body. One that is too long is read on and thrown away, so that the client gets to see the response.
async fn collect(mut incoming: Incoming) -> Result<Bytes, Unread> {
    let (mut body, mut length) = (Vec::new(), 0_usize);
    while let Some(frame) = incoming.frame().await {
        let Ok(data) = frame.map_err(|_| Unread::Broken)?.into_data() else { continue };
        length = length.saturating_add(data.len());
        if length <= BODY_LIMIT {
            body.extend_from_slice(&data);
        } else if length > PATIENCE {
            break;
        } else {
            body = Vec::new();
        }
    }
    if length > BODY_LIMIT { Err(Unread::TooLarge) } else { Ok(Bytes::from(body)) }
}

/// The request target as it was sent.
fn target(parts: &Parts) -> String {
    match (parts.uri.scheme(), parts.uri.path_and_query()) {
        (None, Some(path_and_query)) => path_and_query.as_str().to_owned(),
        _ => parts.uri.to_string(),
    }
}
