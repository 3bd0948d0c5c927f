//! Sends a write, and stores the ids of its work.

use serde_json::Value;

use super::accepted::Accepted;
use super::judge::End;
use super::outcome::Outcome;
use super::path::{plain, text, texts};
use super::wait::Wait;
use crate::client::Call;
use crate::error::text::shown;
use crate::error::{Error, Kind};
use crate::operation::{Operation, States};
use crate::token::{Ids, Token};

/// Sends a write and stores the ids of its work.
pub(crate) async fn start<R>(call: Call, make: fn(&End) -> Result<R, Error>) -> Result<Accepted<R>, Error> {
    let (core, operation) = (call.core().clone(), call.operation());
    let requested = call.clone();
    let response = call.send::<Value>().await?;
    let ids = identify(operation, &requested, &response);
    let missing = missing(operation, &ids, &response);
    let token = Token::of(operation, ids).accepted(response.request_id(), core.runtime().unix_millis());
    let requests = response.requests_sent();
    if let Some(missing) = missing {
        let error = Error::new(Kind::Decode, format!("{missing}, so there is nothing to wait for"));
        let error = error.with_operation(operation).with_requests_sent(requests, true);
        // An id means that the service accepted work; without one it may have been a dry run.
        let accepted = !told(operation, &response).is_empty();
        return Err(if accepted { error.with_accepted(operation, token) } else { error });
    }
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
fn identify(operation: &Operation, request: &Call, response: &Value) -> Ids {
    let mut ids = Ids::default();
    let Some(work) = &operation.long_running else { return ids };
    for (name, path) in work.ids {
        let told = texts(response, path, &ids);
        if !told.is_empty() {
            ids.put(name, told);
        }
    }
    for (name, path) in work.sent {
        let sent = request.json().map(|body| texts(body, path, &ids)).unwrap_or_default();
        if !sent.is_empty() {
            ids.put(name, sent);
        }
    }
    for name in work.names() {
        let given = request.values(name).into_iter().filter_map(plain).collect::<Vec<_>>();
        if ids.first(name).is_none() && !given.is_empty() {
            ids.put(name, given);
        }
    }
    ids
}

/// The id that is missing in the response for polling or for reading at the end, and the ids that it has.
fn missing(operation: &Operation, ids: &Ids, response: &Value) -> Option<String> {
    let work = operation.long_running.as_ref()?;
    let known = |name: &str| ids.first(name).is_some();
    // Even if there may be nothing to do, only an object can say so.
    let optional = work.optional && response.is_object();
    let name = if !optional && !work.poll.iter().any(|states| known(states.id)) {
        work.poll.iter().map(|states| states.id).collect::<Vec<_>>().join(" or ")
    } else {
        let needed = work.stages(known).into_iter().flat_map(States::needed);
        let mut told = needed.filter(|name| work.ids.iter().any(|(id, _)| id == name));
        told.find(|name| !known(name))?.to_owned()
    };
    let told = told(operation, response);
    Some(match told.is_empty() {
        true => format!("the response has no {name}, as after a dry run"),
        false => format!(
            "the service accepted the request, but the response has no {name} beside {}",
            told.join(", ")
        ),
    })
}

/// The ids that the response has, with their names.
fn told(operation: &Operation, response: &Value) -> Vec<String> {
    let ids = operation.long_running.iter().flat_map(|work| work.ids);
    let told = ids.filter_map(|(name, path)| Some((name, text(response, path, &Ids::default())?)));
    told.map(|(name, id)| format!("{name} {}", shown(&id))).collect()
}
