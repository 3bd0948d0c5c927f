//! HTTP Digest as a client lives it: the first call is challenged, later ones answer in advance.
//!
//! Problem: Digest costs a refused request per nonce, and a nonce's count must rise with every use.
//! Default: the last challenge is kept and answered with the next count until the server sends another; the
//! strongest algorithm offered wins. Override: MD5 can be forbidden.

use std::sync::{Mutex, PoisonError};

use reqwest::header::{AUTHORIZATION, HeaderMap, WWW_AUTHENTICATE};

use super::challenge::{self, Challenge};
use super::response::{self, Attempt};
use crate::ambient::Ambient;
use crate::auth::{Authenticate, Later, Outgoing};
use crate::error::{Error, Kind};
use crate::secret::Secret;

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
                let bytes = bytes.ok_or_else(|| Error::new(Kind::Credentials, "the system gives no random bytes"))?;
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
        let fields = headers.get_all(WWW_AUTHENTICATE).iter().filter_map(|v| std::str::from_utf8(v.as_bytes()).ok());
        let offered = challenge::parse(fields).and_then(|all| challenge::strongest(all, self.allow_md5));
        let offered = offered.map_err(|e| {
            Error::new(Kind::Credentials, format!("the service's challenge can't be answered: {e}"))
        })?;
        let answered = request.headers.contains_key(AUTHORIZATION);
        let mut guard = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let same = guard.as_ref().is_some_and(|state| state.challenge.nonce == offered.nonce);
        if answered && same && !offered.stale {
            return Ok(false);
        }
        if !same || offered.stale {
            *guard = Some(State { challenge: offered, cnonce: None, count: 0 });
        }
        Ok(true)
    }
}

impl Authenticate for Session {
    fn sign<'a>(&'a self, request: &'a mut Outgoing, ambient: &'a Ambient) -> Later<'a, Result<(), Error>> {
        Box::pin(std::future::ready(self.answer(request, ambient)))
    }

    fn refused<'a>(&'a self, request: &'a Outgoing, headers: &'a HeaderMap) -> Later<'a, Result<bool, Error>> {
        Box::pin(std::future::ready(self.learn(request, headers)))
    }
}
