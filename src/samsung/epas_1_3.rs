//! Samsung Cloud Platform EPAS (EDB Postgres Advanced Server), API version 1.3.
//!
//! ```no_run
//! # async fn example() -> Result<(), dbplane::Error> {
//! use dbplane::samsung::{Credentials, Environment, epas_1_3 as epas};
//!
//! let client = epas::Client::builder()
//!     .environment(Environment::Enterprise)
//!     .region("kr-west1")
//!     .credentials(Credentials::from_env()?)
//!     .build()?;
//! let cluster = client.find_cluster("orders").await?;
//! client.manual_backup(&cluster.id).send_and_wait(&dbplane::Wait::default()).await?;
//! # Ok(()) }
//! ```

super::product::product!(samsung_epas_1_3);
super::product::point_in_time_restore!();
