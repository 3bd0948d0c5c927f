//! A response before it goes out.

use serde_json::Value as Json;

/// Status, headers and JSON body.
#[derive(Debug, Clone)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Option<Json>,
}

impl Response {
    pub(crate) fn new(status: u16, body: Option<Json>) -> Self {
        Self { status, headers: Vec::new(), body }
    }

    pub(crate) fn header(&mut self, name: &'static str, value: String) {
        self.headers.push((name, value));
    }
}
