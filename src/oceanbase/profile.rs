//! The profile file of OceanBase Cloud.
//!
//! Problem: every child process can read keys in variables; a file has permissions.
//! Default: `~/.oceanbase-cloud/credentials`, which the vendor does not define: name and format are this library's own.
//! Override: the variable `OCEANBASE_CLOUD_CREDENTIALS_FILE`, or [`ProfileFile::at`].

use std::path::PathBuf;

use super::Credentials;
use crate::credentials::profile::ProfileFormat;
use crate::credentials::{Env, ExpiringCredentials, ProvideCredentials, ProvideFuture};
use crate::error::Error;

const FORM: ProfileFormat = ProfileFormat {
    variable: "OCEANBASE_CLOUD_CREDENTIALS_FILE",
    usual: ".oceanbase-cloud/credentials",
    sections: &["default"],
    keys: ["access_key", "secret_key"],
};

/// Reads `access_key` and `secret_key` in the section `[default]` of a profile file.
///
/// ```ini
/// [default]
/// access_key = ...
/// secret_key = ...
/// ```
///
/// If there is no file, or neither key is in it, the provider has no credentials. A file that can't be parsed is an
/// error that names the line.
#[derive(Debug, Clone, Default)]
pub struct ProfileFile {
    env: Env,
    path: Option<PathBuf>,
}

impl ProfileFile {
    /// Reads this file, regardless of the variable.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: Some(path.into()), ..Self::default() }
    }

    /// Sets the environment that variables and files are read from. Default: [`Env::system`].
    #[must_use]
    pub fn env(mut self, env: Env) -> Self {
        self.env = env;
        self
    }

    fn read(&self) -> Result<Credentials, Error> {
        let profile = FORM.open(&self.env, self.path.as_deref())?;
        let (_, [key, secret]) = FORM.keys(&profile)?;
        Ok(Credentials::access_key(key.expose(), secret))
    }
}

impl ProvideCredentials<Credentials> for ProfileFile {
    fn provide(&self) -> ProvideFuture<'_, Credentials> {
        Box::pin(std::future::ready(self.read().map(ExpiringCredentials::new)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_keys_come_from_the_default_section() {
        let text = "\u{feff}# mine\r\n[default]\r\nAccess_Key = ak\r\nsecret_key = 's'\r\n[other]\r\n";
        let env = Env::fixed().home("/home/me").file("/home/me/.oceanbase-cloud/credentials", text);
        let found = ProfileFile::default().env(env.clone()).read().unwrap();
        assert_eq!((found.access_key.as_str(), found.secret_key.expose()), ("ak", "s"));
        let other =
            env.variable(FORM.variable, "/keys").file("/keys", "[default]\naccess_key=b\nsecret_key=t");
        let found = ProfileFile::default().env(other.clone()).read().unwrap();
        assert_eq!((found.access_key.as_str(), found.secret_key.expose()), ("b", "t"));
        let given = ProfileFile::at("/home/me/.oceanbase-cloud/credentials").env(other).read().unwrap();
        assert_eq!(given.access_key, "ak");
    }
}
