//! An error that replaces the correct response.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::runtime::Runtime;
use crate::message::request::Request;
use crate::message::response::Response;
use crate::vendor::Vendor;
use crate::vendor::shape::{ErrorInfo, Shape};

/// An error response that is sent instead of the correct response, with any status and any known shape of the vendor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorResponse {
    pub(crate) status: u16,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) shape: Option<Shape>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) message: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) headers: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) after_effect: bool,
}

impl ErrorResponse {
    /// Creates a response with this status, 200 to 599, in the vendor's usual shape.
    #[must_use]
    pub fn new(status: u16) -> Self {
        let (shape, code, message) = (None, None, None);
        Self { status, shape, code, message, headers: BTreeMap::new(), after_effect: false }
    }

    /// Sets the shape of the body. Default: the shape that the service itself uses.
    #[must_use]
    pub fn shape(mut self, shape: Shape) -> Self {
        self.shape = Some(shape);
        self
    }

    /// Sets the error code. Default: a code that matches the shape and the status.
    #[must_use]
    pub fn code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// Sets the error message. Default: a sentence that says that this is a fault.
    #[must_use]
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// Sets a header of the response, for example `Location`.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.insert(name.into(), value.into());
        self
    }

    /// Sets the header `Retry-After`, in seconds.
    #[must_use]
    pub fn retry_after(self, seconds: u64) -> Self {
        self.header("Retry-After", seconds.to_string())
    }

    /// Carries out the request before the error is returned. Default: the request is not carried out.
    #[must_use]
    pub fn after_effect(mut self) -> Self {
        self.after_effect = true;
        self
    }
}

impl ErrorResponse {
    /// The response to a request, if it is JSON.
    pub(super) fn response(&self, vendor: Vendor, request: &Request, runtime: &Runtime) -> Response {
        let info = ErrorInfo {
            status: self.status,
            code: self.code.as_deref(),
            message: self.words(),
            path: request.path(),
            at: request.at,
        };
        let shape = self.shape.unwrap_or_else(|| Shape::usual(vendor));
        Response::new(self.status, shape.json(&info, runtime))
    }

    /// Content type and text of a body that is not JSON.
    pub(super) fn text(&self) -> Option<(&'static str, String)> {
        self.shape.and_then(|shape| shape.text(self.status, self.words()))
    }

    fn words(&self) -> &str {
        self.message.as_deref().unwrap_or("A fault of the fake cloud.")
    }
}
