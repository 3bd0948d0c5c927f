//! Authentication: the schemes as pure functions, and the seam through which the client core uses them.
//!
//! `sdk_hmac`, `scp_hmac` and `digest` compute; they read no clock and do no I/O. An [`Authenticate`] holds
//! credentials and what a server said last, and puts a computed proof on each attempt.

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

/// A request that is ready but for its credentials. What is signed here is what is sent.
#[derive(Clone)]
pub(crate) struct SignableRequest {
    pub(crate) method: &'static str,
    /// The whole address.
    pub(crate) url: Url,
    /// Scheme, host and port: where the path begins in `url`.
    pub(crate) origin: usize,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// What must not be seen of body and address, should a server repeat it.
    pub(crate) secrets: Vec<Secret>,
}

impl SignableRequest {
    /// Path and query, as they go on the wire.
    pub(crate) fn target(&self) -> &str {
        &self.url.as_str()[self.origin..]
    }

    /// The `Host` header: name, and port where it is not the scheme's own.
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
    /// How often the attempt was sent again with new credentials already, not counting those of stale nonces.
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
    /// What one call needs for that, from its first request to its last.
    fn call(&self) -> Box<dyn AuthenticateCall + '_>;
}

/// Puts credentials on the requests of one call, one after the other, and learns from their responses. What is
/// said of a response is said of the request that was signed last.
pub(crate) trait AuthenticateCall: Send {
    /// Adds the credentials to one request. Called for every request.
    ///
    /// On an error the request is not sent.
    fn sign<'a>(
        &'a mut self,
        request: &'a mut SignableRequest,
        runtime: &'a Runtime,
    ) -> BoxFuture<'a, Result<(), Error>>;

    /// Looks at a 401 or 403: whether signing again is worth a retry.
    fn refused(&mut self, _request: &SignableRequest, _refusal: Refusal<'_>) -> Result<AuthRetry, Error> {
        Ok(AuthRetry::No)
    }

    /// More words for a refusal that ends the call, without any secret.
    fn explain(&self, _request: &SignableRequest, _refusal: Refusal<'_>) -> Option<String> {
        None
    }

    /// Whether the request was signed with the time, so that a wrong clock can be why it was refused.
    fn signs_time(&self) -> bool {
        false
    }

    /// Looks at a good response: the service may prove itself there, or hand out what the next request needs.
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

/// No credentials: valid for calls that need none, which are not signed at all.
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
