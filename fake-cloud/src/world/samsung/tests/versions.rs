//! The differences between versions and between products.

use serde_json::{Value as Json, json};

use super::*;
use crate::message::refusal::RefusalKind;

fn later() -> Bench<Samsung> {
    of("samsung-mariadb-1.3")
}

#[test]
fn a_cluster_shows_the_fields_of_its_version() {
    let mut bench = later();
    let mut body = order("mynew");
    body["service_watch_log_collection"] = json!(true);
    body["instance_groups"][0]["instances"] = json!([{"role_type": "ACTIVE"}]);
    let id = bench.good("CreateCluster", &[], body).text("/resource/id").to_owned();
    let shown = bench.good("ShowCluster", &on(&id), Json::Null);
    assert!(shown.flag("/service_watch_log_collection") && !shown.flag("/is_kernel_patchable"));
}

#[test]
fn backups_are_removed_and_unset_from_the_console_only() {
    let mut bench = later();
    let number = json!({"backup_history_number": ["202501010000"], "session_id": null});
    for (operation, body) in [("RemoveBackupHistories", number), ("UnsetBackup", json!({"session_id": null}))]
    {
        assert_eq!(
            bench.bad(operation, &on(CLUSTER), body.clone()).0,
            RefusalKind::BadCredentials,
            "{operation}"
        );
        let mut session = body;
        session["session_id"] = json!("a session of the console");
        bench.good(operation, &on(CLUSTER), session);
        bench.pass(60_000);
    }
    bench.good("ManualBackup", &on(CLUSTER), Json::Null);
    let count = |bench: &mut Bench<Samsung>| {
        bench.good("ListBackupHistories", &on(CLUSTER), Json::Null).number("/total_count")
    };
    assert_eq!(count(&mut bench), 0);
    bench.pass(2_000);
    assert_eq!(count(&mut bench), 1);
}

#[test]
fn a_release_line_up_and_a_newer_kernel() {
    let mut bench = later();
    let upgrade = |version: &str| json!({"dbaas_engine": "MariaDB Community", "software_version": version});
    for wrong in ["10.11.15", "10.6.21", "12.0.1"] {
        let (_, problem) = bench.bad("UpgradeMajorVersion", &on(PAIR), upgrade(wrong));
        assert!(problem.contains(wrong), "{problem}");
    }
    assert!(bench.bad("UpgradeMajorVersion", &on(CLUSTER), upgrade("11.4.10")).1.contains("myreplica"));
    bench.good("UpgradeMajorVersion", &on(PAIR), upgrade("11.4.10"));
    bench.pass(5_000);
    let shown = bench.good("ShowCluster", &on(PAIR), Json::Null);
    assert_eq!(shown.text("/software_version"), "11.4.10");
    assert!(bench.bad("UpgradeMajorVersion", &on(PAIR), upgrade("11.4.7")).1.contains("11.4.7"));
    bench.good("UpgradeKernel", &on(PAIR), Json::Null);
    bench.pass(5_000);
    assert!(bench.bad("UpgradeKernel", &on(PAIR), Json::Null).1.contains("no newer kernel"));
}

#[test]
fn a_replica_abroad_is_listed_by_its_origin_alone() {
    let mut bench = later();
    let mut body = follower("faraway");
    for (field, value) in
        [("region", json!("kr-east-1")), ("subnet_id", json!("s")), ("nat_enabled", json!(false))]
    {
        body[field] = value;
    }
    let id = bench.good("CreateOtherRegionReplica", &on(CLUSTER), body).text("/resource/id").to_owned();
    bench.pass(10_000);
    let list = bench.good("ListReplicas", &on(CLUSTER), Json::Null);
    assert_eq!((list.number("/count"), list.text("/contents/0/region")), (2, "kr-east-1"));
    assert_eq!(bench.bad("ShowCluster", &on(&id), Json::Null).0, RefusalKind::NotFound);
    assert_eq!(bench.good("ListClusters", &[], Json::Null).number("/count"), 3);
    let origin = bench.good("ShowCluster", &on(CLUSTER), Json::Null);
    assert_eq!(origin.items("/replicas"), [json!(REPLICA)]);
}

#[test]
fn a_server_is_found_by_its_name() {
    let mut bench = later();
    let named = |name| [("cluster_id", PAIR), ("instance_name", name)];
    let server = bench.good("ShowInstance", &named("mypair002"), Json::Null);
    assert_eq!((server.text("/role_type"), server.text("/cluster_name")), ("STANDBY", "mypair"));
    assert_eq!((server.number("/memory_gb"), server.items("/block_storages").len()), (4, 2));
    assert_eq!(bench.bad("ShowInstance", &named("mypair003"), Json::Null).0, RefusalKind::NotFound);
}

#[test]
fn an_export_has_the_day_of_its_frequency() {
    let mut bench = later();
    let asked = |frequency: &str, month: Json, week: Json| {
        json!({"log_type": "slow", "bucket_name": "b", "access_key": "k", "secret_key": "s", "delete_on_export": true,
            "schedule_frequency_type": frequency, "schedule_hour": "12", "schedule_day_of_month": month,
            "schedule_day_of_week": week})
    };
    let cases = [
        (asked("MONTH", Json::Null, Json::Null), "schedule_day_of_month"),
        (asked("DAY", json!("28"), Json::Null), "schedule_day_of_month"),
        (asked("WEEK", Json::Null, Json::Null), "schedule_day_of_week"),
        (asked("DAY", Json::Null, json!("MON")), "schedule_day_of_week"),
    ];
    for (body, field) in cases {
        let (kind, problem) = bench.bad("RegisterLogExportConfig", &on(CLUSTER), body);
        assert!(kind == RefusalKind::Invalid && problem.starts_with(field), "{field}: {kind:?} {problem}");
    }
    bench.good("RegisterLogExportConfig", &on(CLUSTER), asked("WEEK", Json::Null, json!("MON")));
}

#[test]
fn a_group_without_a_data_disk_is_refused_with_the_vendors_code() {
    let mut bench = later();
    let mut body = order("another");
    body["instance_groups"][0]["instances"] = json!([{"role_type": "ACTIVE"}]);
    body["service_watch_log_collection"] = json!(false);
    body["instance_groups"][0]["block_storage_groups"] = json!([{"role_type": "OS", "size_gb": 104}]);
    let (kind, _) = bench.bad("CreateCluster", &[], body);
    assert_eq!(kind, RefusalKind::Own(400, "Dbaas.ValidationError.InvalidBlockStorageDataDiskCount"));
}
