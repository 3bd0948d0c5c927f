//! Work that the service never knew is an error that says so within half a minute: every long-running operation of
//! every service, resumed from a token whose ids nobody gave out. The clock moves only when something waits.

#![cfg(feature = "all-services")]
#![allow(clippy::unwrap_used, clippy::panic)] // clippy knows tests, not their helpers

mod support;

use std::time::Duration;

use dbplane::{Error, Operation, Runtime, Token, Wait, huawei, oceanbase, samsung};
use dbplane_fake_cloud::FakeCloud;
use support::service;

const NOW: i64 = 1_768_465_800_000;

/// Ids by all names that tokens have.
const IDS: [(&str, &str); 15] = [
    ("addressId", "rs-private-none"),
    ("backup_id", "00000000000000000000000000000000br07"),
    ("cluster_id", "00000000000000000000000000000000"),
    ("endpointId", "vpce-none"),
    ("instanceId", "obnone"),
    ("instance_id", "00000000000000000000000000000000in07"),
    ("job_id", "00000000-0000-0000-0000-000000000000"),
    ("node_id", "00000000000000000000000000000000no07"),
    ("order_id", "CS0"),
    ("proxy_id", "00000000000000000000000000000000po01"),
    ("proxy_id_list", "00000000000000000000000000000000po01"),
    ("proxy_ids", "00000000000000000000000000000000po01"),
    ("request_id", "00000000000000000000000000000000"),
    ("target_instance_id", "00000000000000000000000000000000in07"),
    ("tenantId", "tnone"),
];

/// What a delete without a job says of a thing that is not there: it is gone. All else must be unknown.
fn check(operation: &Operation, ended: Result<(), Error>, clock: &Runtime) {
    let what = format!("{} {}", operation.service, operation.id);
    let passed = Duration::from_millis((clock.unix_millis() - NOW).unsigned_abs());
    assert!(passed <= Duration::from_secs(30), "{what}: {passed:?}");
    let work = operation.long_running.unwrap();
    let job = ["ShowRequest", "ShowGaussMySqlJobInfo", "ListImmediateJobs"].contains(&work.polls());
    match ended {
        Ok(()) => assert!(work.deletes() && !job, "{what} cannot have come to an end"),
        Err(error) => {
            assert!(error.to_string().contains(" is unknown to the service after 28 s"), "{what}: {error}");
            assert!(error.is_accepted() && error.operation().unwrap().id == operation.id, "{what}: {error}");
        }
    }
}

/// Resumes each long-running operation of a service, by a client with a clock of its own.
macro_rules! each {
    ($cloud:expr, $stem:literal, $vendor:ident :: $module:ident, |$builder:ident, $keys:ident| $configured:expr) => {{
        let (url, $keys) = service($cloud, $stem);
        let credentials = $vendor::Credentials::access_key(&$keys.access_key, $keys.secret_key.as_str());
        let works = $vendor::$module::OPERATIONS.iter().filter(|o| o.long_running.is_some());
        let mut count = 0;
        for operation in works {
            let clock = Runtime::fixed(NOW, 1);
            let builder = $vendor::$module::Client::builder().base_url(url).credentials(credentials.clone());
            let $builder = builder.runtime(clock.clone());
            let client = $configured.build().unwrap();
            let ended = client.resume(Token::new(operation, IDS)).wait(&Wait::default()).await;
            check(operation, ended.map(drop), &clock);
            count += 1;
        }
        assert!(count > 0, "{} has nothing to wait for", $stem);
    }};
    ($cloud:expr, samsung: $($stem:literal $module:ident),+ $(,)?) => {
        $(each!($cloud, $stem, samsung::$module, |builder, _keys| builder);)+
    };
}

#[tokio::test]
async fn work_that_no_service_knows_is_unknown_within_half_a_minute() {
    let cloud = &FakeCloud::builder().now(NOW).start().await.unwrap();
    each!(
        cloud,
        samsung: "samsung-cachestore-1.2" cachestore_1_2,
        "samsung-epas-1.3" epas_1_3,
        "samsung-mariadb-1.0" mariadb_1_0,
        "samsung-mariadb-1.3" mariadb_1_3,
        "samsung-mysql-1.3" mysql_1_3,
        "samsung-postgresql-1.3" postgresql_1_3,
        "samsung-searchengine-1.2" searchengine_1_2,
        "samsung-sqlserver-1.2" sqlserver_1_2,
        "samsung-vertica-1.2" vertica_1_2,
    );
    each!(cloud, "huawei-taurusdb-v3", huawei::taurusdb_v3, |builder, keys| {
        builder.project_id(keys.project_id.as_deref().unwrap())
    });
    each!(cloud, "huawei-dbss-v2", huawei::dbss_v2, |builder, keys| {
        let (iam, _) = service(cloud, "huawei-iam-v3");
        builder.iam_url(iam).project_id(keys.project_id.as_deref().unwrap())
    });
    each!(cloud, "oceanbase-cloud-v2", oceanbase::cloud_v2, |builder, keys| {
        builder.project_id(keys.project_id.as_deref().unwrap())
    });
}
