//! The state machine: every write in every state, allowed or refused as by the vendor.

use serde_json::{Value as Json, json};

use super::super::cluster::{Cluster, ORIGIN};
use super::*;
use crate::message::refusal::RefusalKind;
use crate::world::work::Work;

/// All states that the spec knows.
const STATES: &[&str] = &[
    "RUNNING",
    "STOPPED",
    "UNKNOWN",
    "ERROR",
    "FAILED",
    "TERMINATED",
    "CREATING",
    "STOPPING",
    "STARTING",
    "RESTARTING",
    "EDITING",
    "SYNCHRONIZING",
    "UPGRADING",
    "TERMINATING",
    "MIGRATING",
];

/// The states in which the vendor's pages allow a write; only RUNNING, if they name none.
fn allowed(operation: &str) -> &'static [&'static str] {
    match operation {
        "StartCluster" => &["STOPPED"],
        "SyncClusterState" => &["RUNNING", "UNKNOWN"],
        "DeleteCluster" => &["RUNNING", "STOPPED", "UNKNOWN", "FAILED", "ERROR"],
        "CreateReplica" => &["RUNNING", "STOPPED"],
        "CreateRestore" => &["RUNNING", "STOPPED", "UNKNOWN", "ERROR"],
        _ => &["RUNNING"],
    }
}

type ClusterCase = (&'static str, Vec<(&'static str, &'static str)>, Json);

/// A valid request for every write to a cluster, with its cluster.
pub(super) fn writes() -> Vec<(ClusterCase, &'static str)> {
    let null = || Json::Null;
    let cluster = || vec![("cluster_id", CLUSTER)];
    let log = |kind| vec![("cluster_id", CLUSTER), ("log_type", kind)];
    let disk = json!({"role_type": "DATA", "size_gb": 104});
    let parameter = json!({"parameters": [{"id": "c1d2e3f4a5b64789a0b1c2d3e4f50617", "old_value": "on",
        "new_value": "off"}]});
    let window =
        json!({"start_day_of_week": "SUN", "start_time": "3", "start_minute": "30", "term_hour": "2"});
    let backup =
        json!({"archive_frequency_minute": "5", "retention_period_day": "9", "starting_time_hour": "4"});
    let own = |operation, body| ((operation, cluster(), body), CLUSTER);
    vec![
        own("StartCluster", null()),
        own("StopCluster", null()),
        own("RestartCluster", null()),
        (("SwitchoverCluster", vec![("cluster_id", PAIR)], null()), PAIR),
        own("SyncClusterState", null()),
        own("DeleteCluster", null()),
        (
            (
                "PatchMinorVersion",
                vec![("cluster_id", REPLICA)],
                json!({"backup_before_upgrade": true, "software_version": "10.11.13"}),
            ),
            REPLICA,
        ),
        (("AddBlockStorages", vec![("instance_group_id", SERVERS)], disk), CLUSTER),
        (
            ("SetBlockStorageSize", vec![("block_storage_group_id", replica_disk())], json!({"size_gb": 72})),
            REPLICA,
        ),
        (
            ("SetServerType", vec![("instance_group_id", SERVERS)], json!({"server_type_name": "db1v4m8"})),
            CLUSTER,
        ),
        (("PromoteReplicaCluster", vec![("cluster_id", REPLICA)], null()), REPLICA),
        (("ResetReplica", vec![("replica_cluster_id", REPLICA)], null()), REPLICA),
        (("SyncReplicaState", vec![("origin_cluster_id", CLUSTER)], null()), CLUSTER),
        own("SetBackup", backup),
        own("UnsetBackup", null()),
        own("RemoveBackupHistories", json!({"backup_history_number": ["202501010000"]})),
        own("SetArchiveConfig", json!({"archive_enabled": false, "retention_period_day": 2})),
        own("SyncArchiveConfig", null()),
        own("SetAuditLog", json!({"use_audit_log": true})),
        own("SetMaintenance", window),
        own("UnsetMaintenance", null()),
        own("SetSecurityGroupRules", json!({"add_ip_addresses": ["10.1.1.1"], "del_ip_addresses": []})),
        own("SetParameterValues", parameter),
        own("SyncParameterValues", null()),
        own("RegisterLogExportConfig", export("slow")),
        (("SetLogExportConfig", log("alert"), schedule("3")), CLUSTER),
        (("UnregisterLogExportConfig", log("alert"), null()), CLUSTER),
        (("ExportLog", log("alert"), null()), CLUSTER),
        own("CreateReplica", follower("another")),
        own("CreateRestore", recovery("restored")),
    ]
}

/// The disk of the replica, whose id depends on the seed.
fn replica_disk() -> &'static str {
    static ID: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    ID.get_or_init(|| {
        let bench = bench();
        let replica = bench.world.clusters.get(REPLICA).unwrap();
        replica.disks().next().unwrap().text("/id").to_owned()
    })
}

fn put_into(bench: &mut Bench<Samsung>, id: &str, state: &str) {
    let now = bench.runtime.now();
    bench.world.clusters.get_mut(id).unwrap().show(state, now);
}

#[test]
fn the_table_has_every_write_of_the_service() {
    let bench = bench();
    let known: Vec<&str> = writes().iter().map(|((operation, ..), _)| *operation).collect();
    let spec = bench.spec();
    let writes = spec.routes.operations().filter(|operation| operation.method != "GET");
    for operation in writes.filter(|operation| operation.id != "CreateCluster") {
        assert!(known.contains(&operation.id.as_str()), "{} has no case", operation.id);
    }
    assert_eq!(known.len(), 30);
}

#[test]
fn every_write_in_every_state() {
    for ((operation, parameters, body), cluster) in writes() {
        for state in STATES {
            let mut bench = bench();
            put_into(&mut bench, cluster, state);
            let before = all(&mut bench);
            if allowed(operation).contains(state) {
                let response = bench.good(operation, &parameters, body.clone());
                assert!(response.text("/request_id").starts_with("req-"), "{operation} {state}");
                continue;
            }
            let (kind, problem) = bench.bad(operation, &parameters, body.clone());
            assert_eq!(
                kind,
                RefusalKind::Own(400, "Dbaas.ValidationError.InvalidServiceState"),
                "{operation} {state}"
            );
            assert!(problem.contains(state) && problem.contains(operation), "{problem}");
            assert_eq!(all(&mut bench), before, "{operation} {state} changed something");
            bench.pass(3_600_000 * 24 * 365);
            assert_eq!(super::state(&mut bench, cluster), *state, "{operation} {state} left work behind");
        }
    }
}

#[test]
fn every_write_waits_for_the_one_before_it() {
    for ((operation, parameters, body), cluster) in writes() {
        if operation.starts_with("Create") {
            continue;
        }
        let mut bench = bench();
        let from = allowed(operation)[0];
        put_into(&mut bench, cluster, from);
        let now = bench.runtime.now();
        let work = Work::new("req-1", cluster, "SetAuditLog", now, 1_000);
        let end = cluster.to_owned();
        bench.world.works.accept(work, |_, _| {}, move |world, at| world.alter(&end, |c| c.show(from, at)));
        let (kind, problem) = bench.bad(operation, &parameters, body.clone());
        assert_eq!(kind, RefusalKind::Own(400, "Dbaas.ValidationError.InvalidServiceState"), "{operation}");
        assert!(problem.contains("SetAuditLog") && problem.contains("in progress"), "{problem}");
        bench.pass(1_000);
        bench.good(operation, &parameters, body);
    }
}

#[test]
fn work_shows_its_state_and_ends_in_a_steady_one() {
    for ((operation, parameters, body), cluster) in writes() {
        let mut bench = bench();
        let from = allowed(operation)[0];
        put_into(&mut bench, cluster, from);
        let response = bench.good(operation, &parameters, body);
        let (request, made) =
            (response.text("/request_id").to_owned(), response.text("/resource/id").to_owned());
        let shown = |bench: &mut Bench<Samsung>| {
            let asked = [("request_id", request.as_str())];
            let request = bench.good("ShowRequest", &asked, Json::Null).text("/state").to_owned();
            (request, bench.world.clusters.get(&made).map_or("GONE", Cluster::state).to_owned())
        };
        let first = if made == cluster { from } else { "CREATING" };
        assert_eq!(shown(&mut bench), ("REQUESTING".to_owned(), first.to_owned()), "{operation}");
        bench.pass(5 * 1_000 / 4 + 1);
        let (progress, during) = shown(&mut bench);
        assert!(progress == "STARTING" || progress == "COMPLETED", "{operation}: {progress}");
        assert!(progress == "COMPLETED" || during != from, "{operation} shows {during}");
        bench.pass(5 * 1_000);
        let (progress, after) = shown(&mut bench);
        let wanted = match operation {
            "StopCluster" => "STOPPED",
            "DeleteCluster" => "GONE",
            _ => "RUNNING",
        };
        assert_eq!((progress.as_str(), after.as_str()), ("COMPLETED", wanted), "{operation}");
    }
}

#[test]
fn reads_of_the_engine_need_an_engine() {
    let reads = ["ShowArchiveConfig", "ListBackupHistories", "ListLogExportConfigs", "ListParameterValues"];
    for state in STATES {
        let mut bench = bench();
        put_into(&mut bench, CLUSTER, state);
        for read in reads {
            let response = bench.call(read, &on(CLUSTER), Json::Null);
            assert_eq!(
                response.is_ok(),
                ["RUNNING", "EDITING", "SYNCHRONIZING"].contains(state),
                "{read} {state}"
            );
        }
        for read in ["ShowCluster", "ListReplicas"] {
            bench.good(read, &on(CLUSTER), Json::Null);
        }
    }
}

#[test]
fn only_origins_have_replicas_archives_and_restores() {
    let mut bench = bench();
    let archive = json!({"archive_enabled": true, "retention_period_day": 1});
    let cases = [
        ("CreateReplica", "cluster_id", follower("another")),
        ("CreateRestore", "cluster_id", recovery("restored")),
        ("SetArchiveConfig", "cluster_id", archive),
        ("SyncArchiveConfig", "cluster_id", Json::Null),
        ("SyncReplicaState", "origin_cluster_id", Json::Null),
    ];
    for (operation, parameter, body) in cases {
        let (kind, problem) = bench.bad(operation, &[(parameter, REPLICA)], body);
        assert_eq!(kind, RefusalKind::Invalid, "{operation}: {problem}");
    }
    for (operation, parameter) in
        [("PromoteReplicaCluster", "cluster_id"), ("ResetReplica", "replica_cluster_id")]
    {
        let (_, problem) = bench.bad(operation, &[(parameter, CLUSTER)], Json::Null);
        assert!(problem.contains(ORIGIN) && problem.contains("no replica"), "{problem}");
    }
}

#[test]
fn work_that_fails_changes_nothing_but_the_state() {
    for ((operation, parameters, body), cluster) in writes() {
        let mut bench = bench();
        put_into(&mut bench, cluster, allowed(operation)[0]);
        let settings = |bench: &mut Bench<Samsung>| {
            let mut shown = bench.good("ShowCluster", &on(cluster), Json::Null);
            ["/service_state", "/modified_at"].into_iter().for_each(|field| shown.put(field, Json::Null));
            let servers = shown["instance_groups"][0]["instances"].as_array_mut().unwrap();
            servers.iter_mut().for_each(|server| server.put("/service_state", Json::Null));
            shown
        };
        let before = settings(&mut bench);
        bench.fails = true;
        let response = bench.good(operation, &parameters, body);
        bench.pass(60_000);
        let asked = [("request_id", response.text("/request_id"))];
        assert_eq!(bench.good("ShowRequest", &asked, Json::Null).text("/state"), "FAILED", "{operation}");
        let made = response.text("/resource/id");
        let broken = if made != cluster || operation == "DeleteCluster" { "FAILED" } else { "ERROR" };
        assert_eq!(super::state(&mut bench, made), broken, "{operation}");
        assert_eq!(settings(&mut bench), before, "{operation}");
        bench.fails = false;
        bench.good("DeleteCluster", &on(made), Json::Null);
    }
}
