//! The content of an error body.

/// What could be read from an error body. Texts are one line, printable, and of limited length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ServiceError {
    /// The vendor's code, such as `DBS.200001`; a number as its text.
    pub(crate) code: Option<String>,
    /// The vendor's message, or a text that replaces it.
    pub(crate) message: Option<String>,
    /// The id of the request, for the vendor's support.
    pub(crate) request_id: Option<String>,
    /// Other details: single validation errors, causes, further errors.
    pub(crate) details: Vec<String>,
}
