//! Puts on a request whatever the current credentials ask for: a signature, a fetched token, a given one.

use std::sync::Arc;

use reqwest::header::{HeaderName, HeaderValue};

use super::credentials::{Credentials, CredentialsKind};
use super::project::Project;
use super::signer;
use super::token::IamToken;
use crate::auth::{Authenticate, BoxFuture, Refusal, SignableRequest};
use crate::client::error_body;
use crate::credentials::{CredentialsCache, PerCredentials};
use crate::error::Error;
use crate::generated::huawei_iam_v3 as iam;
use crate::runtime::Runtime;

const TOKEN_HEADER: HeaderName = HeaderName::from_static("x-auth-token");

/// TaurusDB says with a 403 and this code that a token is not valid.
const INVALID_TOKEN: &str = "DBS.280056";

/// Authenticates the calls of one service.
#[derive(Debug)]
pub(super) struct Authenticator {
    pub(super) source: Arc<CredentialsCache<Credentials>>,
    /// The project that calls belong to; IAM's belong to none.
    pub(super) project: Option<Arc<Project>>,
    /// An IAM client without credentials, for token calls. None when no address of IAM is known.
    pub(super) iam: Result<iam::Client, Error>,
    pub(super) token: PerCredentials<Credentials, IamToken>,
}

impl Authenticator {
    async fn put(&self, request: &mut SignableRequest, runtime: &Runtime) -> Result<(), Error> {
        let credentials = self.source.get(runtime).await?;
        let project = match &self.project {
            Some(project) => Some(project.id(runtime).await?),
            None => None,
        };
        match &credentials.kind {
            CredentialsKind::Keys(keys) => signer::sign(keys, project.as_deref(), request, runtime),
            CredentialsKind::Token(token) => request.set(TOKEN_HEADER, token.expose(), true),
            CredentialsKind::Password(login) => {
                let iam = self.iam.as_ref().map_err(Error::duplicate)?;
                let token = self.token.of(&credentials, |_| IamToken::new(login.clone(), project));
                let token = token.get(iam, runtime).await?;
                request.set(TOKEN_HEADER, token.expose(), true)
            }
        }
    }

    /// A refused token is forgotten, and a retry gets a new one, once. Other credentials have nothing new to
    /// offer.
    fn learn(&self, request: &SignableRequest, refusal: Refusal<'_>) -> bool {
        let sent = request.headers.get(TOKEN_HEADER).map(HeaderValue::as_bytes);
        let (Some(sent), Some(token)) = (sent, self.token.current()) else { return false };
        let invalid = || error_body::read(refusal.body).code.as_deref() == Some(INVALID_TOKEN);
        if refusal.repeats > 0 || refusal.status == 403 && !invalid() {
            return false;
        }
        token.forget(sent);
        true
    }
}

impl Authenticate for Authenticator {
    fn sign<'a>(
        &'a self,
        request: &'a mut SignableRequest,
        runtime: &'a Runtime,
    ) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(self.put(request, runtime))
    }

    fn refused<'a>(
        &'a self,
        request: &'a SignableRequest,
        refusal: Refusal<'a>,
    ) -> BoxFuture<'a, Result<bool, Error>> {
        Box::pin(std::future::ready(Ok(self.learn(request, refusal))))
    }

    fn carries_time(&self) -> bool {
        true
    }

    /// The service shows what it expected to be signed; beside it stands what was signed.
    fn explain(&self, request: &SignableRequest, refusal: Refusal<'_>) -> Option<String> {
        let message = error_body::read(refusal.body).message?;
        let compared = message.contains("canonicalRequest") && !request.headers.contains_key(TOKEN_HEADER);
        compared.then(|| format!("signed here: {}", signer::signed_text(request)))
    }
}
