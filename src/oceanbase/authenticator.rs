//! A Digest session for the current credentials.

use std::sync::Arc;

use reqwest::header::HeaderMap;

use super::Credentials;
use crate::auth::digest::session::Session;
use crate::auth::digest::session_call::SessionCall;
use crate::auth::{AuthRetry, Authenticate, AuthenticateCall, BoxFuture, Refusal, SignableRequest};
use crate::credentials::{CredentialsCache, PerCredentials};
use crate::error::Error;
use crate::runtime::Runtime;

/// Responds to challenges. New credentials start a new session.
#[derive(Debug)]
pub(super) struct Authenticator {
    pub(super) source: CredentialsCache<Credentials>,
    pub(super) session: PerCredentials<Credentials, Session>,
    pub(super) allow_md5: bool,
}

/// One call: with the session of the credentials that signed its last request.
struct DigestCall<'a> {
    authenticator: &'a Authenticator,
    signed: Option<(Arc<Credentials>, SessionCall)>,
}

impl DigestCall<'_> {
    async fn put(&mut self, request: &mut SignableRequest, runtime: &Runtime) -> Result<(), Error> {
        let Authenticator { source, session, allow_md5 } = self.authenticator;
        let credentials = source.get(runtime).await?;
        let call =
            match self.signed.take() {
                Some((used, call)) if Arc::ptr_eq(&used, &credentials) => call,
                _ => SessionCall::new(session.of(&credentials, |c| {
                    Session::new(c.access_key.clone(), c.secret_key.clone(), *allow_md5)
                })),
            };
        self.signed.insert((credentials, call)).1.sign(request, runtime).await
    }
}

impl Authenticate for Authenticator {
    fn call(&self) -> Box<dyn AuthenticateCall + '_> {
        Box::new(DigestCall { authenticator: self, signed: None })
    }
}

impl AuthenticateCall for DigestCall<'_> {
    fn sign<'a>(
        &'a mut self,
        request: &'a mut SignableRequest,
        runtime: &'a Runtime,
    ) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(self.put(request, runtime))
    }

    /// Another request is useful if the credentials were renewed in the meantime.
    fn refused(&mut self, _request: &SignableRequest, refusal: Refusal<'_>) -> Result<AuthRetry, Error> {
        let Some((used, call)) = &mut self.signed else { return Ok(AuthRetry::No) };
        let again = call.refused(refusal)?;
        let renewed = refusal.status == 401 && self.authenticator.source.renewed_since(used);
        Ok(if renewed && again == AuthRetry::No { AuthRetry::Yes } else { again })
    }

    fn explain(&self, _request: &SignableRequest, refusal: Refusal<'_>) -> Option<String> {
        self.signed.as_ref().and_then(|(_, call)| call.explain(refusal))
    }

    fn accepted(&mut self, request: &SignableRequest, headers: &HeaderMap, body: &[u8]) -> Result<(), Error> {
        self.signed.as_mut().map_or(Ok(()), |(_, call)| call.accepted(request, headers, body))
    }

    fn undecided(&mut self) {
        if let Some((_, call)) = &mut self.signed {
            call.undecided();
        }
    }
}
