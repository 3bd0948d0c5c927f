// The targets of the README's links in these docs: the first definition of a link is used.
// begin links: written by `cargo xtask generate`
#![cfg_attr(feature = "huawei-dbss-v2", doc = "[huawei-dbss-v2]: crate::huawei::dbss_v2::Client")]
#![cfg_attr(feature = "huawei-iam-v3", doc = "[huawei-iam-v3]: crate::huawei::iam_v3::Client")]
#![cfg_attr(
    feature = "huawei-taurusdb-v3-instances",
    doc = "[huawei-taurusdb-v3]: crate::huawei::taurusdb_v3::Client"
)]
#![cfg_attr(feature = "oceanbase-cloud-v2", doc = "[oceanbase-cloud-v2]: crate::oceanbase::cloud_v2::Client")]
#![cfg_attr(
    feature = "samsung-cachestore-1.2",
    doc = "[samsung-cachestore-1.2]: crate::samsung::cachestore_1_2::Client"
)]
#![cfg_attr(feature = "samsung-epas-1.3", doc = "[samsung-epas-1.3]: crate::samsung::epas_1_3::Client")]
#![cfg_attr(
    feature = "samsung-mariadb-1.0",
    doc = "[samsung-mariadb-1.0]: crate::samsung::mariadb_1_0::Client"
)]
#![cfg_attr(
    feature = "samsung-mariadb-1.3",
    doc = "[samsung-mariadb-1.3]: crate::samsung::mariadb_1_3::Client"
)]
#![cfg_attr(feature = "samsung-mysql-1.3", doc = "[samsung-mysql-1.3]: crate::samsung::mysql_1_3::Client")]
#![cfg_attr(
    feature = "samsung-postgresql-1.3",
    doc = "[samsung-postgresql-1.3]: crate::samsung::postgresql_1_3::Client"
)]
#![cfg_attr(
    feature = "samsung-searchengine-1.2",
    doc = "[samsung-searchengine-1.2]: crate::samsung::searchengine_1_2::Client"
)]
#![cfg_attr(
    feature = "samsung-sqlserver-1.2",
    doc = "[samsung-sqlserver-1.2]: crate::samsung::sqlserver_1_2::Client"
)]
#![cfg_attr(
    feature = "samsung-vertica-1.2",
    doc = "[samsung-vertica-1.2]: crate::samsung::vertica_1_2::Client"
)]
// end links
#![doc = "[credentials]: crate::credentials"]
#![doc = "[guides]: crate::guide"]
#![doc = "[errors-and-retries]: crate::guide::errors_and_retries"]
#![doc = "[following-work]: crate::guide::following_work"]
#![doc = "[samsung-databases]: crate::guide::samsung_databases"]
#![doc = "[taurusdb-from-scratch]: crate::guide::taurusdb_from_scratch"]
#![doc = "[testing]: crate::guide::testing_your_automation"]
#![doc = "[upgrade]: crate::guide::upgrade_samsung_mariadb"]
#![doc = ""]
#![doc = include_str!("../README.md")]
// Parts of the core serve only some services; with all of them nothing is unused.
#![cfg_attr(not(feature = "all-services"), allow(dead_code, unused_imports, unused_macros))]
#![warn(missing_debug_implementations)]

mod auth;
mod builder;
mod civil;
mod client;
pub mod credentials;
mod error;
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing;
mod generated;
pub mod guide;
/// The generated code of a spec with the oddities of vendors, which must build without a warning.
#[cfg(test)]
#[allow(dead_code, unreachable_pub, unused_imports)]
mod odd {
    include!("../tests/odd/vendor_odd_1.rs");
}
mod operation;
mod paging;
mod poller;
mod runtime;
mod secret;
#[cfg(feature = "testing")]
pub mod testing;
mod timestamp;
mod token;
mod violation;
mod wire;

// begin services: written by `cargo xtask generate`
#[cfg(any(feature = "huawei-dbss-v2", feature = "huawei-iam-v3", feature = "huawei-taurusdb-v3-instances"))]
pub mod huawei;
#[cfg(feature = "oceanbase-cloud-v2")]
pub mod oceanbase;
#[cfg(any(
    feature = "samsung-cachestore-1.2",
    feature = "samsung-epas-1.3",
    feature = "samsung-mariadb-1.0",
    feature = "samsung-mariadb-1.3",
    feature = "samsung-mysql-1.3",
    feature = "samsung-postgresql-1.3",
    feature = "samsung-searchengine-1.2",
    feature = "samsung-sqlserver-1.2",
    feature = "samsung-vertica-1.2"
))]
pub mod samsung;
// end services

pub use client::byte_stream::ByteStream;
pub use client::options::CallOptions;
pub use client::raw_request::{Method, Request};
pub use client::response::Response;
pub use client::retry;
pub use client::retry::{Retry, RetryBudget};
pub use client::transport::Transport;
pub use client::transport_builder::TransportBuilder;
pub use error::{Error, ErrorKind};
pub use operation::{LongRunning, Operation, Paging, PagingStyle};
pub use paging::{Items, Pages};
pub use poller::{Accepted, Gone, Outcome, Status, StatusStream, Wait};
pub use runtime::Runtime;
pub use secret::Secret;
pub use timestamp::Timestamp;
pub use token::Token;
pub use violation::Violation;
pub use wire::enveloped::Enveloped;
