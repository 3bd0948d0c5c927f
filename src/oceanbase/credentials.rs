//! The AccessKey pair of an OceanBase Cloud account.

use crate::environment::{self, Variables};
use crate::error::Error;
use crate::secret::Secret;

/// An AccessKey pair. It has all rights of its account.
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

    /// From `OCEANBASE_CLOUD_ACCESS_KEY` and `OCEANBASE_CLOUD_SECRET_KEY`.
    ///
    /// The vendor defines no variables; these are this library's own.
    ///
    /// # Errors
    /// One of them is missing.
    pub fn from_env() -> Result<Self, Error> {
        Self::from_variables(&environment::process)
    }

    fn from_variables(variables: Variables<'_>) -> Result<Self, Error> {
        let id = environment::required(variables, "OCEANBASE_CLOUD_ACCESS_KEY")?;
        let secret = environment::required(variables, "OCEANBASE_CLOUD_SECRET_KEY")?;
        Ok(Self::access_key(id.expose(), secret))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_variable_is_named() {
        let error =
            Credentials::from_variables(&|name| (name != "OCEANBASE_CLOUD_SECRET_KEY").then(|| "x".into()));
        let error = error.unwrap_err();
        assert!(error.is_auth() && error.to_string().contains("OCEANBASE_CLOUD_SECRET_KEY"), "{error}");
    }
}
