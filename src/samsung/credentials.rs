//! The key pair of a Samsung Cloud Platform user.

use crate::credentials::form::check_key;
use crate::credentials::{CommandKeys, Env, command_provider, env_provider};
use crate::error::Error;
use crate::secret::Secret;

/// The variable that names the account.
pub(super) const ACCOUNT_ID: &str = "SCP_TF_ACCOUNT_ID";

/// An access key with its secret, and optionally an account and a token.
///
/// Temporary keys of the vendor's STS have a session token, which is not supported because the vendor does not document
/// how to send it.
#[derive(Debug, Clone)]
pub struct Credentials {
    pub(crate) access_key: String,
    pub(crate) secret_key: Secret,
    pub(crate) account_id: Option<String>,
    pub(crate) auth_token: Option<Secret>,
}

impl Credentials {
    /// An access key and its secret.
    pub fn access_key(key: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self { access_key: key.into(), secret_key: secret.into(), account_id: None, auth_token: None }
    }

    /// Sets the account of the calls, which is sent in the header `Scp-AccountId` and is part of the signature.
    #[must_use]
    pub fn account_id(mut self, id: impl Into<String>) -> Self {
        self.account_id = Some(id.into());
        self
    }

    /// Sets a token that is sent in the header `X-Auth-Token` in addition to the signature, as the vendor's Terraform
    /// provider does.
    #[must_use]
    pub fn auth_token(mut self, token: impl Into<Secret>) -> Self {
        self.auth_token = Some(token.into());
        self
    }

    /// Reads the variables of the vendor's Terraform provider: `SCP_TF_ACCESS_KEY`, `SCP_TF_SECRET_KEY` and, if they
    /// are set, `SCP_TF_ACCOUNT_ID` and `SCP_TF_AUTH_TOKEN`.
    ///
    /// # Errors
    /// One of the first two is missing, or a variable contains characters that a header can't have.
    pub fn from_env() -> Result<Self, Error> {
        Self::from_variables(&Env::system())
    }

    /// Refuses values that a header can't contain.
    pub(super) fn check(&self) -> Result<(), Error> {
        check_key("access key", &self.access_key.as_str().into())?;
        check_key("secret key", &self.secret_key)?;
        self.account_id.as_deref().map_or(Ok(()), |id| check_key("account id", &id.into()))?;
        self.auth_token.as_ref().map_or(Ok(()), |token| check_key("auth token", token))
    }

    fn from_variables(env: &Env) -> Result<Self, Error> {
        let [key, secret] = env.get_pair(["SCP_TF_ACCESS_KEY", "SCP_TF_SECRET_KEY"])?;
        let account_id = env.get_key(ACCOUNT_ID)?.map(|id| id.expose().to_owned());
        let auth_token = env.get_key("SCP_TF_AUTH_TOKEN")?;
        Ok(Self { account_id, auth_token, ..Self::access_key(key.expose(), secret) })
    }
}

env_provider!();
command_provider!(Some("AccountId"), |command, keys: CommandKeys| {
    let CommandKeys { access_key, secret_key, own, .. } = keys.without_token(command)?;
    let account_id = own.map(|id| id.expose().to_owned());
    Ok::<_, Error>(Credentials { account_id, ..Credentials::access_key(access_key.expose(), secret_key) })
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_read_and_an_empty_account_counts_as_none() {
        let env = Env::fixed().variable("SCP_TF_ACCESS_KEY", "a").variable("SCP_TF_SECRET_KEY", "s");
        let found = Credentials::from_variables(&env.clone().variable(ACCOUNT_ID, "")).unwrap();
        assert_eq!((found.access_key.as_str(), found.account_id, found.auth_token), ("a", None, None));
        let env = env.variable(ACCOUNT_ID, "id").variable("SCP_TF_AUTH_TOKEN", "t");
        let found = Credentials::from_variables(&env).unwrap();
        assert_eq!((found.account_id.as_deref(), found.auth_token), (Some("id"), Some("t".into())));
        let error = Credentials::from_variables(&Env::fixed()).unwrap_err();
        assert!(error.to_string().contains("SCP_TF_ACCESS_KEY"), "{error}");
    }
}
