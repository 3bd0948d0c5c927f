//! The `Scp-*` headers, created again for every attempt.

use std::sync::Arc;

use reqwest::header::HeaderName;

use super::Credentials;
use crate::auth::{AuthRetry, Authenticate, AuthenticateCall, BoxFuture, Refusal, SignableRequest, scp_hmac};
use crate::credentials::CredentialsCache;
use crate::error::Error;
use crate::runtime::Runtime;

/// Signs with the current key pair.
#[derive(Debug)]
pub(super) struct Authenticator {
    pub(super) credentials: CredentialsCache<Credentials>,
}

/// The signatures of one call.
struct SigningCall<'a> {
    source: &'a CredentialsCache<Credentials>,
    /// The key pair of the last request.
    used: Option<Arc<Credentials>>,
}

impl SigningCall<'_> {
    async fn put(&mut self, request: &mut SignableRequest, runtime: &Runtime) -> Result<(), Error> {
        let credentials = self.used.insert(self.source.get(runtime).await?);
        let Credentials { access_key, secret_key, account_id, auth_token } = &**credentials;
        let timestamp = runtime.unix_millis().to_string();
        let signature = scp_hmac::signature(
            secret_key.expose(),
            &scp_hmac::ScpRequest {
                method: request.method,
                url: request.url.as_str(),
                timestamp_ms: &timestamp,
                access_key,
                account_id: account_id.as_deref(),
                client_type: scp_hmac::CLIENT_TYPE,
            },
        );
        let mut set = |name, value: &str, secret| request.set(HeaderName::from_static(name), value, secret);
        set(scp_hmac::ACCESS_KEY_HEADER, access_key, true)?;
        set(scp_hmac::SIGNATURE_HEADER, &signature, true)?;
        set(scp_hmac::TIMESTAMP_HEADER, &timestamp, false)?;
        set(scp_hmac::CLIENT_TYPE_HEADER, scp_hmac::CLIENT_TYPE, false)?;
        if let Some(token) = auth_token {
            set("x-auth-token", token.expose(), true)?;
        }
        match account_id {
            Some(id) => set(scp_hmac::ACCOUNT_ID_HEADER, id, false),
            None => Ok(()),
        }
    }
}

impl Authenticate for Authenticator {
    fn call(&self) -> Box<dyn AuthenticateCall + '_> {
        Box::new(SigningCall { source: &self.credentials, used: None })
    }
}

impl AuthenticateCall for SigningCall<'_> {
    fn sign<'a>(
        &'a mut self,
        request: &'a mut SignableRequest,
        runtime: &'a Runtime,
    ) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(self.put(request, runtime))
    }

    /// Another request is useful if the keys were renewed in the meantime.
    fn refused(&mut self, _request: &SignableRequest, refusal: Refusal<'_>) -> Result<AuthRetry, Error> {
        let renewed = self.used.as_ref().is_some_and(|used| self.source.renewed_since(used));
        Ok(if renewed && refusal.status == 401 { AuthRetry::Yes } else { AuthRetry::No })
    }

    fn signs_time(&self) -> bool {
        true
    }
}
