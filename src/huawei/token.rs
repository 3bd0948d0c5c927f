//! IAM tokens: fetched with a password, kept while they are valid, sent as `X-Auth-Token`.
//!
//! Problem: a token is valid for a day, fetching one costs a call, and wrong passwords lock the user.
//! Default: one fetch for all callers that wait; renewed when less than an hour of life is left, or once when
//! the service refuses it; a refused password is remembered and not sent again.

use reqwest::header::{HeaderMap, HeaderName};
use tokio::sync::Mutex;

use super::iam;
use super::iam::models::{
    AuthMethod, AuthScope, DomainRef, PasswordAuth, PasswordAuthRequest, PasswordIdentity, PasswordMethod,
    PasswordUser, ProjectRef, UserDomain,
};
use crate::ambient::Ambient;
use crate::auth::{Authenticate, Later, Outgoing};
use crate::error::{Error, Kind};
use crate::secret::Secret;

/// A token is renewed when less than this is left of it.
const MARGIN_MILLIS: i64 = 60 * 60 * 1000;
const TOKEN_HEADER: HeaderName = HeaderName::from_static("x-auth-token");

/// What a token is good for.
#[derive(Debug, Clone)]
pub(super) enum Scope {
    /// A project, by its id.
    Project(String),
    /// A whole account, by its name.
    Domain(String),
}

/// Sends a token that was given.
#[derive(Debug)]
pub(super) struct Given(pub(super) Secret);

impl Authenticate for Given {
    fn sign<'a>(&'a self, request: &'a mut Outgoing, _: &'a Ambient) -> Later<'a, Result<(), Error>> {
        Box::pin(std::future::ready(request.set(TOKEN_HEADER, self.0.expose(), true)))
    }

    fn refused<'a>(&'a self, _: &'a Outgoing, _: &'a HeaderMap) -> Later<'a, Result<bool, Error>> {
        Box::pin(std::future::ready(Ok(false)))
    }
}

/// Fetches tokens with a password.
#[derive(Debug)]
pub(super) struct Fetched {
    /// An IAM client without credentials; the call needs none.
    pub(super) iam: iam::Client,
    pub(super) domain: String,
    pub(super) user: String,
    pub(super) password: Secret,
    pub(super) scope: Scope,
    pub(super) state: Mutex<State>,
}

/// What is known of the token.
#[derive(Debug, Default)]
pub(super) enum State {
    /// Not fetched yet, or refused by the service.
    #[default]
    None,
    /// Good until this time, in Unix milliseconds.
    Token(Secret, i64),
    /// The password was refused; the text says how.
    Rejected(String),
}

impl Fetched {
    /// The token to send. Callers queue here, so one fetch serves them all.
    async fn token(&self, ambient: &Ambient) -> Result<Secret, Error> {
        let mut state = self.state.lock().await;
        match &*state {
            State::Token(token, expires) if expires - ambient.unix_millis() > MARGIN_MILLIS => {
                return Ok(token.clone());
            }
            State::Rejected(why) => return Err(Error::new(Kind::Credentials, why.clone())),
            _ => {}
        }
        match self.fetch().await {
            Ok((token, expires)) => {
                *state = State::Token(token.clone(), expires);
                Ok(token)
            }
            Err(e) => {
                if e.is_auth() {
                    *state = State::Rejected(format!("the password was refused and is not sent again: {e}"));
                }
                Err(e)
            }
        }
    }

    async fn fetch(&self) -> Result<(Secret, i64), Error> {
        let answer =
            self.iam.keystone_create_user_token_by_password(self.request()).nocatalog("true").send().await?;
        let token = answer.header("x-subject-token").map(Secret::from);
        let token =
            token.ok_or_else(|| Error::new(Kind::Decode, "IAM answered without an X-Subject-Token"))?;
        let expires = answer.token.expires_at.unix_millis();
        let expires =
            expires.ok_or_else(|| Error::new(Kind::Decode, "IAM answered with an unreadable expires_at"))?;
        Ok((token, expires))
    }

    fn request(&self) -> PasswordAuthRequest {
        let user = PasswordUser::new(
            self.user.as_str(),
            self.password.clone(),
            UserDomain::new(self.domain.as_str()),
        );
        let identity = PasswordIdentity::new([AuthMethod::Password], PasswordMethod::new(user));
        let scope = match &self.scope {
            Scope::Project(id) => AuthScope::new().project(ProjectRef::new().id(id.as_str())),
            Scope::Domain(name) => AuthScope::new().domain(DomainRef::new().name(name.as_str())),
        };
        PasswordAuthRequest::new(PasswordAuth::new(identity).scope(scope))
    }

    async fn put(&self, request: &mut Outgoing, ambient: &Ambient) -> Result<(), Error> {
        let token = self.token(ambient).await?;
        request.set(TOKEN_HEADER, token.expose(), true)
    }

    /// A refused token is dropped, unless another caller has renewed it already. Either way one repeat is due.
    async fn drop_refused(&self, request: &Outgoing) -> bool {
        let sent = request.headers.get(TOKEN_HEADER).map(|v| v.as_bytes().to_vec());
        let mut state = self.state.lock().await;
        if let State::Token(token, _) = &*state
            && sent.as_deref() == Some(token.expose().as_bytes())
        {
            *state = State::None;
        }
        sent.is_some()
    }
}

impl Authenticate for Fetched {
    fn sign<'a>(&'a self, request: &'a mut Outgoing, ambient: &'a Ambient) -> Later<'a, Result<(), Error>> {
        Box::pin(self.put(request, ambient))
    }

    fn refused<'a>(&'a self, request: &'a Outgoing, _: &'a HeaderMap) -> Later<'a, Result<bool, Error>> {
        Box::pin(async { Ok(self.drop_refused(request).await) })
    }
}
