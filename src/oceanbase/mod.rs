//! OceanBase Cloud: credentials and sites, and its one service, [`cloud`].

mod authenticator;
pub mod cloud;
mod credentials;

pub use credentials::Credentials;

use crate::credentials::Chain;

/// Where credentials are looked for when a client is given none: the environment, see
/// [`Credentials::from_env`].
#[must_use]
pub fn default_chain() -> Chain<Credentials> {
    Chain::new().then("environment", credentials::FromEnvironment)
}

/// An OceanBase Cloud site. Accounts, keys and instances belong to one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Site {
    /// The international site.
    International,
    /// The China site.
    China,
}

impl Site {
    /// The address of the site's API.
    #[must_use]
    pub fn base_url(self) -> &'static str {
        match self {
            Self::International => "https://api-cloud.oceanbase.com",
            Self::China => "https://api-cloud-cn.oceanbase.com",
        }
    }
}
