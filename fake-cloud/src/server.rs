//! Sockets and HTTP: one listener per address.
//!
//! Default: bodies up to [`BODY_LIMIT`]; for longer ones, the response is 413.
//!
//! hyper can't send incorrect responses. For these, the connection is taken over and closed by our own code.

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

/// The maximum size of a body.
pub(crate) const BODY_LIMIT: usize = 12 * 1024 * 1024;
/// How much of a body that is too long is read before the connection is closed.
const PATIENCE: usize = 4 * BODY_LIMIT;

/// Opens a port; 0 for a free one.
pub(crate) async fn listen(address: SocketAddr) -> std::io::Result<TcpListener> {
    TcpListener::bind(address).await
}

/// Serves until the future is dropped, which ends all connections.
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
        // Listener and connections ended with the future above.
        listener = loop {
            match host.first().gate.keep_closed(address).await {
                Ok(listener) => break listener,
                Err(_) => tokio::task::yield_now().await,
            }
        };
    }
}

/// Starts a task for each connection, until the future is dropped, which ends all of them.
pub(crate) async fn accept<F>(listener: TcpListener, attend: impl Fn(TcpStream) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let mut connections = JoinSet::new();
    loop {
        if let Ok((stream, _)) = listener.accept().await {
            connections.spawn(attend(stream));
        } else if connections.join_next().await.is_none() {
            // Usually there are no file descriptors left until a connection ends.
            tokio::task::yield_now().await;
        }
        while connections.try_join_next().is_some() {}
    }
}

/// Takes a connection over from hyper.
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
    // A small response is sent immediately. Without this option it is only slower.
    let _ = stream.set_nodelay(true);
    // A broken connection is not reported; the client notices it.
    let _ = hyper::server::conn::http1::Builder::new()
        .auto_date_header(false)
        .serve_connection(TokioIo::new(&mut stream), respond)
        .await;
    if let Some(delivery) = taken.into_inner().unwrap_or_else(PoisonError::into_inner) {
        let _ = end(stream, &delivery).await;
    }
}

/// Closes a connection as the delivery says.
async fn end(mut stream: TcpStream, delivery: &Delivery) -> std::io::Result<()> {
    let body = &delivery.body;
    match delivery.manner {
        DeliveryMode::Whole => Ok(()),
        DeliveryMode::Reset => stream.set_zero_linger(),
        DeliveryMode::Truncate => {
            // A part of an empty body has to be missing too.
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

/// Reads a body. The rest of one that is too long is read and discarded, so that the client receives the response.
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
