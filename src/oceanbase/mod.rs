//! OceanBase Cloud: credentials and sites, and its one service, [`cloud_v2`].

mod authenticator;
pub mod codes;
mod credentials;
mod find;
mod profile;

// begin services: written by `cargo xtask generate`
#[cfg(feature = "oceanbase-cloud-v2")]
pub mod cloud_v2;
// end services

pub use credentials::{Credentials, EnvProvider};
pub use profile::ProfileFile;

use crate::credentials::{Chain, Env};

/// Returns the providers that a client without credentials uses: the environment ([`EnvProvider`]), then the profile
/// file ([`ProfileFile`]).
#[must_use]
pub fn default_chain() -> Chain<Credentials> {
    chain(&Env::system())
}

fn chain(env: &Env) -> Chain<Credentials> {
    Chain::new()
        .then("environment", EnvProvider::default().env(env.clone()))
        .then("profile file", ProfileFile::default().env(env.clone()))
}

/// An OceanBase Cloud site. Each account, with its keys and instances, belongs to one site.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credentials::ProvideCredentials;

    #[test]
    fn the_sites_are_the_servers_of_the_spec() {
        let servers = crate::generated::oceanbase_cloud_v2::SERVICE.servers.iter().map(|server| server.url);
        let sites = [Site::International, Site::China].map(Site::base_url);
        assert_eq!(servers.collect::<Vec<_>>(), sites);
    }

    #[tokio::test]
    async fn the_environment_comes_before_the_file_and_nothing_anywhere_is_explained() {
        let error = chain(&Env::fixed().home("/home/me")).provide().await.unwrap_err().to_string();
        let text = "no credentials were found; environment: neither OCEANBASE_CLOUD_ACCESS_KEY nor \
                    OCEANBASE_CLOUD_SECRET_KEY is set, or both are empty; profile file: there is no file \
                    /home/me/.oceanbase-cloud/credentials, and OCEANBASE_CLOUD_CREDENTIALS_FILE names no other";
        assert_eq!(error, text);
        let env = Env::fixed().home("/home/me");
        let env = env.file("/home/me/.oceanbase-cloud/credentials", "[default]\naccess_key=f\nsecret_key=s");
        assert_eq!(chain(&env).provide().await.unwrap().credentials().access_key, "f");
        let env = env.variable("OCEANBASE_CLOUD_ACCESS_KEY", "e").variable("OCEANBASE_CLOUD_SECRET_KEY", "s");
        assert_eq!(chain(&env).provide().await.unwrap().credentials().access_key, "e");
    }
}
