//! Who calls: a key pair, a user with a password, or a token.

use std::fmt;

use super::signer::Keys;
use super::token::Login;
use crate::client::setup::{check_key, check_text};
use crate::credentials::{Provide, Provided, Providing};
use crate::environment::{self, Variables};
use crate::error::Error;
use crate::secret::Secret;

/// Credentials of Huawei Cloud; each kind works for every service.
#[derive(Clone)]
pub struct Credentials(pub(super) Kind);

#[derive(Clone)]
pub(super) enum Kind {
    /// Signs every request.
    Keys(Keys),
    /// Fetches tokens.
    Password(Login),
    /// Sends one token as long as it lasts.
    Token(Secret),
}

impl Credentials {
    /// A permanent access key (AK) and its secret (SK). Requests are signed; no token is fetched.
    pub fn access_key(key: impl Into<String>, secret: impl Into<Secret>) -> Self {
        let (access_key, secret_key) = (key.into(), secret.into());
        Self(Kind::Keys(Keys { access_key, secret_key, security_token: None }))
    }

    /// A temporary access key, its secret and its security token.
    pub fn temporary(key: impl Into<String>, secret: impl Into<Secret>, token: impl Into<Secret>) -> Self {
        let (access_key, secret_key) = (key.into(), secret.into());
        Self(Kind::Keys(Keys { access_key, secret_key, security_token: Some(token.into()) }))
    }

    /// An IAM user of the account `domain`. A token is fetched with the password and kept while it is valid.
    ///
    /// Wrong passwords lock the user after a few tries, so a refused one is never tried again.
    pub fn password(domain: impl Into<String>, user: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self(Kind::Password(Login { domain: domain.into(), user: user.into(), password: password.into() }))
    }

    /// A token fetched elsewhere. It is used until it expires, which is an error then.
    pub fn token(token: impl Into<Secret>) -> Self {
        Self(Kind::Token(token.into()))
    }

    /// From the variables of the vendor's SDKs: `HUAWEICLOUD_SDK_AK`, `HUAWEICLOUD_SDK_SK` and, if it is set,
    /// `HUAWEICLOUD_SDK_SECURITY_TOKEN`.
    ///
    /// # Errors
    /// One of the first two is missing.
    pub fn from_env() -> Result<Self, Error> {
        Self::from_variables(&environment::process)
    }

    fn from_variables(variables: Variables<'_>) -> Result<Self, Error> {
        let access_key = environment::required(variables, "HUAWEICLOUD_SDK_AK")?.expose().to_owned();
        let secret_key = environment::required(variables, "HUAWEICLOUD_SDK_SK")?;
        let security_token = environment::optional(variables, "HUAWEICLOUD_SDK_SECURITY_TOKEN");
        Ok(Self(Kind::Keys(Keys { access_key, secret_key, security_token })))
    }

    /// Refuses what no header can carry.
    pub(super) fn check(&self) -> Result<(), Error> {
        match &self.0 {
            Kind::Keys(Keys { access_key, secret_key, security_token }) => {
                check_key("access key", &access_key.as_str().into())?;
                check_key("secret key", secret_key)?;
                security_token.as_ref().map_or(Ok(()), |token| check_key("security token", token))
            }
            Kind::Token(token) => check_key("token", token),
            Kind::Password(login) => check_text("password", &login.password),
        }
    }
}

/// Says which kind it is and nothing more.
impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Kind::Keys(Keys { security_token: None, .. }) => "Credentials(access key)",
            Kind::Keys(_) => "Credentials(temporary access key)",
            Kind::Password(_) => "Credentials(password)",
            Kind::Token(_) => "Credentials(token)",
        })
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
    fn an_empty_security_token_means_permanent_keys() {
        let found = Credentials::from_variables(&|name| match name {
            "HUAWEICLOUD_SDK_SECURITY_TOKEN" => Some(String::new()),
            _ => Some("x".to_owned()),
        });
        assert_eq!(format!("{:?}", found.unwrap()), "Credentials(access key)");
    }

    #[test]
    fn keys_that_no_header_can_carry_are_refused_before_use() {
        for (secret, why) in [("", "empty"), ("a\n", "white space"), ("a\u{7}b", "control"), ("ä", "ASCII")]
        {
            let error = Credentials::access_key("ak", secret).check().unwrap_err();
            assert!(error.is_auth() && error.to_string().contains(why), "{secret:?}: {error}");
        }
    }
}
