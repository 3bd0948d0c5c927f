//! Samsung Cloud Platform: credentials, environments, request signing, and its database services, a module for
//! each product and API version.

mod authenticator;
mod builder;
mod catalogue;
pub mod codes;
mod config_files;
mod credentials;
mod product;
mod restore;
mod versions;

// begin services: written by `cargo xtask generate`
#[cfg(feature = "samsung-cachestore-1.2")]
pub mod cachestore_1_2;

#[cfg(feature = "samsung-epas-1.3")]
pub mod epas_1_3;

#[cfg(feature = "samsung-mariadb-1.0")]
pub mod mariadb_1_0;

#[cfg(feature = "samsung-mariadb-1.3")]
pub mod mariadb_1_3;

#[cfg(feature = "samsung-mysql-1.3")]
pub mod mysql_1_3;

#[cfg(feature = "samsung-postgresql-1.3")]
pub mod postgresql_1_3;

#[cfg(feature = "samsung-searchengine-1.2")]
pub mod searchengine_1_2;

#[cfg(feature = "samsung-sqlserver-1.2")]
pub mod sqlserver_1_2;

#[cfg(feature = "samsung-vertica-1.2")]
pub mod vertica_1_2;
// end services

pub use builder::ClientBuilder;
pub use config_files::ConfigFiles;
pub use credentials::{Credentials, EnvProvider};
pub use versions::{OfferedVersion, VersionStatus};

use crate::credentials::{Chain, Env};

/// Returns the providers that a client without credentials uses: the environment ([`EnvProvider`]), then the files of
/// the vendor's Terraform provider ([`ConfigFiles`]).
#[must_use]
pub fn default_chain() -> Chain<Credentials> {
    chain(&Env::system())
}

fn chain(env: &Env) -> Chain<Credentials> {
    Chain::new()
        .then("environment", EnvProvider::default().env(env.clone()))
        .then("configuration files", ConfigFiles::default().env(env.clone()))
}

/// An environment of the vendor. Each account belongs to one environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Environment {
    /// The environment for Samsung, with the regions kr-west1 and kr-east1.
    Samsung,
    /// The environment for Sovereign, with the regions kr-south1, kr-south2 and kr-south3.
    Sovereign,
    /// The environment for Enterprise, with the regions kr-west1 and kr-east1.
    Enterprise,
}

impl Environment {
    /// The letter of the environment in host names.
    #[must_use]
    pub fn letter(self) -> &'static str {
        match self {
            Self::Samsung => "s",
            Self::Sovereign => "g",
            Self::Enterprise => "e",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credentials::ProvideCredentials;

    #[tokio::test]
    async fn the_environment_comes_before_the_files_and_nothing_anywhere_is_explained() {
        let error = chain(&Env::fixed()).provide().await.unwrap_err().to_string();
        let text = "no credentials were found; environment: neither SCP_TF_ACCESS_KEY nor SCP_TF_SECRET_KEY is \
                    set, or both are empty; configuration files: the home directory is unknown, so \
                    ~/.scpconf was not searched";
        assert_eq!(error, text);
        let keys = r#"{"access-key": "f", "secret-key": "s"}"#;
        let env = Env::fixed().home("/home/me").file("/home/me/.scpconf/credentials.json", keys);
        assert_eq!(chain(&env).provide().await.unwrap().credentials().access_key, "f");
        let env = env.variable("SCP_TF_ACCESS_KEY", "e").variable("SCP_TF_SECRET_KEY", "s");
        assert_eq!(chain(&env).provide().await.unwrap().credentials().access_key, "e");
    }
}
