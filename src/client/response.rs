//! The response to a call.

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use reqwest::header::HeaderMap;
#[cfg(feature = "testing")]
use reqwest::header::{HeaderName, HeaderValue};

use super::raw_response::RawResponse;
#[cfg(feature = "testing")]
use super::raw_response::request_id;
#[cfg(feature = "testing")]
use crate::error::text::one_line;
use crate::error::{Error, Kind};

/// The result of a call: the value, with the HTTP status and headers.
///
/// Derefs to the value, so fields are read directly.
pub struct Response<T> {
    value: T,
    status: u16,
    request_id: Option<String>,
    requests_sent: u32,
    headers: HeaderMap,
    body: Bytes,
}

impl<T> Response<T> {
    pub(super) fn new(value: T, request_id: Option<String>, reply: RawResponse) -> Self {
        let RawResponse { status, headers, body, requests_sent, .. } = reply;
        Self { value, status, request_id, requests_sent, headers, body }
    }

    /// The same response with a value made of this one, or an error that says why that can't be.
    pub(crate) fn try_map<U>(self, make: impl FnOnce(T) -> Result<U, String>) -> Result<Response<U>, Error> {
        let Self { value, status, request_id, requests_sent, headers, body } = self;
        match make(value) {
            Ok(value) => Ok(Response { value, status, request_id, requests_sent, headers, body }),
            Err(why) => Err(Error::new(Kind::Decode, format!("the response can't be read, {why}"))
                .with_response(status, request_id, body)
                .with_requests_sent(requests_sent, true)),
        }
    }

    /// Creates a response for tests from a value, an HTTP status and headers, which can include the vendor's request
    /// id. Invalid headers are left out. `requests_sent` is 1.
    ///
    /// ```
    /// let response = dbplane::Response::from_parts(7, 202, [("x-request-id", "req-1")]);
    /// assert_eq!((*response, response.status(), response.request_id()), (7, 202, Some("req-1")));
    /// ```
    #[cfg(feature = "testing")]
    pub fn from_parts<'h>(
        value: T,
        status: u16,
        headers: impl IntoIterator<Item = (&'h str, &'h str)>,
    ) -> Self {
        let headers = headers.into_iter().filter_map(|(name, value)| {
            Some((HeaderName::from_bytes(name.as_bytes()).ok()?, HeaderValue::from_str(value).ok()?))
        });
        let headers = HeaderMap::from_iter(headers);
        let request_id = request_id(&headers).and_then(one_line);
        Self { value, status, request_id, requests_sent: 1, headers, body: Bytes::new() }
    }
    /// Returns the value without the status and headers.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The HTTP status, 200 to 299.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The vendor's id of the request, for support cases.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// The number of requests that were sent, including those after a challenge.
    #[must_use]
    pub fn requests_sent(&self) -> u32 {
        self.requests_sent
    }

    /// The body as it was received, including properties that the value has no field for. It may contain secrets.
    ///
    /// ```no_run
    /// # async fn example(client: dbplane::samsung::mariadb_1_3::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let response = client.list_clusters().send().await?;
    /// let all: serde_json::Value = serde_json::from_slice(response.body())?;
    /// println!("{}", all["a_field_that_is_new"]);
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// A response header, if it was sent and is plain text. The name is not case-sensitive.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// Headers and body are not shown, because they may contain a token.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("value", &self.value)
            .field("status", &self.status)
            .field("request_id", &self.request_id)
            .field("requests_sent", &self.requests_sent)
            .finish_non_exhaustive()
    }
}
