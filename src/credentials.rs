//! Sources of credentials: given, found by a chain of providers, or from a custom provider.
//!
//! Problem: keys are in variables, files and metadata services, and change while a program runs. So a client calls a
//! provider: at the first call, and again before the credentials expire.
//!
//! Default: without credentials, a client's builder uses the vendor's [`Chain`], which calls its providers one after
//! the other. If none has credentials, the error lists what was searched where. Invalid credentials end the search.
//! Override: `credentials(...)` on the builder, or `credentials_provider(...)` with a custom [`ProvideCredentials`].
//!
#![doc = include_str!("../docs/credentials.md")]

mod command;
mod env;
pub(crate) mod file;
pub(crate) mod form;
pub(crate) mod ini;
pub(crate) mod json;
pub(crate) mod profile;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use crate::auth::single_flight::{Fresh, SingleFlight};
use crate::error::Error;
use crate::runtime::Runtime;
use crate::timestamp::unix_millis;

pub use command::Command;
#[allow(unused_imports)] // in a build without any service
pub(crate) use command::{CommandKeys, command_provider};
pub use env::Env;

/// The future of [`ProvideCredentials::provide`].
pub type ProvideFuture<'a, C> =
    Pin<Box<dyn Future<Output = Result<ExpiringCredentials<C>, Error>> + Send + 'a>>;

/// A provider of credentials of type `C`, for example `samsung::Credentials`.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use dbplane::credentials::{ExpiringCredentials, ProvideCredentials, ProvideFuture};
/// use dbplane::samsung::Credentials;
///
/// #[derive(Debug)]
/// struct Vault;
///
/// impl ProvideCredentials<Credentials> for Vault {
///     fn provide(&self) -> ProvideFuture<'_, Credentials> {
///         Box::pin(async {
///             let (key, secret) = ("key", "secret"); // asked from the vault
///             let in_an_hour = SystemTime::now() + Duration::from_secs(3600);
///             Ok(ExpiringCredentials::new(Credentials::access_key(key, secret)).expires_at(in_an_hour))
///         })
///     }
/// }
/// # let _ = dbplane::samsung::mariadb_1_0::Client::builder().credentials_provider(Vault);
/// ```
pub trait ProvideCredentials<C>: fmt::Debug + Send + Sync {
    /// Returns the credentials. It is called again before they expire, and never concurrently.
    ///
    /// If there are no credentials, the error is [`Error::no_credentials`], and a [`Chain`] continues with the next
    /// provider. If there are credentials but they can't be used, it is [`Error::credentials`] or any other error, and
    /// a chain ends. The error must not contain secrets.
    fn provide(&self) -> ProvideFuture<'_, C>;
}

impl<C, P: ProvideCredentials<C> + ?Sized> ProvideCredentials<C> for Arc<P> {
    fn provide(&self) -> ProvideFuture<'_, C> {
        (**self).provide()
    }
}

/// Credentials and their time of expiry.
#[derive(Debug, Clone)]
pub struct ExpiringCredentials<C> {
    credentials: C,
    expires: Option<SystemTime>,
}

impl<C> ExpiringCredentials<C> {
    /// Credentials that do not expire.
    pub fn new(credentials: C) -> Self {
        Self { credentials, expires: None }
    }

    /// Sets the time of expiry. Credentials are renewed when a tenth of their validity is left, but at most one hour
    /// before they expire.
    #[must_use]
    pub fn expires_at(mut self, time: SystemTime) -> Self {
        self.expires = Some(time);
        self
    }

    /// The credentials.
    pub fn credentials(&self) -> &C {
        &self.credentials
    }

    /// When they expire, if they do.
    pub fn expiry(&self) -> Option<SystemTime> {
        self.expires
    }
}

/// Calls several providers one after the other and uses the first credentials that it finds.
///
/// If no provider has credentials, the error lists the reason of each. If a provider finds credentials that it can't
/// use, the search ends with its error, because later providers may have credentials of another account.
#[derive(Debug)]
pub struct Chain<C> {
    links: Vec<(String, Arc<dyn ProvideCredentials<C>>)>,
}

impl<C> Default for Chain<C> {
    fn default() -> Self {
        Self { links: Vec::new() }
    }
}

impl<C> Chain<C> {
    /// Creates a chain without providers.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a provider at the end. Errors refer to it by this name.
    #[must_use]
    pub fn then(mut self, name: impl Into<String>, provider: impl ProvideCredentials<C> + 'static) -> Self {
        self.links.push((name.into(), Arc::new(provider)));
        self
    }
}

impl<C: fmt::Debug + Send + Sync> ProvideCredentials<C> for Chain<C> {
    fn provide(&self) -> ProvideFuture<'_, C> {
        Box::pin(async {
            let mut reasons = Vec::new();
            for (name, provider) in &self.links {
                match provider.provide().await {
                    Ok(provided) => return Ok(provided),
                    Err(e) if e.is_no_credentials() => reasons.push(format!("{name}: {e}")),
                    Err(e) => return Err(e.with_note(format!("the search for credentials ended at: {name}"))),
                }
            }
            let reasons =
                if reasons.is_empty() { "the chain is empty".to_owned() } else { reasons.join("; ") };
            Err(Error::no_credentials(format!("no credentials were found; {reasons}")))
        })
    }
}

/// The provider of a vendor's variables. Expects `Credentials` with a `from_variables`.
#[allow(unused_macros)] // in a build without any service
macro_rules! env_provider {
    () => {
        /// Reads the variables of [`Credentials::from_env`]. If neither key is set, the provider has no credentials;
        /// one key without the other is an error.
        #[derive(Debug, Clone, Default)]
        pub struct EnvProvider($crate::credentials::Env);

        impl EnvProvider {
            /// Sets the environment that variables and files are read from. Default:
            /// [`Env::system`](crate::credentials::Env::system).
            #[must_use]
            pub fn env(self, env: $crate::credentials::Env) -> Self {
                Self(env)
            }
        }

        impl $crate::credentials::ProvideCredentials<Credentials> for EnvProvider {
            fn provide(&self) -> $crate::credentials::ProvideFuture<'_, Credentials> {
                let found = Credentials::from_variables(&self.0);
                Box::pin(std::future::ready(found.map($crate::credentials::ExpiringCredentials::new)))
            }
        }
    };
}
#[allow(unused_imports)] // in a build without any service
pub(crate) use env_provider;

/// Given credentials, which do not change.
#[derive(Debug)]
pub(crate) struct StaticProvider<C>(pub(crate) C);

impl<C: Clone + fmt::Debug + Send + Sync> ProvideCredentials<C> for StaticProvider<C> {
    fn provide(&self) -> ProvideFuture<'_, C> {
        Box::pin(std::future::ready(Ok(ExpiringCredentials::new(self.0.clone()))))
    }
}

/// A provider and its last credentials.
#[derive(Debug)]
pub(crate) struct CredentialsCache<C> {
    provider: Arc<dyn ProvideCredentials<C>>,
    check: fn(&C) -> Result<(), Error>,
    shared: SingleFlight<Arc<C>>,
}

impl<C> CredentialsCache<C> {
    /// Calls `provider`; its credentials must pass `check`.
    pub(crate) fn new(provider: Arc<dyn ProvideCredentials<C>>, check: fn(&C) -> Result<(), Error>) -> Self {
        Self { provider, check, shared: SingleFlight::new() }
    }

    /// The current credentials.
    pub(crate) async fn get(&self, runtime: &Runtime) -> Result<Arc<C>, Error> {
        let fetch = || async {
            let ExpiringCredentials { credentials, expires } = self.provider.provide().await?;
            (self.check)(&credentials)?;
            Ok(Fresh { value: Arc::new(credentials), expires: expires.map(unix_millis) })
        };
        self.shared.get(runtime, fetch).await
    }

    /// Whether credentials were replaced by others.
    pub(crate) fn renewed_since(&self, used: &Arc<C>) -> bool {
        self.shared.peek().is_some_and(|held| !Arc::ptr_eq(&held, used))
    }
}

/// A value that belongs to the current credentials and is created again for others: a session, a token.
#[derive(Debug)]
pub(crate) struct PerCredentials<C, T>(Mutex<Option<(Arc<C>, Arc<T>)>>);

impl<C, T> Default for PerCredentials<C, T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<C, T> PerCredentials<C, T> {
    /// The value for `credentials`, created by `make` if these are new.
    pub(crate) fn of(&self, credentials: &Arc<C>, make: impl FnOnce(&C) -> T) -> Arc<T> {
        let mut slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*slot {
            Some((owner, made)) if Arc::ptr_eq(owner, credentials) => Arc::clone(made),
            _ => {
                let made = Arc::new(make(credentials));
                *slot = Some((Arc::clone(credentials), Arc::clone(&made)));
                made
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Empty(&'static str);

    impl ProvideCredentials<String> for Empty {
        fn provide(&self) -> ProvideFuture<'_, String> {
            Box::pin(std::future::ready(Err(Error::no_credentials(self.0))))
        }
    }

    #[derive(Debug)]
    struct Broken;

    impl ProvideCredentials<String> for Broken {
        fn provide(&self) -> ProvideFuture<'_, String> {
            Box::pin(std::future::ready(Err(Error::credentials("/keys, line 3, is wrong"))))
        }
    }

    #[tokio::test]
    async fn a_chain_takes_the_first_and_an_empty_one_says_what_was_looked_for() {
        let chain = Chain::new()
            .then("variables", Empty("KEY is not set"))
            .then("given", StaticProvider("x".to_owned()));
        assert_eq!(chain.provide().await.unwrap().credentials, "x");
        let chain = Chain::new().then("variables", Empty("KEY is not set")).then("file", Empty("no ~/.keys"));
        let error = chain.provide().await.unwrap_err();
        let text = "no credentials were found; variables: KEY is not set; file: no ~/.keys";
        assert!(error.is_auth() && error.is_no_credentials() && error.to_string() == text, "{error}");
        assert!(
            Chain::<String>::new().provide().await.unwrap_err().to_string().contains("the chain is empty")
        );
    }

    #[tokio::test]
    async fn a_chain_ends_where_something_is_wrong_and_goes_on_after_an_empty_chain() {
        let chain = Chain::new().then("file", Broken).then("given", StaticProvider("x".to_owned()));
        let error = chain.provide().await.unwrap_err();
        let text = "/keys, line 3, is wrong; the search for credentials ended at: file";
        assert!(!error.is_no_credentials() && error.to_string() == text, "{error}");
        let inner = Chain::new().then("variables", Empty("KEY is not set"));
        let chain = Chain::new().then("inner", inner).then("given", StaticProvider("x".to_owned()));
        assert_eq!(chain.provide().await.unwrap().credentials(), "x");
    }
}
