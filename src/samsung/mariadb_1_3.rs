//! Samsung Cloud Platform MariaDB, API version 1.3.
//!
//! What differs from 1.0 for a program is in [the upgrade guide](crate::guide::upgrade_samsung_mariadb).
//!
//! ```no_run
//! # async fn example() -> Result<(), dbplane::Error> {
//! use dbplane::samsung::{Credentials, Environment, mariadb_1_3 as mariadb};
//!
//! let client = mariadb::Client::builder()
//!     .environment(Environment::Enterprise)
//!     .region("kr-west1")
//!     .credentials(Credentials::from_env()?)
//!     .build()?;
//! let cluster = client.find_cluster("orders").await?;
//! client.manual_backup(&cluster.id).send_and_wait(&dbplane::Wait::default()).await?;
//! # Ok(()) }
//! ```

super::product::product!(samsung_mariadb_1_3);
super::product::point_in_time_restore!();
