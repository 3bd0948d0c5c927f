//! Credentials: a key pair, a user with a password, or a token.

use std::fmt;

use super::signer::Keys;
use super::token::Login;
use crate::credentials::form::{check_key, check_text};
use crate::credentials::{CommandKeys, Env, command_provider, env_provider};
use crate::error::Error;
use crate::secret::Secret;

/// Credentials of Huawei Cloud; each kind works for every service.
#[derive(Clone)]
pub struct Credentials {
    pub(super) kind: CredentialsKind,
    /// The project of the credentials.
    pub(super) project_id: Option<String>,
}

#[derive(Clone)]
pub(super) enum CredentialsKind {
    /// Signs every request.
    Keys(Keys),
    /// Fetches tokens.
    Password(Login),
    /// Sends a given token.
    Token(Secret),
}

impl Credentials {
    /// A permanent access key (AK) and its secret (SK). Requests are signed; no token is fetched.
    pub fn access_key(key: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self::of(CredentialsKind::Keys(Keys {
            access_key: key.into(),
            secret_key: secret.into(),
            security_token: None,
        }))
    }

    /// A temporary access key, its secret and its security token.
    pub fn temporary(key: impl Into<String>, secret: impl Into<Secret>, token: impl Into<Secret>) -> Self {
        let (access_key, secret_key) = (key.into(), secret.into());
        Self::of(CredentialsKind::Keys(Keys { access_key, secret_key, security_token: Some(token.into()) }))
    }

    /// An IAM user of the account `domain`. A token is fetched with the password and kept while it is valid.
    ///
    /// Several wrong passwords lock the user, so a refused password is not sent again.
    pub fn password(domain: impl Into<String>, user: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self::of(CredentialsKind::Password(Login {
            domain: domain.into(),
            user: user.into(),
            password: password.into(),
        }))
    }

    /// A token that was obtained elsewhere. After it has expired, calls fail.
    pub fn token(token: impl Into<Secret>) -> Self {
        Self::of(CredentialsKind::Token(token.into()))
    }

    /// Sets the project of the calls, for clients whose builder has none.
    #[must_use]
    pub fn project_id(self, id: impl Into<String>) -> Self {
        self.in_project(Some(id.into()))
    }

    /// Reads the variables of the vendor's SDKs: `HUAWEICLOUD_SDK_AK`, `HUAWEICLOUD_SDK_SK` and, if they are set,
    /// `HUAWEICLOUD_SDK_SECURITY_TOKEN` and `HUAWEICLOUD_SDK_PROJECT_ID`.
    ///
    /// # Errors
    /// One of the first two is missing, a variable contains characters that a header can't have, or
    /// `HUAWEICLOUD_SDK_IDP_ID` is set: id tokens are not supported.
    pub fn from_env() -> Result<Self, Error> {
        Self::from_variables(&Env::system())
    }

    fn of(kind: CredentialsKind) -> Self {
        Self { kind, project_id: None }
    }

    /// A key pair, temporary if there is a token.
    pub(super) fn keys(access_key: &Secret, secret_key: Secret, security_token: Option<Secret>) -> Self {
        let access_key = access_key.expose().to_owned();
        Self::of(CredentialsKind::Keys(Keys { access_key, secret_key, security_token }))
    }

    pub(super) fn in_project(self, project_id: Option<String>) -> Self {
        Self { project_id, ..self }
    }

    fn from_variables(env: &Env) -> Result<Self, Error> {
        // The vendor's SDKs prefer an id token to keys. Keys may belong to somebody else, so they don't replace it.
        if env.get(ID_PROVIDER)?.is_some() {
            let message = format!("{ID_PROVIDER} is set, but id tokens are not supported; unset it");
            return Err(Error::credentials(message));
        }
        let [key, secret] = env.get_pair(["HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK"])?;
        let token = env.get_key("HUAWEICLOUD_SDK_SECURITY_TOKEN")?;
        Ok(Self::keys(&key, secret, token).in_project(project(env)?))
    }

    /// Refuses values that a header can't contain.
    pub(super) fn check(&self) -> Result<(), Error> {
        let project = self.project_id.as_deref();
        project.map_or(Ok(()), |id| check_key("project id", &id.into()))?;
        match &self.kind {
            CredentialsKind::Keys(Keys { access_key, secret_key, security_token }) => {
                check_key("access key", &access_key.as_str().into())?;
                check_key("secret key", secret_key)?;
                security_token.as_ref().map_or(Ok(()), |token| check_key("security token", token))
            }
            CredentialsKind::Token(token) => check_key("token", token),
            CredentialsKind::Password(login) => check_text("password", &login.password),
        }
    }
}

/// Shows only the kind.
impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            CredentialsKind::Keys(Keys { security_token: None, .. }) => "Credentials(access key)",
            CredentialsKind::Keys(_) => "Credentials(temporary access key)",
            CredentialsKind::Password(_) => "Credentials(password)",
            CredentialsKind::Token(_) => "Credentials(token)",
        })
    }
}

/// The variable for login with an id token.
const ID_PROVIDER: &str = "HUAWEICLOUD_SDK_IDP_ID";

/// The project of the environment.
pub(super) fn project(env: &Env) -> Result<Option<String>, Error> {
    Ok(env.get_key("HUAWEICLOUD_SDK_PROJECT_ID")?.map(|id| id.expose().to_owned()))
}

env_provider!();
command_provider!(Some("ProjectId"), |_, keys: CommandKeys| {
    let CommandKeys { access_key, secret_key, session_token, own, .. } = keys;
    let project_id = own.map(|id| id.expose().to_owned());
    Ok::<_, Error>(Credentials::keys(&access_key, secret_key, session_token).in_project(project_id))
});

#[cfg(test)]
mod tests {
    use super::*;

    impl Credentials {
        /// A key pair in plain text.
        pub(crate) fn shown(&self) -> String {
            let CredentialsKind::Keys(Keys { access_key, secret_key, security_token }) = &self.kind else {
                return format!("{self:?}");
            };
            let token = security_token.as_ref().map(Secret::expose);
            format!("{access_key} {} {token:?}", secret_key.expose())
        }
    }

    #[test]
    fn an_empty_security_token_means_permanent_keys() {
        let env = Env::fixed().variable("HUAWEICLOUD_SDK_AK", "a").variable("HUAWEICLOUD_SDK_SK", "s");
        let found = Credentials::from_variables(&env.clone().variable("HUAWEICLOUD_SDK_SECURITY_TOKEN", ""));
        assert_eq!(found.unwrap().shown(), "a s None");
        let env = env.variable("HUAWEICLOUD_SDK_SECURITY_TOKEN", "t");
        let found = Credentials::from_variables(&env.variable("HUAWEICLOUD_SDK_PROJECT_ID", "p")).unwrap();
        assert_eq!((found.shown(), found.project_id.as_deref()), ("a s Some(\"t\")".to_owned(), Some("p")));
    }

    #[test]
    fn an_id_token_is_not_passed_over() {
        let error = Credentials::from_variables(&Env::fixed().variable(ID_PROVIDER, "x")).unwrap_err();
        assert!(!error.is_no_credentials() && error.to_string().contains(ID_PROVIDER), "{error}");
    }

    #[test]
    fn a_token_that_gateways_refuse_is_refused_before_use() {
        let token = "x".repeat(100 * 1024);
        for credentials in [Credentials::token(token.as_str()), Credentials::temporary("a", "s", token)] {
            let error = credentials.check().unwrap_err();
            assert!(error.is_auth() && error.to_string().contains("more than 32 KiB"), "{error}");
        }
        Credentials::token("x".repeat(32 * 1024)).check().unwrap();
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
