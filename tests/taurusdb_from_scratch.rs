//! The program of the guide docs/taurusdb-from-scratch.md, run against the fake cloud. What the guide shows stands here
//! to the letter.

#![cfg(feature = "huawei-taurusdb-v3")]
#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers
#![allow(clippy::print_stdout)] // as the guide has it

mod support;

use std::time::Duration;

use dbplane::Runtime;
use dbplane_fake_cloud::FakeCloud;
use support::service;

use dbplane::huawei::Credentials;
use dbplane::huawei::taurusdb_v3::{Client, Resource, models::*};
use dbplane::{Error, Secret, Wait};

#[allow(dead_code)] // it reads the environment and finds the cloud of the region
fn connect() -> Result<Client, Error> {
    Client::builder().region("cn-north-4").credentials(Credentials::from_env()?).build()
}

async fn create(client: &Client, password: Secret, wait: &Wait) -> Result<String, Error> {
    let order = CreateInstanceRequest::new()
        .name("shop")
        .password(password)
        .region("cn-north-4")
        .mode(InstanceMode::Cluster)
        .datastore(DatastoreRequest::new("gaussdb-mysql", "8.0"))
        .flavor_ref("gaussdb.mysql.large.x86.4")
        .slave_count(1) // read replicas
        .availability_zone_mode("single")
        .vpc_id("3f1c2a7e-5b7d-4b0e-9a3f-2f6a1c0d9e8b")
        .subnet_id("5b2c7a10-1f2e-4c3d-8b4a-9c8d7e6f5a4b")
        .charge_info(ChargeInfoRequest::new(ChargeMode::PostPaid))
        .backup_strategy(BackupStrategy::new("17:00-18:00").keep_days("7"));
    let instance = client.create_instance(order).send_and_wait(wait).await?;
    println!("{} listens at {:?}, port {:?}", instance.id, instance.private_write_ips, instance.port);
    Ok(instance.id.clone())
}

async fn go_on_later(client: &Client, instance: &str, wait: &Wait) -> Result<(), Error> {
    let restart = client.restart_instance(instance, RestartRequest::new()).start().await?;
    let stored = restart.token().to_string();
    let restarted = client.resume(stored.parse()?).wait(wait).await?;
    if let Resource::Instance(instance) = restarted.into_inner() {
        println!("{} is {:?}", instance.id, instance.status);
    }
    Ok(())
}

async fn fill(client: &Client, instance: &str, password: Secret, wait: &Wait) -> Result<(), Error> {
    let databases = CreateDatabasesRequest::new([NewDatabase::new("orders", "utf8mb4")]);
    client.create_databases(instance, databases).send_and_wait(wait).await?;
    let may_write = DatabasePermission::new("orders", false);
    let app = NewAccount::new("app", password).hosts(["192.168.0.%"]).databases([may_write]);
    let request = CreateDatabaseUsersRequest::new([app]);
    let accounts = client.create_database_users(instance, request).send_and_wait(wait).await?;
    println!("{:?} may use {:?}", accounts[0].name, accounts[0].databases);
    Ok(())
}

async fn back_up(client: &Client, instance: &str, wait: &Wait) -> Result<String, Error> {
    let request = CreateBackupRequest::new(instance, "before-sale").description("by hand");
    let backup = client.create_backup(request).send_and_wait(wait).await?;
    println!("{:?} is {:?}", backup.name, backup.status);
    Ok(backup.resource_id().unwrap_or_default().to_owned())
}

async fn restore(client: &Client, instance: &str, backup: &str, wait: &Wait) -> Result<(), Error> {
    let request =
        RestoreOldInstanceRequest::new(instance, instance, RestorePointType::Backup).backup_id(backup);
    client.restore_old_instance(request).send_and_wait(wait).await?;
    Ok(())
}

async fn restore_moment(
    client: &Client,
    instance: &str,
    moment: &str, // such as 2026-01-15T08:30:00Z
    order: CreateInstanceRequest,
    wait: &Wait,
) -> Result<String, Error> {
    let restored = client.restore_to(instance, moment, order).await?.send_and_wait(wait).await?;
    Ok(restored.id.clone())
}

async fn resize(client: &Client, instance: &str, wait: &Wait) -> Result<(), Error> {
    let flavor = ResizeFlavor::new("gaussdb.mysql.xlarge.x86.4");
    let request = ChangeInstanceSpecificationRequest::new(flavor);
    let larger = client.change_instance_specification(instance, request).send_and_wait(wait).await?;
    for node in &larger.nodes {
        println!("{:?} has {:?} vCPUs", node.name, node.vcpus);
    }
    Ok(())
}

async fn delete(client: &Client, instance: &str, wait: &Wait) -> Result<(), Error> {
    client.delete_instance(instance).send_and_wait(wait).await?;
    Ok(())
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

const NOON: i64 = 1_768_478_400_000; // 2026-01-15T12:00:00Z

#[tokio::test]
async fn the_program_of_the_guide_does_what_it_says() {
    let cloud = FakeCloud::builder().empty().now(NOON).pace(Duration::ZERO).start().await.unwrap();
    let (url, keys) = service(&cloud, "huawei-taurusdb-v3");
    let client = Client::builder()
        .runtime(Runtime::fixed(NOON, 1))
        .base_url(url)
        .credentials(Credentials::access_key(&keys.access_key, keys.secret_key.as_str()))
        .project_id(keys.project_id.as_deref().unwrap())
        .build()
        .unwrap();
    let wait = Wait::default().pauses(Duration::from_millis(1), Duration::from_millis(1));
    let password = || Secret::from("example-Passw0rd");

    let shop = create(&client, password(), &wait).await.unwrap();
    go_on_later(&client, &shop, &wait).await.unwrap();
    fill(&client, &shop, password(), &wait).await.unwrap();
    assert_eq!(client.find_database(&shop, "orders").await.unwrap().users.len(), 1);
    let backup = back_up(&client, &shop, &wait).await.unwrap();
    cloud.set_now(NOON + 60_000);
    let delete_orders = DeleteDatabasesRequest::new(["orders"]);
    client.delete_databases(&shop, delete_orders).send_and_wait(&wait).await.unwrap();

    let before = "2026-01-15T12:00:30Z";
    let past = restore_moment(&client, &shop, before, order("shop-before"), &wait).await.unwrap();
    assert!(client.find_database(&past, "orders").await.is_ok());
    assert!(client.find_database(&shop, "orders").await.unwrap_err().is_no_match());
    restore(&client, &shop, &backup, &wait).await.unwrap();
    assert!(client.find_database(&shop, "orders").await.is_ok());

    resize(&client, &shop, &wait).await.unwrap();
    let shown = client.show_instance_info_unify_status(&shop).send().await.unwrap();
    assert_eq!(shown.instance.nodes[0].vcpus.as_deref(), Some("4"));
    for instance in [&shop, &past] {
        delete(&client, instance, &wait).await.unwrap();
    }
    assert!(client.find_instance("shop").await.unwrap_err().is_no_match());
}

#[test]
fn the_guide_shows_this_program() {
    let (guide, program) =
        (include_str!("../docs/taurusdb-from-scratch.md"), include_str!("taurusdb_from_scratch.rs"));
    let blocks: Vec<_> =
        guide.split("```rust,ignore\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(blocks.len() > 5, "the guide has {} pieces of code", blocks.len());
    for block in blocks {
        assert!(program.contains(block), "it is not what is tested:\n{block}");
    }
}
