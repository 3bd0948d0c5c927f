//! Samsung Cloud Platform: credentials, environments, request signing, and the service [`mariadb`].

mod builder;
mod credentials;
pub mod mariadb;
mod signer;
mod work;

pub use builder::ClientBuilder;
pub use credentials::Credentials;
pub use work::{Outcome, Work};

use crate::credentials::Chain;

/// Where credentials are looked for when a client is given none: the environment, see
/// [`Credentials::from_env`].
#[must_use]
pub fn default_chain() -> Chain<Credentials> {
    Chain::new().then("environment", credentials::FromEnvironment)
}

/// Which of the vendor's clouds. Accounts belong to one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Environment {
    /// For Samsung, with the regions kr-west1 and kr-east1.
    Samsung,
    /// For Sovereign, with the regions kr-south1, kr-south2 and kr-south3.
    Sovereign,
    /// For Enterprise, with the regions kr-west1 and kr-east1.
    Enterprise,
}

impl Environment {
    /// The letter in host names.
    #[must_use]
    pub fn letter(self) -> char {
        match self {
            Self::Samsung => 's',
            Self::Sovereign => 'g',
            Self::Enterprise => 'e',
        }
    }
}
