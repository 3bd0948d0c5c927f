//! OceanBase Cloud: instances and their tenants, proxies, private links, databases and users, API v2.
//!
//! ```no_run
//! # async fn example() -> Result<(), dbplane::Error> {
//! use dbplane::oceanbase::cloud_v2::{Client, models::ModifyOdpClusterSpecRequest};
//! use dbplane::oceanbase::{Credentials, Site};
//!
//! let client = Client::builder()
//!     .site(Site::International)
//!     .project_id("p-1234")
//!     .credentials(Credentials::from_env()?)
//!     .build()?;
//! let change = ModifyOdpClusterSpecRequest::new()
//!     .proxy_cluster_id("proxy-6tvg")
//!     .unit_num(2)
//!     .mode("k8s_exclusive")
//!     .zone("ap-beijing-5")
//!     .odp_cluster_node_type("normal");
//! let response = client.modify_odp_cluster_spec("ob317v4uif", change).send().await?;
//! println!("accepted as request {:?}", response.request_id());
//! # Ok(()) }
//! ```

use std::sync::Arc;

/// The client of this service.
///
/// ```no_run
/// # fn example() -> Result<(), dbplane::Error> {
/// use dbplane::oceanbase::{Credentials, Site, cloud_v2::Client};
///
/// let client = Client::builder()
///     .site(Site::International)
///     .project_id("p-1234")
///     .credentials(Credentials::from_env()?)
///     .build()?;
/// # Ok(()) }
/// ```
///
/// It has a method for each operation, and:
/// - [`Client::find_instance`], [`Client::find_tenant`], [`Client::find_proxy`]: return the resource with a name.
/// - [`Client::resume`]: waits for work that was accepted earlier, possibly in another process.
///
/// # The service
pub use crate::generated::oceanbase_cloud_v2::Client;
pub use crate::generated::oceanbase_cloud_v2::{OPERATIONS, Resource, models, operations};

use super::authenticator::Authenticator;
use super::{Credentials, Site};
use crate::client::config::{CommonConfig, common_setters};
use crate::credentials::{CredentialsCache, PerCredentials, ProvideCredentials};
use crate::error::{Error, Kind};
use crate::generated::oceanbase_cloud_v2::SERVICE;

impl Client {
    /// Returns a builder for the international site, without credentials.
    #[must_use]
    pub fn builder() -> ClientBuilder {
        ClientBuilder {
            config: CommonConfig::default(),
            site: Site::International,
            project_id: None,
            credentials: None,
            allow_md5: true,
        }
    }
}

/// Builds a [`Client`].
#[derive(Debug, Clone)]
pub struct ClientBuilder {
    config: CommonConfig,
    site: Site,
    project_id: Option<String>,
    credentials: Option<Arc<dyn ProvideCredentials<Credentials>>>,
    allow_md5: bool,
}

impl ClientBuilder {
    common_setters!();

    /// Sets the site of the account. Default: [`Site::International`].
    #[must_use]
    pub fn site(mut self, site: Site) -> Self {
        self.site = site;
        self
    }

    /// Sets the project of the instances, which every call sends as `X-Ob-Project-Id`.
    ///
    /// It is required, because without it the service uses the project that the account used last.
    #[must_use]
    pub fn project_id(mut self, id: impl Into<String>) -> Self {
        self.project_id = Some(id.into());
        self
    }

    /// Sets whether to refuse challenges that offer only MD5.
    #[must_use]
    pub fn forbid_md5(mut self) -> Self {
        self.allow_md5 = false;
        self
    }

    /// Builds the client. Nothing is sent.
    ///
    /// # Errors
    /// The project is missing, or a setting is not valid. Credentials are not checked before the first call.
    pub fn build(self) -> Result<Client, Error> {
        let missing =
            || Error::new(Kind::Configuration, "the client has no project id; set it on the builder");
        let project = self.project_id.ok_or_else(missing)?;
        let provider = self.credentials.unwrap_or_else(|| Arc::new(super::default_chain()));
        let source = CredentialsCache::new(provider, Credentials::check);
        let auth =
            Arc::new(Authenticator { source, session: PerCredentials::default(), allow_md5: self.allow_md5 });
        let settings = vec![("X-Ob-Project-Id", project)];
        let core =
            self.config.core(&SERVICE, || Ok(self.site.base_url().to_owned()), auth, settings, None)?;
        Ok(Client { core })
    }
}
