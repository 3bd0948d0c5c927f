//! Samsung Cloud Platform Vertica, API version 1.2.
//!
//! ```no_run
//! # async fn example() -> Result<(), dbplane::Error> {
//! use dbplane::samsung::{Credentials, Environment, vertica_1_2 as vertica};
//!
//! let client = vertica::Client::builder()
//!     .environment(Environment::Enterprise)
//!     .region("kr-west1")
//!     .credentials(Credentials::from_env()?)
//!     .build()?;
//! let cluster = client.find_cluster("reports").await?;
//! client.restart_cluster(&cluster.id).send_and_wait(&dbplane::Wait::default()).await?;
//! # Ok(()) }
//! ```
//!
//! The product has no parameters, no archive of logs, no minor upgrades and no manual backups.
//!
//! ```compile_fail
//! fn backup(client: &dbplane::samsung::vertica_1_2::Client) {
//!     client.manual_backup("0fdd87aab8cb46f59b7c1f81ed03fb3e");
//! }
//! ```

super::product::product!(samsung_vertica_1_2);
