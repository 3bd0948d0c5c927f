//! Huawei Cloud Database Security Service: database O&M instances, API v2.
//!
//! ```no_run
//! # async fn example() -> Result<(), dbplane::Error> {
//! use dbplane::huawei::{Credentials, dbss};
//!
//! let client = dbss::Client::builder()
//!     .region("cn-north-4")
//!     .project_id("056538411200d4cd2f79c003c7606412")
//!     .credentials(Credentials::password("my-account", "ci-user", std::env::var("PASSWORD").unwrap_or_default()))
//!     .build()?;
//! for cluster in client.list_db_om_instances().send().await?.clusters.iter().flatten() {
//!     println!("{:?} has {:?} days left", cluster.name, cluster.remain_days);
//! }
//! # Ok(()) }
//! ```

pub use crate::generated::huawei_dbss::{Client, OPERATIONS, models, operations};

use super::builder::{Buildable, ClientBuilder};
use crate::client::Core;
use crate::error::Error;
use crate::generated::huawei_dbss::SERVICE;
use crate::operation::Service;

impl Client {
    /// Starts with nothing set.
    #[must_use]
    pub fn builder() -> ClientBuilder<Self> {
        ClientBuilder::new()
    }
}

impl Buildable for Client {
    const SERVICE: &'static Service = &SERVICE;
    const IN_PROJECT: bool = true;

    fn host(region: &str) -> Result<String, Error> {
        super::regions::dbss(region)
    }

    fn new(core: Core) -> Self {
        Self { core }
    }
}
