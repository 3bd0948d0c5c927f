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
use reqwest::{Body, Method, Request, Url};

use super::failure;
use super::watched_body::WatchedBody;
use crate::error::{Error, Kind};

/// A body that comes in one piece of at least this size is not copied. A piece is part of the connection's buffer, which
/// has 8 KiB or more and is freed after it, so a small body would occupy much more memory than it has bytes.
const WORTH_SHARING: usize = 4 * 1024;

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
        // Not with a builder, which would insert the headers one by one.
        let mut request = Request::new(method, call.url.clone());
        *request.headers_mut() = call.headers;
        *request.timeout_mut() = call.timeout;
        *request.body_mut() = Some(Body::wrap(WatchedBody { bytes: call.body, left: call.left }));
        let mut response = http.execute(request).await.map_err(failure::of)?;
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
        let mut body = Bytes::new();
        while let Some(piece) = self.next().await? {
            if body.len() + piece.len() > most {
                let message = format!("the response has more than {most} bytes and was not read to the end");
                // It would be as large in a retry.
                return Err(Error::new(Kind::Decode, message));
            }
            body = added(body, piece);
        }
        Ok(body)
    }
}

/// A body with its next piece.
fn added(body: Bytes, piece: Bytes) -> Bytes {
    if body.is_empty() && piece.len() >= WORTH_SHARING {
        return piece;
    }
    // What is there is copied only where it is part of the connection's buffer, so at most once; then it grows in place.
    let mut body = BytesMut::from(body);
    body.extend_from_slice(&piece);
    body.freeze()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_has_all_its_pieces() {
        for sizes in [&[0][..], &[1], &[WORTH_SHARING], &[1, WORTH_SHARING, 0, 3], &[WORTH_SHARING, 1, 9_000]]
        {
            let buffer = Bytes::from((0..20_000).map(|n| (n % 251) as u8).collect::<Vec<_>>());
            let mut rest = buffer.clone();
            let body = sizes.iter().fold(Bytes::new(), |body, size| added(body, rest.split_to(*size)));
            assert_eq!(body, buffer[..sizes.iter().sum()], "{sizes:?}");
        }
    }

    #[test]
    fn a_large_body_is_not_copied_and_a_small_one_does_not_keep_the_buffer() {
        for (size, copied) in [(1, true), (WORTH_SHARING - 1, true), (WORTH_SHARING, false)] {
            let buffer = Bytes::from(vec![7; 8 * 1024]);
            let body = added(Bytes::new(), buffer.slice(..size));
            assert_eq!(body.as_ptr() != buffer.as_ptr(), copied, "{size}");
        }
    }

    #[test]
    fn a_body_in_many_pieces_is_not_copied_with_each() {
        let (mut body, mut moves, mut last) = (Bytes::new(), 0, std::ptr::null());
        for _ in 0..100_000 {
            body = added(body, Bytes::from_static(b"x"));
            moves += usize::from(body.as_ptr() != last);
            last = body.as_ptr();
        }
        assert!(moves < 100, "{moves}");
    }
}
