//! The client builder of every Samsung Cloud Platform service.

use std::marker::PhantomData;
use std::sync::Arc;

use super::authenticator::Authenticator;
use super::versions::Withdrawn;
use super::{Credentials, Environment, catalogue};
use crate::auth::Authenticate;
use crate::auth::single_flight::SingleFlight;
use crate::client::config::{CommonConfig, common_setters};
use crate::client::{Core, servers};
use crate::credentials::{CredentialsCache, ProvideCredentials};
use crate::error::Error;
use crate::operation::{Operation, Service};
use crate::secret::Secret;

/// A generated client of one product and version.
pub(super) trait Product {
    /// The table of the service.
    const SERVICE: &'static Service;
    /// The operation that queries a host for its versions.
    const LIST_VERSIONS: &'static Operation;

    /// Creates the client from a core.
    fn new(core: Core) -> Self;

    /// The product's name in host names and in `Scp-Api-Version`: `mysql` of `samsung-mysql-1.3`.
    fn word() -> &'static str {
        Self::SERVICE.name.split('-').nth(1).unwrap_or_default()
    }
}

/// Builds a client `C` of a Samsung Cloud Platform service.
#[derive(Debug, Clone)]
pub struct ClientBuilder<C> {
    config: CommonConfig,
    environment: Environment,
    region: String,
    iam_url: Option<Secret>,
    credentials: Option<Arc<dyn ProvideCredentials<Credentials>>>,
    api_version: Option<String>,
    language: Option<String>,
    client: PhantomData<fn() -> C>,
}

impl<C> ClientBuilder<C> {
    pub(super) fn new() -> Self {
        Self {
            config: CommonConfig::default(),
            environment: Environment::Enterprise,
            region: "kr-west1".to_owned(),
            iam_url: None,
            credentials: None,
            api_version: None,
            language: None,
            client: PhantomData,
        }
    }

    common_setters!();

    /// Sets the environment. Default: [`Environment::Enterprise`].
    #[must_use]
    pub fn environment(mut self, environment: Environment) -> Self {
        self.environment = environment;
        self
    }

    /// Sets the region, as written in host names. Default: `kr-west1`.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = region.into();
        self
    }

    /// Requests another API version, for example `1.1`. Default: the version of the client.
    ///
    /// Responses of another version may not match the models of this client.
    #[must_use]
    pub fn api_version(mut self, version: impl Into<String>) -> Self {
        self.api_version = Some(version.into());
        self
    }

    /// Sets the address of IAM, instead of the address in the environment. Only [`find_endpoint`](Self::find_endpoint)
    /// uses it.
    #[must_use]
    pub fn iam_url(mut self, url: impl Into<String>) -> Self {
        self.iam_url = Some(Secret::from(url.into()));
        self
    }

    fn auth(&self) -> Arc<dyn Authenticate> {
        let provider = self.credentials.clone().unwrap_or_else(|| Arc::new(super::default_chain()));
        Arc::new(Authenticator { credentials: CredentialsCache::new(provider, Credentials::check) })
    }

    /// Sets the language of messages, `en-US` or `ko-KR`. Default: `en-US`.
    #[must_use]
    pub fn language(mut self, language: impl Into<String>) -> Self {
        self.language = Some(language.into());
        self
    }
}

#[allow(private_bounds)] // which clients there are is this library's business
impl<C: Product> ClientBuilder<C> {
    /// Looks up the address of the service in the platform's endpoint catalog, instead of deriving it from service,
    /// region and environment. This calls IAM with the client's credentials.
    ///
    /// ```no_run
    /// # async fn example() -> Result<(), dbplane::Error> {
    /// # #[cfg(feature = "samsung-mariadb-1.3")] {
    /// let builder = dbplane::samsung::mariadb_1_3::Client::builder().region("kr-east1");
    /// let client = builder.find_endpoint().await?.build()?;
    /// # }
    /// # Ok(()) }
    /// ```
    ///
    /// Not cancel safe: dropping the future drops the builder. Nothing is changed.
    ///
    /// # Errors
    /// The call to IAM failed, or the catalog does not list the service in the region.
    pub async fn find_endpoint(mut self) -> Result<Self, Error> {
        let host = || servers::address(&catalogue::SERVICE, &[("environment", self.environment.letter())]);
        let config = CommonConfig { base_url: self.iam_url.clone(), ..self.config.clone() };
        let core = config.core(&catalogue::SERVICE, host, self.auth(), Vec::new(), None)?;
        self.config.base_url = Some(catalogue::find(&core, C::word(), &self.region).await?.into());
        Ok(self)
    }

    /// Builds the client. Nothing is sent.
    ///
    /// # Errors
    /// A setting is not valid. Credentials are not checked before the first call.
    pub fn build(mut self) -> Result<C, Error> {
        let auth = self.auth();
        let withdrawn = Withdrawn { operation: C::LIST_VERSIONS, offered: SingleFlight::new() };
        self.config.error_hint = Some(Arc::new(withdrawn));
        let mut settings = Vec::new();
        settings.extend(self.api_version.map(|v| ("Scp-Api-Version", format!("{} {v}", C::word()))));
        settings.extend(self.language.map(|l| ("Accept-Language", l)));
        let place = [("region", self.region.as_str()), ("environment", self.environment.letter())];
        let host = || servers::address(C::SERVICE, &place);
        Ok(C::new(self.config.core(C::SERVICE, host, auth, settings, None)?))
    }
}
