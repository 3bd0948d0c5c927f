//! From an answer to a value: envelope looked at, body decoded, the place named where that fails.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Call;
use super::error_body;
use super::exchange::{RawResponse, request_id};
use crate::client::response::Response;
use crate::error::text::one_line;
use crate::error::{Error, Kind};
use crate::operation::{Envelope, Operation};
use crate::wire::tolerant;

/// A good answer, its body parsed.
pub(crate) struct ParsedResponse {
    operation: &'static Operation,
    reply: RawResponse,
    request_id: Option<String>,
    pub(crate) body: Value,
}

impl ParsedResponse {
    /// Opens a reply. A service's envelope can still make an error of it.
    pub(super) fn open(call: &Call, reply: RawResponse) -> Result<Self, Error> {
        let body = parse(&reply)?;
        let mut request_id = request_id(&reply.headers, &reply.mask());
        if let Some(envelope) = &call.operation.envelope {
            request_id = open(envelope, &reply, &body)?.or(request_id);
        }
        Ok(Self { operation: call.operation, reply, request_id, body })
    }

    pub(crate) fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The body as a value of the operation's type.
    pub(crate) fn decode<T: DeserializeOwned>(self) -> Result<Response<T>, Error> {
        let Self { operation, reply, request_id, body } = self;
        let value = tolerant::decode(&body);
        let value =
            value.map_err(|misfit| unreadable(&reply, &misfit.to_string()).with_operation(operation))?;
        Ok(Response::new(value, reply.status, request_id, reply.requests_sent, reply.headers))
    }
}

fn parse(reply: &RawResponse) -> Result<Value, Error> {
    if reply.body.is_empty() {
        // Good for an operation that answers nothing; for any other the decoder says what is missing.
        return Ok(Value::Null);
    }
    serde_json::from_slice(&reply.body).map_err(|e| unreadable(reply, &format!("it is no JSON: {e}")))
}

fn unreadable(reply: &RawResponse, why: &str) -> Error {
    let mask = reply.mask();
    Error::new(Kind::Decode, format!("the answer can't be read, {why}"))
        .with_answer(reply.status, request_id(&reply.headers, &mask), reply.body.clone())
        .with_requests_sent(reply.requests_sent, true)
}

/// Looks into an envelope: its request id, or the error that it reports in spite of a good status.
fn open(envelope: &Envelope, reply: &RawResponse, body: &Value) -> Result<Option<String>, Error> {
    if let Some(says) = error_body::denied_by_envelope(body, envelope.success, envelope.values) {
        let mask = reply.mask();
        let mut said = error_body::read_masked(&reply.body, &mask);
        said.message
            .get_or_insert_with(|| mask.hide(&format!("`{}` of the answer is {says}", envelope.success)));
        let error = Error::service(reply.status, said, reply.body.clone());
        let error = error.with_answer(reply.status, request_id(&reply.headers, &mask), reply.body.clone());
        // A flag is the service's word that it did nothing; another word only says that it did not end well.
        let doubt = reply.doubt || !envelope.values.is_empty();
        return Err(error.with_requests_sent(reply.requests_sent, doubt));
    }
    let id = envelope.request_id.and_then(|name| body.get(name)).and_then(Value::as_str);
    let id = id.map(|id| reply.mask().hide(id));
    Ok(id.and_then(|id| one_line(&id)))
}
