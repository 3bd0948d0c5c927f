//! Huawei Cloud Database Security Service: database O&M instances, API v2.
//!
//! ```no_run
//! # async fn example() -> Result<(), dbplane::Error> {
//! use dbplane::huawei::{Credentials, dbss_v2 as dbss};
//!
//! let client = dbss::Client::builder()
//!     .region("cn-north-4")
//!     .project_id("056538411200d4cd2f79c003c7606412")
//!     .credentials(Credentials::password("my-account", "ci-user", std::env::var("PASSWORD").unwrap_or_default()))
//!     .build()?;
//! for cluster in client.list_db_om_instances().send().await?.clusters.iter() {
//!     println!("{:?} has {:?} days left", cluster.name, cluster.remain_days);
//! }
//! # Ok(()) }
//! ```

/// The client of this service.
///
/// ```no_run
/// # fn example() -> Result<(), dbplane::Error> {
/// use dbplane::huawei::{Credentials, dbss_v2::Client};
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
/// - [`Client::resume`]: waits for work that was accepted earlier, possibly in another process.
///
/// # The service
pub use crate::generated::huawei_dbss_v2::Client;
pub use crate::generated::huawei_dbss_v2::{OPERATIONS, Resource, models, operations};

use super::builder::{Buildable, ClientBuilder};
use crate::client::Core;
use crate::client::find::{self, Named};
use crate::error::Error;
use crate::generated::huawei_dbss_v2::SERVICE;
use crate::operation::Service;

impl Client {
    /// Returns a builder without settings.
    #[must_use]
    pub fn builder() -> ClientBuilder<Self> {
        ClientBuilder::new()
    }

    /// Returns the instance with this name in the project.
    ///
    /// The name is case-sensitive. Several instances may have the same name.
    ///
    /// ```no_run
    /// # async fn example(client: dbplane::huawei::dbss_v2::Client) -> Result<(), dbplane::Error> {
    /// match client.find_instance("DBSS-OM0819").await {
    ///     Ok(instance) => println!("{:?} is at {:?}", instance.instance_id, instance.float_ip),
    ///     Err(e) if e.is_no_match() => println!("not there, so order it"),
    ///     Err(e) => return Err(e), // several (is_ambiguous), or the list could not be read
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// Cancel safe: it only reads and can be called again.
    ///
    /// # Errors
    /// [`Error::is_no_match`] if no item matches, [`Error::is_ambiguous`] if several match; any other error if the list
    /// can't be fetched or decoded.
    pub fn find_instance(
        &self,
        name: &str,
    ) -> impl Future<Output = Result<models::Cluster, Error>> + Send + 'static + use<> {
        let (list, name) = (self.list_db_om_instances(), name.to_owned());
        async move {
            let operation = list.0.operation();
            let clusters = list.send().await?.into_inner().clusters;
            let found = find::by_name_in(name, clusters).await;
            found.map_err(|e| e.with_operation(operation))
        }
    }
}

impl Named for models::Cluster {
    const KIND: &'static str = "instance";

    fn name(&self) -> &str {
        self.name.as_deref().unwrap_or_default()
    }

    fn id(&self) -> &str {
        self.instance_id.as_deref().unwrap_or_default()
    }
}

impl Buildable for Client {
    const SERVICE: &'static Service = &SERVICE;
    const IN_PROJECT: bool = true;

    fn new(core: Core) -> Self {
        Self { core }
    }
}
