//! A Digest session for the current credentials.

use std::sync::Arc;

use super::Credentials;
use crate::auth::digest::session::Session;
use crate::auth::{Authenticate, BoxFuture, Refusal, SignableRequest};
use crate::credentials::{CredentialsCache, PerCredentials};
use crate::error::Error;
use crate::runtime::Runtime;
use reqwest::header::HeaderMap;

/// Responds to challenges. New credentials begin a new session.
#[derive(Debug)]
pub(super) struct Authenticator {
    pub(super) source: CredentialsCache<Credentials>,
    pub(super) session: PerCredentials<Credentials, Session>,
    pub(super) allow_md5: bool,
}

impl Authenticator {
    async fn session(&self, runtime: &Runtime) -> Result<Arc<Session>, Error> {
        let credentials = self.source.get(runtime).await?;
        Ok(self
            .session
            .of(&credentials, |c| Session::new(c.access_key.clone(), c.secret_key.clone(), self.allow_md5)))
    }
}

impl Authenticate for Authenticator {
    fn sign<'a>(
        &'a self,
        request: &'a mut SignableRequest,
        runtime: &'a Runtime,
    ) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move { self.session(runtime).await?.sign(request, runtime).await })
    }

    fn refused<'a>(
        &'a self,
        request: &'a SignableRequest,
        refusal: Refusal<'a>,
    ) -> BoxFuture<'a, Result<bool, Error>> {
        Box::pin(async move {
            match self.session.current() {
                Some(session) => session.refused(request, refusal).await,
                None => Ok(false),
            }
        })
    }

    fn accepted(&self, request: &SignableRequest, headers: &HeaderMap, body: &[u8]) -> Result<(), Error> {
        self.session.current().map_or(Ok(()), |session| session.accepted(request, headers, body))
    }
}
