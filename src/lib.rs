#![doc = include_str!("../README.md")]
// Parts of the core serve only some services; with all of them nothing is unused.
#![cfg_attr(
    not(all(
        feature = "oceanbase-cloud-v2",
        feature = "huawei-taurusdb-v3",
        feature = "huawei-dbss-v2",
        feature = "samsung-mariadb-1.0",
        feature = "samsung-mariadb-1.3",
        feature = "samsung-mysql-1.0"
    )),
    allow(dead_code, unused_imports)
)]
#![warn(missing_debug_implementations)]

mod ambient;
mod auth;
mod client;
pub mod credentials;
mod environment;
mod error;
mod fault;
mod find;
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing;
#[rustfmt::skip]
mod generated;
#[cfg(feature = "huawei-iam-v3")]
pub mod huawei;
mod ini;
#[cfg(feature = "oceanbase-cloud-v2")]
pub mod oceanbase;
mod operation;
mod options;
mod paging;
mod response;
pub mod retry;
#[cfg(any(feature = "samsung-mariadb-1.0", feature = "samsung-mariadb-1.3", feature = "samsung-mysql-1.0"))]
pub mod samsung;
mod secret;
mod timestamp;
mod tls;
mod transport;
mod violation;
mod waiting;
mod wire;

pub use ambient::Ambient;
pub use error::Error;
pub use operation::{LongRunning, Operation, Paging, PagingStyle};
pub use options::CallOptions;
pub use paging::{Items, Pages};
pub use response::Response;
pub use retry::{Retry, RetryBudget};
pub use secret::Secret;
pub use timestamp::Timestamp;
pub use transport::{Transport, TransportBuilder};
pub use violation::Violation;
pub use waiting::{Status, Statuses, Wait};

/// The examples of a guide, compiled and run as those of the README are.
#[cfg(all(doctest, feature = "samsung-mariadb-1.0"))]
#[doc = include_str!("../docs/testing-your-automation.md")]
struct TestingYourAutomation;
