//! A transport that is a function: for tests without a socket.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use super::connection::{HttpCall, HttpReply, ReplyBody};
use crate::error::{Error, Kind};
use crate::testing::{HttpRequest, HttpResponse, TransportFailure};

/// The function that responds to requests.
#[derive(Clone)]
pub(crate) struct Respond(
    pub(super) Arc<dyn Fn(HttpRequest) -> Result<HttpResponse, TransportFailure> + Send + Sync>,
);

impl fmt::Debug for Respond {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a function")
    }
}

/// Passes a request to the function.
pub(super) fn send(respond: &Respond, call: HttpCall<'_>) -> Result<HttpReply, Error> {
    let left = Arc::clone(&call.left);
    let response = respond.0(request(call)?);
    left.fetch_or(!matches!(response, Err(TransportFailure::Connect)), Ordering::SeqCst);
    let HttpResponse { status, headers, body } = response.map_err(failure)?;
    let mut read = HeaderMap::new();
    for (name, value) in headers {
        let invalid = || {
            Error::new(Kind::Configuration, format!("the function responded with an invalid header {name:?}"))
        };
        let value = HeaderValue::from_str(&value).map_err(|_| invalid())?;
        read.append(HeaderName::from_bytes(name.as_bytes()).map_err(|_| invalid())?, value);
    }
    Ok(HttpReply { status, headers: read, body: ReplyBody::Whole(body) })
}

fn request(call: HttpCall<'_>) -> Result<HttpRequest, Error> {
    let url = call.url;
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let shown = call.headers.iter().filter(|(_, value)| !value.is_sensitive());
    let headers = shown.filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())));
    Ok(HttpRequest {
        method: call.method.to_owned(),
        host: format!("{}{port}", url.host_str().unwrap_or_default()),
        path: url.path().to_owned(),
        query: url.query_pairs().into_owned().collect(),
        headers: headers.collect(),
        body: call.body,
    })
}

fn failure(failure: TransportFailure) -> Error {
    let (kind, message) = match failure {
        TransportFailure::Connect => (Kind::Connect, "failed to connect to the service"),
        TransportFailure::Timeout => (Kind::Timeout, "the service did not respond in time"),
        TransportFailure::ConnectionLost => (Kind::Transport, "the connection to the service broke"),
    };
    Error::new(kind, message)
}
