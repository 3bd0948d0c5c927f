//! One operation of each kind for each service, where the service has one.

use std::future::Future;
use std::pin::Pin;

use dbplane::{CallOptions, Error, Response, Runtime, Transport, huawei, oceanbase, samsung};

use super::rules::Kind;

/// How many requests it took, or why it failed.
pub(crate) type Outcome = Result<u32, Error>;

/// A call that is ready to be made.
pub(crate) type Call = Pin<Box<dyn Future<Output = Outcome> + Send>>;

/// Where and how the clients of one cell call.
pub(crate) struct Site<'s> {
    pub(crate) url: &'s str,
    pub(crate) clock: &'s Runtime,
    /// Shared, for it takes long to make one.
    pub(crate) transport: &'s Transport,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Service {
    SamsungMariadb,
    HuaweiDbss,
    HuaweiTaurusdb,
    HuaweiIam,
    OceanbaseCloud,
}

const PROJECT: &str = "0123456789abcdef0123456789abcdef";

impl Service {
    pub(crate) const ALL: [Self; 5] =
        [Self::SamsungMariadb, Self::HuaweiDbss, Self::HuaweiTaurusdb, Self::HuaweiIam, Self::OceanbaseCloud];

    /// Whether credentials are only sent to a server that has challenged.
    pub(crate) fn challenges(self) -> bool {
        self == Self::OceanbaseCloud
    }

    /// A call of this kind; none where the service has no such operation.
    pub(crate) fn call(self, kind: Kind, site: &Site<'_>, options: CallOptions) -> Option<Call> {
        use Kind::{IdempotentWrite, OtherWrite, Read};
        use Service::{HuaweiDbss, HuaweiIam, HuaweiTaurusdb, OceanbaseCloud, SamsungMariadb};
        Some(match (self, kind) {
            (SamsungMariadb, Read) => boxed(mariadb(site).list_server_types().with_options(options).send()),
            (SamsungMariadb, IdempotentWrite) => {
                boxed(mariadb(site).delete_cluster("c1").with_options(options).send())
            }
            (SamsungMariadb, OtherWrite) => {
                boxed(mariadb(site).restart_cluster("c1").with_options(options).send())
            }
            // A POST, but one that only reads.
            (HuaweiDbss, Read) => boxed(dbss(site).list_db_om_instances().with_options(options).send()),
            (HuaweiTaurusdb, IdempotentWrite) => boxed(move_port(site).with_options(options).send()),
            (HuaweiIam, Read) => boxed(iam(site).keystone_list_projects().with_options(options).send()),
            (HuaweiIam, OtherWrite) => boxed(log_in(site).with_options(options).send()),
            (OceanbaseCloud, OtherWrite) => boxed(connect(site).with_options(options).send()),
            // The known pages have no such operations.
            (HuaweiDbss, IdempotentWrite | OtherWrite)
            | (HuaweiTaurusdb, Read | OtherWrite)
            | (HuaweiIam, IdempotentWrite)
            | (OceanbaseCloud, Read | IdempotentWrite) => return None,
        })
    }
}

fn boxed<T: 'static>(call: impl Future<Output = Result<Response<T>, Error>> + Send + 'static) -> Call {
    Box::pin(async move { call.await.map(|answer| answer.requests_sent()) })
}

fn mariadb(site: &Site<'_>) -> samsung::mariadb_1_0::Client {
    let builder = samsung::mariadb_1_0::Client::builder()
        .base_url(site.url)
        .transport(site.transport.clone())
        .runtime(site.clock.clone());
    builder.credentials(samsung::Credentials::access_key("key", "secret")).build().unwrap()
}

fn keys() -> huawei::Credentials {
    huawei::Credentials::access_key("key", "secret")
}

fn dbss(site: &Site<'_>) -> huawei::dbss_v2::Client {
    let builder = huawei::dbss_v2::Client::builder()
        .base_url(site.url)
        .transport(site.transport.clone())
        .iam_url(site.url)
        .runtime(site.clock.clone());
    builder.credentials(keys()).project_id(PROJECT).build().unwrap()
}

fn move_port(site: &Site<'_>) -> huawei::taurusdb_v3::operations::UpdateProxyPort {
    let builder = huawei::taurusdb_v3::Client::builder()
        .base_url(site.url)
        .transport(site.transport.clone())
        .iam_url(site.url)
        .runtime(site.clock.clone());
    let client = builder.credentials(keys()).project_id(PROJECT).build().unwrap();
    let request = huawei::taurusdb_v3::models::UpdateProxyPortRequest::new(4000);
    client.update_proxy_port(format!("{PROJECT}in07"), format!("{PROJECT}po01"), request)
}

fn iam(site: &Site<'_>) -> huawei::iam_v3::Client {
    let builder = huawei::iam_v3::Client::builder()
        .base_url(site.url)
        .transport(site.transport.clone())
        .runtime(site.clock.clone());
    builder.credentials(keys()).build().unwrap()
}

fn log_in(site: &Site<'_>) -> huawei::iam_v3::operations::KeystoneCreateUserTokenByPassword {
    use huawei::iam_v3::models::{
        AuthMethod, PasswordAuth, PasswordAuthRequest, PasswordIdentity, PasswordMethod, PasswordUser,
        UserDomain,
    };
    let user = PasswordUser::new("user", "password", UserDomain::new("domain"));
    let identity = PasswordIdentity::new([AuthMethod::Password], PasswordMethod::new(user));
    iam(site).keystone_create_user_token_by_password(PasswordAuthRequest::new(PasswordAuth::new(identity)))
}

fn connect(site: &Site<'_>) -> oceanbase::cloud_v2::operations::ConnectPrivateLinkService {
    let builder = oceanbase::cloud_v2::Client::builder()
        .base_url(site.url)
        .transport(site.transport.clone())
        .runtime(site.clock.clone());
    let credentials = oceanbase::Credentials::access_key("key", "secret");
    let client = builder.credentials(credentials).project_id("p1").build().unwrap();
    let request = oceanbase::cloud_v2::models::ConnectPrivateLinkServiceRequest::new("vpce-1");
    client.connect_private_link_service("ob317v4uif****", "t33h8y08k****", request)
}
