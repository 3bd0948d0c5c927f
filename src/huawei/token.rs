//! IAM tokens: fetched with a password, kept while they are valid.
//!
//! Problem: a token is valid for a day, fetching one costs a call, and a few wrong passwords lock the user.
//! Default: one fetch for all callers that wait; renewed early; the refusal of a password is stored, returned to all
//! callers, and the password is never sent again.

use std::sync::{Mutex, PoisonError};

use crate::auth::single_flight::{Fresh, SingleFlight};
use crate::credentials::form::check_key;
use crate::error::{Error, Kind};
use crate::generated::huawei_iam_v3 as iam;
use crate::generated::huawei_iam_v3::models::{
    AuthMethod, AuthScope, DomainRef, PasswordAuth, PasswordAuthRequest, PasswordIdentity, PasswordMethod,
    PasswordUser, ProjectRef, UserDomain,
};
use crate::runtime::Runtime;
use crate::secret::Secret;

/// An IAM user and its password.
#[derive(Clone, Debug)]
pub(super) struct Login {
    pub(super) domain: String,
    pub(super) user: String,
    pub(super) password: Secret,
}

/// The token of one login.
#[derive(Debug)]
pub(super) struct IamToken {
    login: Login,
    /// The project of its scope; the whole account if there is none.
    project: Option<String>,
    shared: SingleFlight<Secret>,
    /// The refusal of the password.
    refused: Mutex<Option<Error>>,
}

impl IamToken {
    pub(super) fn new(login: Login, project: Option<String>) -> Self {
        Self { login, project, shared: SingleFlight::new(), refused: Mutex::new(None) }
    }

    /// The token to send. `iam` is a client without credentials; the call needs none.
    pub(super) async fn get(&self, iam: &iam::Client, runtime: &Runtime) -> Result<Secret, Error> {
        self.shared.get(runtime, || self.fetch(iam)).await
    }

    /// Removes a token that a service refused, unless another caller has renewed it already.
    pub(super) fn forget(&self, sent: &Secret) {
        self.shared.forget(|token| token.expose() == sent.expose());
    }

    /// Whether a token that was sent was replaced by another.
    pub(super) fn renewed_since(&self, sent: &Secret) -> bool {
        self.shared.peek().is_none_or(|token| token.expose() != sent.expose())
    }

    async fn fetch(&self, iam: &iam::Client) -> Result<Fresh<Secret>, Error> {
        if let Some(refused) = &*self.refused.lock().unwrap_or_else(PoisonError::into_inner) {
            return Err(refused.duplicate());
        }
        let call = iam.keystone_create_user_token_by_password(self.request()).nocatalog("true");
        let response = call.send().await.inspect_err(|e| self.remember(e))?;
        let token = response.header("x-subject-token").map(Secret::from);
        let value =
            token.ok_or_else(|| Error::new(Kind::Decode, "IAM responded without an X-Subject-IamToken"))?;
        check_key("token that IAM gave", &value)?;
        let expires = response.token.expires_at.unix_millis();
        let unreadable = || Error::new(Kind::Decode, "IAM responded with an unreadable expires_at");
        Ok(Fresh { value, expires: Some(expires.ok_or_else(unreadable)?) })
    }

    fn remember(&self, error: &Error) {
        if error.is_auth() {
            let note = "the password was refused and is not sent again, to avoid locking the user";
            *self.refused.lock().unwrap_or_else(PoisonError::into_inner) =
                Some(error.duplicate().with_note(note.to_owned()));
        }
    }

    fn request(&self) -> PasswordAuthRequest {
        let Login { domain, user, password } = &self.login;
        let user = PasswordUser::new(user.as_str(), password.clone(), UserDomain::new(domain.as_str()));
        let identity = PasswordIdentity::new([AuthMethod::Password], PasswordMethod::new(user));
        let scope = match &self.project {
            Some(id) => AuthScope::new().project(ProjectRef::new().id(id.as_str())),
            None => AuthScope::new().domain(DomainRef::new().name(domain.as_str())),
        };
        PasswordAuthRequest::new(PasswordAuth::new(identity).scope(scope))
    }
}
