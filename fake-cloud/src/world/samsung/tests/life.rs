//! The life cycles of clusters, with a clock that the test moves.

use serde_json::{Value as Json, json};

use super::*;
use crate::message::refusal::RefusalKind;

#[test]
fn a_cluster_from_the_order_to_its_end() {
    let mut bench = bench();
    let accepted = bench.good("CreateCluster", &[], order("mynew"));
    let (id, request) = (accepted.text("/resource/id").to_owned(), accepted.text("/request_id").to_owned());
    let progress = [("request_id", request.as_str())];
    let listed = bench.good("ListClusters", &[("service_state", "CREATING")], Json::Null);
    assert_eq!((listed.number("/count"), listed.text("/contents/0/id")), (1, id.as_str()));
    assert_eq!(bench.good("ShowRequest", &progress, Json::Null).text("/state"), "REQUESTING");
    let (kind, _) = bench.bad("DeleteCluster", &on(&id), Json::Null);
    assert_eq!(
        kind,
        RefusalKind::Own(400, "Dbaas.ValidationError.InvalidServiceState"),
        "a new cluster stays"
    );

    bench.pass(4_999);
    assert_eq!(bench.good("ShowRequest", &progress, Json::Null).text("/state"), "STARTING");
    assert_eq!(state(&mut bench, &id), "CREATING");
    bench.pass(1);
    assert_eq!(bench.good("ShowRequest", &progress, Json::Null).text("/state"), "COMPLETED");
    let shown = bench.good("ShowCluster", &on(&id), Json::Null);
    assert_eq!((shown.text("/service_state"), shown.text("/role_type")), ("RUNNING", "ORIGIN"));
    assert_eq!(shown.text("/created_at"), "2026-01-15T08:30:00Z");
    assert_eq!(shown.text("/modified_at"), "2026-01-15T08:30:05Z");
    assert_eq!(shown.text("/instance_groups/0/instances/0/name"), "mynew001");
    assert_eq!(shown.text("/instance_groups/0/instances/0/service_state"), "RUNNING");
    assert_eq!(shown.text("/instance_groups/0/block_storage_groups/1/name"), "mynew-Disk-02");
    assert_eq!(shown.number("/init_config_option/database_port"), 2866);
    assert!(shown.given("/init_config_option/backup_option").is_none() && !shown.flag("/ha_enabled"));
    assert!(!shown.to_string().contains("example-Passw0rd"));

    for (operation, during, after) in [
        ("StopCluster", "STOPPING", "STOPPED"),
        ("StartCluster", "STARTING", "RUNNING"),
        ("RestartCluster", "RESTARTING", "RUNNING"),
        ("DeleteCluster", "TERMINATING", ""),
    ] {
        let before = state(&mut bench, &id);
        bench.good(operation, &on(&id), Json::Null);
        assert_eq!(state(&mut bench, &id), before, "the first look sees the state from before");
        bench.pass(1_000);
        assert_eq!(state(&mut bench, &id), during);
        bench.pass(2_000);
        if !after.is_empty() {
            assert_eq!(state(&mut bench, &id), after);
        }
    }
    assert_eq!(bench.bad("ShowCluster", &on(&id), Json::Null).0, RefusalKind::NotFound);
    assert_eq!(bench.good("ListClusters", &[("name", "mynew")], Json::Null).number("/count"), 0);
    bench.good("CreateCluster", &[], order("mynew"));
}

#[test]
fn a_replica_follows_stops_and_stands_alone() {
    let mut bench = bench();
    let accepted = bench.good("CreateReplica", &on(CLUSTER), follower("second"));
    let id = accepted.text("/resource/id").to_owned();
    assert_ne!(id, CLUSTER);
    let names = |bench: &mut Bench<Samsung>| -> Vec<String> {
        let list = bench.good("ListReplicas", &on(CLUSTER), Json::Null);
        list.items("/contents").iter().map(|row| row.text("/name").to_owned()).collect()
    };
    assert_eq!(names(&mut bench), ["myreplica"], "one that is being made is not listed");
    bench.pass(5_000);
    assert_eq!(names(&mut bench), ["myreplica", "second"]);
    let origin = bench.good("ShowCluster", &on(CLUSTER), Json::Null);
    assert_eq!(origin.items("/replicas"), [json!(REPLICA), json!(id)]);
    let shown = bench.good("ShowCluster", &on(&id), Json::Null);
    assert_eq!((shown.text("/role_type"), shown.text("/origin_cluster_id")), ("REPLICA", CLUSTER));
    assert_eq!(shown.text("/software_version"), origin.text("/software_version"));

    bench.good("StopCluster", &on(&id), Json::Null);
    bench.pass(60_500);
    let list = bench.good("ListReplicas", &on(CLUSTER), Json::Null);
    assert_eq!(list.text("/contents/1/replica_state"), "Stopped");
    assert_eq!(list.text("/contents/1/replica_state_detail"), "LagTime(s) : 60");
    assert_eq!(list.text("/contents/0/replica_state_detail"), "LagTime(s) : 0");
    bench.good("StartCluster", &on(&id), Json::Null);
    bench.pass(5_000);
    bench.good("PromoteReplicaCluster", &on(&id), Json::Null);
    bench.pass(5_000);
    assert_eq!(names(&mut bench), ["myreplica"]);
    let shown = bench.good("ShowCluster", &on(&id), Json::Null);
    assert!(shown.text("/role_type") == "ORIGIN" && shown.given("/origin_cluster_id").is_none());

    bench.good("DeleteCluster", &on(CLUSTER), Json::Null);
    bench.pass(5_000);
    assert_eq!(state(&mut bench, REPLICA), "RUNNING", "replicas stay");
    let (_, problem) = bench.bad("ResetReplica", &[("replica_cluster_id", REPLICA)], Json::Null);
    assert!(problem.contains("gone"), "{problem}");
}

#[test]
fn a_backup_is_made_restored_and_removed() {
    let mut bench = bench();
    bench.pass(86_400_000);
    let list = bench.good("ListBackupHistories", &on(CLUSTER), Json::Null);
    assert_eq!(list.number("/total_count"), 2);
    assert_eq!(list.text("/contents/0/backup_history_number"), "202601160200", "made at two in the night");
    let mut body = recovery("restored");
    body["backup_history_number"] = json!("202601160200");
    body["block_storage_groups"] = json!([{"role_type": "DATA", "size_gb": 200}]);
    let made = bench.good("CreateRestore", &on(CLUSTER), body).text("/resource/id").to_owned();
    bench.pass(5_000);
    let shown = bench.good("ShowCluster", &on(&made), Json::Null);
    assert_eq!((shown.text("/service_state"), shown.text("/role_type")), ("RUNNING", "RECOVERY"));
    let disks = shown.items("/instance_groups/0/block_storage_groups");
    let sizes: Vec<i64> = disks.iter().map(|disk| disk.number("/size_gb")).collect();
    assert_eq!(sizes, [104, 200]);

    let mut moment = recovery("again");
    moment["backup_history_number"] = Json::Null;
    moment["backup_recovery_time"] = json!("2026-01-16T12:00:00+09:00");
    bench.good("CreateRestore", &on(CLUSTER), moment.clone());
    moment["name"] = json!("never");
    moment["backup_recovery_time"] = json!("2025-01-16T12:00:00Z");
    assert_eq!(bench.bad("CreateRestore", &on(CLUSTER), moment).0, RefusalKind::Invalid);

    let number = json!({"backup_history_number": ["202601160200"]});
    bench.good("RemoveBackupHistories", &on(CLUSTER), number.clone());
    bench.pass(1_000);
    let (_, problem) = bench.bad("RemoveBackupHistories", &on(CLUSTER), number);
    assert!(problem.contains("202601160200"), "{problem}");
    bench.good("UnsetBackup", &on(CLUSTER), Json::Null);
    bench.pass(86_400_000 * 3);
    let list = bench.good("ListBackupHistories", &on(CLUSTER), Json::Null);
    assert_eq!(list.number("/total_count"), 1, "no schedule, and what is there stays");
}

#[test]
fn an_empty_world_has_an_offer_only() {
    let world_options = crate::world::contract::WorldOptions { pace: 0, empty: true };
    let mut bench = Bench::with("samsung-mariadb-1.0", world_options, |start| Samsung::of(start).unwrap());
    assert_eq!(bench.good("ListClusters", &[], Json::Null).number("/count"), 0);
    let id = bench.good("CreateCluster", &[], order("mynew")).text("/resource/id").to_owned();
    assert_eq!(state(&mut bench, &id), "RUNNING", "without a pace, work is done at the next look");
}
