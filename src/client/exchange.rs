//! From a request to an answer: sign, send, and repeat once where a challenge asks for it.

use bytes::{Bytes, BytesMut};
use reqwest::header::{HeaderMap, LOCATION};
use reqwest::{Method, StatusCode};

use super::Core;
use crate::auth::{Outgoing, Refusal};
use crate::error::{Error, Kind};
use crate::fault::{self, Mask};
use crate::operation::Operation;

/// The largest body that is read, in bytes.
pub(crate) const MAX_BODY: usize = 64 * 1024 * 1024;

/// A complete answer with a good status.
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    pub(super) attempts: u32,
    request: Outgoing,
}

impl Reply {
    /// Keeps the secrets of the request out of what is said about the answer.
    pub(super) fn mask(&self) -> Mask {
        Mask::of(&self.request)
    }
}

/// How often a call is repeated because its credentials were refused and there are better ones now: a new
/// challenge, a new token, a corrected clock.
const REPEATS: u32 = 2;

/// Sends a request until it has an answer; an answer with a bad status is an error.
pub(super) async fn exchange(
    core: &Core,
    operation: &'static Operation,
    request: Outgoing,
) -> Result<Reply, Error> {
    let parts = core.parts();
    let anonymous = operation.auth.is_empty();
    let mut attempts = 0;
    loop {
        let mut signed = request.clone();
        if !anonymous {
            let ambient = parts.ambient.shifted(parts.skew.offset());
            parts.auth.sign(&mut signed, &ambient).await.map_err(|e| e.with_attempts(attempts, false))?;
        }
        attempts += 1;
        let sent = parts.ambient.unix_millis();
        let reply = send(core, signed, attempts).await.map_err(|e| e.with_attempts(attempts, false))?;
        let clock_moved = parts.skew.observe(&reply.headers, sent, parts.ambient.unix_millis());
        let mut notes = Vec::new();
        if matches!(reply.status, 401 | 403) && !anonymous {
            let refusal = Refusal { status: reply.status, headers: &reply.headers, body: &reply.body };
            let again = parts.auth.refused(&reply.request, refusal).await;
            let again = again.map_err(|e| e.with_attempts(attempts, true))?;
            let clock = reply.status == 401 && parts.auth.carries_time();
            if attempts <= REPEATS && (again || clock && clock_moved) {
                continue;
            }
            notes.extend(parts.auth.explain(&reply.request, refusal));
            notes.extend(parts.skew.words().filter(|_| clock));
        }
        let reply = classify(reply).map_err(|e| notes.into_iter().fold(e, Error::with_note))?;
        let accepted = parts.auth.accepted(&reply.request, &reply.headers, &reply.body);
        accepted.map_err(|e| e.with_attempts(attempts, true))?;
        return Ok(reply);
    }
}

async fn send(core: &Core, request: Outgoing, attempts: u32) -> Result<Reply, Error> {
    let transport = &core.parts().transport;
    let method = Method::from_bytes(request.method.as_bytes()).unwrap_or(Method::GET);
    let builder = transport
        .http()
        .request(method, &request.url)
        .timeout(transport.attempt_timeout())
        .headers(request.headers.clone());
    let builder = if request.body.is_empty() { builder } else { builder.body(request.body.clone()) };
    let response = builder.send().await.map_err(broken)?;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let body = read(response).await.map_err(|e| e.with_attempts(attempts, true))?;
    Ok(Reply { status, headers, body, attempts, request })
}

/// Reads a body, and stops where it gets too large.
async fn read(mut response: reqwest::Response) -> Result<Bytes, Error> {
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(broken)? {
        if body.len() + chunk.len() > MAX_BODY {
            let message = format!("the answer has more than {MAX_BODY} bytes and was not read further");
            return Err(Error::new(Kind::Transport, message));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// What a failure of the HTTP library means.
fn broken(e: reqwest::Error) -> Error {
    let (kind, message) = match () {
        () if e.is_connect() => (Kind::Connect, "no connection to the service came about"),
        () if e.is_timeout() => (Kind::Timeout, "the service did not answer in time"),
        () if e.is_builder() => (Kind::Configuration, "the request can't be written"),
        () => (Kind::Transport, "the connection to the service broke"),
    };
    let sent = !matches!(kind, Kind::Connect | Kind::Configuration);
    Error::new(kind, message).with_source(e.without_url()).with_attempts(0, sent)
}

/// A good status passes; a redirect or a bad one is an error.
fn classify(reply: Reply) -> Result<Reply, Error> {
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if status.is_success() {
        return Ok(reply);
    }
    let mask = reply.mask();
    let request_id = request_id(&reply.headers, &mask);
    if status.is_redirection() {
        let target = reply.headers.get(LOCATION).map(|l| mask.hide(&String::from_utf8_lossy(l.as_bytes())));
        let target = target.unwrap_or_else(|| "nowhere".to_owned());
        let target: String = target.escape_debug().take(200).collect();
        let message = format!(
            "the service redirects to {target}; credentials are not sent there, so check the base URL"
        );
        let error = Error::new(Kind::Redirect, message).with_answer(reply.status, request_id, reply.body);
        return Err(error.with_attempts(reply.attempts, true));
    }
    let fault = fault::read_masked(&reply.body, &mask);
    let error = Error::service(reply.status, fault, reply.body.clone());
    Err(error.with_answer(reply.status, request_id, reply.body).with_attempts(reply.attempts, true))
}

/// The vendor's id of a request, from the headers that vendors and their gateways use.
pub(super) fn request_id(headers: &HeaderMap, mask: &Mask) -> Option<String> {
    ["x-request-id", "x-iam-trace-id"]
        .iter()
        .find_map(|name| headers.get(*name))
        .and_then(|value| value.to_str().ok())
        .map(|id| mask.hide(id))
}
