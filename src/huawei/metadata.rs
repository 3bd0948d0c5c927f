//! The metadata service of a cloud server: temporary keys of the agency that the server runs under.
//!
//! Problem: a program on a server of the cloud needs no keys of its own, but the service that hands them out is
//! only there, and elsewhere the question must not hang.
//! Default: `http://169.254.169.254`, three seconds for a response. No connection, no response in time and no
//! agency mean that there are no credentials here; any other odd response is an error.
//! Override: [`MetadataService::base_url`], [`MetadataService::timeout`], [`MetadataService::transport`].

use std::time::{Duration, SystemTime};

use reqwest::header::{CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, Response};
use serde_json::Value;

use super::credentials::{self, Credentials};
use crate::client::BaseUrl;
use crate::client::transport::Transport;
use crate::credentials::form::check_key;
use crate::credentials::{Env, ExpiringCredentials, ProvideCredentials, ProvideFuture};
use crate::error::Error;
use crate::secret::Secret;
use crate::timestamp::Timestamp;
use crate::wire::scalar;

const HOST: &str = "169.254.169.254";
const TOKEN_PATH: &str = "/meta-data/latest/api/token";
const KEYS_PATH: &str = "/openstack/latest/securitykey";
const TOKEN_LIFE_HEADER: HeaderName = HeaderName::from_static("x-metadata-token-ttl-seconds");
const TOKEN_LIFE: &str = "21600";
const TOKEN_HEADER: HeaderName = HeaderName::from_static("x-metadata-token");

/// Most bytes of a response that are read.
const MAX_RESPONSE: usize = 256 * 1024;

/// Asks the metadata service of this cloud server for the temporary keys of its agency.
///
/// They are asked for again before they expire. The project is the one that `HUAWEICLOUD_SDK_PROJECT_ID` names,
/// if it is set.
#[derive(Debug, Clone)]
pub struct MetadataService {
    env: Env,
    base_url: Option<Secret>,
    timeout: Duration,
    transport: Option<Transport>,
}

impl Default for MetadataService {
    fn default() -> Self {
        let (env, timeout) = (Env::default(), Duration::from_secs(3));
        Self { env, base_url: None, timeout, transport: None }
    }
}

impl MetadataService {
    /// Reads the project's variable from here. Default: [`Env::system`].
    #[must_use]
    pub fn env(mut self, env: Env) -> Self {
        self.env = env;
        self
    }

    /// Asks this address. Default: `http://169.254.169.254`.
    ///
    /// Plain http is taken for that address, for loopback, or for a host that the transport allows by name.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<Secret>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// The longest that one response may take. Default: 3 seconds.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Connects in this way. Default: a transport of its own, without a proxy.
    #[must_use]
    pub fn transport(mut self, transport: Transport) -> Self {
        self.transport = Some(transport);
        self
    }

    async fn ask(&self) -> Result<ExpiringCredentials<Credentials>, Error> {
        let project = credentials::project(&self.env)?;
        let endpoint = self.endpoint()?;
        let mut response = endpoint.keys(endpoint.token().await?).await?;
        if response.status == 401 && !response.lacks_agency() {
            response = endpoint.keys(endpoint.token().await?).await?;
        }
        match response.status {
            200 => {
                let (credentials, expires) =
                    read(&response.body).map_err(|why| endpoint.misfit(KEYS_PATH, &why))?;
                Ok(ExpiringCredentials::new(credentials.in_project(project)).expires_at(expires))
            }
            404 => {
                Err(endpoint.none("has no keys: no agency is set for this server, or it is another cloud's"))
            }
            401 if response.lacks_agency() => {
                Err(endpoint.none("has no keys: no agency is set for this server"))
            }
            status => Err(endpoint.misfit(KEYS_PATH, &format!("is status {status}; ask again later"))),
        }
    }

    fn endpoint(&self) -> Result<MetadataEndpoint, Error> {
        let transport = match &self.transport {
            Some(transport) => transport.clone(),
            None => Transport::builder().connect_timeout(self.timeout).allow_http_host(HOST).build()?,
        };
        let base = match &self.base_url {
            Some(url) => BaseUrl::new(url.expose(), &transport)?.to_string(),
            None => format!("http://{HOST}"),
        };
        Ok(MetadataEndpoint { transport, base, timeout: self.timeout })
    }
}

impl ProvideCredentials<Credentials> for MetadataService {
    fn provide(&self) -> ProvideFuture<'_, Credentials> {
        Box::pin(self.ask())
    }
}

/// The way to the service.
struct MetadataEndpoint {
    transport: Transport,
    base: String,
    timeout: Duration,
}

/// A response, and its body unless that is not needed.
struct MetadataResponse {
    status: u16,
    body: Vec<u8>,
}

impl MetadataResponse {
    /// Whether a refusal says that the server runs under no agency. Then no new token helps.
    fn lacks_agency(&self) -> bool {
        String::from_utf8_lossy(&self.body).to_lowercase().contains("agency")
    }
}

impl MetadataEndpoint {
    /// The token that newer services want to see; none where the service knows no tokens.
    async fn token(&self) -> Result<Option<HeaderValue>, Error> {
        // Said aloud, for the HTTP library leaves it out and strict servers refuse that.
        let headers = [(TOKEN_LIFE_HEADER, TOKEN_LIFE), (CONTENT_LENGTH, "0")];
        let headers = headers.map(|(name, value)| (name, HeaderValue::from_static(value)));
        let response = self.send(Method::PUT, TOKEN_PATH, HeaderMap::from_iter(headers)).await?;
        match response.status {
            200 => {}
            404 | 405 | 503 => return Ok(None),
            status => return Err(self.misfit(TOKEN_PATH, &format!("is status {status}; ask again later"))),
        }
        let unusable = || self.misfit(TOKEN_PATH, "is no token; something else may listen at this address");
        let text = std::str::from_utf8(&response.body).map_err(|_| unusable())?.trim();
        if text.contains(char::is_whitespace) || check_key("token", &text.into()).is_err() {
            return Err(unusable());
        }
        let mut token = HeaderValue::from_str(text).map_err(|_| unusable())?;
        token.set_sensitive(true);
        Ok(Some(token))
    }

    async fn keys(&self, token: Option<HeaderValue>) -> Result<MetadataResponse, Error> {
        let headers = token.into_iter().map(|token| (TOKEN_HEADER, token)).collect();
        self.send(Method::GET, KEYS_PATH, headers).await
    }

    async fn send(&self, method: Method, path: &str, headers: HeaderMap) -> Result<MetadataResponse, Error> {
        let url = format!("{}{path}", self.base);
        let request = self.transport.http().request(method, url).headers(headers).timeout(self.timeout);
        let response = request.send().await.map_err(|e| {
            let e = e.without_url();
            match () {
                () if e.is_timeout() => self.none(&format!("did not respond in {:?}", self.timeout)),
                () if e.is_connect() => self.none("can't be reached"),
                () => self.misfit(path, "is no HTTP, or it broke off").with_source(e),
            }
        })?;
        let status = response.status().as_u16();
        Ok(MetadataResponse { status, body: self.body(path, response).await? })
    }

    async fn body(&self, path: &str, mut response: Response) -> Result<Vec<u8>, Error> {
        let mut body = Vec::new();
        let broken = |e: reqwest::Error| self.misfit(path, "broke off").with_source(e.without_url());
        while let Some(chunk) = response.chunk().await.map_err(broken)? {
            if body.len() + chunk.len() > MAX_RESPONSE {
                let kib = MAX_RESPONSE / 1024;
                return Err(self.misfit(path, &format!("has more than {kib} KiB, so it holds no keys")));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }

    fn none(&self, why: &str) -> Error {
        Error::no_credentials(format!("the metadata service at {} {why}", self.base))
    }

    fn misfit(&self, path: &str, why: &str) -> Error {
        Error::credentials(format!("the metadata service's response at {}{path} {why}", self.base))
    }
}

/// The keys and when they expire; or what is wrong, without any of it.
fn read(body: &[u8]) -> Result<(Credentials, SystemTime), String> {
    let body: Value =
        serde_json::from_slice(body).map_err(|e| format!("is invalid JSON from line {} on", e.line()))?;
    let field = |name: &str| match body.get("credential").and_then(|found| found.get(name)) {
        Some(Value::String(text)) => Ok(Secret::from(text.as_str())),
        None | Some(Value::Null) => Err(format!("has no credential.{name}")),
        Some(other) => Err(format!("has {} for credential.{name}; a text is expected", scalar::kind(other))),
    };
    let header = |name: &str| {
        let text = field(name)?;
        check_key(&format!("credential.{name}"), &text).map_err(|e| format!("can't be used: {e}"))?;
        Ok::<_, String>(text)
    };
    let keys = Credentials::keys(&header("access")?, header("secret")?, Some(header("securitytoken")?));
    let expires = Timestamp::from(field("expires_at")?.expose()).to_system_time();
    Ok((keys, expires.ok_or("has a credential.expires_at that is not a time")?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timestamp::unix_millis;

    #[test]
    fn keys_and_expiry_are_read() {
        let body = r#"{"credential": {"access": "a", "secret": "s", "securitytoken": "t",
            "expires_at": "2026-01-16T08:30:00.123000Z"}}"#;
        let (found, expires) = read(body.as_bytes()).unwrap();
        assert_eq!((found.shown().as_str(), unix_millis(expires)), ("a s Some(\"t\")", 1_768_552_200_123));
    }
}
