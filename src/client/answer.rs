//! From an answer to a value: envelope looked at, body decoded, the place named where that fails.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::exchange::{Reply, request_id};
use crate::error::{Error, Kind};
use crate::fault::{self, Mask};
use crate::operation::{Envelope, Service};
use crate::response::Response;
use crate::wire::tolerant;

/// Decodes a reply. A service's envelope can still make an error of it.
pub(super) fn decode<T: DeserializeOwned>(service: &Service, reply: Reply) -> Result<Response<T>, Error> {
    let body = parse(&reply)?;
    let mut id = request_id(&reply.headers, &Mask::default());
    if let Some(envelope) = &service.envelope {
        id = open(envelope, &reply, &body)?.or(id);
    }
    let value = tolerant::decode(&body).map_err(|misfit| unreadable(&reply, &misfit.to_string()))?;
    Ok(Response::new(value, reply.status, id, reply.attempts, reply.headers))
}

fn parse(reply: &Reply) -> Result<Value, Error> {
    serde_json::from_slice(&reply.body).map_err(|e| {
        let why =
            if reply.body.is_empty() { "it is empty".to_owned() } else { format!("it is no JSON: {e}") };
        unreadable(reply, &why)
    })
}

fn unreadable(reply: &Reply, why: &str) -> Error {
    let mask = reply.mask();
    // The place can have names that the service chose.
    Error::new(Kind::Decode, format!("the answer can't be read, {}", mask.hide(why)))
        .with_answer(reply.status, request_id(&reply.headers, &mask), reply.body.clone())
        .with_attempts(reply.attempts, true)
}

/// Looks into an envelope: its request id, or the error that it reports in spite of a good status.
fn open(envelope: &Envelope, reply: &Reply, body: &Value) -> Result<Option<String>, Error> {
    if fault::denied_by_envelope(body, envelope.success) {
        let error =
            Error::service(reply.status, fault::read_masked(&reply.body, &reply.mask()), reply.body.clone());
        return Err(error.with_attempts(reply.attempts, true));
    }
    Ok(body.get(envelope.request_id).and_then(Value::as_str).map(str::to_owned))
}
