//! Samsung Cloud Platform MariaDB, API version 1.0.
//!
//! ```no_run
//! # async fn example() -> Result<(), dbplane::Error> {
//! use dbplane::samsung::{Credentials, Environment, mariadb};
//!
//! let client = mariadb::Client::builder()
//!     .environment(Environment::Enterprise)
//!     .region("kr-west1")
//!     .credentials(Credentials::from_env()?)
//!     .build()?;
//! for cluster in client.list_clusters().service_state("RUNNING").send().await?.contents.iter().flatten() {
//!     println!("{} is {}", cluster.name, cluster.service_state);
//! }
//! # Ok(()) }
//! ```

pub use crate::generated::samsung_mariadb::{Client, OPERATIONS, models, operations};

use super::builder::{Buildable, ClientBuilder};
use crate::client::Core;
use crate::error::Error;
use crate::find::{self, Named};
use crate::generated::samsung_mariadb::SERVICE;
use crate::operation::Service;

impl Client {
    /// Starts with the Enterprise environment, the region kr-west1 and no credentials.
    #[must_use]
    pub fn builder() -> ClientBuilder<Self> {
        ClientBuilder::new()
    }

    /// The cluster of this name, among those that the credentials may see in this region.
    ///
    /// Upper and lower case count. Names are unique among the clusters of an account, but credentials may see
    /// those of several accounts.
    ///
    /// ```no_run
    /// # async fn example(client: dbplane::samsung::mariadb::Client) -> Result<(), dbplane::Error> {
    /// match client.find_cluster("orders").await {
    ///     Ok(cluster) => println!("{} is {}", cluster.id, cluster.service_state),
    ///     Err(e) if e.is_no_match() => println!("not there yet, so make it"),
    ///     Err(e) => return Err(e), // several (is_ambiguous), or the list could not be read
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// There is none, or there are several: [`Error::is_no_match`], [`Error::is_ambiguous`]; or a page of the
    /// list could not be fetched or read.
    pub async fn find_cluster(&self, name: &str) -> Result<models::RdbClusterResponse, Error> {
        find::by_name(name, self.list_clusters().name(name).items()).await
    }
}

impl Named for models::RdbClusterResponse {
    const KIND: &'static str = "cluster";

    fn name(&self) -> &str {
        &self.name
    }

    fn id(&self) -> &str {
        &self.id
    }
}

impl Buildable for Client {
    const SERVICE: &'static Service = &SERVICE;
    const HOST: &'static str = "mariadb";

    fn new(core: Core) -> Self {
        Self { core }
    }
}
