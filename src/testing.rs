//! Requests and responses for tests without a socket; with the feature `testing`.
//!
//! Problem: programs need tests with certain responses of a service, and most tests need no server for that.
//! Default: [`Transport::from_fn`](crate::Transport::from_fn) passes each request to a function and uses its response.
//! Everything else is real: limits, signatures, retries, paging, waiting, decoding.
//! Override: `dbplane-fake-cloud`, if a test needs the state of a service.

use std::fmt;

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;

/// A request as it would be sent, without its credentials.
///
/// `Debug` shows only the method and the target, because the body may contain secrets.
#[derive(Clone)]
pub struct HttpRequest {
    pub(crate) method: String,
    pub(crate) host: String,
    pub(crate) path: String,
    /// Names and values, decoded.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
}

impl HttpRequest {
    /// The HTTP method, in uppercase.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The host, with the port if it is not the default port of the scheme.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The path, percent-encoded as it is sent.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The decoded value of a query parameter; the first value if there are several.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value of a header. The name is not case-sensitive. Headers with credentials are left out.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The body as it would be sent; empty if there is none.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body as JSON; [`Value::Null`] if there is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}{}", self.method, self.host, self.path)
    }
}

/// The response of a service.
///
/// ```
/// use dbplane::testing::HttpResponse;
/// let busy = HttpResponse::new(503).header("retry-after", "2");
/// let empty = HttpResponse::json(200, &serde_json::json!({"contents": [], "count": 0, "page": 0, "size": 20}));
/// # drop((busy, empty));
/// ```
#[derive(Debug, Clone)]
pub struct HttpResponse {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
}

impl HttpResponse {
    /// Creates a response with this status, 100 to 999, without headers and body.
    #[must_use]
    pub fn new(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Bytes::new() }
    }

    /// Creates a response with this status and a JSON body. The body is empty if the value can't be serialized.
    #[must_use]
    pub fn json(status: u16, body: &(impl Serialize + ?Sized)) -> Self {
        let body = serde_json::to_vec(body).unwrap_or_default();
        Self::new(status).header("content-type", "application/json").body(body)
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sets the body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Bytes::from(body.into());
        self
    }
}

/// The reason why there is no response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportFailure {
    /// The connection failed, so nothing was sent: [`Error::is_connect`](crate::Error::is_connect).
    Connect,
    /// The response timed out: [`Error::is_timeout`](crate::Error::is_timeout).
    Timeout,
    /// The connection broke before the response was received; the request may have taken effect.
    ConnectionLost,
}
