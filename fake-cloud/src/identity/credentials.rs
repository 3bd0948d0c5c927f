//! Credentials for callers of the fake cloud.
//!
//! Problem: tests need credentials that look like the vendor's, so that clients that check the format accept them. They
//! are created at the start, from the seed.
//! Default: one account per vendor; the three services of Huawei share theirs.

use std::fmt;

use serde_json::{Map, Value as Json};

use crate::base::runtime::Runtime;
use crate::vendor::Vendor;

const UPPER: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const DIGITS: &[u8] = b"0123456789";
const MIXED: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// Credentials of one service. `Debug` shows no secret.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Credentials {
    /// The access key.
    pub access_key: String,
    /// The secret of the access key.
    pub secret_key: String,
    /// The project that the access key may use.
    pub project_id: Option<String>,
    /// Name of the account.
    pub domain_name: Option<String>,
    /// Id of the account.
    pub domain_id: Option<String>,
    /// Name of the IAM user.
    pub user_name: Option<String>,
    /// Password of the IAM user.
    pub password: Option<String>,
    /// Id of the IAM user.
    pub user_id: Option<String>,
    /// The one-time code of the user, which never changes.
    pub passcode: Option<String>,
    /// Name of an agency that another account has granted.
    pub agency: Option<String>,
    /// Name of the account that granted the agency.
    pub agency_domain: Option<String>,
    /// The region of the project.
    pub region: Option<String>,
}

impl Credentials {
    pub(crate) fn make(vendor: Vendor, runtime: &Runtime) -> Self {
        match vendor {
            Vendor::Samsung => {
                Self { access_key: runtime.hex(32), secret_key: runtime.uuid(), ..Self::default() }
            }
            Vendor::OceanBase => Self {
                access_key: runtime.text(MIXED, 24),
                secret_key: runtime.text(MIXED, 32),
                project_id: Some(runtime.text(MIXED, 16)),
                ..Self::default()
            },
            Vendor::Huawei | Vendor::HuaweiIam => Self {
                access_key: runtime.text(UPPER, 20),
                secret_key: runtime.text(MIXED, 40),
                project_id: Some(runtime.hex(32)),
                domain_name: Some("fake-account".to_owned()),
                domain_id: Some(runtime.hex(32)),
                user_name: Some("fake-user".to_owned()),
                password: Some(runtime.text(MIXED, 16) + "-7aZ"),
                user_id: Some(runtime.hex(32)),
                passcode: Some(runtime.text(DIGITS, 6)),
                agency: Some("fake-agency".to_owned()),
                agency_domain: Some("other-account".to_owned()),
                region: Some("cn-north-4".to_owned()),
            },
        }
    }

    /// The credentials as the program prints them.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let fields = [
            ("access_key", Some(&self.access_key)),
            ("secret_key", Some(&self.secret_key)),
            ("project_id", self.project_id.as_ref()),
            ("domain_name", self.domain_name.as_ref()),
            ("user_name", self.user_name.as_ref()),
            ("password", self.password.as_ref()),
            ("user_id", self.user_id.as_ref()),
            ("passcode", self.passcode.as_ref()),
            ("agency", self.agency.as_ref()),
            ("agency_domain", self.agency_domain.as_ref()),
            ("region", self.region.as_ref()),
        ];
        let present = fields.into_iter().filter_map(|(name, value)| Some((name, value?)));
        Json::Object(
            present.map(|(name, value)| (name.to_owned(), Json::from(value.as_str()))).collect::<Map<_, _>>(),
        )
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hidden = |secret: &Option<String>| secret.as_ref().map(|_| "***");
        f.debug_struct("Credentials")
            .field("access_key", &self.access_key)
            .field("secret_key", &"***")
            .field("project_id", &self.project_id)
            .field("domain_name", &self.domain_name)
            .field("domain_id", &self.domain_id)
            .field("user_name", &self.user_name)
            .field("password", &hidden(&self.password))
            .field("user_id", &self.user_id)
            .field("passcode", &hidden(&self.passcode))
            .field("agency", &self.agency)
            .field("agency_domain", &self.agency_domain)
            .field("region", &self.region)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_hides_the_secrets() {
        let made = Credentials::make(Vendor::Huawei, &Runtime::new(None, Some(1)));
        let shown = format!("{made:?}");
        assert!(shown.contains(&made.access_key));
        assert!(!shown.contains(&made.secret_key));
        assert!(!shown.contains(made.password.as_deref().expect("a password")));
    }
}
