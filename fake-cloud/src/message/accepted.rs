//! The values of a request that passed all checks.

use std::collections::BTreeMap;

use serde_json::Value as Json;

/// The values of a request, decoded.
#[derive(Debug, Default)]
pub(crate) struct AcceptedRequest {
    /// Values of the path, query and header parameters by name.
    pub(crate) values: BTreeMap<String, String>,
    /// The body; null if there is none.
    pub(crate) body: Json,
}
