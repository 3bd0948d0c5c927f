//! HTTP Digest as a client lives it: the first call is challenged, later ones respond in advance.
//!
//! Problem: Digest costs a refused request per nonce, a nonce's count must rise with every use, and many calls
//! run at the same time.
//! Default: one call fetches a challenge while the others wait for it; if it is dropped, the next one does. The
//! challenge is used with the next count until the server sends another, see [`State`](super::state::State).
//! The strongest algorithm offered wins. The server's own proof is checked where it gives one. A session belongs
//! to one client and so to one origin; where a server has several realms, the last one it asked for is current.
//! Override: MD5 can be forbidden.

use std::fmt;
use std::sync::Arc;

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, WWW_AUTHENTICATE};

use super::challenge::{self, Challenge};
use super::info::{self, Info, Proof};
use super::nonce::Use;
use super::response::{self, Attempt};
use super::state::{NextUse, Verdict};
use super::ticket::{SentRequest, SharedState, Turn};
use crate::auth::{Authenticate, BoxFuture, Refusal, SignableRequest};
use crate::error::{Error, Kind};
use crate::runtime::Runtime;
use crate::secret::Secret;

const AUTHENTICATION_INFO: HeaderName = HeaderName::from_static("authentication-info");

/// Credentials and what the server said last.
pub(crate) struct Session {
    user: String,
    password: Secret,
    allow_md5: bool,
    shared: Arc<SharedState>,
}

impl Session {
    pub(crate) fn new(user: String, password: Secret, allow_md5: bool) -> Self {
        Self { user, password, allow_md5, shared: Arc::default() }
    }

    async fn respond(&self, request: &mut SignableRequest, runtime: &Runtime) -> Result<(), Error> {
        let (with, turn) = match request.ticket.redeem() {
            Some(pledge) => pledge,
            None => self.next().await,
        };
        if let Some(with) = &with {
            let cnonce = with.nonce.cnonce(runtime)?;
            let value = response::authorization(&with.nonce.challenge, &self.attempt(request, with, cnonce))
                .map_err(|e| Error::new(Kind::Credentials, format!("the digest can't be written: {e}")))?;
            request.set(AUTHORIZATION, &value, true)?;
        }
        request.ticket.send(SentRequest { session: Arc::clone(&self.shared), with }, turn);
        Ok(())
    }

    /// What the next request goes out with. Waits while another call finds that out.
    async fn next(&self) -> (Option<Use>, Option<Turn>) {
        let mut turn = None;
        let mut failures = None;
        loop {
            {
                let mut state = self.shared.state();
                let before = *failures.get_or_insert(state.failures());
                let unheard = before != state.failures();
                if let NextUse::Go { with, alone } = state.step(turn.is_some(), unheard) {
                    return (with, turn.filter(|_| alone));
                }
            }
            turn = Some(Arc::clone(&self.shared.turn).lock_owned().await);
        }
    }

    fn attempt<'a>(&'a self, request: &'a SignableRequest, with: &Use, cnonce: &'a str) -> Attempt<'a> {
        Attempt {
            user: &self.user,
            password: self.password.expose(),
            method: request.method,
            uri: request.target(),
            body: &request.body,
            cnonce,
            count: with.count,
        }
    }

    fn learn(&self, request: &SignableRequest, headers: &HeaderMap) -> Result<bool, Error> {
        let offered = match self.offered(headers) {
            Ok(offered) => offered,
            Err(e) => {
                request.ticket.undecided();
                let message = format!("there is no response to the service's challenge: {e}");
                return Err(Error::new(Kind::Credentials, message));
            }
        };
        let (sent, refusals) = request.ticket.refuse();
        // A use of another session says nothing about this one's credentials.
        let with = sent.filter(|sent| self.owns(sent)).and_then(|sent| sent.with);
        let verdict = self.shared.state().refuse(with, refusals, offered);
        let (pledge, again) = match verdict {
            Verdict::Final => (None, false),
            Verdict::Again => (None, true),
            Verdict::AgainWith(pledge) => (Some(pledge), true),
        };
        // At the second refusal the others wait until the new nonce has proved good.
        let keep_turn = refusals > 1 && matches!(pledge, Some(Some(_)));
        request.ticket.pledge(pledge, keep_turn);
        Ok(again)
    }

    fn offered(&self, headers: &HeaderMap) -> Result<Challenge, challenge::ChallengeError> {
        let offered = challenge::parse(texts(headers, &WWW_AUTHENTICATE))?;
        challenge::strongest(offered, self.allow_md5)
    }

    fn owns(&self, sent: &SentRequest) -> bool {
        Arc::ptr_eq(&sent.session, &self.shared)
    }

    /// Checks the server's own proof, if it gave one, and takes over the next nonce.
    fn check(&self, request: &SignableRequest, headers: &HeaderMap, body: &[u8]) -> Result<(), Error> {
        let (sent, turn) = request.ticket.settle();
        let Some(SentRequest { with, .. }) = sent.filter(|sent| self.owns(sent)) else { return Ok(()) };
        let info = info::parse(texts(headers, &AUTHENTICATION_INFO)).unwrap_or_default();
        let proven = match &with {
            Some(with) => self.proof(request, with, &info, body) != Proof::Invalid,
            None => true,
        };
        let next_nonce = info.next_nonce.as_deref().filter(|_| proven);
        self.shared.state().accept(with, next_nonce);
        drop(turn); // after the state is told, so that the next in turn sees it
        if proven {
            return Ok(());
        }
        let message = "the response's proof is wrong: it may not come from the service that was asked";
        Err(Error::new(Kind::Transport, message))
    }

    fn proof(&self, request: &SignableRequest, with: &Use, info: &Info, body: &[u8]) -> Proof {
        let attempt = self.attempt(request, with, with.nonce.cnonce_sent());
        info::verify(info, &with.nonce.challenge, &attempt, body)
    }
}

/// All values of a header that are text.
fn texts<'h>(headers: &'h HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'h str> {
    headers.get_all(name).iter().filter_map(|value| std::str::from_utf8(value.as_bytes()).ok())
}

impl Authenticate for Session {
    fn sign<'a>(
        &'a self,
        request: &'a mut SignableRequest,
        runtime: &'a Runtime,
    ) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(self.respond(request, runtime))
    }

    fn refused<'a>(
        &'a self,
        request: &'a SignableRequest,
        refusal: Refusal<'a>,
    ) -> BoxFuture<'a, Result<bool, Error>> {
        let challenged = refusal.status == 401;
        let learnt = if challenged { self.learn(request, refusal.headers) } else { Ok(false) };
        Box::pin(std::future::ready(learnt))
    }

    fn accepted(&self, request: &SignableRequest, headers: &HeaderMap, body: &[u8]) -> Result<(), Error> {
        self.check(request, headers, body)
    }
}

/// Says whose session it is; neither the password nor what responses are made of.
impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { user, allow_md5, .. } = self;
        f.debug_struct("Session").field("user", user).field("allow_md5", allow_md5).finish_non_exhaustive()
    }
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;
