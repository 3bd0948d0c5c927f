//! What a program spawns: every public future and stream is `Send` and owns what it needs, clients are shared freely.
//!
//! Each function here compiles or the promise is broken; there is nothing to run. The builders of operations make the
//! promise in their signatures, by the macro `operation!`, so one of each kind stands for all.

#![cfg(feature = "all-services")]

use dbplane::{Error, Items, Pages, Response, Secret, Wait, huawei, oceanbase, samsung};

fn shared<T: Clone + Send + Sync + 'static>() {}
fn spawned<T: Send + 'static>(_: T) {}

#[test]
fn clients_and_settings_are_shared() {
    shared::<huawei::dbss_v2::Client>();
    shared::<huawei::iam_v3::Client>();
    shared::<huawei::taurusdb_v3::Client>();
    shared::<oceanbase::cloud_v2::Client>();
    shared::<samsung::mariadb_1_0::Client>();
    shared::<samsung::mariadb_1_3::Client>();
    shared::<samsung::mysql_1_3::Client>();
    shared::<dbplane::Transport>();
    shared::<dbplane::CallOptions>();
    shared::<Secret>();
    shared::<Wait>();
}

#[test]
fn errors_responses_and_streams_move_between_tasks() {
    fn sent<T: Send + 'static>() {}
    sent::<Error>();
    sent::<Response<oceanbase::cloud_v2::models::Instance>>();
    sent::<Items<oceanbase::cloud_v2::models::Instance>>();
    sent::<Pages<oceanbase::cloud_v2::models::Instance>>();
}

/// Never called: that it compiles is the test.
#[allow(dead_code)]
fn futures_are_spawned(
    oceanbase: &oceanbase::cloud_v2::Client,
    taurusdb: &huawei::taurusdb_v3::Client,
    dbss: &huawei::dbss_v2::Client,
    samsung: &samsung::mariadb_1_3::Client,
    (wait, name): (&Wait, &str),
) {
    spawned(oceanbase.describe_instance(name).send());
    spawned(oceanbase.describe_instances().items());
    spawned(oceanbase.describe_instances().pages());
    spawned(oceanbase.start_cluster(name).start());
    spawned(oceanbase.start_cluster(name).send_and_wait(wait));
    spawned(oceanbase.find_instance(name));
    spawned(oceanbase.find_tenant(name, name));
    spawned(oceanbase.find_proxy(name, name));
    spawned(taurusdb.find_instance(name));
    spawned(taurusdb.find_proxy(name, name));
    spawned(dbss.find_instance(name));
    spawned(samsung.restart_cluster(name).send_and_wait(wait));
    spawned(samsung.find_cluster(name));
}
