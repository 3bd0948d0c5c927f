#![doc = include_str!("../README.md")]
// Parts of the core serve only some services; with all of them nothing is unused.
#![cfg_attr(not(feature = "all-services"), allow(dead_code, unused_imports))]
#![warn(missing_debug_implementations)]

mod auth;
mod builder;
mod client;
pub mod credentials;
mod error;
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing;
mod generated;
/// The code of a spec of what vendors do oddly, which must build without a warning.
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
#[cfg(any(feature = "huawei-dbss-v2", feature = "huawei-iam-v3", feature = "huawei-taurusdb-v3"))]
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

pub use client::options::CallOptions;
pub use client::raw_request::{Method, Request};
pub use client::response::Response;
pub use client::retry;
pub use client::retry::{Retry, RetryBudget};
pub use client::transport::{Transport, TransportBuilder};
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

/// The examples of a guide, compiled and run as those of the README are.
#[cfg(all(doctest, feature = "samsung-mariadb-1.0"))]
#[doc = include_str!("../docs/testing-your-automation.md")]
struct TestingYourAutomation;

/// The examples of the guide to Samsung's databases, which are compiled.
#[cfg(all(doctest, feature = "all-services"))]
#[doc = include_str!("../docs/samsung-databases.md")]
struct SamsungDatabases;
