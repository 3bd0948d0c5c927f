//! The life of a TaurusDB instance as a user automates it, tried against the fake cloud.

#![cfg(feature = "huawei-taurusdb-v3")]
#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

mod support;

use std::time::Duration;

use dbplane::huawei::taurusdb_v3::{Client, models::*};
use dbplane::{Runtime, Wait, huawei};
use dbplane_fake_cloud::FakeCloud;
use support::service;

fn taurusdb(cloud: &FakeCloud) -> Client {
    let (url, keys) = service(cloud, "huawei-taurusdb-v3");
    let credentials = huawei::Credentials::access_key(&keys.access_key, keys.secret_key.as_str());
    let builder = Client::builder().base_url(url).credentials(credentials);
    builder.project_id(keys.project_id.as_deref().unwrap()).build().unwrap()
}

fn order(name: &str) -> CreateInstanceRequest {
    CreateInstanceRequest::new()
        .name(name)
        .password("example-Passw0rd")
        .region("cn-north-4")
        .mode(InstanceMode::Cluster)
        .datastore(DatastoreRequest::new("gaussdb-mysql", "8.0"))
        .flavor_ref("gaussdb.mysql.large.x86.4")
        .slave_count(1)
        .availability_zone_mode("single")
        .vpc_id("3f1c2a7e-5b7d-4b0e-9a3f-2f6a1c0d9e8b")
        .subnet_id("5b2c7a10-1f2e-4c3d-8b4a-9c8d7e6f5a4b")
        .charge_info(ChargeInfoRequest::new(ChargeMode::PostPaid))
        .backup_strategy(BackupStrategy::new("17:00-18:00"))
}

/// Waits that take no time; the cloud's clock goes on by itself.
fn soon() -> Wait {
    Wait::default().pauses(Duration::from_millis(1), Duration::from_millis(1))
}

#[tokio::test]
async fn an_instance_from_its_order_to_its_end() {
    let cloud = FakeCloud::builder().pace(Duration::ZERO).start().await.unwrap();
    let client = taurusdb(&cloud);
    let wait = soon();

    let made = client.create_instance(order("shop")).send_and_wait(&wait).await.unwrap();
    let id = made.id.clone();
    assert_eq!(client.find_instance("shop").await.unwrap().id, id);

    let databases = CreateDatabasesRequest::new([NewDatabase::new("orders", "utf8mb4")]);
    let made = client.create_databases(&id, databases).send_and_wait(&wait).await.unwrap();
    assert_eq!((made.len(), made[0].name.as_deref()), (1, Some("orders")));
    assert_eq!(made.resource_id(), Some("orders"));
    let account =
        NewAccount::new("app", "example-Passw0rd").databases([DatabasePermission::new("orders", false)]);
    let accounts = CreateDatabaseUsersRequest::new([account]);
    let made = client.create_database_users(&id, accounts).send_and_wait(&wait).await.unwrap();
    assert_eq!(made[0].databases[0].name.as_deref(), Some("orders"));
    let account = client.find_account(&id, "app").await.unwrap();
    assert_eq!((account.host.as_deref(), account.databases.len()), (Some("%"), 1));

    let request = CreateBackupRequest::new(&id, "before-sale");
    let backup = client.create_backup(request).send_and_wait(&wait).await.unwrap();
    let found = client.find_backup(&id, "before-sale").await.unwrap();
    assert_eq!((&found.id, found.status), (&backup.id, Some(BackupStatus::Completed)));

    let delete = DeleteDatabasesRequest::new(["orders"]);
    client.delete_databases(&id, delete).send_and_wait(&wait).await.unwrap();
    assert!(client.find_database(&id, "orders").await.unwrap_err().is_no_match());
    let point = RestorePointRequest::new(&id).type_(RestorePointType::Backup).backup_id(found.id.unwrap());
    let restored = client.create_instance(order("shop-2").restore_point(point)).send_and_wait(&wait).await;
    let restored = restored.unwrap().id.clone();
    let database = client.find_database(&restored, "orders").await.unwrap();
    assert_eq!(database.users.len(), 1, "the account has its permission again");

    let size = ChangeInstanceSpecificationRequest::new(ResizeFlavor::new("gaussdb.mysql.xlarge.x86.4"));
    let large = client.change_instance_specification(&restored, size).send_and_wait(&wait).await.unwrap();
    assert_eq!(large.nodes[0].vcpus.as_deref(), Some("4"));

    for id in [&id, &restored] {
        client.delete_instance(id).send_and_wait(&wait).await.unwrap();
        assert!(client.show_instance_info_unify_status(id).send().await.unwrap_err().is_not_found());
    }
}

#[tokio::test]
async fn databases_and_accounts_are_found_on_whatever_page_they_are() {
    let cloud = FakeCloud::builder().pace(Duration::ZERO).start().await.unwrap();
    let client = taurusdb(&cloud);
    let id = client.find_instance("orders").await.unwrap().id;
    let named = |names: &[String]| {
        CreateDatabasesRequest::new(names.iter().map(|name| NewDatabase::new(name.as_str(), "utf8mb4")))
    };
    let names: Vec<String> = (0..120).map(|number| format!("d{number}")).collect();
    for some in names.chunks(40) {
        let made = client.create_databases(&id, named(some)).send_and_wait(&soon()).await.unwrap();
        let made: Vec<_> = made.iter().filter_map(|database| database.name.clone()).collect();
        assert_eq!(made, some);
    }

    let account = |name: &str, host: &str| NewAccount::new(name, "example-Passw0rd").hosts([host]);
    let users = [account("web", "%"), account("web", "10.0.0.1"), account("ops", "10.0.0.1")];
    for user in users {
        let request = CreateDatabaseUsersRequest::new([user]);
        client.create_database_users(&id, request).send_and_wait(&soon()).await.unwrap();
    }
    let delete = DeleteDatabaseUsersRequest::new([
        AccountName::new("web", "10.0.0.1"),
        AccountName::new("ops", "10.0.0.1"),
    ]);
    client.delete_database_users(&id, delete).send_and_wait(&soon()).await.unwrap();
    let reset = ResetDatabasePasswordRequest::new([AccountPassword::new("web", "%", "other-Passw0rd")]);
    let reset = client.reset_database_password(&id, reset).send_and_wait(&soon()).await.unwrap();
    assert_eq!((reset.len(), reset[0].host.as_deref()), (1, Some("%")), "{reset:?}");
}

const NOON: i64 = 1_768_478_400_000; // 2026-01-15T12:00:00Z

#[tokio::test]
async fn a_moment_is_restored_if_a_backup_covers_it() {
    let cloud = FakeCloud::builder().now(NOON).pace(Duration::ZERO).start().await.unwrap();
    let (url, keys) = service(&cloud, "huawei-taurusdb-v3");
    let client = Client::builder()
        .runtime(Runtime::fixed(NOON, 1))
        .base_url(url)
        .credentials(huawei::Credentials::access_key(&keys.access_key, keys.secret_key.as_str()))
        .project_id(keys.project_id.as_deref().unwrap())
        .build()
        .unwrap();
    let id = client.find_instance("orders").await.unwrap().id;
    let bills = CreateDatabasesRequest::new([NewDatabase::new("bills", "utf8mb4")]);
    client.create_databases(&id, bills).send_and_wait(&soon()).await.unwrap();

    let restore = client.restore_to(&id, "2026-01-15T10:00:00+00:00", order("before")).await.unwrap();
    let before = restore.send_and_wait(&soon()).await.unwrap();
    assert!(client.find_database(&id, "bills").await.is_ok());
    assert!(client.find_database(&before.id, "bills").await.unwrap_err().is_no_match());
    assert!(client.find_database(&before.id, "orders").await.is_ok());

    for never in ["2026-01-13T12:00:00Z", "2026-01-15T12:00:01Z", "yesterday"] {
        let error = client.restore_to(&id, never, order("never")).await.unwrap_err();
        assert!(error.is_invalid_request(), "{never}: {error}");
        assert_eq!(error.violations()[0].field(), "restore_point.restore_time", "{never}");
    }
    let twice = order("twice").restore_point(RestorePointRequest::new(&id));
    let error = client.restore_to(&id, "2026-01-15T10:00:00Z", twice).await.unwrap_err();
    assert_eq!(error.violations()[0].field(), "restore_point");
    assert!(client.find_instance("twice").await.unwrap_err().is_no_match());
}
