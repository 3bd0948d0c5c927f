//! The secrets that callers give, and calls that carry them.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use dbplane::huawei::iam_v3::models::{
    AuthMethod, PasswordAuth, PasswordAuthRequest, PasswordIdentity, PasswordMethod, PasswordUser, UserDomain,
};
use dbplane::oceanbase::cloud_v2::models::ConnectPrivateLinkServiceRequest;
use dbplane::samsung::mariadb_1_0::models::*;
use dbplane::{Error, Retry, Transport, huawei, oceanbase, samsung};

pub(crate) const SAMSUNG_SECRET: &str = "5amsung-5ecret-Key+/=0123456789";
pub(crate) const OCEANBASE_SECRET: &str = "0ceanbase-5ecret-Key+/=01234567";
pub(crate) const HUAWEI_SECRET: &str = "Huawei5ecretKey0123456789abcdefABCDEF";
pub(crate) const SECURITY_TOKEN: &str = "security+token/0123456789ABCDEFGHIJ==";
pub(crate) const FETCHED_TOKEN: &str = "MIIfetched-token+0123456789abcdef/ABC==";
pub(crate) const STORAGE_SECRET: &str = "5torage \"secret\" \\ with\tall & <sorts> of 100% é";
pub(crate) const DATABASE_PASSWORD: &str = "Data'base \\<Pass> & \"word\" 7%";
pub(crate) const IAM_PASSWORD: &str = "I am a \"Pass  word\" \\ with é & 50% <b>";
pub(crate) const PROXY_PASSWORD: &str = "pr0xy-Pass$word";

pub(crate) const CLUSTER: &str = "0fdd87aab8cb46f59b7c1f81ed03fb3e";

const PROJECT: &str = "056538411200d4cd2f79c003c7606412";

/// Repeats at once, so that repeats are heard of as well.
fn retry() -> Retry {
    Retry::default().attempts(2).pauses(Duration::ZERO, Duration::ZERO)
}

/// A token as long as IAM's.
pub(crate) fn given_token() -> String {
    format!("MIIgiven-token-{}", "0123456789+/abcd".repeat(250))
}

/// All of them with their names.
pub(crate) fn all() -> Vec<(&'static str, String)> {
    let texts = [
        ("Samsung's secret key", SAMSUNG_SECRET),
        ("OceanBase's secret key", OCEANBASE_SECRET),
        ("Huawei's secret key", HUAWEI_SECRET),
        ("the security token", SECURITY_TOKEN),
        ("the token that IAM answered", FETCHED_TOKEN),
        ("the object storage's secret key", STORAGE_SECRET),
        ("the database password", DATABASE_PASSWORD),
        ("the IAM password", IAM_PASSWORD),
        ("the proxy password", PROXY_PASSWORD),
    ];
    let given = ("the given token", given_token());
    texts.into_iter().map(|(name, text)| (name, text.to_owned())).chain([given]).collect()
}

/// A call, ready to be sent as often as wanted.
pub(crate) type Call = (&'static str, Box<dyn Fn() -> Sending>);
type Sending = Pin<Box<dyn Future<Output = Result<String, Error>>>>;

macro_rules! call {
    ($name:literal, $builder:expr) => {{
        let builder = $builder;
        crate::show::value(&builder);
        let call = move || {
            let sending = builder.clone().send();
            Box::pin(async move { sending.await.map(|response| format!("{:?}", response.request_id())) })
                as Sending
        };
        ($name, Box::new(call) as Box<dyn Fn() -> Sending>)
    }};
}

pub(crate) fn mariadb(url: &str, transport: &Transport) -> samsung::mariadb_1_0::Client {
    let credentials = samsung::Credentials::access_key("0123456789abcdef", SAMSUNG_SECRET);
    let credentials = credentials.auth_token(SECURITY_TOKEN);
    let builder = samsung::mariadb_1_0::Client::builder().base_url(url).credentials(credentials);
    builder.transport(transport.clone()).retry(retry()).build().unwrap()
}

fn taurusdb(
    url: &str,
    transport: &Transport,
    credentials: huawei::Credentials,
) -> huawei::taurusdb_v3::operations::UpdateProxyPort {
    let builder =
        huawei::taurusdb_v3::Client::builder().base_url(url).project_id(PROJECT).credentials(credentials);
    let client = builder.transport(transport.clone()).retry(retry()).build().unwrap();
    let (instance, proxy) = ("096c0fc43e804757b59946b80dc27f8bin07", "fbece38953e24a2b891488ed2fdf81abpo01");
    client.update_proxy_port(instance, proxy, huawei::taurusdb_v3::models::UpdateProxyPortRequest::new(3308))
}

pub(crate) fn password() -> huawei::Credentials {
    huawei::Credentials::password("account", "user", IAM_PASSWORD)
}

/// Calls of every vendor with every kind of credentials, at `url`; tokens are fetched at `iam_url`.
pub(crate) fn calls(url: &str, iam_url: &str, transport: &Transport) -> Vec<Call> {
    let mariadb = mariadb(url, transport);
    let export = LogExportConfigCreateRequest::new(LogType::Alert, "bucket");
    let change = LogExportConfigModifyRequest::new().secret_key(STORAGE_SECRET);
    let keys = oceanbase::Credentials::access_key("the-access-key", OCEANBASE_SECRET);
    let cloud = oceanbase::cloud_v2::Client::builder().base_url(url).project_id(PROJECT).credentials(keys);
    let cloud = cloud.transport(transport.clone()).retry(retry()).build().unwrap();
    let link = ConnectPrivateLinkServiceRequest::new("vpce-1");
    let temporary = huawei::Credentials::temporary("AK", HUAWEI_SECRET, SECURITY_TOKEN);
    let dbss = huawei::dbss_v2::Client::builder().base_url(url).iam_url(iam_url).project_id(PROJECT);
    let dbss = dbss.credentials(password()).transport(transport.clone()).retry(retry()).build().unwrap();
    let keys = huawei::Credentials::access_key("AK", HUAWEI_SECRET);
    let iam = huawei::iam_v3::Client::builder().base_url(url).credentials(keys);
    let iam = iam.transport(transport.clone()).retry(retry()).build().unwrap();
    vec![
        call!("CreateCluster", mariadb.create_cluster(new_cluster(DATABASE_PASSWORD))),
        call!("Register", mariadb.register_log_export_config(CLUSTER, export.secret_key(STORAGE_SECRET))),
        call!("Set", mariadb.set_log_export_config(CLUSTER, LogType::Alert, change)),
        call!("Digest", cloud.connect_private_link_service("ob317v4uif****", "t33h8y08k****", link)),
        call!("temporary keys", taurusdb(url, transport, temporary)),
        call!("given token", taurusdb(url, transport, huawei::Credentials::token(given_token()))),
        call!("fetched token", dbss.list_db_om_instances()),
        call!("login", iam.keystone_create_user_token_by_password(login())),
    ]
}

pub(crate) fn login() -> PasswordAuthRequest {
    let user = PasswordUser::new("user", IAM_PASSWORD, UserDomain::new("account"));
    let identity = PasswordIdentity::new([AuthMethod::Password], PasswordMethod::new(user));
    PasswordAuthRequest::new(PasswordAuth::new(identity))
}

/// A cluster whose password stands two levels deep in the body.
pub(crate) fn new_cluster(password: &str) -> ClusterCreateRequest {
    let disks = [BlockStorageGroupRequest::new(BlockStorageGroupRoleType::Data, 104)];
    let group = InstanceGroupRequest::new(InstanceGroupRoleType::Active, "db1v2m4", disks);
    let server = InstanceRequest::new(InstanceRoleType::Active);
    let settings = InitConfigOptionRequest::new("mydb", "dbadmin", password);
    let (version, subnet) = ("5f1c9a3e7b2d4f608a1b2c3d4e5f6071", "2a4c6e8f0b1d4325970a1c3e5f7b9d2e");
    let groups = [group.instances([server])];
    ClusterCreateRequest::new()
        .name("mycluster")
        .instance_name_prefix("myprefix")
        .dbaas_engine_version_id(version)
        .subnet_id(subnet)
        .timezone("Asia/Seoul")
        .instance_groups(groups)
        .init_config_option(settings)
}
