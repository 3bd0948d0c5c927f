//! HTTP Digest as a client lives it: the first call is challenged, later ones answer in advance.
//!
//! Problem: Digest costs a refused request per nonce, and a nonce's count must rise with every use.
//! Default: the last challenge is kept and answered with the next count until the server sends another; the
//! strongest algorithm offered wins. Override: MD5 can be forbidden.

use std::sync::{Mutex, PoisonError};

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue, WWW_AUTHENTICATE};

use super::challenge::{self, Challenge};
use super::info::{self, Proof};
use super::response::{self, Attempt};
use super::syntax::{self, Item};
use crate::ambient::Ambient;
use crate::auth::{Authenticate, Later, Outgoing, Refusal};
use crate::error::{Error, Kind};
use crate::secret::Secret;

const AUTHENTICATION_INFO: HeaderName = HeaderName::from_static("authentication-info");

/// Credentials and the last challenge.
#[derive(Debug)]
pub(crate) struct Session {
    user: String,
    password: Secret,
    allow_md5: bool,
    state: Mutex<Option<State>>,
}

/// A challenge in use.
#[derive(Debug)]
struct State {
    challenge: Challenge,
    /// One for the life of the nonce, which the `-sess` algorithms need.
    cnonce: Option<String>,
    count: u32,
}

impl Session {
    pub(crate) fn new(user: String, password: Secret, allow_md5: bool) -> Self {
        Self { user, password, allow_md5, state: Mutex::new(None) }
    }

    fn answer(&self, request: &mut Outgoing, ambient: &Ambient) -> Result<(), Error> {
        let mut guard = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(state) = guard.as_mut() else { return Ok(()) };
        let cnonce = match &state.cnonce {
            Some(cnonce) => cnonce.clone(),
            None => {
                let bytes = ambient.random();
                let bytes =
                    bytes.ok_or_else(|| Error::new(Kind::Credentials, "the system gives no random bytes"))?;
                state.cnonce.insert(hex::encode(bytes)).clone()
            }
        };
        state.count += 1;
        let attempt = Attempt {
            user: &self.user,
            password: self.password.expose(),
            method: request.method,
            uri: request.target(),
            body: &request.body,
            cnonce: &cnonce,
            count: state.count,
        };
        let value = response::authorization(&state.challenge, &attempt)
            .map_err(|e| Error::new(Kind::Credentials, format!("the digest can't be written: {e}")))?;
        request.set(AUTHORIZATION, &value, true)
    }

    fn learn(&self, request: &Outgoing, headers: &HeaderMap) -> Result<bool, Error> {
        let fields =
            headers.get_all(WWW_AUTHENTICATE).iter().filter_map(|v| std::str::from_utf8(v.as_bytes()).ok());
        let offered = challenge::parse(fields).and_then(|all| challenge::strongest(all, self.allow_md5));
        let offered = offered.map_err(|e| {
            Error::new(Kind::Credentials, format!("the service's challenge can't be answered: {e}"))
        })?;
        let answered = request.headers.contains_key(AUTHORIZATION);
        let mut guard = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let same = guard.as_ref().is_some_and(|state| state.challenge.nonce == offered.nonce);
        // An answer to a nonce that was never used before can only fail for the password.
        let first = guard.as_ref().is_some_and(|state| state.count <= 1);
        if answered && (same || first) && !offered.stale {
            return Ok(false);
        }
        if !same || offered.stale {
            *guard = Some(State { challenge: offered, cnonce: None, count: 0 });
        }
        Ok(true)
    }
}

/// What a request of ours was signed with, read back from its `Authorization`.
#[derive(Debug, Default)]
struct Sent {
    nonce: String,
    cnonce: String,
    count: u32,
}

impl Sent {
    fn of(request: &Outgoing) -> Self {
        let mut sent = Self::default();
        let header = request.headers.get(AUTHORIZATION).map(HeaderValue::as_bytes).unwrap_or_default();
        for item in syntax::items(std::str::from_utf8(header).unwrap_or_default()) {
            match item {
                Ok(Item::Param("nonce", value)) => sent.nonce = value,
                Ok(Item::Param("cnonce", value)) => sent.cnonce = value,
                Ok(Item::Param("nc", value)) => sent.count = u32::from_str_radix(&value, 16).unwrap_or(0),
                _ => {}
            }
        }
        sent
    }
}

impl Session {
    /// Checks the server's own proof, if it gave one, and takes over the next nonce.
    fn check(&self, request: &Outgoing, headers: &HeaderMap, body: &[u8]) -> Result<(), Error> {
        let fields = headers.get_all(AUTHENTICATION_INFO).iter();
        let fields = fields.filter_map(|v| std::str::from_utf8(v.as_bytes()).ok());
        let Ok(info) = info::parse(fields) else { return Ok(()) };
        let sent = Sent::of(request);
        let mut guard = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        // Another call may have learnt a newer challenge meanwhile; then this one has nothing left to say.
        let Some(state) = guard.as_mut().filter(|state| state.challenge.nonce == sent.nonce) else {
            return Ok(());
        };
        let attempt = Attempt {
            user: &self.user,
            password: self.password.expose(),
            method: request.method,
            uri: request.target(),
            body: &request.body,
            cnonce: &sent.cnonce,
            count: sent.count,
        };
        if info::verify(&info, &state.challenge, &attempt, body) == Proof::Invalid {
            let message = "the answer's proof is wrong: it may not come from the service that was asked";
            return Err(Error::new(Kind::Transport, message));
        }
        if let Some(challenge) = info.next_nonce.as_deref().and_then(|next| state.challenge.renewed(next)) {
            *state = State { challenge, cnonce: None, count: 0 };
        }
        Ok(())
    }
}

impl Authenticate for Session {
    fn sign<'a>(&'a self, request: &'a mut Outgoing, ambient: &'a Ambient) -> Later<'a, Result<(), Error>> {
        Box::pin(std::future::ready(self.answer(request, ambient)))
    }

    fn refused<'a>(&'a self, request: &'a Outgoing, refusal: Refusal<'a>) -> Later<'a, Result<bool, Error>> {
        let challenged = refusal.status == 401;
        let learnt = if challenged { self.learn(request, refusal.headers) } else { Ok(false) };
        Box::pin(std::future::ready(learnt))
    }

    fn accepted(&self, request: &Outgoing, headers: &HeaderMap, body: &[u8]) -> Result<(), Error> {
        self.check(request, headers, body)
    }
}
