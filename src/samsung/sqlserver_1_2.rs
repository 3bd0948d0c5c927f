//! Samsung Cloud Platform SQL Server, API version 1.2.
//!
//! ```no_run
//! # async fn example() -> Result<(), dbplane::Error> {
//! use dbplane::samsung::{Credentials, Environment, sqlserver_1_2 as sqlserver};
//!
//! let client = sqlserver::Client::builder()
//!     .environment(Environment::Enterprise)
//!     .region("kr-west1")
//!     .credentials(Credentials::from_env()?)
//!     .build()?;
//! let cluster = client.find_cluster("orders").await?;
//! client.manual_backup(&cluster.id).send_and_wait(&dbplane::Wait::default()).await?;
//! # Ok(()) }
//! ```
//!
//! The product has no replica clusters and no archive of logs. A point-in-time restore is a `create_restore` with
//! `backup_recovery_time`.
//!
//! ```compile_fail
//! fn replicas(client: &dbplane::samsung::sqlserver_1_2::Client) {
//!     client.list_replicas("0fdd87aab8cb46f59b7c1f81ed03fb3e");
//! }
//! ```

super::product::product!(samsung_sqlserver_1_2);
