//! Temporary keys, created from a token or by an agency, and renewed before they expire.
//!
//! Problem: temporary keys are safer than permanent ones, but they expire after minutes or hours, while a program runs;
//! and a program that repeatedly requests new ones with a wrong password or key locks its own account.
//! Default: keys of 15 minutes, which is the vendor's default, renewed in the last tenth of their validity, once for
//! all calls that wait for them. Refused credentials are not sent again for 15 minutes, as long as IAM locks an
//! account; all calls fail with the refusal until then.
//! Override: [`TemporaryKeys::duration`], [`TemporaryKeys::policy`]; everything else on the IAM client.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Map, Value};

use super::credentials::Credentials;
use crate::credentials::{ExpiringCredentials, ProvideCredentials, ProvideFuture};
use crate::error::{Error, Kind};
use crate::generated::huawei_iam_v3::Client;
use crate::generated::huawei_iam_v3::models::{
    AgencyKeyAuth, AgencyKeyIdentity, AgencyKeyRequest, AssumeRoleForKeys, AuthMethod, TemporaryKey,
    TokenKeyAuth, TokenKeyIdentity, TokenKeyRequest, TokenMethod,
};

/// How long refused credentials are not used again, in milliseconds: as long as IAM usually locks an account.
const REST: i64 = 15 * 60 * 1000;

/// A provider of temporary keys, which are renewed before they expire.
///
/// The keys are requested by an IAM client with its own credentials, address and transport:
///
/// ```no_run
/// # fn example() -> Result<(), dbplane::Error> {
/// use std::time::Duration;
/// use dbplane::huawei::{Credentials, TemporaryKeys, dbss_v2 as dbss, iam_v3 as iam};
///
/// let login = Credentials::password("my-account", "ci-user", std::env::var("PASSWORD").unwrap_or_default());
/// let iam = iam::Client::builder().region("cn-north-4").credentials(login).build()?;
/// let keys = TemporaryKeys::from_token(iam).duration(Duration::from_secs(3600));
/// let client = dbss::Client::builder().region("cn-north-4").credentials_provider(keys).build()?;
/// # drop(client); Ok(()) }
/// ```
///
/// To share a provider between clients, give each of them a clone of one `Arc<TemporaryKeys>`. Each client still
/// requests its own keys.
#[derive(Debug)]
pub struct TemporaryKeys {
    iam: Client,
    origin: KeyOrigin,
    seconds: Option<i32>,
    policy: Option<Map<String, Value>>,
    /// The refusal of the IAM client's credentials, and its time.
    refused: Mutex<Option<(Error, i64)>>,
}

/// The source of the keys.
#[derive(Debug)]
enum KeyOrigin {
    Token,
    Agency(AssumeRoleForKeys),
}

impl TemporaryKeys {
    /// Creates keys with the permissions of the user of `iam`. The client must have a password or a token, because IAM
    /// creates these keys from a token.
    #[must_use]
    pub fn from_token(iam: Client) -> Self {
        Self::of(iam, KeyOrigin::Token)
    }

    /// Creates keys with the permissions of an agency of another account. The client can have any type of credentials.
    ///
    /// ```no_run
    /// # fn example(iam: dbplane::huawei::iam_v3::Client) {
    /// use dbplane::huawei::{TemporaryKeys, iam_v3::models::AssumeRoleForKeys};
    /// let keys = TemporaryKeys::from_agency(iam, AssumeRoleForKeys::new("db-operator").domain_name("their-account"));
    /// # drop(keys); }
    /// ```
    #[must_use]
    pub fn from_agency(iam: Client, agency: AssumeRoleForKeys) -> Self {
        Self::of(iam, KeyOrigin::Agency(agency))
    }

    fn of(iam: Client, origin: KeyOrigin) -> Self {
        Self { iam, origin, seconds: None, policy: None, refused: Mutex::new(None) }
    }

    /// Sets how long keys are valid: 15 minutes to 24 hours, in whole seconds. Other values are an error when keys are
    /// requested. Default: 15 minutes, as documented by the vendor.
    #[must_use]
    pub fn duration(mut self, life: Duration) -> Self {
        self.seconds = Some(i32::try_from(life.as_secs()).unwrap_or(i32::MAX));
        self
    }

    /// Restricts the permissions of the keys by an IAM policy. Default: all permissions of the user or the agency.
    #[must_use]
    pub fn policy(mut self, policy: Map<String, Value>) -> Self {
        self.policy = Some(policy);
        self
    }

    async fn make(&self) -> Result<ExpiringCredentials<Credentials>, Error> {
        if let Some(refusal) = self.resting() {
            return Err(refusal);
        }
        let made = self.ask().await.inspect_err(|e| self.remember(e))?;
        let TemporaryKey { access, secret, securitytoken, expires_at, .. } = made;
        let unreadable = || Error::new(Kind::Decode, "IAM responded with an unreadable expires_at");
        let expires = expires_at.to_system_time().ok_or_else(unreadable)?;
        Ok(ExpiringCredentials::new(Credentials::temporary(access, secret, securitytoken))
            .expires_at(expires))
    }

    async fn ask(&self) -> Result<TemporaryKey, Error> {
        let made = match &self.origin {
            KeyOrigin::Token => {
                let mut identity = TokenKeyIdentity::new([AuthMethod::Token]);
                identity.token = self.seconds.map(|seconds| TokenMethod::new().duration_seconds(seconds));
                identity.policy.clone_from(&self.policy);
                let request = TokenKeyRequest::new(TokenKeyAuth::new(identity));
                self.iam.create_temporary_access_key_by_token(request).send().await?.into_inner()
            }
            KeyOrigin::Agency(agency) => {
                let mut agency = agency.clone();
                agency.duration_seconds = self.seconds.or(agency.duration_seconds);
                let mut identity = AgencyKeyIdentity::new([AuthMethod::AssumeRole], agency);
                identity.policy.clone_from(&self.policy);
                let request = AgencyKeyRequest::new(AgencyKeyAuth::new(identity));
                self.iam.create_temporary_access_key_by_agency(request).send().await?.into_inner()
            }
        };
        Ok(made.credential)
    }

    /// The refusal, while it is too early to retry.
    fn resting(&self) -> Option<Error> {
        let refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        let (refusal, at) = refused.as_ref()?;
        let passed = self.iam.core.runtime().unix_millis().saturating_sub(*at);
        (0..REST).contains(&passed).then(|| refusal.duplicate())
    }

    fn remember(&self, error: &Error) {
        if error.is_refusal() {
            let note =
                "the credentials for temporary keys were refused and are not sent again for 15 minutes";
            let refusal = error.duplicate().with_note(note.to_owned());
            let at = self.iam.core.runtime().unix_millis();
            *self.refused.lock().unwrap_or_else(PoisonError::into_inner) = Some((refusal, at));
        }
    }
}

impl ProvideCredentials<Credentials> for TemporaryKeys {
    fn provide(&self) -> ProvideFuture<'_, Credentials> {
        Box::pin(self.make())
    }
}
