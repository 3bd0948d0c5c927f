//! AK/SK signing: every attempt carries a signature of its own.

use reqwest::header::{AUTHORIZATION, HOST, HeaderMap, HeaderName};

use crate::ambient::Ambient;
use crate::auth::{Authenticate, Later, Outgoing, sdk_hmac};
use crate::error::{Error, Kind};
use crate::secret::Secret;

/// Signs with a key pair.
#[derive(Debug)]
pub(super) struct Signer {
    pub(super) access_key: String,
    pub(super) secret_key: Secret,
    pub(super) security_token: Option<Secret>,
    /// The project that the call belongs to; global services have none.
    pub(super) project_id: Option<String>,
}

impl Signer {
    fn put(&self, request: &mut Outgoing, ambient: &Ambient) -> Result<(), Error> {
        let date = sdk_date(ambient.unix_millis())?;
        let host = request.host().to_owned();
        // Only headers that nothing on the way rewrites are signed.
        let mut signed =
            vec![(HOST, host, false), (HeaderName::from_static(sdk_hmac::DATE_HEADER), date.clone(), false)];
        if let Some(project) = &self.project_id {
            signed.push((HeaderName::from_static("x-project-id"), project.clone(), false));
        }
        if let Some(token) = &self.security_token {
            signed.push((HeaderName::from_static("x-security-token"), token.expose().to_owned(), true));
        }
        let headers: Vec<_> = signed.iter().map(|(name, value, _)| (name.as_str(), value.as_str())).collect();
        let (path, query) = request.target().split_once('?').unwrap_or((request.target(), ""));
        let made = sdk_hmac::authorization(
            &self.access_key,
            self.secret_key.expose(),
            &date,
            &sdk_hmac::Request {
                method: request.method,
                path,
                query,
                headers: &headers,
                body: &request.body,
            },
        );
        for (name, value, secret) in signed {
            request.set(name, &value, secret)?;
        }
        request.set(AUTHORIZATION, &made, true)
    }
}

impl Authenticate for Signer {
    fn sign<'a>(&'a self, request: &'a mut Outgoing, ambient: &'a Ambient) -> Later<'a, Result<(), Error>> {
        Box::pin(std::future::ready(self.put(request, ambient)))
    }

    fn refused<'a>(&'a self, _: &'a Outgoing, _: &'a HeaderMap) -> Later<'a, Result<bool, Error>> {
        Box::pin(std::future::ready(Ok(false)))
    }
}

/// A time in the form of `X-Sdk-Date`: `20260115T083000Z`.
fn sdk_date(unix_millis: i64) -> Result<String, Error> {
    jiff::Timestamp::from_millisecond(unix_millis)
        .map(|time| time.strftime("%Y%m%dT%H%M%SZ").to_string())
        .map_err(|_| Error::new(Kind::Configuration, "the clock is outside of the years that can be written"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn dates_are_utc_in_basic_form() {
        assert_eq!(super::sdk_date(1_768_465_800_000).unwrap(), "20260115T083000Z");
    }
}
