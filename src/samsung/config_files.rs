//! The files of the vendor's Terraform provider.
//!
//! Problem: users of this provider have keys in its files already.
//! Default: `credentials.json` and `config.json` in `~/.scpconf`. Override: [`ConfigFiles::at`].

use std::path::{Path, PathBuf};

use super::Credentials;
use super::credentials::ACCOUNT_ID;
use crate::credentials::file::{self, misfit, shown};
use crate::credentials::json::{self, Members};
use crate::credentials::{Env, ExpiringCredentials, ProvideCredentials, ProvideFuture};
use crate::error::Error;

/// A provider that reads `access-key`, `secret-key` and `auth-token` from `credentials.json`, and `account-id` from
/// `config.json`.
///
/// The variable `SCP_TF_ACCOUNT_ID` takes precedence over `account-id`. Other settings of `config.json` are not read;
/// set them on the client's builder. If there is no `credentials.json`, or neither key is in it, the provider has no
/// credentials. A file that can't be parsed is an error that names the line.
#[derive(Debug, Clone, Default)]
pub struct ConfigFiles {
    env: Env,
    folder: Option<PathBuf>,
}

impl ConfigFiles {
    /// Reads the files in this directory. Default: `.scpconf` in the home directory.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: Some(folder.into()), ..Self::default() }
    }

    /// Sets the environment that variables and files are read from. Default: [`Env::system`].
    #[must_use]
    pub fn env(mut self, env: Env) -> Self {
        self.env = env;
        self
    }

    fn read(&self) -> Result<Credentials, Error> {
        let folder = match &self.folder {
            Some(folder) => folder.clone(),
            None => file::in_home(&self.env, ".scpconf")?,
        };
        let path = folder.join("credentials.json");
        let found = self.members(&path, &["access-key", "secret-key", "auth-token"])?;
        let mut found =
            found.ok_or_else(|| Error::no_credentials(format!("there is no file {}", shown(&path))))?;
        let (key, secret) = match (found.remove("access-key"), found.remove("secret-key")) {
            (Some(key), Some(secret)) => (key, secret),
            (Some(_), None) => {
                return Err(misfit(&path, None, "has access-key but no secret-key; give both"));
            }
            (None, Some(_)) => {
                return Err(misfit(&path, None, "has secret-key but no access-key; give both"));
            }
            (None, None) => {
                let message = format!("{} has neither access-key nor secret-key", shown(&path));
                return Err(Error::no_credentials(message));
            }
        };
        let mut credentials = Credentials::access_key(key.expose(), secret);
        credentials.auth_token = found.remove("auth-token");
        credentials.account_id = self.account_id(&folder.join("config.json"))?;
        Ok(credentials)
    }

    fn account_id(&self, path: &Path) -> Result<Option<String>, Error> {
        let id = match self.env.get_key(ACCOUNT_ID)? {
            Some(id) => Some(id),
            None => self.members(path, &["account-id"])?.and_then(|mut found| found.remove("account-id")),
        };
        Ok(id.map(|id| id.expose().to_owned()))
    }

    /// Members of a file, if there is one.
    fn members(&self, path: &Path, names: &[&'static str]) -> Result<Option<Members>, Error> {
        let Some(text) = file::text(&self.env, path)? else { return Ok(None) };
        let found = json::members(text.expose(), names);
        found.map(Some).map_err(|(line, rule)| misfit(path, Some(line), &rule))
    }
}

impl ProvideCredentials<Credentials> for ConfigFiles {
    fn provide(&self) -> ProvideFuture<'_, Credentials> {
        Box::pin(std::future::ready(self.read().map(ExpiringCredentials::new)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(env: &Env) -> Credentials {
        ConfigFiles::at("/c").env(env.clone()).read().unwrap()
    }

    #[test]
    fn keys_account_and_token_are_found_and_the_variable_names_the_account_first() {
        let keys = "{\"access-key\": \"a\", \"secret-key\": \"s\", \"auth-token\": \"t\"}";
        let env = Env::fixed().file("/c/credentials.json", keys);
        let found = read(&env);
        assert_eq!((found.access_key.as_str(), found.secret_key.expose()), ("a", "s"));
        assert_eq!((found.account_id, found.auth_token), (None, Some("t".into())));
        let config = r#"{"account-id": "id", "default-region": "kr-west1", "endpoint-override": 7}"#;
        let env = env.file("/c/config.json", config);
        assert_eq!(read(&env).account_id.as_deref(), Some("id"));
        let env = env.variable(ACCOUNT_ID, "other");
        assert_eq!(read(&env).account_id.as_deref(), Some("other"));
    }
}
