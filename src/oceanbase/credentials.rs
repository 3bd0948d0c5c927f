//! The AccessKey pair of an OceanBase Cloud account.

use crate::credentials::form::check_key;
use crate::credentials::{CommandKeys, Env, command_provider, env_provider};
use crate::error::Error;
use crate::secret::Secret;

/// An AccessKey pair, with all permissions of its account.
#[derive(Debug, Clone)]
pub struct Credentials {
    pub(crate) access_key: String,
    pub(crate) secret_key: Secret,
}

impl Credentials {
    /// An AccessKey id and its secret.
    pub fn access_key(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self { access_key: id.into(), secret_key: secret.into() }
    }

    /// Reads the variables `OCEANBASE_CLOUD_ACCESS_KEY` and `OCEANBASE_CLOUD_SECRET_KEY`.
    ///
    /// The vendor defines no variables; these are this library's own.
    ///
    /// # Errors
    /// A variable is missing, or contains characters that a header can't have.
    pub fn from_env() -> Result<Self, Error> {
        Self::from_variables(&Env::system())
    }

    /// Refuses values that a header can't contain.
    pub(super) fn check(&self) -> Result<(), Error> {
        check_key("access key", &self.access_key.as_str().into())?;
        check_key("secret key", &self.secret_key)
    }

    fn from_variables(env: &Env) -> Result<Self, Error> {
        let [id, secret] = env.get_pair(["OCEANBASE_CLOUD_ACCESS_KEY", "OCEANBASE_CLOUD_SECRET_KEY"])?;
        Ok(Self::access_key(id.expose(), secret))
    }
}

env_provider!();
command_provider!(None, |command, keys: CommandKeys| {
    let CommandKeys { access_key, secret_key, .. } = keys.without_token(command)?;
    Ok::<_, Error>(Credentials::access_key(access_key.expose(), secret_key))
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_variable_is_named() {
        let env = Env::fixed().variable("OCEANBASE_CLOUD_ACCESS_KEY", "x");
        let error = Credentials::from_variables(&env).unwrap_err();
        assert!(error.is_auth() && error.to_string().contains("OCEANBASE_CLOUD_SECRET_KEY"), "{error}");
    }
}
