//! Where a service of the fake cloud is, and who may call it.

use dbplane::Runtime;
use dbplane_fake_cloud::FakeCloud;

/// What a client needs to know; a vendor that has no such thing leaves it empty.
pub(crate) struct Account<'a> {
    pub(crate) base_url: &'a str,
    pub(crate) iam_url: &'a str,
    pub(crate) access_key: &'a str,
    pub(crate) secret_key: &'a str,
    pub(crate) project_id: &'a str,
    pub(crate) domain: &'a str,
    pub(crate) user: &'a str,
    pub(crate) password: &'a str,
    pub(crate) user_id: &'a str,
    pub(crate) passcode: &'a str,
    pub(crate) agency: &'a str,
    pub(crate) agency_domain: &'a str,
}

impl<'a> Account<'a> {
    /// The account at a service, if the cloud has that service.
    pub(crate) fn at(cloud: &'a FakeCloud, service: &str) -> Option<Self> {
        let place = cloud.service(service)?;
        let keys = place.credentials();
        Some(Self {
            base_url: place.base_url(),
            iam_url: cloud.service("huawei-iam-v3")?.base_url(),
            access_key: &keys.access_key,
            secret_key: &keys.secret_key,
            project_id: keys.project_id.as_deref().unwrap_or_default(),
            domain: keys.domain_name.as_deref().unwrap_or_default(),
            user: keys.user_name.as_deref().unwrap_or_default(),
            password: keys.password.as_deref().unwrap_or_default(),
            user_id: keys.user_id.as_deref().unwrap_or_default(),
            passcode: keys.passcode.as_deref().unwrap_or_default(),
            agency: keys.agency.as_deref().unwrap_or_default(),
            agency_domain: keys.agency_domain.as_deref().unwrap_or_default(),
        })
    }
    /// A clock that begins now and moves when something waits, so that the tour does not: the fake cloud's work is
    /// done at once. A program leaves this out.
    pub(crate) fn runtime(&self) -> Runtime {
        Runtime::fixed(Runtime::system().unix_millis(), 1)
    }
}
