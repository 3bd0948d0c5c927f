//! A request to a world: the operation, and values that were checked against the spec.
//!
//! Reading can't fail: required parameters exist, and missing values are read as empty.

use serde_json::Value as Json;

use crate::base::runtime::Runtime;
use crate::message::accepted::AcceptedRequest;
use crate::message::response::Response;
use crate::spec::operation::Operation;

/// One request to a world.
pub(crate) struct WorldRequest<'a> {
    pub(crate) operation: &'a Operation,
    pub(crate) accepted: &'a AcceptedRequest,
    pub(crate) runtime: &'a Runtime,
    /// The present time of the cloud, in Unix milliseconds.
    pub(crate) now: i64,
    /// Whether the work that this request starts fails.
    pub(crate) fails: bool,
}

impl<'a> WorldRequest<'a> {
    pub(crate) fn new(operation: &'a Operation, accepted: &'a AcceptedRequest, runtime: &'a Runtime) -> Self {
        Self { operation, accepted, runtime, now: runtime.now(), fails: false }
    }

    /// Id of the operation.
    pub(crate) fn id(&self) -> &'a str {
        &self.operation.id
    }

    /// The body; null if there is none.
    pub(crate) fn body(&self) -> &'a Json {
        &self.accepted.body
    }

    /// A parameter of path, query or header: the value that was sent, or the default of the spec.
    pub(crate) fn text(&self, name: &str) -> Option<&'a str> {
        let sent = self.accepted.values.get(name).map(String::as_str);
        sent.or_else(|| self.default(name)?.as_str())
    }

    /// As [`WorldRequest::text`], for whole numbers.
    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        let sent = self.accepted.values.get(name);
        sent.map_or_else(|| self.default(name)?.as_i64(), |text| text.parse().ok())
    }

    /// As [`WorldRequest::text`], for booleans.
    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        let sent = self.accepted.values.get(name);
        sent.map_or_else(|| self.default(name)?.as_bool(), |text| text.parse().ok())
    }

    /// A required parameter.
    pub(crate) fn path(&self, name: &str) -> &'a str {
        self.text(name).unwrap_or_default()
    }

    fn default(&self, name: &str) -> Option<&'a Json> {
        self.operation.parameters.iter().find(|known| known.name == name)?.default.as_ref()
    }

    /// The success response with this body (null for none).
    pub(crate) fn response(&self, body: Json) -> Response {
        Response::new(self.operation.status, Some(body).filter(|body| !body.is_null()))
    }

    /// The success response of the spec, for catalogs and for operations that no world simulates.
    pub(crate) fn example(&self) -> Response {
        let response = Response::new(self.operation.status, self.operation.response.clone());
        Response { binary: self.operation.binary, ..response }
    }
}
