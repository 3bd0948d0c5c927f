//! Huawei Cloud: credentials, regions, both ways of authentication, and the services TaurusDB, DBSS and IAM, each with
//! its own module and features.

mod authenticator;
mod builder;
pub mod codes;
mod credentials;
mod metadata;
mod profile;
mod project;
mod signer;
mod temporary_keys;
mod token;

// begin services: written by `cargo xtask generate`
#[cfg(feature = "huawei-dbss-v2")]
pub mod dbss_v2;

#[cfg(feature = "huawei-iam-v3")]
pub mod iam_v3;

#[cfg(feature = "huawei-taurusdb-v3-instances")]
pub mod taurusdb_v3;
// end services

pub use builder::ClientBuilder;
pub use credentials::{Credentials, EnvProvider};
pub use metadata::MetadataService;
pub use profile::ProfileFile;
pub use temporary_keys::TemporaryKeys;

use crate::credentials::{Chain, Env};

/// Returns the providers that a client without credentials uses, in the order of the vendor's SDKs: the environment
/// ([`EnvProvider`]), the profile file ([`ProfileFile`]), and the metadata service of a cloud server
/// ([`MetadataService`]).
#[must_use]
pub fn default_chain() -> Chain<Credentials> {
    chain(&Env::system(), MetadataService::default())
}

fn chain(env: &Env, metadata: MetadataService) -> Chain<Credentials> {
    Chain::new()
        .then("environment", EnvProvider::default().env(env.clone()))
        .then("profile file", ProfileFile::default().env(env.clone()))
        .then("metadata service", metadata.env(env.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credentials::ProvideCredentials;

    #[tokio::test]
    async fn environment_then_file_then_metadata_and_nothing_anywhere_is_explained() {
        let closed = "127.0.0.1:1"; // nobody listens there
        let metadata = MetadataService::default().base_url(format!("http://{closed}"));
        let metadata = metadata.runtime(crate::Runtime::fixed(0, 1));
        let find = async |env: &Env| chain(env, metadata.clone()).provide().await;
        let env = Env::fixed().home("/home/me");
        let error = find(&env).await.unwrap_err();
        let text = format!(
            "no credentials were found; environment: neither HUAWEICLOUD_SDK_AK nor HUAWEICLOUD_SDK_SK is set, \
             or both are empty; profile file: there is no file /home/me/.huaweicloud/credentials, and \
             HUAWEICLOUD_SDK_CREDENTIALS_FILE names no other; metadata service: the metadata service at \
             http://{closed} can't be reached"
        );
        assert_eq!(error.to_string(), text);
        assert!(error.is_no_credentials());
        let off = chain(&env, metadata.clone().disabled(true)).provide().await.unwrap_err();
        let text = "metadata service: the metadata service is disabled by the program";
        assert!(off.is_no_credentials() && off.to_string().ends_with(text), "{off}");
        let env = env.file("/home/me/.huaweicloud/credentials", "[basic]\nak=f\nsk=s");
        assert_eq!(find(&env).await.unwrap().credentials().shown(), "f s None");
        let env = env.variable("HUAWEICLOUD_SDK_AK", "e");
        let error = find(&env).await.unwrap_err().to_string();
        assert!(
            error.ends_with("set both or none; the search for credentials ended at: environment"),
            "{error}"
        );
        let env = env.variable("HUAWEICLOUD_SDK_SK", "s");
        assert_eq!(find(&env).await.unwrap().credentials().shown(), "e s None");
    }
}
