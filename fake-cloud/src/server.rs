//! Sockets and HTTP: one listener per service, on a free port of the loopback interface.
//!
//! Default: bodies up to [`BODY_LIMIT`]; longer ones are answered with 413.

use std::convert::Infallible;
use std::net::Ipv4Addr;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::http::{HeaderName, HeaderValue, Response, request::Parts};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::answer::Answer;
use crate::cloud::{Cloud, Service};
use crate::request::{Request, Unread};

/// The longest body that is read.
pub(crate) const BODY_LIMIT: usize = 12 * 1024 * 1024;
/// How much of a body that is too long is read before the connection is given up.
const PATIENCE: usize = 4 * BODY_LIMIT;

/// Opens a free port.
pub(crate) async fn listen() -> std::io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await
}

/// Serves for ever; dropping the future ends all connections.
pub(crate) async fn serve(listener: TcpListener, cloud: Arc<Cloud>, service: Arc<Service>) {
    let mut connections = JoinSet::new();
    loop {
        if let Ok((stream, _)) = listener.accept().await {
            connections.spawn(connection(stream, Arc::clone(&cloud), Arc::clone(&service)));
        } else {
            // Out of file descriptors, as a rule: wait until a connection ends.
            if connections.join_next().await.is_none() {
                tokio::task::yield_now().await;
            }
        }
        while connections.try_join_next().is_some() {}
    }
}

async fn connection(stream: TcpStream, cloud: Arc<Cloud>, service: Arc<Service>) {
    let respond = service_fn(|request: hyper::Request<Incoming>| {
        let (cloud, service) = (Arc::clone(&cloud), Arc::clone(&service));
        async move {
            let request = receive(request).await;
            Ok::<_, Infallible>(send(cloud.serve(&service, &request)))
        }
    });
    // A connection that breaks is the client's affair; there is nobody to tell.
    let _ = hyper::server::conn::http1::Builder::new()
        .auto_date_header(false)
        .serve_connection(TokioIo::new(stream), respond)
        .await;
}

async fn receive(request: hyper::Request<Incoming>) -> Request {
    let (parts, incoming) = request.into_parts();
    let (body, unread) = match collect(incoming).await {
        Ok(body) => (body, None),
        Err(unread) => (Bytes::new(), Some(unread)),
    };
    let target = target(&parts);
    Request { method: parts.method.as_str().to_owned(), target, headers: parts.headers, body, unread }
}

/// Reads a body. One that is too long is read on and thrown away, so that the client gets to see the answer.
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

fn send(answer: Answer) -> Response<Full<Bytes>> {
    let body = answer.body.map(|body| Bytes::from(body.to_string()));
    let mut response = Response::new(Full::new(body.clone().unwrap_or_default()));
    *response.status_mut() = hyper::StatusCode::from_u16(answer.status).unwrap_or_default();
    if body.is_some() {
        let json = HeaderValue::from_static("application/json;charset=UTF-8");
        response.headers_mut().insert(hyper::header::CONTENT_TYPE, json);
    }
    for (name, value) in answer.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().append(HeaderName::from_static(name), value);
        }
    }
    response
}
