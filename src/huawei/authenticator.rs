//! Adds authentication to requests, depending on the current credentials: a signature, a fetched token, or a given
//! token.

use std::sync::Arc;

use reqwest::header::HeaderName;

use super::credentials::{Credentials, CredentialsKind};
use super::project::Project;
use super::signer;
use super::token::IamToken;
use crate::auth::{AuthRetry, Authenticate, AuthenticateCall, BoxFuture, Refusal, SignableRequest};
use crate::client::error_body;
use crate::credentials::{CredentialsCache, PerCredentials};
use crate::error::Error;
use crate::generated::huawei_iam_v3 as iam;
use crate::runtime::Runtime;
use crate::secret::Secret;

const TOKEN_HEADER: HeaderName = HeaderName::from_static("x-auth-token");

/// TaurusDB reports an invalid token by status 403 and this code.
const INVALID_TOKEN: &str = "DBS.280056";

/// Authenticates the calls of one service.
#[derive(Debug)]
pub(super) struct Authenticator {
    pub(super) source: Arc<CredentialsCache<Credentials>>,
    /// The project of the calls; calls to IAM have none.
    pub(super) project: Option<Arc<Project>>,
    /// An IAM client without credentials, for token calls. None if no address of IAM is known.
    pub(super) iam: Result<iam::Client, Error>,
    pub(super) token: PerCredentials<Credentials, IamToken>,
}

/// One call, and the credentials of its last request.
struct AuthenticatedCall<'a> {
    authenticator: &'a Authenticator,
    used: Option<Used>,
}

/// The credentials of a request.
struct Used {
    credentials: Arc<Credentials>,
    /// The token that was fetched for it.
    token: Option<(Arc<IamToken>, Secret)>,
}

impl AuthenticatedCall<'_> {
    async fn put(&mut self, request: &mut SignableRequest, runtime: &Runtime) -> Result<(), Error> {
        let Authenticator { source, project, iam, token } = self.authenticator;
        let credentials = source.get(runtime).await?;
        let project = match project {
            Some(project) => Some(project.id(runtime).await?),
            None => None,
        };
        let mut fetched = None;
        match &credentials.kind {
            CredentialsKind::Keys(keys) => signer::sign(keys, project.as_deref(), request, runtime)?,
            CredentialsKind::Token(token) => request.set(TOKEN_HEADER, token.expose(), true)?,
            CredentialsKind::Password(login) => {
                let iam = iam.as_ref().map_err(Error::duplicate)?;
                let token = token.of(&credentials, |_| IamToken::new(login.clone(), project));
                let text = token.get(iam, runtime).await?;
                request.set(TOKEN_HEADER, text.expose(), true)?;
                fetched = Some((token, text));
            }
        }
        self.used = Some(Used { credentials, token: fetched });
        Ok(())
    }
}

impl Authenticate for Authenticator {
    fn call(&self) -> Box<dyn AuthenticateCall + '_> {
        Box::new(AuthenticatedCall { authenticator: self, used: None })
    }
}

impl AuthenticateCall for AuthenticatedCall<'_> {
    fn sign<'a>(
        &'a mut self,
        request: &'a mut SignableRequest,
        runtime: &'a Runtime,
    ) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(self.put(request, runtime))
    }

    /// Another request is useful if the credentials were renewed after the request was signed. A refused token that is
    /// still the current one is removed, once for each attempt.
    fn refused(&mut self, _request: &SignableRequest, refusal: Refusal<'_>) -> Result<AuthRetry, Error> {
        let Some(Used { credentials, token }) = &self.used else { return Ok(AuthRetry::No) };
        let invalid = || error_body::read(refusal.body).code.as_deref() == Some(INVALID_TOKEN);
        if refusal.status == 403 && (token.is_none() || !invalid()) {
            return Ok(AuthRetry::No);
        }
        let again = match token {
            _ if self.authenticator.source.renewed_since(credentials) => true,
            Some((token, sent)) if token.renewed_since(sent) => true,
            Some((token, sent)) if refusal.auth_retries == 0 => {
                token.forget(sent);
                true
            }
            _ => false,
        };
        Ok(if again { AuthRetry::Yes } else { AuthRetry::No })
    }

    fn signs_time(&self) -> bool {
        self.used.as_ref().is_some_and(|used| matches!(used.credentials.kind, CredentialsKind::Keys(_)))
    }

    /// The service returns the text that it expected to be signed; the note adds the text that was signed.
    fn explain(&self, request: &SignableRequest, refusal: Refusal<'_>) -> Option<String> {
        let message = error_body::read(refusal.body).message?;
        let compared = message.contains("canonicalRequest") && self.signs_time();
        let signed = compared.then(|| signer::signed_text(request))?;
        Some(if message.contains(&signed) {
            "the same was signed here, so the secret key does not belong to the access key".to_owned()
        } else {
            format!("signed here: {signed}")
        })
    }
}
