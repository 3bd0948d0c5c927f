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
//! let restart = taurusdb::models::RestartRequest::new();
//! client.restart_instance(&instance.id, restart).send_and_wait(&Wait::default()).await?;
//! # Ok(()) }
//! ```

#[cfg(feature = "huawei-taurusdb-v3-backups")]
mod find_backup;
#[cfg(feature = "huawei-taurusdb-v3-databases")]
mod find_database;
mod find_instance;
#[cfg(feature = "huawei-taurusdb-v3-proxy")]
mod find_proxy;
#[cfg(feature = "huawei-taurusdb-v3-backups")]
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
/// - [`Client::find_instance`]: returns the instance with a name.
#[cfg_attr(
    feature = "huawei-taurusdb-v3-databases",
    doc = "- [`Client::find_database`], [`Client::find_account`]: the same for a database and an account, with the feature \
           `huawei-taurusdb-v3-databases`."
)]
#[cfg_attr(
    feature = "huawei-taurusdb-v3-proxy",
    doc = "- [`Client::find_proxy`]: the same for a proxy, with the feature `huawei-taurusdb-v3-proxy`."
)]
#[cfg_attr(
    feature = "huawei-taurusdb-v3-backups",
    doc = "- [`Client::find_backup`]: the same for a backup, with the feature `huawei-taurusdb-v3-backups`.\n\
           - [`Client::restore_to`]: restores an instance to a point in time, as a new instance, with the same feature."
)]
/// - [`Client::resume`]: waits for work that was accepted earlier, possibly in another process.
///
/// # Features
/// The operations are in groups, each with a Cargo feature of its own, for shorter builds: `huawei-taurusdb-v3` has them
/// all, and each of the others has `huawei-taurusdb-v3-instances`. The table below says which operations need which.
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
