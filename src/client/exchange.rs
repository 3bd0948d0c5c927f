//! From a call to a response: sign, send, classify, and retry where that is safe and may help.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::header::{CONTENT_LENGTH, HeaderMap, HeaderValue, LOCATION, RETRY_AFTER};
use reqwest::{Method, StatusCode};

use tracing::Instrument;

use super::call::Call;
use super::core::CoreInner;
use super::raw_response::{RawResponse, request_id};
use super::{error_body, prepare, trace};
use crate::auth::{Refusal, SignableRequest};
use crate::error::text::one_line;
use crate::error::{Error, Kind};
use crate::operation::Operation;
use crate::runtime::Runtime;

/// How often an attempt is repeated because its credentials were refused and there are better ones now: a new
/// challenge, a new token, a corrected clock.
///
/// Three: Digest may have to fetch a challenge, lose its nonce to other calls, and begin again.
const REPEATS: u32 = 3;

/// What a retry takes from the budget.
const COST: u32 = 5;
const COST_AFTER_TIMEOUT: u32 = 10;

/// One call on its way: attempts, pauses between them, the time that is left.
pub(super) struct Exchange<'c> {
    call: &'c Call,
    core: &'c CoreInner,
    /// Requests made, those included that were repeated with better credentials.
    requests: AtomicU32,
    /// Whether one of them may have taken effect.
    doubt: AtomicBool,
}

impl<'c> Exchange<'c> {
    pub(super) fn new(call: &'c Call) -> Self {
        let (requests, doubt) = (AtomicU32::new(0), AtomicBool::new(false));
        Self { call, core: call.core.inner(), requests, doubt }
    }

    /// Runs until there is a response, an error that no retry can fix, or no time left.
    pub(super) async fn run(&self) -> Result<RawResponse, Error> {
        let span = trace::call(self.call.operation, &self.core.base);
        let outcome = self.limited().instrument(span.clone()).await;
        trace::ended(&span, &outcome);
        trace::resent(&span, self.requests.load(Ordering::Relaxed));
        outcome
    }

    async fn limited(&self) -> Result<RawResponse, Error> {
        let limit = self.call.options.timeout.unwrap_or(self.core.retry_config.timeout);
        let end = self.core.runtime.unix_millis().saturating_add(millis(limit));
        let outcome = self.core.runtime.within(limit, self.tries(limit)).await;
        let outcome = outcome
            .unwrap_or_else(|| {
                let message = format!("the call did not end within {} s", limit.as_secs_f64());
                Err(Error::new(Kind::Timeout, message))
            })
            .map_err(|e| {
                e.with_requests_sent(
                    self.requests.load(Ordering::Relaxed),
                    self.doubt.load(Ordering::Relaxed),
                )
            });
        match outcome {
            Err(error) => Err(self.with_hint(error, end).await),
            good => good,
        }
    }

    /// The error, with what the service says about it when it is asked. An error of asking is never explained.
    async fn with_hint(&self, error: Error, end: i64) -> Error {
        let left = end.saturating_sub(self.core.runtime.unix_millis());
        let left = Duration::from_millis(u64::try_from(left).unwrap_or(0));
        let Some(hint) = &self.core.error_hint else { return error };
        if left.is_zero() || self.call.operation.auth.is_empty() {
            return error;
        }
        let note = hint.hint(&error, &self.call.core, left).await;
        note.into_iter().fold(error, Error::with_note)
    }

    async fn tries(&self, limit: Duration) -> Result<RawResponse, Error> {
        let runtime = &self.core.runtime;
        let end = runtime.unix_millis().saturating_add(millis(limit));
        let settings = self.call.core.settings().await?;
        let request = prepare::prepare(self.call, &settings)?;
        let budget = self.call.options.budget.as_ref().unwrap_or(&self.core.retry_config.budget);
        let (mut number, mut put_back) = (0, 1);
        loop {
            number += 1;
            let error = match self.attempt(&request).await {
                Ok(reply) => {
                    budget.put_back(put_back);
                    return Ok(reply);
                }
                Err(Failure::Final(e)) => return Err(e),
                Err(Failure::Perhaps(e)) => e,
            };
            let Some(pause) = self.pause(number, &error) else { return Err(error) };
            if runtime.unix_millis().saturating_add(millis(pause)) >= end {
                return Err(error.with_note("not retried: the deadline would be exceeded".to_owned()));
            }
            put_back = if error.is_timeout() { COST_AFTER_TIMEOUT } else { COST };
            if !budget.take(put_back) {
                return Err(error.with_note("not retried: the retry budget is used up".to_owned()));
            }
            trace::pausing(pause, &error);
            runtime.sleep(pause).await;
        }
    }

    /// How long to wait before the next attempt; none if there is to be none.
    fn pause(&self, number: u32, error: &Error) -> Option<Duration> {
        let Operation { single_attempt, idempotent, .. } = *self.call.operation;
        if single_attempt || !error.may_retry(idempotent) {
            return None;
        }
        let retry = self.call.options.retry.as_ref().unwrap_or(&self.core.retry_config.retry);
        let pause = retry.pause(number, &self.core.runtime)?;
        Some(pause.max(error.retry_after().unwrap_or_default()))
    }

    /// One attempt, signed again; repeated at once where better credentials are at hand.
    async fn attempt(&self, request: &SignableRequest) -> Result<RawResponse, Failure> {
        let CoreInner { auth, runtime, skew, .. } = self.core;
        let anonymous = self.call.operation.auth.is_empty();
        let allowed = if self.call.operation.single_attempt { 0 } else { REPEATS };
        let mut repeats = 0;
        loop {
            let mut signed = request.clone();
            if !anonymous {
                // What keeps credentials from being there has been retried where it happened.
                let outcome = auth.sign(&mut signed, &runtime.shifted(skew.offset())).await;
                outcome.map_err(|e| Failure::Final(e.before_sending()))?;
            }
            let before = runtime.unix_millis();
            let resend = self.requests.load(Ordering::Relaxed);
            let span = trace::attempt(resend);
            let outcome = self.send(&signed).instrument(span.clone()).await;
            trace::ended(&span, &outcome);
            let reply = outcome.inspect_err(|_| signed.ticket.undecided())?;
            let clock_moved = skew.observe(&reply.headers, before, runtime.unix_millis());
            let mut notes = Vec::new();
            if matches!(reply.status, 401 | 403) && !anonymous {
                let RawResponse { status, headers, body, .. } = &reply;
                let refusal = Refusal { status: *status, headers, body, repeats };
                let again = auth.refused(&signed, refusal).await.unwrap_or_else(|e| {
                    notes.push(reply.mask().hide(&e.to_string()));
                    false
                });
                let clock = reply.status == 401 && auth.carries_time();
                if repeats < allowed && (again || clock && clock_moved) {
                    repeats += 1;
                    continue;
                }
                notes.extend(auth.explain(&signed, refusal));
                notes.extend(skew.words().filter(|_| clock));
            }
            // The service writes its dates by its own clock.
            let its = runtime.shifted(skew.offset());
            let reply = classify(reply, &its).map_err(|e| notes.into_iter().fold(e, Error::with_note));
            let reply = reply.inspect_err(|_| signed.ticket.undecided())?;
            auth.accepted(&signed, &reply.headers, &reply.body).map_err(Failure::Final)?;
            return Ok(reply);
        }
    }

    async fn send(&self, request: &SignableRequest) -> Result<RawResponse, Error> {
        let transport = &self.core.transport;
        let timeout = self.call.options.attempt_timeout.unwrap_or(transport.attempt_timeout());
        let method = Method::from_bytes(request.method.as_bytes()).unwrap_or(Method::GET);
        let mut headers = request.headers.clone();
        if request.body.is_empty() && request.method != "GET" {
            // The HTTP library leaves it out, and strict gateways refuse that with a 411.
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        let builder = transport.http().request(method, &request.url).timeout(timeout).headers(headers);
        let builder = if request.body.is_empty() { builder } else { builder.body(request.body.clone()) };
        let requests_sent = self.requests.fetch_add(1, Ordering::Relaxed) + 1;
        // Until something else is known, the request may have got there and done its work.
        let doubt = self.doubt.swap(true, Ordering::Relaxed);
        let response = builder.send().await.map_err(|e| {
            let error = broken(e);
            if error.is_connect() {
                self.doubt.store(doubt, Ordering::Relaxed);
            }
            error
        })?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = read(response, transport.max_response_size()).await?;
        let held_back = status == 503 && retry_after(&headers, &self.core.runtime).is_some();
        if (300..500).contains(&status) || held_back {
            // Turned down: this request did nothing, whatever earlier ones did.
            self.doubt.store(doubt, Ordering::Relaxed);
        }
        Ok(RawResponse { status, headers, body, requests_sent, doubt, request: request.clone() })
    }
}

/// Why an attempt failed, and whether another may help.
enum Failure {
    /// Nothing that another attempt would mend.
    Final(Error),
    /// The error and the operation decide.
    Perhaps(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Perhaps(error)
    }
}

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

/// Reads a body, and stops where it gets too large.
async fn read(mut response: reqwest::Response, most: usize) -> Result<Bytes, Error> {
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(broken)? {
        if body.len() + chunk.len() > most {
            let message = format!("the response has more than {most} bytes and was not read further");
            // It would be as large the next time.
            return Err(Error::new(Kind::Decode, message));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// What a failure of the HTTP library means.
fn broken(e: reqwest::Error) -> Error {
    let (kind, message) = match () {
        () if e.is_connect() => (Kind::Connect, "failed to connect to the service"),
        () if e.is_timeout() => (Kind::Timeout, "the service did not respond in time"),
        () if e.is_builder() => (Kind::Configuration, "the request can't be written"),
        () => (Kind::Transport, "the connection to the service broke"),
    };
    let timed_out = e.is_timeout();
    let e = e.without_url();
    Error::new(kind, format!("{message}{}", root(&e))).with_source(e).with_timed_out(timed_out)
}

/// The innermost reason, in brackets: refused, no such name, a bad certificate.
fn root(e: &reqwest::Error) -> String {
    let mut reason: Option<&dyn std::error::Error> = std::error::Error::source(e);
    while let Some(inner) = reason.and_then(std::error::Error::source) {
        reason = Some(inner);
    }
    reason.and_then(|reason| one_line(&reason.to_string())).map_or_else(String::new, |r| format!(" ({r})"))
}

/// A good status passes; a redirect or a bad one is an error.
fn classify(reply: RawResponse, runtime: &Runtime) -> Result<RawResponse, Error> {
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if status.is_success() {
        return Ok(reply);
    }
    let mask = reply.mask();
    let request_id = request_id(&reply.headers, &mask);
    if status.is_redirection() {
        let target = reply.headers.get(LOCATION).map(|l| mask.hide(&String::from_utf8_lossy(l.as_bytes())));
        let target = target.unwrap_or_else(|| "nowhere".to_owned());
        // Its query may hold what is no one's business.
        let target: String =
            target.split(['?', '#']).next().unwrap_or_default().escape_debug().take(200).collect();
        let message = format!(
            "the service redirects to {target}; credentials are not sent there, so check the base URL"
        );
        return Err(Error::new(Kind::Redirect, message).with_answer(reply.status, request_id, reply.body));
    }
    let error = Error::service(reply.status, error_body::read_masked(&reply.body, &mask), reply.body.clone());
    let error = error.with_retry_after(retry_after(&reply.headers, runtime));
    Err(error.with_answer(reply.status, request_id, reply.body))
}

/// `Retry-After`, in seconds or as a date.
fn retry_after(headers: &HeaderMap, runtime: &Runtime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = jiff::fmt::rfc2822::parse(text).ok()?.timestamp().as_millisecond();
    Some(Duration::from_millis(u64::try_from(date - runtime.unix_millis()).unwrap_or(0)))
}
