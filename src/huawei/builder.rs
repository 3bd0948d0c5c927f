//! The client builder of every Huawei Cloud service.

use std::marker::PhantomData;
use std::sync::Arc;

use tokio::sync::Mutex;

use super::credentials::{Credentials, Kind as CredentialsKind};
use super::iam;
use super::signer::Signer;
use super::token::{Fetched, Given, Scope, State};
use crate::auth::{Anonymous, Authenticate};
use crate::client::Core;
use crate::client::setup::{Setup, common_setters};
use crate::error::{Error, Kind};
use crate::generated::huawei_iam::SERVICE as IAM;
use crate::operation::Service;

/// A client that this builder can build.
pub(super) trait Buildable {
    /// The table of the service.
    const SERVICE: &'static Service;
    /// Whether calls belong to a project. IAM's belong to an account.
    const IN_PROJECT: bool;
    /// The address in a region.
    fn host(region: &str) -> Result<String, Error>;
    /// The client on top of a core.
    fn new(core: Core) -> Self;
}

/// Builds a client `C` of a Huawei Cloud service.
#[derive(Debug, Clone)]
pub struct ClientBuilder<C> {
    setup: Setup,
    region: Option<String>,
    project_id: Option<String>,
    iam_url: Option<String>,
    credentials: Option<Credentials>,
    client: PhantomData<fn() -> C>,
}

impl<C> ClientBuilder<C> {
    pub(super) fn new() -> Self {
        let client = PhantomData;
        Self {
            setup: Setup::default(),
            region: None,
            project_id: None,
            iam_url: None,
            credentials: None,
            client,
        }
    }

    common_setters!();

    /// The region, for example `cn-north-4`. Needed unless all addresses are given.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// The project that calls belong to. A project lies in one region; IAM's own calls need none.
    #[must_use]
    pub fn project_id(mut self, id: impl Into<String>) -> Self {
        self.project_id = Some(id.into());
        self
    }

    /// Fetches tokens from this address instead of the region's IAM.
    #[must_use]
    pub fn iam_url(mut self, url: impl Into<String>) -> Self {
        self.iam_url = Some(url.into());
        self
    }

    /// Who calls. Only IAM's client can do without, for calls that need none.
    #[must_use]
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = Some(credentials);
        self
    }

    /// The address by the region; an error when there is none.
    fn by_region(&self, host: impl FnOnce(&str) -> Result<String, Error>) -> Result<String, Error> {
        match &self.region {
            Some(region) => host(region),
            None => Err(missing("region")),
        }
    }
}

fn missing(what: &str) -> Error {
    Error::new(Kind::Configuration, format!("the client has no {what}; give it to the builder"))
}

#[allow(private_bounds)] // which clients there are is this library's business
impl<C: Buildable> ClientBuilder<C> {
    /// Builds the client. Nothing is sent.
    ///
    /// # Errors
    /// Credentials, region or project are missing, or a setting can't be used.
    pub fn build(mut self) -> Result<C, Error> {
        // One transport for the service and for the token calls.
        self.setup.transport = Some(self.setup.transport()?);
        let project = if C::IN_PROJECT {
            Some(self.project_id.clone().ok_or_else(|| missing("project id"))?)
        } else {
            None
        };
        let auth = self.authenticate(project.clone())?;
        let settings = project.map(|id| ("project_id", id)).into_iter().collect();
        let core = self.setup.core(C::SERVICE, || self.by_region(C::host), auth, settings)?;
        Ok(C::new(core))
    }

    fn authenticate(&self, project: Option<String>) -> Result<Arc<dyn Authenticate>, Error> {
        let credentials = match self.credentials.clone() {
            Some(credentials) => credentials,
            None if C::IN_PROJECT => return Err(missing("credentials")),
            // Fetching a token is a call of IAM that needs none.
            None => return Ok(Arc::new(Anonymous)),
        };
        credentials.check()?;
        Ok(match credentials.0 {
            CredentialsKind::Keys { access_key, secret_key, security_token } => {
                Arc::new(Signer { access_key, secret_key, security_token, project_id: project })
            }
            CredentialsKind::Token(token) => Arc::new(Given(token)),
            CredentialsKind::Password { domain, user, password } => {
                let scope = project.map_or_else(|| Scope::Domain(domain.clone()), Scope::Project);
                let state = Mutex::new(State::default());
                Arc::new(Fetched { iam: self.iam()?, domain, user, password, scope, state })
            }
        })
    }

    /// The IAM client for token calls: the given address, else the service's own when that is IAM, else the
    /// region's.
    fn iam(&self) -> Result<iam::Client, Error> {
        let own = if C::IN_PROJECT { None } else { self.setup.base_url.clone() };
        let setup = Setup { base_url: self.iam_url.clone().or(own), ..self.setup.clone() };
        let host = || self.by_region(super::regions::iam);
        Ok(iam::Client { core: setup.core(&IAM, host, Arc::new(Anonymous), Vec::new())? })
    }
}
