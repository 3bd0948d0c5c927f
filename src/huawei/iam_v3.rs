//! Huawei Cloud Identity and Access Management: the operations that the database services need, API v3.
//!
//! ```no_run
//! # async fn example() -> Result<(), dbplane::Error> {
//! use dbplane::huawei::{Credentials, iam_v3 as iam};
//!
//! let client = iam::Client::builder().region("cn-north-4").credentials(Credentials::from_env()?).build()?;
//! for project in &client.keystone_list_projects().name("cn-north-4").send().await?.projects {
//!     println!("{} is {}", project.name, project.id);
//! }
//! # Ok(()) }
//! ```

/// The client of this service.
///
/// ```no_run
/// # fn example() -> Result<(), dbplane::Error> {
/// use dbplane::huawei::{Credentials, iam_v3::Client};
///
/// let client = Client::builder()
///     .region("cn-north-4")
///     .credentials(Credentials::from_env()?)
///     .build()?;
/// # Ok(()) }
/// ```
///
/// The clients of the other services fetch tokens and project ids by themselves.
///
/// # The service
pub use crate::generated::huawei_iam_v3::Client;
pub use crate::generated::huawei_iam_v3::{OPERATIONS, models, operations};

use super::builder::{Buildable, ClientBuilder};
use crate::client::Core;
use crate::generated::huawei_iam_v3::SERVICE;
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
    const IN_PROJECT: bool = false;

    fn new(core: Core) -> Self {
        Self { core }
    }
}
