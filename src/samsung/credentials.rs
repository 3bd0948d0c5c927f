//! The key pair of a Samsung Cloud Platform user.

use crate::client::setup::check_key;
use crate::credentials::{Provide, Provided, Providing};
use crate::environment::{self, Variables};
use crate::error::Error;
use crate::secret::Secret;

/// An access key with its secret, and the account if the call is to name one.
///
/// Temporary keys of the vendor's STS come with a session token. No page says how a service is told of it, so
/// there is no setter for one; the name is kept free until the vendor does.
#[derive(Debug, Clone)]
pub struct Credentials {
    pub(crate) access_key: String,
    pub(crate) secret_key: Secret,
    pub(crate) account_id: Option<String>,
}

impl Credentials {
    /// An access key and its secret.
    pub fn access_key(key: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self { access_key: key.into(), secret_key: secret.into(), account_id: None }
    }

    /// Names the account in every call, in the header `Scp-AccountId` and in the signature.
    #[must_use]
    pub fn account_id(mut self, id: impl Into<String>) -> Self {
        self.account_id = Some(id.into());
        self
    }

    /// From the variables of the vendor's Terraform provider: `SCP_TF_ACCESS_KEY`, `SCP_TF_SECRET_KEY` and,
    /// if it is set, `SCP_TF_ACCOUNT_ID`.
    ///
    /// # Errors
    /// One of the first two is missing.
    pub fn from_env() -> Result<Self, Error> {
        Self::from_variables(&environment::process)
    }

    /// Refuses what no header can carry.
    pub(super) fn check(&self) -> Result<(), Error> {
        check_key("access key", &self.access_key.as_str().into())?;
        check_key("secret key", &self.secret_key)?;
        self.account_id.as_deref().map_or(Ok(()), |id| check_key("account id", &id.into()))
    }

    fn from_variables(variables: Variables<'_>) -> Result<Self, Error> {
        let key = environment::required(variables, "SCP_TF_ACCESS_KEY")?;
        let secret = environment::required(variables, "SCP_TF_SECRET_KEY")?;
        let account_id = environment::optional(variables, "SCP_TF_ACCOUNT_ID");
        let account_id = account_id.map(|id| id.expose().to_owned());
        Ok(Self { account_id, ..Self::access_key(key.expose(), secret) })
    }
}

/// Asks the variables of this process.
#[derive(Debug)]
pub(super) struct FromEnvironment;

impl Provide<Credentials> for FromEnvironment {
    fn provide(&self) -> Providing<'_, Credentials> {
        Box::pin(std::future::ready(Credentials::from_env().map(Provided::new)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_read_and_an_empty_account_counts_as_none() {
        let found = Credentials::from_variables(&|name| match name {
            "SCP_TF_ACCOUNT_ID" => Some(String::new()),
            other => Some(other.to_lowercase()),
        });
        let found = found.unwrap();
        assert_eq!((found.access_key.as_str(), found.account_id), ("scp_tf_access_key", None));
        let error = Credentials::from_variables(&|_| None).unwrap_err();
        assert!(error.to_string().contains("SCP_TF_ACCESS_KEY"), "{error}");
    }
}
