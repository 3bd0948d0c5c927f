//! One attempt of a call: signs and sends, and signs again with renewed credentials or a corrected clock.

use std::sync::Arc;
use std::time::Duration;

use tracing::Instrument;

use super::classify::classify;
use super::core::CoreInner;
use super::raw_response::RawResponse;
use super::requests::Requests;
use super::skew::{CallClock, Times, names_time};
use super::{error_body, trace};
use crate::auth::{AuthRetry, AuthenticateCall, Refusal, SignableRequest};
use crate::error::Error;
use crate::runtime::Runtime;

/// How often an attempt is sent again after refused credentials with renewed ones: a new challenge, a new token, a
/// corrected clock.
///
/// Three: Digest may have to fetch a challenge, lose its nonce to other calls, and begin again.
const AUTH_RETRIES: u32 = 3;
/// The same where the service, which has taken nonces before, says that one was too old: servers behind one address may
/// not share theirs, and which of them gets the next request is chance. With three, two in a million calls would need more.
const STALE_RETRIES: u32 = 31;

/// The reason for a failed attempt, and whether a retry may help.
pub(super) enum Failure {
    /// A retry would fail as well.
    Final(Error),
    /// The error and the operation decide about a retry.
    Perhaps(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Perhaps(error)
    }
}

/// How often an attempt was sent again.
#[derive(Default)]
struct AuthRetries {
    stale: u32,
    others: u32,
}

impl AuthRetries {
    /// Counts one more, if one more is allowed.
    fn take(&mut self, why: AuthRetry) -> bool {
        let (count, most) = match why {
            AuthRetry::No => return false,
            AuthRetry::Yes => (&mut self.others, AUTH_RETRIES),
            AuthRetry::Stale => (&mut self.stale, STALE_RETRIES),
        };
        let more = *count < most;
        *count += u32::from(more);
        more
    }
}

/// Makes the attempts of one call, with the state that they share.
pub(super) struct Attempts<'c> {
    requests: &'c Requests<'c>,
    core: &'c CoreInner,
    auth: Box<dyn AuthenticateCall + 'c>,
    clock: CallClock<'c>,
}

/// A request that was signed and sent, and its response.
struct Sent {
    request: Arc<SignableRequest>,
    response: RawResponse,
    /// By our clock without correction.
    at: i64,
    received: i64,
}

impl<'c> Attempts<'c> {
    pub(super) fn new(requests: &'c Requests<'c>) -> Self {
        let core = requests.core;
        Self { requests, core, auth: core.auth.call(), clock: core.skew.call() }
    }

    fn is_anonymous(&self) -> bool {
        self.requests.call.operation.auth.is_empty()
    }

    /// Makes one attempt.
    pub(super) async fn next(&mut self, request: &SignableRequest) -> Result<RawResponse, Failure> {
        let mut retries = AuthRetries::default();
        loop {
            let sent = self.send(request).await?;
            let mut notes = Vec::new();
            let refused = matches!(sent.response.status, 401 | 403) && !self.is_anonymous();
            if refused && self.retries_with_new_credentials(&sent, &mut retries, &mut notes) {
                fall_out_of_step(retries.stale, &self.core.runtime).await;
                continue;
            }
            return self.end(sent, notes);
        }
    }

    /// Signs and sends one request.
    async fn send(&mut self, request: &SignableRequest) -> Result<Sent, Failure> {
        let runtime = &self.core.runtime;
        let mut request = request.clone();
        if !self.is_anonymous() {
            // Failures of a credentials provider were already retried there.
            let clock = runtime.shifted(self.clock.next());
            let signed = self.auth.sign(&mut request, &clock).await;
            signed.map_err(|e| Failure::Final(e.before_sending()))?;
        }
        let request = Arc::new(request);
        let at = runtime.unix_millis();
        let span = trace::attempt(self.requests.sent());
        let outcome = self.requests.send(&request).instrument(span.clone()).await;
        trace::ended(&span, &outcome);
        let response = outcome.inspect_err(|_| self.auth.undecided())?;
        Ok(Sent { request, response, at, received: runtime.unix_millis() })
    }

    /// Processes a refusal: whether another request is useful and allowed. If not, the notes have the known reasons.
    fn retries_with_new_credentials(
        &mut self,
        sent: &Sent,
        retries: &mut AuthRetries,
        notes: &mut Vec<String>,
    ) -> bool {
        let RawResponse { status, headers, body, .. } = &sent.response;
        let refusal = Refusal { status: *status, headers, body, auth_retries: retries.others };
        let again = self.auth.refused(&sent.request, refusal).unwrap_or_else(|e| {
            notes.push(sent.response.mask().hide(&e.to_string()));
            AuthRetry::No
        });
        let timed = self.auth.signs_time() && (*status == 401 || names_time(&error_body::read(body)));
        let corrected = timed && self.clock.refused(sent.times());
        let allowed = !self.requests.call.operation.single_attempt;
        let again = if corrected && again == AuthRetry::No { AuthRetry::Yes } else { again };
        if allowed && retries.take(again) {
            return true;
        }
        if corrected {
            self.clock.gives_up();
        }
        notes.extend(self.auth.explain(&sent.request, refusal));
        notes.extend(self.clock.words().filter(|_| timed));
        false
    }

    /// The result of the attempt: a good response, or an error.
    fn end(&mut self, sent: Sent, notes: Vec<String>) -> Result<RawResponse, Failure> {
        let times = sent.times();
        let (status, used) = (sent.response.status, self.clock.used());
        if (200..300).contains(&status) && self.auth.signs_time() {
            self.clock.accepted(times);
        }
        let Sent { request, response, .. } = sent;
        let response = classify(response, &self.core.runtime.shifted(used));
        let response = response.map_err(|e| notes.into_iter().fold(e, Error::with_note));
        let response = response.inspect_err(|_| self.auth.undecided())?;
        self.auth.accepted(&request, &response.headers, &response.body).map_err(Failure::Final)?;
        Ok(response)
    }
}

/// Pauses for a random time if many nonces were stale: synchronized calls can repeatedly send the nonce of one server
/// to another.
async fn fall_out_of_step(stale: u32, runtime: &Runtime) {
    const IN_STEP: u32 = 3;
    const PAUSE: Duration = Duration::from_millis(10);
    if stale > IN_STEP {
        runtime.sleep(PAUSE.mul_f64(runtime.fraction())).await;
    }
}

impl Sent {
    fn times(&self) -> Times<'_> {
        Times { headers: &self.response.headers, sent: self.at, received: self.received }
    }
}
