//! Samsung Cloud Platform Cache Store (Redis and Valkey), API version 1.2.
//!
//! ```no_run
//! # async fn example() -> Result<(), dbplane::Error> {
//! use dbplane::samsung::{Credentials, Environment, cachestore_1_2 as cachestore};
//!
//! let client = cachestore::Client::builder()
//!     .environment(Environment::Enterprise)
//!     .region("kr-west1")
//!     .credentials(Credentials::from_env()?)
//!     .build()?;
//! let cluster = client.find_cluster("sessions").await?;
//! for command in &client.list_commands(&cluster.id).send().await?.contents {
//!     println!("{} is called {:?}", command.name, command.applied_value);
//! }
//! # Ok(()) }
//! ```
//!
//! The product has no replica clusters, no archive of logs and no manual backups.
//!
//! ```compile_fail
//! fn backup(client: &dbplane::samsung::cachestore_1_2::Client) {
//!     client.manual_backup("0fdd87aab8cb46f59b7c1f81ed03fb3e");
//! }
//! ```
//!
//! ```compile_fail
//! fn replicas(client: &dbplane::samsung::cachestore_1_2::Client) {
//!     client.list_replicas("0fdd87aab8cb46f59b7c1f81ed03fb3e");
//! }
//! ```

super::product::product!(samsung_cachestore_1_2);
