//! The metadata service of a cloud server: temporary keys of the server's agency.
//!
//! Problem: a program on a cloud server needs no keys of its own, but the service that issues them exists only there,
//! and elsewhere the request must not hang.
//! Default: `http://169.254.169.254`, three seconds for a response, retries included. No connection, no response in
//! time and no agency mean that there are no credentials here; any other unexpected response is an error. No request is
//! sent if the variable `HUAWEICLOUD_METADATA_DISABLED` is `true`.
//! Override: [`MetadataService::base_url`], [`MetadataService::timeout`], [`MetadataService::transport`];
//! [`ClientBuilder::metadata_service`](super::ClientBuilder::metadata_service) leaves it out.

use std::sync::Arc;
use std::time::Duration;

use super::credentials::{self, Credentials};
use crate::auth::Anonymous;
use crate::client::config::CommonConfig;
use crate::client::options::CallOptions;
use crate::client::transport::Transport;
use crate::client::{Call, Core};
use crate::credentials::form::check_key;
use crate::credentials::{Env, ExpiringCredentials, ProvideCredentials, ProvideFuture};
use crate::error::Error;
use crate::operation::{Operation, Parameter, Service};
use crate::runtime::Runtime;
use crate::secret::Secret;
use crate::timestamp::Timestamp;
use crate::wire::check::Check;
use crate::wire::decode::Decode;
use crate::wire::misfit::Misfit;
use crate::wire::model;
use crate::wire::reader::Reader;

const HOST: &str = "169.254.169.254";

/// Disables the service if it is `true`.
const DISABLED: &str = "HUAWEICLOUD_METADATA_DISABLED";

/// The maximum size of a response, in bytes.
const MAX_RESPONSE: usize = 256 * 1024;

const PAGE: &str = "https://support.huaweicloud.com/intl/en-us/usermanual-ecs/ecs_03_0166.html";

static SERVICE: Service = Service {
    name: "huawei-metadata",
    version: "latest",
    servers: &[],
    operations: &[&CREATE_TOKEN, &SHOW_SECURITY_KEY],
    requests: &[],
};

static TOKEN_LIFE: Parameter = Parameter::header("X-Metadata-Token-Ttl-Seconds").required();

static TOKEN: Parameter = Parameter::header("X-Metadata-Token").check(&Check::any_text().secret());

/// A token for requests, which newer services require.
static CREATE_TOKEN: Operation = Operation {
    method: "PUT",
    parameters: &[&TOKEN_LIFE],
    ..Operation::aside(SERVICE.name, "CreateToken", "/meta-data/latest/api/token", &[], PAGE)
};

static SHOW_SECURITY_KEY: Operation = Operation {
    parameters: &[&TOKEN],
    ..Operation::aside(SERVICE.name, "ShowSecurityKey", "/openstack/latest/securitykey", &[], PAGE)
};

/// A provider of the temporary keys of this cloud server's agency, from the metadata service.
///
/// New keys are requested before the keys expire. The project is that of `HUAWEICLOUD_SDK_PROJECT_ID`, if it is set.
#[derive(Debug, Clone)]
pub struct MetadataService {
    env: Env,
    base_url: Option<Secret>,
    timeout: Duration,
    transport: Option<Transport>,
    runtime: Runtime,
    disabled: bool,
}

impl Default for MetadataService {
    fn default() -> Self {
        let (env, timeout, runtime) = (Env::default(), Duration::from_secs(3), Runtime::system());
        Self { env, base_url: None, timeout, transport: None, runtime, disabled: false }
    }
}

impl MetadataService {
    /// Sets the environment that variables are read from. Default: [`Env::system`].
    #[must_use]
    pub fn env(mut self, env: Env) -> Self {
        self.env = env;
        self
    }

    /// Sets the address of the metadata service. Default: `http://169.254.169.254`.
    ///
    /// Plain http is accepted only for that address, for loopback, and for hosts that the transport allows by name.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<Secret>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Sets the timeout of a request, including retries. Default: 3 seconds.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the transport. Default: a [`Transport`] with default settings, without a proxy.
    #[must_use]
    pub fn transport(mut self, transport: Transport) -> Self {
        self.transport = Some(transport);
        self
    }

    /// Sets the source of time and randomness. Default: the system's.
    #[must_use]
    pub fn runtime(mut self, runtime: Runtime) -> Self {
        self.runtime = runtime;
        self
    }

    /// Sends no requests and has no credentials, as if the variable `HUAWEICLOUD_METADATA_DISABLED` is `true`.
    pub(super) fn disabled(mut self, disabled: bool) -> Self {
        self.disabled = disabled;
        self
    }

    async fn ask(&self) -> Result<ExpiringCredentials<Credentials>, Error> {
        if let Some(by) = self.switched_off()? {
            return Err(Error::no_credentials(format!("the metadata service is disabled by {by}")));
        }
        let project = credentials::project(&self.env)?;
        let core = self.core()?;
        let mut key = self.key(&core, self.token(&core).await?).await;
        if key.as_ref().is_err_and(|e| e.status() == Some(401) && !lacks_agency(e)) {
            key = self.key(&core, self.token(&core).await?).await;
        }
        let credentials =
            |key: SecurityKey| key.credential.read().map_err(|why| misfit(&core, &SHOW_SECURITY_KEY, &why));
        match key {
            Ok(key) => {
                let (keys, expires) = credentials(key)?;
                Ok(ExpiringCredentials::new(keys.in_project(project)).expires_at(expires))
            }
            Err(e) if e.status() == Some(404) => {
                Err(none(&core, "has no keys: no agency is set for this server, or it is another cloud's"))
            }
            Err(e) if e.status() == Some(401) && lacks_agency(&e) => {
                Err(none(&core, "has no keys: no agency is set for this server"))
            }
            Err(e) => Err(self.failed(&core, &SHOW_SECURITY_KEY, &e)),
        }
    }

    /// What disabled the service, if it is disabled.
    fn switched_off(&self) -> Result<Option<String>, Error> {
        let switch = self.env.get(DISABLED)?;
        let word = switch.as_ref().map(|word| word.expose().trim().to_ascii_lowercase());
        match word.as_deref() {
            _ if self.disabled => Ok(Some("the program".to_owned())),
            None | Some("false" | "0" | "no" | "off") => Ok(None),
            Some("true" | "1" | "yes" | "on") => Ok(Some(format!("the variable {DISABLED}"))),
            Some(_) => Err(Error::credentials(format!("the variable {DISABLED} is neither true nor false"))),
        }
    }

    fn core(&self) -> Result<Core, Error> {
        let transport = self.transport.clone().map_or_else(Transport::shared, Ok)?;
        let transport = transport.with_max_response_size(MAX_RESPONSE).with_http_host(HOST);
        let config = CommonConfig {
            base_url: self.base_url.clone(),
            transport: Some(transport),
            runtime: Some(self.runtime.clone()),
            ..CommonConfig::default()
        };
        config.core(&SERVICE, || Ok(format!("http://{HOST}")), Arc::new(Anonymous), Vec::new(), None)
    }

    /// The token that newer services require; none if the service does not support tokens.
    async fn token(&self, core: &Core) -> Result<Option<Secret>, Error> {
        let mut call = self.call(core, &CREATE_TOKEN);
        call.set(TOKEN_LIFE.name, "21600");
        let token = match call.send::<Word>().await {
            Ok(response) => response.into_inner().0,
            Err(e) if matches!(e.status(), Some(404 | 405 | 503)) => return Ok(None),
            Err(e) => return Err(self.failed(core, &CREATE_TOKEN, &e)),
        };
        if token.expose().contains(|c: char| c.is_whitespace() || c == '<' || c == '{')
            || check_key("token", &token).is_err()
        {
            let why = "is not a token; another service may listen at this address";
            return Err(misfit(core, &CREATE_TOKEN, why));
        }
        Ok(Some(token))
    }

    async fn key(&self, core: &Core, token: Option<Secret>) -> Result<SecurityKey, Error> {
        let mut call = self.call(core, &SHOW_SECURITY_KEY);
        if let Some(token) = token {
            call.set_secret(TOKEN.name, &token);
        }
        call.send().await.map(crate::Response::into_inner)
    }

    fn call(&self, core: &Core, operation: &'static Operation) -> Call {
        let mut call = Call::new(core, operation);
        call.set_options(CallOptions::new().timeout(self.timeout).attempt_timeout(self.timeout));
        call
    }

    /// The reason why there are no credentials after a failed call, without the response, which may contain keys.
    fn failed(&self, core: &Core, operation: &Operation, error: &Error) -> Error {
        match error.status() {
            Some(status) if !error.is_decode() => {
                misfit(core, operation, &format!("has status {status}; try again later"))
            }
            _ if error.is_timeout() => none(core, &format!("did not respond in {:?}", self.timeout)),
            _ if error.is_connect() => none(core, "can't be reached"),
            _ => misfit(core, operation, &format!("can't be used: {}", error.reason())),
        }
    }
}

/// Whether a refusal says that the server has no agency. A new token does not help then.
fn lacks_agency(error: &Error) -> bool {
    String::from_utf8_lossy(error.body()).to_lowercase().contains("agency")
}

fn none(core: &Core, why: &str) -> Error {
    Error::no_credentials(format!("the metadata service at {} {why}", core.base()))
}

fn misfit(core: &Core, operation: &Operation, why: &str) -> Error {
    Error::credentials(format!("the metadata service's response at {}{} {why}", core.base(), operation.path))
}

impl ProvideCredentials<Credentials> for MetadataService {
    fn provide(&self) -> ProvideFuture<'_, Credentials> {
        Box::pin(self.ask())
    }
}

/// A response that is one word instead of JSON.
#[derive(Debug)]
struct Word(Secret);

impl Decode for Word {
    fn blank() -> Self {
        Self(Secret::blank())
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, Misfit> {
        Ok(Self(reader.rest().trim().into()))
    }
}

#[derive(Debug)]
struct SecurityKey {
    credential: KeyCredential,
}

model! { SecurityKey { required: [credential] } }

#[derive(Debug)]
struct KeyCredential {
    access: Secret,
    secret: Secret,
    securitytoken: Secret,
    expires_at: Timestamp,
}

model! { KeyCredential { required: [access, secret, securitytoken, expires_at] } }

impl KeyCredential {
    /// The keys and their time of expiry; or an error without their values.
    fn read(self) -> Result<(Credentials, std::time::SystemTime), String> {
        let Self { access, secret, securitytoken, expires_at } = self;
        for (name, text) in [("access", &access), ("secret", &secret), ("securitytoken", &securitytoken)] {
            check_key(&format!("credential.{name}"), text).map_err(|e| format!("can't be used: {e}"))?;
        }
        let expires = expires_at.to_system_time().ok_or("has a credential.expires_at that is not a time")?;
        Ok((Credentials::keys(&access, secret, Some(securitytoken)), expires))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timestamp::unix_millis;
    use crate::wire::decode::decode;

    #[test]
    fn keys_and_expiry_are_read() {
        let body = r#"{"credential": {"access": "a", "secret": "s", "securitytoken": "t",
            "expires_at": "2026-01-16T08:30:00.123000Z"}}"#;
        let (found, expires) = decode::<SecurityKey>(body).unwrap().credential.read().unwrap();
        assert_eq!((found.shown().as_str(), unix_millis(expires)), ("a s Some(\"t\")", 1_768_552_200_123));
    }

    #[test]
    fn the_switch_is_a_variable_or_the_programs() {
        let env = |word: &str| MetadataService::default().env(Env::fixed().variable(DISABLED, word));
        let off = |service: &MetadataService| service.switched_off().map(|by| by.is_some()).ok();
        for (word, expected) in [
            ("true", Some(true)),
            (" TRUE ", Some(true)),
            ("1", Some(true)),
            ("", Some(false)),
            ("false", Some(false)),
            ("0", Some(false)),
            ("maybe", None),
        ] {
            assert_eq!(off(&env(word)), expected, "{word:?}");
            assert_eq!(off(&env(word).disabled(true)), Some(true), "{word:?}");
        }
    }
}
