//! The client builder of every Huawei Cloud service.

use std::marker::PhantomData;
use std::sync::Arc;

use super::authenticator::Authenticator;
use super::credentials::Credentials;
use super::metadata::MetadataService;
use super::project::{ByRegion, Project};
use crate::auth::single_flight::SingleFlight;
use crate::auth::{Anonymous, Authenticate};
use crate::client::config::{CommonConfig, common_setters};
use crate::client::servers;
use crate::client::{Core, ResolveParameters};
use crate::credentials::{CredentialsCache, Env, PerCredentials, ProvideCredentials};
use crate::error::{Error, Kind};
use crate::generated::huawei_iam_v3 as iam;
use crate::generated::huawei_iam_v3::SERVICE as IAM;
use crate::operation::Service;
use crate::secret::Secret;

/// A client that this builder can build.
pub(super) trait Buildable {
    /// The table of the service.
    const SERVICE: &'static Service;
    /// Whether calls belong to a project. IAM's belong to an account.
    const IN_PROJECT: bool;
    /// Creates the client from a core.
    fn new(core: Core) -> Self;
}

/// Builds a client `C` of a Huawei Cloud service.
#[derive(Debug, Clone)]
pub struct ClientBuilder<C> {
    config: CommonConfig,
    region: Option<String>,
    project_id: Option<String>,
    iam_url: Option<Secret>,
    metadata_service: bool,
    credentials: Option<Arc<dyn ProvideCredentials<Credentials>>>,
    client: PhantomData<fn() -> C>,
}

impl<C> ClientBuilder<C> {
    pub(super) fn new() -> Self {
        let client = PhantomData;
        Self {
            config: CommonConfig::default(),
            region: None,
            project_id: None,
            iam_url: None,
            metadata_service: true,
            credentials: None,
            client,
        }
    }

    common_setters!();

    /// Sets the region, for example `cn-north-4`. Required unless all addresses are set.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Sets the project of the calls. Default: the project of the credentials, see [`Credentials::project_id`], else
    /// the project with the name of the region, which is looked up at IAM once. Calls to IAM need no project.
    #[must_use]
    pub fn project_id(mut self, id: impl Into<String>) -> Self {
        self.project_id = Some(id.into());
        self
    }

    /// Sets whether the metadata service of a cloud server is asked for credentials if there are none in the builder,
    /// the environment and files. Default: `true`, unless the variable `HUAWEICLOUD_METADATA_DISABLED` is `true`.
    #[must_use]
    pub fn metadata_service(mut self, asked: bool) -> Self {
        self.metadata_service = asked;
        self
    }

    /// Sets the address of IAM, instead of the address in the region.
    #[must_use]
    pub fn iam_url(mut self, url: impl Into<String>) -> Self {
        self.iam_url = Some(Secret::from(url.into()));
        self
    }

    /// The address for the region; an error if there is none.
    fn by_region(&self, service: &Service) -> Result<String, Error> {
        match &self.region {
            Some(region) => servers::address(service, &[("region", region)]),
            None => Err(missing("region")),
        }
    }
}

fn missing(what: &str) -> Error {
    Error::new(Kind::Configuration, format!("the client has no {what}; set it on the builder"))
}

#[allow(private_bounds)] // which clients there are is this library's business
impl<C: Buildable> ClientBuilder<C> {
    /// Builds the client. Nothing is sent.
    ///
    /// # Errors
    /// The region is missing although it is required, or a setting is not valid. Credentials are not checked before the
    /// first call.
    pub fn build(mut self) -> Result<C, Error> {
        // One transport for the service and for the calls of IAM.
        self.config.transport = Some(self.config.transport()?);
        let provider = self.credentials.clone().unwrap_or_else(|| {
            let metadata = MetadataService::default().disabled(!self.metadata_service);
            Arc::new(super::chain(&Env::system(), metadata))
        });
        let source = Arc::new(CredentialsCache::new(provider, Credentials::check));
        let project = if C::IN_PROJECT { Some(Arc::new(self.project(&source)?)) } else { None };
        let auth = Arc::new(self.authenticator(source, project.clone()));
        let resolver = project.map(|project| project as Arc<dyn ResolveParameters>);
        let core = self.config.core(C::SERVICE, || self.by_region(C::SERVICE), auth, Vec::new(), resolver)?;
        Ok(C::new(core))
    }

    fn project(&self, source: &Arc<CredentialsCache<Credentials>>) -> Result<Project, Error> {
        if let Some(id) = &self.project_id {
            return Ok(Project::Given(id.clone()));
        }
        let by_region = match &self.region {
            None => Err(missing("project id and no region to look it up")),
            Some(region) => {
                let auth = Arc::new(self.authenticator(Arc::clone(source), None));
                Ok(ByRegion { iam: self.iam(auth)?, region: region.clone(), found: SingleFlight::new() })
            }
        };
        Ok(Project::Unknown { source: Arc::clone(source), by_region })
    }

    fn authenticator(
        &self,
        source: Arc<CredentialsCache<Credentials>>,
        project: Option<Arc<Project>>,
    ) -> Authenticator {
        Authenticator {
            source,
            project,
            iam: self.iam(Arc::new(Anonymous)),
            token: PerCredentials::default(),
        }
    }

    /// An IAM client: at the given address, else at the service's own when that is IAM, else at the region's.
    fn iam(&self, auth: Arc<dyn Authenticate>) -> Result<iam::Client, Error> {
        let own = if C::IN_PROJECT { None } else { self.config.base_url.clone() };
        let config = CommonConfig { base_url: self.iam_url.clone().or(own), ..self.config.clone() };
        let host = || self.by_region(&IAM);
        Ok(iam::Client { core: config.core(&IAM, host, auth, Vec::new(), None)? })
    }
}
