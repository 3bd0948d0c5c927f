//! Huawei Cloud TaurusDB (once GaussDB(for MySQL)), API v3.
//!
//! ```no_run
//! # async fn example() -> Result<(), dbplane::Error> {
//! use dbplane::huawei::{Credentials, taurusdb};
//!
//! let client = taurusdb::Client::builder()
//!     .region("cn-north-4")
//!     .project_id("056538411200d4cd2f79c003c7606412")
//!     .credentials(Credentials::from_env()?)
//!     .build()?;
//! let (instance, proxy) = ("096c0fc43e804757b59946b80dc27f8bin07", "fbece38953e24a2b891488ed2fdf81abpo01");
//! let change = taurusdb::models::UpdateProxyPortRequest::new(3308);
//! let answer = client.update_proxy_port(instance, proxy, change).send().await?;
//! println!("job {:?}", answer.job_id);
//! # Ok(()) }
//! ```

pub use crate::generated::huawei_taurusdb::{Client, OPERATIONS, models, operations};

use super::builder::{Buildable, ClientBuilder};
use crate::client::Core;
use crate::error::Error;
use crate::generated::huawei_taurusdb::SERVICE;
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
        super::regions::taurusdb(region)
    }

    fn new(core: Core) -> Self {
        Self { core }
    }
}
