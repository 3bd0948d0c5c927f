//! The client builder of every Samsung Cloud Platform service.

use std::marker::PhantomData;
use std::sync::Arc;

use super::signer::Signer;
use super::{Credentials, Environment};
use crate::client::Core;
use crate::client::setup::{Setup, common_setters, host_label};
use crate::credentials::{Provide, Source};
use crate::error::Error;
use crate::operation::Service;

/// A client that this builder can build.
pub(super) trait Buildable {
    /// The table of the service.
    const SERVICE: &'static Service;
    /// The service's word in host names.
    const HOST: &'static str;
    /// The client on top of a core.
    fn new(core: Core) -> Self;
}

/// Builds a client `C` of a Samsung Cloud Platform service.
#[derive(Debug, Clone)]
pub struct ClientBuilder<C> {
    setup: Setup,
    environment: Environment,
    region: String,
    credentials: Option<Arc<dyn Provide<Credentials>>>,
    api_version: Option<String>,
    language: Option<String>,
    client: PhantomData<fn() -> C>,
}

impl<C> ClientBuilder<C> {
    pub(super) fn new() -> Self {
        Self {
            setup: Setup::default(),
            environment: Environment::Enterprise,
            region: "kr-west1".to_owned(),
            credentials: None,
            api_version: None,
            language: None,
            client: PhantomData,
        }
    }

    common_setters!();

    /// Which of the vendor's clouds. Default: [`Environment::Enterprise`].
    #[must_use]
    pub fn environment(mut self, environment: Environment) -> Self {
        self.environment = environment;
        self
    }

    /// The region, as it stands in host names. Default: `kr-west1`.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = region.into();
        self
    }

    /// Asks for another API version, for example `1.1`. Default: the one that the client was made for.
    ///
    /// Answers of another version may not fit this client's models.
    #[must_use]
    pub fn api_version(mut self, version: impl Into<String>) -> Self {
        self.api_version = Some(version.into());
        self
    }

    /// Language of messages, `en-US` or `ko-KR`. Default: `en-US`.
    #[must_use]
    pub fn language(mut self, language: impl Into<String>) -> Self {
        self.language = Some(language.into());
        self
    }
}

#[allow(private_bounds)] // which clients there are is this library's business
impl<C: Buildable> ClientBuilder<C> {
    /// Builds the client. Nothing is sent.
    ///
    /// # Errors
    /// A setting can't be used. Credentials are looked for at the first call.
    pub fn build(self) -> Result<C, Error> {
        let provider = self.credentials.unwrap_or_else(|| Arc::new(super::default_chain()));
        let mut settings = Vec::new();
        settings.extend(self.api_version.map(|v| ("Scp-Api-Version", format!("{} {v}", C::HOST))));
        settings.extend(self.language.map(|l| ("Accept-Language", l)));
        let host = || {
            let (service, region, letter) = (C::HOST, host_label(&self.region)?, self.environment.letter());
            Ok(format!("https://{service}.{region}.{letter}.samsungsdscloud.com"))
        };
        let auth = Arc::new(Signer { source: Source::new(provider, Credentials::check) });
        Ok(C::new(self.setup.core(C::SERVICE, host, auth, settings, None)?))
    }
}
