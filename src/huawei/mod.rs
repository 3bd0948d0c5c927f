//! Huawei Cloud: credentials, regions, both ways to authenticate, and the services TaurusDB, DBSS and IAM, each a
//! module and a feature of its own.

mod builder;
mod credentials;
#[cfg(feature = "huawei-dbss")]
pub mod dbss;
pub mod iam;
mod regions;
mod signer;
#[cfg(feature = "huawei-taurusdb")]
pub mod taurusdb;
mod token;

pub use builder::ClientBuilder;
pub use credentials::Credentials;
