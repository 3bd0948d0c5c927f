//! The response to a call.

use std::fmt;
use std::ops::Deref;

use reqwest::header::HeaderMap;

/// The result of a call: the value, and what HTTP said about it.
///
/// Derefs to the value, so fields are read directly.
pub struct Response<T> {
    value: T,
    status: u16,
    request_id: Option<String>,
    requests_sent: u32,
    headers: HeaderMap,
}

impl<T> Response<T> {
    pub(crate) fn new(
        value: T,
        status: u16,
        request_id: Option<String>,
        requests_sent: u32,
        headers: HeaderMap,
    ) -> Self {
        Self { value, status, request_id, requests_sent, headers }
    }

    /// The value alone.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The HTTP status, 200 to 299.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The vendor's id of this request, for its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// How many requests were sent, those after a challenge included.
    #[must_use]
    pub fn requests_sent(&self) -> u32 {
        self.requests_sent
    }

    /// A response header, if it was sent and is plain text. Case does not matter.
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

/// Headers stay out: one of them may be a token.
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
