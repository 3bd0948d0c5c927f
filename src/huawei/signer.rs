//! AK/SK signing: every attempt has its own signature.

use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};

use crate::auth::{SignableRequest, sdk_hmac};
use crate::civil::{Civil, Time};
use crate::error::{Error, Kind};
use crate::runtime::Runtime;
use crate::secret::Secret;

const HOST: &str = "host";
const PROJECT: &str = "x-project-id";
const SECURITY_TOKEN: &str = "x-security-token";

/// The headers that are signed if they are set: those that proxies do not change.
const SIGNED: [&str; 4] = [HOST, PROJECT, sdk_hmac::DATE_HEADER, SECURITY_TOKEN];

/// A key pair.
#[derive(Clone, Debug)]
pub(super) struct Keys {
    pub(super) access_key: String,
    pub(super) secret_key: Secret,
    pub(super) security_token: Option<Secret>,
}

/// Signs a request; `project` is its project.
pub(super) fn sign(
    keys: &Keys,
    project: Option<&str>,
    request: &mut SignableRequest,
    runtime: &Runtime,
) -> Result<(), Error> {
    let date = sdk_date(runtime.unix_millis())?;
    let host = request.host().to_owned();
    set(request, HOST, &host, false)?;
    set(request, sdk_hmac::DATE_HEADER, &date, false)?;
    if let Some(project) = project {
        set(request, PROJECT, project, false)?;
    }
    if let Some(token) = &keys.security_token {
        set(request, SECURITY_TOKEN, token.expose(), true)?;
    }
    let authorization = with_signable(request, false, |signable| {
        sdk_hmac::authorization(&keys.access_key, keys.secret_key.expose(), &date, signable)
    });
    request.set(AUTHORIZATION, &authorization, true)
}

fn set(request: &mut SignableRequest, name: &'static str, value: &str, secret: bool) -> Result<(), Error> {
    request.set(HeaderName::from_static(name), value, secret)
}

/// The signed text, in the form in which the service returns the expected one: with a bar for each line end, and with
/// masked secrets.
pub(super) fn signed_text(request: &SignableRequest) -> String {
    with_signable(request, true, sdk_hmac::canonical_request).replace('\n', "|")
}

/// Passes on the parts of a request that are signed.
fn with_signable<T>(
    request: &SignableRequest,
    mask: bool,
    then: impl FnOnce(&sdk_hmac::SdkRequest<'_>) -> T,
) -> T {
    let value = |name: &str| request.headers.get(name).and_then(|v: &HeaderValue| v.to_str().ok());
    let headers: Vec<_> = SIGNED
        .into_iter()
        .filter_map(|name| Some((name, value(name)?)))
        .map(|(name, value)| (name, if mask && name == SECURITY_TOKEN { "***" } else { value }))
        .collect();
    let (path, query) = request.target().split_once('?').unwrap_or((request.target(), ""));
    then(&sdk_hmac::SdkRequest {
        method: request.method,
        path,
        query,
        headers: &headers,
        body: &request.body,
    })
}

/// A time in the form of `X-Sdk-Date`: `20260115T083000Z`.
fn sdk_date(unix_millis: i64) -> Result<String, Error> {
    let date = Civil::of(unix_millis.div_euclid(1_000))
        .ok_or_else(|| Error::new(Kind::Configuration, "the clock is outside of the supported years"))?;
    let Civil { year, month, day, time: Time { hour, minute, second } } = date;
    Ok(format!("{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}Z"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn dates_are_utc_in_basic_form() {
        assert_eq!(super::sdk_date(1_768_465_800_000).unwrap(), "20260115T083000Z");
    }
}
