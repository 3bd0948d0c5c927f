//! A Digest session for the credentials of the hour.

use std::sync::Arc;

use super::Credentials;
use crate::ambient::Ambient;
use crate::auth::digest::session::Session;
use crate::auth::{Authenticate, Later, Outgoing, Refusal};
use crate::credentials::{Bound, Source};
use crate::error::Error;
use reqwest::header::HeaderMap;

/// Answers challenges. New credentials begin a new session.
#[derive(Debug)]
pub(super) struct Authenticator {
    pub(super) source: Source<Credentials>,
    pub(super) session: Bound<Credentials, Session>,
    pub(super) allow_md5: bool,
}

impl Authenticator {
    async fn session(&self, ambient: &Ambient) -> Result<Arc<Session>, Error> {
        let credentials = self.source.get(ambient).await?;
        Ok(self
            .session
            .of(&credentials, |c| Session::new(c.access_key.clone(), c.secret_key.clone(), self.allow_md5)))
    }
}

impl Authenticate for Authenticator {
    fn sign<'a>(&'a self, request: &'a mut Outgoing, ambient: &'a Ambient) -> Later<'a, Result<(), Error>> {
        Box::pin(async move { self.session(ambient).await?.sign(request, ambient).await })
    }

    fn refused<'a>(&'a self, request: &'a Outgoing, refusal: Refusal<'a>) -> Later<'a, Result<bool, Error>> {
        Box::pin(async move {
            match self.session.current() {
                Some(session) => session.refused(request, refusal).await,
                None => Ok(false),
            }
        })
    }

    fn accepted(&self, request: &Outgoing, headers: &HeaderMap, body: &[u8]) -> Result<(), Error> {
        self.session.current().map_or(Ok(()), |session| session.accepted(request, headers, body))
    }
}
