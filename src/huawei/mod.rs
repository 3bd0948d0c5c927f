//! Huawei Cloud: credentials, regions, both ways to authenticate, and the services TaurusDB, DBSS and IAM, each a
//! module and a feature of its own.

mod authenticator;
mod builder;
mod credentials;
#[cfg(feature = "huawei-dbss")]
pub mod dbss;
pub mod iam;
mod project;
mod regions;
mod signer;
#[cfg(feature = "huawei-taurusdb")]
pub mod taurusdb;
mod token;

pub use builder::ClientBuilder;
pub use credentials::Credentials;

use crate::credentials::Chain;

/// Where credentials are looked for when a client is given none: the environment, see
/// [`Credentials::from_env`].
#[must_use]
pub fn default_chain() -> Chain<Credentials> {
    Chain::new().then("environment", credentials::FromEnvironment)
}
