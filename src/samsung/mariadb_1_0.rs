//! Samsung Cloud Platform MariaDB, API version 1.0, which servers may have withdrawn: see [`Client::offered_versions`]
//! and, for version 1.3, the module `mariadb_1_3`.
//!
//! ```no_run
//! # async fn example() -> Result<(), dbplane::Error> {
//! use dbplane::samsung::{Credentials, Environment, mariadb_1_0 as mariadb};
//!
//! let client = mariadb::Client::builder()
//!     .environment(Environment::Enterprise)
//!     .region("kr-west1")
//!     .credentials(Credentials::from_env()?)
//!     .build()?;
//! for cluster in client.list_clusters().service_state("RUNNING").send().await?.contents.iter() {
//!     println!("{} is {}", cluster.name, cluster.service_state);
//! }
//! # Ok(()) }
//! ```

super::product::product!(samsung_mariadb_1_0);
super::product::point_in_time_restore!();
