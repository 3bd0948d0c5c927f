//! Authentication: the schemes as pure functions, and the traits through which the client core uses them.
//!
//! `sdk_hmac`, `scp_hmac` and `digest` only compute, without clock and I/O. An [`Authenticate`] has the credentials and
//! the last challenge, and adds a computed proof to each attempt.

pub(crate) mod digest;
mod mac;
pub(crate) mod scp_hmac;
pub(crate) mod sdk_hmac;
pub(crate) mod single_flight;
#[cfg(test)]
mod vectors;

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use reqwest::Url;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use zeroize::Zeroizing;

use crate::error::{Error, Kind};
use crate::runtime::Runtime;
use crate::secret::Secret;

/// A complete request without credentials. It is sent exactly as it is signed.
#[derive(Clone)]
pub(crate) struct SignableRequest {
    pub(crate) method: &'static str,
    /// The whole address.
    pub(crate) url: Url,
    /// Scheme, host and port: where the path begins in `url`.
    pub(crate) origin: usize,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The secrets in body and address, to mask them in responses.
    pub(crate) secrets: Vec<Secret>,
}

impl SignableRequest {
    /// Path and query, as they are sent.
    pub(crate) fn target(&self) -> &str {
        &self.url.as_str()[self.origin..]
    }

    /// The `Host` header: name, and port if it is not the default of the scheme.
    pub(crate) fn host(&self) -> &str {
        let origin = &self.url.as_str()[..self.origin];
        origin.split_once("://").map_or(origin, |(_, host)| host)
    }

    /// Sets a header; `secret` keeps its value out of every log.
    pub(crate) fn set(&mut self, name: HeaderName, value: &str, secret: bool) -> Result<(), Error> {
        // ZeroizingJson when the last copy is dropped.
        let value = Bytes::from_owner(Zeroizing::new(value.to_owned()));
        let mut value = HeaderValue::from_maybe_shared(value).map_err(|_| {
            let message =
                format!("the value for the header {name} has characters that are not allowed in headers");
            Error::new(Kind::Credentials, message)
        })?;
        value.set_sensitive(secret);
        self.headers.insert(name, value);
        Ok(())
    }
}

/// A future that a trait object can return.
pub(crate) type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A response that refuses credentials: a 401 or 403.
#[derive(Clone, Copy)]
pub(crate) struct Refusal<'a> {
    pub(crate) status: u16,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
    /// How often the attempt was already sent again with new credentials, without those of stale nonces.
    pub(crate) auth_retries: u32,
}

/// Whether a refused request is worth sending again with new credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AuthRetry {
    /// There is nothing new to send.
    No,
    /// There is a new challenge, a new token or a new pair of keys.
    Yes,
    /// The service says that only the nonce was too old, which can happen several times in a row.
    Stale,
}

/// Authenticates the calls of a client.
pub(crate) trait Authenticate: fmt::Debug + Send + Sync {
    /// The authentication of one call, from its first request to its last.
    fn call(&self) -> Box<dyn AuthenticateCall + '_>;
}

/// Adds credentials to the requests of one call, and processes their responses. A response is always that of the
/// request that was signed last.
pub(crate) trait AuthenticateCall: Send {
    /// Adds the credentials to one request. Called for every request.
    ///
    /// On an error the request is not sent.
    fn sign<'a>(
        &'a mut self,
        request: &'a mut SignableRequest,
        runtime: &'a Runtime,
    ) -> BoxFuture<'a, Result<(), Error>>;

    /// Processes a 401 or 403, and returns whether signing again is worth a retry.
    fn refused(&mut self, _request: &SignableRequest, _refusal: Refusal<'_>) -> Result<AuthRetry, Error> {
        Ok(AuthRetry::No)
    }

    /// Details for a refusal that ends the call, without secrets.
    fn explain(&self, _request: &SignableRequest, _refusal: Refusal<'_>) -> Option<String> {
        None
    }

    /// Whether the signature contains the time, so that a wrong clock can be the reason for a refusal.
    fn signs_time(&self) -> bool {
        false
    }

    /// Processes a good response, which can contain a proof of the server or data for the next request.
    fn accepted(
        &mut self,
        _request: &SignableRequest,
        _headers: &HeaderMap,
        _body: &[u8],
    ) -> Result<(), Error> {
        Ok(())
    }

    /// There is no response, or one that says nothing about the credentials.
    fn undecided(&mut self) {}
}

/// No credentials, for calls that need none and are not signed.
#[derive(Debug)]
pub(crate) struct Anonymous;

impl Authenticate for Anonymous {
    fn call(&self) -> Box<dyn AuthenticateCall + '_> {
        Box::new(Self)
    }
}

impl AuthenticateCall for Anonymous {
    fn sign<'a>(
        &'a mut self,
        _: &'a mut SignableRequest,
        _: &'a Runtime,
    ) -> BoxFuture<'a, Result<(), Error>> {
        let message = "this call needs credentials, and the client has none; set them on the builder";
        Box::pin(std::future::ready(Err(Error::new(Kind::Credentials, message))))
    }
}
