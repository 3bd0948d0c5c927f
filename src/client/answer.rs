//! From an answer to a value: envelope looked at, body decoded, the place named where that fails.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::exchange::{Reply, request_id};
use crate::error::{Error, Kind};
use crate::fault;
use crate::operation::{Envelope, Service};
use crate::response::Response;

/// Decodes a reply. A service's envelope can still make an error of it.
pub(super) fn decode<T: DeserializeOwned>(service: &Service, reply: Reply) -> Result<Response<T>, Error> {
    let mut id = request_id(&reply.headers);
    if let Some(envelope) = &service.envelope {
        id = open(envelope, &reply)?.or(id);
    }
    let value = read(&reply).map_err(|e| e.with_attempts(reply.attempts, true))?;
    Ok(Response::new(value, reply.status, id, reply.attempts, reply.headers))
}

/// Looks into an envelope: its request id, or the error that it reports in spite of a good status.
fn open(envelope: &Envelope, reply: &Reply) -> Result<Option<String>, Error> {
    let Ok(value) = serde_json::from_slice::<Value>(&reply.body) else { return Ok(None) };
    let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    if !fault::denied_by_envelope(&value, envelope.success) {
        return Ok(text(envelope.request_id));
    }
    let fault = fault::read(&reply.body);
    Err(Error::service(reply.status, fault, reply.body.clone()).with_attempts(reply.attempts, true))
}

fn read<T: DeserializeOwned>(reply: &Reply) -> Result<T, Error> {
    let mut reader = serde_json::Deserializer::from_slice(&reply.body);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|e| {
        let (path, inner) = (e.path().to_string(), e.into_inner());
        let place = if inner.is_data() { format!("at `{path}`") } else { "as JSON".to_owned() };
        let message = format!("the answer can't be read {place}, {}", harmless(&inner));
        Error::new(Kind::Decode, message)
    });
    let value = value.and_then(|value| {
        let rest = reader.end();
        rest.map(|()| value).map_err(|_| Error::new(Kind::Decode, "the answer goes on after its end"))
    });
    value.map_err(|e| e.with_answer(reply.status, request_id(&reply.headers), reply.body.clone()))
}

/// What serde says, without the values that it quotes.
fn harmless(e: &serde_json::Error) -> String {
    let text = e.to_string();
    let text = match text.split_once(", expected ") {
        Some((_, expected)) => format!("expected {expected}"),
        None => text,
    };
    if text.contains(['"', '\'']) { format!("line {} column {}", e.line(), e.column()) } else { text }
}
