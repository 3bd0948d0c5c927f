//! Sending a write, and keeping what identifies its work.

use serde_json::Value;

use super::accepted::Accepted;
use super::judge::End;
use super::outcome::Outcome;
use super::path::{plain, text};
use super::wait::Wait;
use crate::client::Call;
use crate::error::{Error, Kind};
use crate::operation::Operation;
use crate::token::{Ids, Token};

/// Sends a write and keeps what identifies the work.
pub(crate) async fn start<R>(call: Call, make: fn(&End) -> Result<R, Error>) -> Result<Accepted<R>, Error> {
    let (core, operation) = (call.core().clone(), call.operation());
    let requested = call.clone();
    let response = call.send::<Value>().await?;
    let ids = identify(operation, &requested, &response)
        .map_err(|e| e.with_operation(operation).with_requests_sent(response.requests_sent(), true))?;
    let now = core.runtime().unix_millis();
    let token = Token::of(operation, ids).accepted(response.request_id(), now);
    let requests = response.requests_sent();
    Ok(Accepted { core, operation: Some(operation), token, make, requests })
}

/// Sends a write and waits for the end.
pub(crate) async fn send_and_wait<R: Send + 'static>(
    call: Call,
    wait: Wait,
    make: fn(&End) -> Result<R, Error>,
) -> Result<Outcome<R>, Error> {
    start(call, make).await?.wait(&wait).await
}

/// The ids of the work: those of the response, then those of the request.
fn identify(operation: &Operation, request: &Call, response: &Value) -> Result<Ids, Error> {
    let mut ids = Ids::default();
    let Some(work) = &operation.long_running else { return Ok(ids) };
    for (name, path) in work.ids {
        if let Some(id) = text(response, path, &ids) {
            ids.put(name, vec![id]);
        }
    }
    for name in work.names() {
        let own = work.ids.iter().any(|(known, _)| *known == name);
        let given = request.values(name).into_iter().filter_map(plain).collect::<Vec<_>>();
        if !own && !given.is_empty() {
            ids.put(name, given);
        }
    }
    let missing = work.ids.iter().find(|(name, _)| ids.first(name).is_none());
    match missing {
        // Even where nothing may have to be done, only an object says so.
        Some((name, _)) if !work.optional || !response.is_object() => {
            let message =
                format!("the response has no {name}, so there is nothing to wait for, as after a dry run");
            Err(Error::new(Kind::Decode, message))
        }
        _ => Ok(ids),
    }
}
