//! Huawei Cloud TaurusDB (once GaussDB(for MySQL)), API v3.
//!
//! ```no_run
//! # async fn example() -> Result<(), dbplane::Error> {
//! use dbplane::Wait;
//! use dbplane::huawei::{Credentials, taurusdb_v3 as taurusdb};
//!
//! let client = taurusdb::Client::builder()
//!     .region("cn-north-4")
//!     .project_id("056538411200d4cd2f79c003c7606412")
//!     .credentials(Credentials::from_env()?)
//!     .build()?;
//! let instance = client.find_instance("orders").await?;
//! let found = client.find_proxy(&instance.id, "front").await?;
//! if let Some(proxy) = found.proxy.and_then(|proxy| proxy.pool_id) {
//!     let change = taurusdb::models::UpdateProxyPortRequest::new(3308);
//!     let proxy = client.update_proxy_port(&instance.id, proxy, change).send_and_wait(&Wait::default()).await?;
//!     println!("the proxy is at port {:?}", proxy.port);
//! }
//! # Ok(()) }
//! ```

mod find;
mod restore;

/// The client of this service.
///
/// ```no_run
/// # fn example() -> Result<(), dbplane::Error> {
/// use dbplane::huawei::{Credentials, taurusdb_v3::Client};
///
/// let client = Client::builder()
///     .region("cn-north-4")
///     .credentials(Credentials::from_env()?)
///     .build()?;
/// # Ok(()) }
/// ```
///
/// It has a method for each operation, and:
/// - [`Client::find_instance`], [`Client::find_proxy`], [`Client::find_database`], [`Client::find_account`],
///   [`Client::find_backup`]: return the resource with a name.
/// - [`Client::restore_to`]: restores an instance to a point in time, as a new instance.
/// - [`Client::resume`]: waits for work that was accepted earlier, possibly in another process.
///
/// # The service
pub use crate::generated::huawei_taurusdb_v3::Client;
pub use crate::generated::huawei_taurusdb_v3::{OPERATIONS, Resource, models, operations};

use super::builder::{Buildable, ClientBuilder};
use crate::client::Core;
use crate::generated::huawei_taurusdb_v3::SERVICE;
use crate::operation::Service;

impl Client {
    /// Returns a builder without settings.
    #[must_use]
    pub fn builder() -> ClientBuilder<Self> {
        ClientBuilder::new()
    }
}

impl Buildable for Client {
    const SERVICE: &'static Service = &SERVICE;
    const IN_PROJECT: bool = true;

    fn new(core: Core) -> Self {
        Self { core }
    }
}
