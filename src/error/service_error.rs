//! What a service says about its error.

/// What could be read from an error body. Texts are one line, printable, and of limited length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ServiceError {
    /// The vendor's code, such as `DBS.200001`; a number as its text.
    pub(crate) code: Option<String>,
    /// The vendor's explanation, or what stands for one.
    pub(crate) message: Option<String>,
    /// The id to give to the vendor's support.
    pub(crate) request_id: Option<String>,
    /// Whatever else is said: single validation errors, causes, further errors.
    pub(crate) details: Vec<String>,
}
