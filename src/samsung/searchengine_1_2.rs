//! Samsung Cloud Platform Search Engine (Elasticsearch and OpenSearch), API version 1.2.
//!
//! ```no_run
//! # async fn example() -> Result<(), dbplane::Error> {
//! use dbplane::samsung::{Credentials, Environment, searchengine_1_2 as searchengine};
//!
//! let client = searchengine::Client::builder()
//!     .environment(Environment::Enterprise)
//!     .region("kr-west1")
//!     .credentials(Credentials::from_env()?)
//!     .build()?;
//! let cluster = client.find_cluster("catalog").await?;
//! client.restart_dashboard(&cluster.id).send_and_wait(&dbplane::Wait::default()).await?;
//! # Ok(()) }
//! ```
//!
//! The product has no parameters, no archive of logs and no switchover.
//!
//! ```compile_fail
//! fn restore(client: &dbplane::samsung::searchengine_1_2::Client) {
//!     client.show_archive_config("0fdd87aab8cb46f59b7c1f81ed03fb3e");
//! }
//! ```

super::product::product!(samsung_searchengine_1_2);
