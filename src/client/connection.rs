//! One request and its response, and the meaning of failures.
//!
//! Problem: calls must be processed in the same way over HTTP and in a test without a socket. Default: reqwest's
//! client.
//! Override: a function, with the feature `testing`; only [`Connection`] knows which is used.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::header::HeaderMap;
use reqwest::{Body, Method, Url};

use super::failure;
use super::watched_body::WatchedBody;
use crate::error::{Error, Kind};

/// A request, complete.
pub(crate) struct HttpCall<'a> {
    pub(crate) method: &'a str,
    pub(crate) url: &'a Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The timeout from connecting to the last byte of the response; none for a file, which has a timeout for each
    /// piece.
    pub(crate) timeout: Option<Duration>,
    /// Becomes true when the request leaves.
    pub(crate) left: Arc<AtomicBool>,
}

/// A response whose body is still to be read.
pub(crate) struct HttpReply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: ReplyBody,
}

/// The body of a response.
pub(crate) enum ReplyBody {
    Http(reqwest::Response),
    #[cfg(feature = "testing")]
    Whole(Bytes),
}

/// The way in which requests are sent.
pub(crate) enum Connection {
    Http(reqwest::Client),
    #[cfg(feature = "testing")]
    Function(super::function::Respond),
}

impl Connection {
    /// Sends a request and waits for the head of the response.
    pub(crate) async fn send(&self, call: HttpCall<'_>) -> Result<HttpReply, Error> {
        let http = match self {
            Self::Http(http) => http,
            #[cfg(feature = "testing")]
            Self::Function(respond) => return super::function::send(respond, call),
        };
        let method = Method::from_bytes(call.method.as_bytes()).unwrap_or(Method::GET);
        let request = http.request(method, call.url.clone()).headers(call.headers);
        let request = call.timeout.into_iter().fold(request, reqwest::RequestBuilder::timeout);
        let body = WatchedBody { bytes: call.body, left: call.left };
        let mut response = request.body(Body::wrap(body)).send().await.map_err(failure::of)?;
        let (status, headers) = (response.status().as_u16(), std::mem::take(response.headers_mut()));
        Ok(HttpReply { status, headers, body: ReplyBody::Http(response) })
    }
}

impl ReplyBody {
    /// The next piece of the body, or none at its end.
    pub(crate) async fn next(&mut self) -> Result<Option<Bytes>, Error> {
        match self {
            Self::Http(response) => response.chunk().await.map_err(failure::of),
            #[cfg(feature = "testing")]
            Self::Whole(bytes) => Ok(Some(std::mem::take(bytes)).filter(|bytes| !bytes.is_empty())),
        }
    }

    /// Reads the body, and stops if it is larger than `most` bytes.
    pub(crate) async fn read(mut self, most: usize) -> Result<Bytes, Error> {
        let mut body = BytesMut::new();
        while let Some(piece) = self.next().await? {
            if body.len() + piece.len() > most {
                let message = format!("the response has more than {most} bytes and was not read to the end");
                // It would be as large in a retry.
                return Err(Error::new(Kind::Decode, message));
            }
            body.extend_from_slice(&piece);
        }
        Ok(body.freeze())
    }
}
