//! A response as it was received, before decoding.

use std::sync::Arc;

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
    /// Empty if it is a file.
    pub(super) body: Bytes,
    /// The body that is read as it arrives.
    pub(super) file: Option<ByteStream>,
    pub(super) requests_sent: u32,
    /// An earlier attempt may have taken effect.
    pub(super) doubt: bool,
    /// As it was sent.
    pub(super) request: Arc<SignableRequest>,
}

impl RawResponse {
    /// Masks the secrets of the request in errors about the response.
    pub(super) fn mask(&self) -> Mask {
        Mask::of(&self.request)
    }

    /// The vendor's id of the request, from the headers.
    pub(super) fn request_id(&self) -> Option<String> {
        request_id(&self.headers).and_then(|id| self.as_id(id))
    }

    /// A text as an id of the request that can be shown.
    pub(super) fn as_id(&self, text: &str) -> Option<String> {
        one_line(&self.mask().hide(text))
    }
}

/// The vendor's id of a request, in one of the headers that vendors and their gateways use.
pub(super) fn request_id(headers: &HeaderMap) -> Option<&str> {
    let header = ["x-request-id", "x-iam-trace-id"].iter().find_map(|name| headers.get(*name));
    header?.to_str().ok()
}
