//! What a program spawns: every public future and stream is `Send` and owns what it needs, clients are shared freely.
//!
//! Each function here compiles or the promise is broken; there is nothing to run. The builders of operations make the
//! promise in their signatures, by the macro `operation!`, so one of each kind stands for all. What borrows in its
//! name (`try_next`) is spawned with what it borrows.

#![cfg(feature = "all-services")]

use dbplane::credentials::{Chain, Env, ExpiringCredentials};
use dbplane::huawei::{dbss_v2 as dbss, iam_v3 as iam, taurusdb_v3 as taurusdb};
use dbplane::oceanbase::cloud_v2 as oceanbase;
use dbplane::samsung::{cachestore_1_2, epas_1_3, mariadb_1_0, mariadb_1_3, mysql_1_3};
use dbplane::samsung::{postgresql_1_3, searchengine_1_2, sqlserver_1_2, vertica_1_2};
use dbplane::{Accepted, CallOptions, Error, Items, Outcome, Pages, Response, Retry, RetryBudget, Runtime};
use dbplane::{Secret, Status, StatusStream, Timestamp, Token, Transport, Wait, huawei, samsung};

fn shared<T: Clone + Send + Sync + 'static>() {}
fn sent<T: Send + 'static>() {}
fn spawned<T: Send + 'static>(_: T) {}

macro_rules! clients_are_shared {
    ($($service:ident)*) => {
        /// Clients, and what they are built with.
        #[test]
        fn clients_and_settings_are_shared() {
            $(shared::<$service::Client>();)*
            shared::<Transport>();
            shared::<Runtime>();
            shared::<CallOptions>();
            shared::<Retry>();
            shared::<RetryBudget>();
            shared::<Secret>();
            shared::<Wait>();
            shared::<Token>();
            shared::<Timestamp>();
            shared::<Env>();
            shared::<huawei::Credentials>();
            shared::<dbplane::oceanbase::Credentials>();
            shared::<samsung::Credentials>();
        }
    };
}

clients_are_shared! {
    dbss iam taurusdb oceanbase cachestore_1_2 epas_1_3 mariadb_1_0 mariadb_1_3 mysql_1_3 postgresql_1_3
    searchengine_1_2 sqlserver_1_2 vertica_1_2
}

#[test]
fn errors_responses_and_streams_move_between_tasks() {
    type Instance = oceanbase::models::Instance;
    sent::<Error>();
    sent::<Response<Instance>>();
    sent::<Items<Instance>>();
    sent::<Pages<Instance>>();
    sent::<Accepted<Instance>>();
    sent::<Outcome<Instance>>();
    sent::<Status<Instance>>();
    sent::<StatusStream<Instance>>();
    sent::<Chain<huawei::Credentials>>();
    sent::<ExpiringCredentials<huawei::Credentials>>();
    sent::<huawei::TemporaryKeys>();
    sent::<huawei::MetadataService>();
    sent::<samsung::ClientBuilder<mariadb_1_3::Client>>();
}

/// Never called: that it compiles is the test. Nothing of it lives longer than the call.
#[allow(dead_code)]
fn futures_are_spawned(
    oceanbase: &oceanbase::Client,
    dbss: &dbss::Client,
    samsung: &mariadb_1_3::Client,
    (wait, name, token): (&Wait, &str, Token),
) {
    spawned(oceanbase.describe_instance(name).send());
    spawned(oceanbase.describe_instances().items());
    spawned(oceanbase.describe_instances().pages());
    spawned(oceanbase.start_cluster(name).start());
    spawned(oceanbase.start_cluster(name).send_and_wait(wait));
    spawned(oceanbase.find_instance(name));
    spawned(oceanbase.find_tenant(name, name));
    spawned(oceanbase.find_proxy(name, name));
    spawned(dbss.find_instance(name));
    spawned(samsung.restart_cluster(name).send_and_wait(wait));
    spawned(samsung.find_cluster(name));
    spawned(samsung.offered_versions());
    let request = mariadb_1_3::models::ClusterRestoreRequest::new("a", "b", "c");
    spawned(samsung.restore_to(name, name, request));
    spawned(samsung.resume(token.clone()).wait(wait));
    spawned(samsung.resume(token).states(wait));
    spawned(mariadb_1_3::Client::builder().find_endpoint());
    let mut items = oceanbase.describe_instances().items();
    spawned(async move { items.try_next().await });
    let mut pages = oceanbase.describe_instances().pages();
    spawned(async move { pages.try_next().await });
}

/// The same for TaurusDB.
#[allow(dead_code)]
fn futures_of_taurusdb_are_spawned(
    client: &taurusdb::Client,
    name: &str,
    order: taurusdb::models::CreateInstanceRequest,
) {
    spawned(client.find_instance(name));
    spawned(client.find_proxy(name, name));
    spawned(client.find_database(name, name));
    spawned(client.find_account(name, name));
    spawned(client.find_backup(name, name));
    spawned(client.restore_to(name, name, order));
}
