//! A response as bytes, and how they are sent.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::StatusCode;
use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use serde_json::Value as Json;

use super::response::Response;

/// How the bytes are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DeliveryMode {
    /// Completely.
    Whole,
    /// Not at all; the connection is reset.
    Reset,
    /// Until the middle of the body; the connection is then closed.
    Truncate,
    /// Byte by byte with these pauses; the connection is then closed.
    Trickle(Duration),
}

/// A response to be sent.
#[derive(Debug)]
pub(crate) struct Delivery {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The delay, in real time.
    pub(crate) latency: Duration,
    pub(crate) manner: DeliveryMode,
}

impl Delivery {
    pub(crate) fn of(response: Response) -> Self {
        let mut headers = HeaderMap::with_capacity(response.headers.len() + 1);
        let body = match response.body {
            Some(Json::String(file)) if response.binary => Bytes::from(file),
            body => body.map_or_else(Bytes::new, |body| Bytes::from(body.to_string())),
        };
        if !body.is_empty() {
            let json = "application/json;charset=UTF-8";
            let kind = if response.binary { "application/octet-stream" } else { json };
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        }
        for (name, value) in response.headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.append(HeaderName::from_static(name), value);
            }
        }
        let status = StatusCode::from_u16(response.status).unwrap_or_default();
        Self { status, headers, body, latency: Duration::ZERO, manner: DeliveryMode::Whole }
    }

    /// Sets a header and replaces any other with its name. A header that HTTP does not allow is omitted.
    pub(crate) fn header(&mut self, name: &str, value: &str) {
        let pair = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value));
        if let (Ok(name), Ok(value)) = pair {
            self.headers.insert(name, value);
        }
    }

    /// Replaces the body by a text; without a text, it has no type.
    pub(crate) fn text(&mut self, content_type: &'static str, text: String) {
        self.headers.remove(CONTENT_TYPE);
        if !text.is_empty() {
            self.headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        }
        self.body = text.into();
    }

    /// The status that a client receives.
    pub(crate) fn seen(&self) -> Option<u16> {
        (self.manner != DeliveryMode::Reset).then_some(self.status.as_u16())
    }

    pub(crate) fn into_response(self) -> hyper::Response<Full<Bytes>> {
        let mut response = hyper::Response::new(Full::new(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }

    /// Status line and headers of a response after which the connection is closed.
    pub(crate) fn head(&self, length: usize) -> Vec<u8> {
        let status = self.status.as_u16();
        let reason = self.status.canonical_reason().unwrap_or_default();
        let line = format!("HTTP/1.1 {status} {reason}\r\nconnection: close\r\ncontent-length: {length}\r\n");
        let mut head = line.into_bytes();
        for (name, value) in &self.headers {
            for part in [name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"] {
                head.extend_from_slice(part);
            }
        }
        head.extend_from_slice(b"\r\n");
        head
    }
}
