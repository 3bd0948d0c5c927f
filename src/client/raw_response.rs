//! A response as it came, before it is read.

use bytes::Bytes;
use reqwest::header::HeaderMap;

use super::byte_stream::ByteStream;
use super::mask::Mask;
use crate::auth::SignableRequest;
use crate::error::text::one_line;

/// A complete response with a good status.
pub(super) struct RawResponse {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    /// Empty where it is a file.
    pub(super) body: Bytes,
    /// The body that is read as it arrives.
    pub(super) file: Option<ByteStream>,
    pub(super) requests_sent: u32,
    /// An earlier attempt may have taken effect.
    pub(super) doubt: bool,
    /// As it was sent.
    pub(super) request: SignableRequest,
}

impl RawResponse {
    /// Keeps the secrets of the request out of what is said about the response.
    pub(super) fn mask(&self) -> Mask {
        Mask::of(&self.request)
    }
}

/// The vendor's id of a request, from the headers that vendors and their gateways use.
pub(super) fn request_id(headers: &HeaderMap, mask: &Mask) -> Option<String> {
    ["x-request-id", "x-iam-trace-id"]
        .iter()
        .find_map(|name| headers.get(*name))
        .and_then(|value| value.to_str().ok())
        .and_then(|id| one_line(&mask.hide(id)))
}
