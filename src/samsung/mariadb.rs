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
use crate::generated::samsung_mariadb::SERVICE;
use crate::operation::Service;

impl Client {
    /// Starts with the Enterprise environment, the region kr-west1 and no credentials.
    #[must_use]
    pub fn builder() -> ClientBuilder<Self> {
        ClientBuilder::new()
    }
}

impl Buildable for Client {
    const SERVICE: &'static Service = &SERVICE;
    const HOST: &'static str = "mariadb";

    fn new(core: Core) -> Self {
        Self { core }
    }
}
