//! HTTP Digest in a client: the first call is challenged, later calls send a response in advance.
//!
//! Problem: each nonce costs a refused request, its count must increase with every use, and calls are concurrent.
//! Default: one call fetches a challenge while the others wait for it; if it is dropped, the next one does. The
//! challenge is used with the next count until the server sends another, see [`State`]. The strongest offered algorithm
//! is used. A session belongs to one client and so to one origin; if a server has several realms, the last one is
//! current.
//! Override: MD5 can be forbidden.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use reqwest::header::{HeaderMap, HeaderName, WWW_AUTHENTICATE};
use tokio::sync::OwnedMutexGuard;

use super::challenge::{self, Challenge};
use super::info::{self, Info, Proof};
use super::nonce::Use;
use super::response::{self, Attempt};
use super::state::{NextUse, State};
use crate::auth::SignableRequest;
use crate::error::{Error, Kind};
use crate::runtime::Runtime;
use crate::secret::Secret;

const AUTHENTICATION_INFO: HeaderName = HeaderName::from_static("authentication-info");

/// Has the turn until it is dropped.
pub(super) type Turn = OwnedMutexGuard<()>;

/// Credentials and the last challenge.
pub(crate) struct Session {
    user: String,
    password: Secret,
    allow_md5: bool,
    state: Mutex<State>,
    /// The call that has it goes first; the others wait for its result, in the order of their arrival.
    turn: Arc<tokio::sync::Mutex<()>>,
}

impl Session {
    pub(crate) fn new(user: String, password: Secret, allow_md5: bool) -> Self {
        Self { user, password, allow_md5, state: Mutex::default(), turn: Arc::default() }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The credentials of the next request. Waits while another call fetches a challenge.
    pub(super) async fn next(&self) -> (Option<Use>, Option<Turn>) {
        let mut turn = None;
        let mut failures = None;
        loop {
            {
                let mut state = self.state();
                let before = *failures.get_or_insert(state.failures());
                let unheard = before != state.failures();
                if let NextUse::Go { with, alone } = state.step(turn.is_some(), unheard) {
                    return (with, turn.filter(|_| alone));
                }
            }
            turn = Some(Arc::clone(&self.turn).lock_owned().await);
        }
    }

    /// The value of `Authorization` for one use of a nonce.
    pub(super) fn authorization(
        &self,
        request: &SignableRequest,
        with: &Use,
        runtime: &Runtime,
    ) -> Result<String, Error> {
        let cnonce = with.nonce.cnonce(runtime)?;
        response::authorization(&with.nonce.challenge, &self.attempt(request, with, cnonce))
            .map_err(|e| Error::new(Kind::Credentials, format!("the digest can't be written: {e}")))
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

    /// The challenge of a refusal that the client responds to.
    pub(super) fn offered(&self, headers: &HeaderMap) -> Result<Challenge, Error> {
        let offered = challenge::parse(texts(headers, &WWW_AUTHENTICATE));
        offered.and_then(|offered| challenge::strongest(offered, self.allow_md5)).map_err(|e| {
            let mut fields = headers.get_all(WWW_AUTHENTICATE).iter();
            let unread = fields.any(|field| std::str::from_utf8(field.as_bytes()).is_err());
            let why = if unread { "it is not UTF-8".to_owned() } else { e.to_string() };
            Error::new(Kind::Credentials, format!("can't respond to the service's challenge: {why}"))
        })
    }

    /// The server's proof in the response to a request that was signed with this use.
    pub(super) fn proof(&self, request: &SignableRequest, with: &Use, info: &Info, body: &[u8]) -> Proof {
        let attempt = self.attempt(request, with, with.nonce.cnonce_sent());
        info::verify(info, &with.nonce.challenge, &attempt, body)
    }
}

/// `Authentication-Info`, if it can be parsed.
pub(super) fn info(headers: &HeaderMap) -> Info {
    info::parse(texts(headers, &AUTHENTICATION_INFO)).unwrap_or_default()
}

/// All values of a header that are text.
fn texts<'h>(headers: &'h HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'h str> {
    headers.get_all(name).iter().filter_map(|value| std::str::from_utf8(value.as_bytes()).ok())
}

/// Shows the user of the session, but no secrets.
impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { user, allow_md5, .. } = self;
        f.debug_struct("Session").field("user", user).field("allow_md5", allow_md5).finish_non_exhaustive()
    }
}
