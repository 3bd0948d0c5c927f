//! Automation as a user writes it, tried against the fake cloud: what was done shows, and what cannot be done is
//! refused as the service refuses it.

#![cfg(feature = "samsung-mariadb-1.0")]
#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

mod support;

use std::time::Duration;

use dbplane::samsung::mariadb_1_0::models::*;
use dbplane::{Status, Wait};
use dbplane_fake_cloud::FakeCloud;
use dbplane_fake_cloud::faults::{Fault, Rule};
use support::mariadb;

const CLUSTER: &str = "0fdd87aab8cb46f59b7c1f81ed03fb3e";

/// Looks that follow each other at once.
fn at_once() -> Wait {
    Wait::default().pauses(Duration::from_millis(1), Duration::from_millis(1))
}

fn order(name: &str) -> ClusterCreateRequest {
    let disks = [
        BlockStorageGroupRequest::new(BlockStorageGroupRoleType::Os, 104),
        BlockStorageGroupRequest::new(BlockStorageGroupRoleType::Data, 56),
    ];
    let group = InstanceGroupRequest::new(InstanceGroupRoleType::Active, "db1v2m4", disks);
    let settings = InitConfigOptionRequest::new("mydb", "dbadmin", "example-Passw0rd");
    let engine = "5f1c9a3e7b2d4f608a1b2c3d4e5f6071";
    ClusterCreateRequest::new()
        .name(name)
        .instance_name_prefix("mynew")
        .dbaas_engine_version_id(engine)
        .subnet_id("subnet")
        .timezone("Asia/Seoul")
        .instance_groups([group])
        .init_config_option(settings)
}

#[tokio::test]
async fn a_cluster_is_ordered_found_stopped_started_and_deleted() {
    let cloud = FakeCloud::builder().empty().pace(Duration::ZERO).start().await.unwrap();
    let client = mariadb(&cloud);
    assert!(client.find_cluster("mynew").await.unwrap_err().is_no_match());
    let made = client.create_cluster(order("mynew")).send_and_wait(&at_once()).await.unwrap();
    assert_eq!((made.service_state.clone(), made.name.as_str()), (ServiceState::Running, "mynew"));
    let id = client.find_cluster("mynew").await.unwrap().id;
    assert_eq!(made.resource_id(), Some(id.as_str()));
    let stopped = client.stop_cluster(&id).send_and_wait(&at_once()).await.unwrap();
    assert_eq!(stopped.service_state, ServiceState::Stopped);
    let error = client.stop_cluster(&id).send().await.unwrap_err();
    assert_eq!(error.code(), Some("Dbaas.ValidationError.InvalidServiceState"), "{error}");
    let started = client.start_cluster(&id).send_and_wait(&at_once()).await.unwrap();
    assert_eq!(started.service_state, ServiceState::Running);
    let gone = client.delete_cluster(&id).send_and_wait(&at_once()).await.unwrap();
    assert_eq!(gone.resource_id(), Some(id.as_str()), "{:?}", *gone);
    assert_eq!(client.list_clusters().send().await.unwrap().count, 0);
}

#[tokio::test]
async fn every_state_is_seen_while_the_test_moves_the_clock() {
    let cloud = FakeCloud::builder().now(dbplane::Runtime::system().unix_millis()).start().await.unwrap();
    let client = mariadb(&cloud);
    let mut statuses = client.restart_cluster(CLUSTER).start().await.unwrap().states(&at_once());
    let mut seen = Vec::new();
    while let Some(status) = statuses.try_next().await.unwrap() {
        seen.push(match status {
            Status::InProgress { state, .. } => state,
            Status::Done(cluster) => cluster.service_state.to_string(),
            _ => continue,
        });
        cloud.advance(Duration::from_secs(1));
    }
    assert_eq!(seen, ["REQUESTING", "STARTING", "RUNNING"]);
}

#[tokio::test]
async fn pages_of_a_stateful_list_come_whole() {
    let cloud = FakeCloud::builder().pace(Duration::ZERO).start().await.unwrap();
    let client = mariadb(&cloud);
    for letter in 'a'..='g' {
        client.create_cluster(order(&format!("new{letter}"))).send().await.unwrap();
    }
    let mut rows = client.list_clusters().size(3).sort("name:desc").items();
    let mut names = Vec::new();
    while let Some(row) = rows.try_next().await.unwrap() {
        names.push(row.name);
    }
    let expected =
        ["newg", "newf", "newe", "newd", "newc", "newb", "newa", "myreplica", "mypair", "mycluster"];
    assert_eq!(names, expected);
}

#[tokio::test]
async fn work_that_fails_is_told_with_its_state() {
    let rule = Rule::new(Fault::FailedWork).service("samsung-mariadb-1.0").first(2);
    let cloud = FakeCloud::builder().pace(Duration::ZERO).faults([rule]).start().await.unwrap();
    let client = mariadb(&cloud);
    for _ in 0..2 {
        client.list_clusters().send().await.unwrap(); // reads begin no work and use up no rule
    }
    let error = client.create_cluster(order("mynew")).send_and_wait(&at_once()).await.unwrap_err();
    assert!(error.is_operation_failed() && error.to_string().contains("FAILED"), "{error}");
    let made = client.find_cluster("mynew").await.unwrap();
    assert_eq!(made.service_state, ServiceState::Failed, "it stays until it is deleted");
    let error = client.restart_cluster(CLUSTER).send_and_wait(&at_once()).await.unwrap_err();
    assert!(error.is_operation_failed(), "{error}");
    let cluster = client.show_cluster(CLUSTER).send().await.unwrap();
    assert_eq!(cluster.service_state, ServiceState::Error);
    client.delete_cluster(&made.id).send_and_wait(&at_once()).await.unwrap();
}
