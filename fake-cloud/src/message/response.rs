//! A response before it is sent.

use serde_json::Value as Json;

/// Status, headers and body.
#[derive(Debug, Clone)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Option<Json>,
    /// Whether the body is the text of a file, which is sent unchanged.
    pub(crate) binary: bool,
}

impl Response {
    pub(crate) fn new(status: u16, body: Option<Json>) -> Self {
        Self { status, headers: Vec::new(), body, binary: false }
    }

    pub(crate) fn header(&mut self, name: &'static str, value: String) {
        self.headers.push((name, value));
    }
}
