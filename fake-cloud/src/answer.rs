//! An answer before it goes out.

use serde_json::Value as Json;

use crate::operation::Operation;

/// Status, headers and JSON body.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Option<Json>,
}

impl Answer {
    pub(crate) fn new(status: u16, body: Option<Json>) -> Self {
        Self { status, headers: Vec::new(), body }
    }

    /// The success answer that the spec describes.
    pub(crate) fn of(operation: &Operation) -> Self {
        Self::new(operation.status, operation.answer.clone())
    }

    pub(crate) fn header(&mut self, name: &'static str, value: String) {
        self.headers.push((name, value));
    }
}
