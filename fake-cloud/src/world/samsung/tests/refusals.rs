//! Requests that fit the spec but are invalid, and unknown ids.

use serde_json::{Value as Json, json};

use super::*;
use crate::message::refusal::RefusalKind;

/// A request with one changed value.
fn ordered(pointer: &str, value: Json) -> Json {
    let mut body = order("mynew");
    match body.pointer_mut(pointer) {
        Some(place) => *place = value,
        None => body.put(pointer, value),
    }
    body
}

#[test]
fn ids_of_nothing() {
    let mut bench = bench();
    for ((operation, parameters, body), _) in super::states::writes() {
        let wrong: Vec<(&str, &str)> = parameters
            .iter()
            .map(|(name, value)| (*name, if *name == "log_type" { value } else { "1" }))
            .collect();
        assert_eq!(bench.bad(operation, &wrong, body).0, RefusalKind::NotFound, "{operation}");
    }
    let reads =
        ["ShowCluster", "ShowArchiveConfig", "ListReplicas", "ListBackupHistories", "ListParameterValues"];
    for read in reads.into_iter().chain(["ListLogExportConfigs"]) {
        assert_eq!(bench.bad(read, &on("1"), Json::Null).0, RefusalKind::NotFound, "{read}");
    }
    assert_eq!(bench.bad("ShowRequest", &[("request_id", "req-1")], Json::Null).0, RefusalKind::NotFound);
    let version = [("dbaas_engine_version_id", "1")];
    assert_eq!(bench.bad("ListEngineVersionProperties", &version, Json::Null).0, RefusalKind::NotFound);
}

#[test]
fn orders_that_make_no_sense() {
    let mut bench = bench();
    let before = all(&mut bench);
    let disk = |role: &str, size: i64| json!({"role_type": role, "size_gb": size});
    let disks = "/instance_groups/0/block_storage_groups";
    let ended = bench.world.offer.versions.last().unwrap().text("/id").to_owned();
    let group = order("x")["instance_groups"][0].clone();
    let server = |address: &str| json!([{"role_type": "ACTIVE", "service_ip_address": address}]);
    let cases = [
        ("/name", json!("mycluster"), "there is a cluster mycluster"),
        ("/dbaas_engine_version_id", json!("1"), "Invalid Engine Version"),
        ("/dbaas_engine_version_id", json!(ended), "Invalid Engine Version"),
        (disks, json!([disk("OS", 104)]), "needs a disk of the role DATA"),
        (disks, json!([disk("DATA", 104)]), "needs one OS disk"),
        (disks, json!([disk("OS", 104), disk("OS", 104), disk("DATA", 56)]), "needs one OS disk"),
        (
            disks,
            json!([disk("OS", 104), disk("DATA", 56), disk("TEMP", 16), disk("TEMP", 16)]),
            "one at most",
        ),
        (disks, json!([disk("OS", 112), disk("DATA", 56)]), "104 GB"),
        ("/instance_groups/0/server_type_name", json!("db9"), "no server type db9"),
        ("/instance_groups/0/role_type", json!("ACTIVE_STANDBY"), "role ACTIVE"),
        ("/ha_enabled", json!(true), "role ACTIVE_STANDBY"),
        ("/instance_groups", json!([]), "needs one group"),
        ("/instance_groups", json!([group, group]), "needs one group"),
        ("/instance_groups/0/instances", server("192.168.10.10"), "192.168.10.10 is already in use"),
        ("/instance_groups/0/instances", server("here"), "`here` is no address"),
        ("/allowable_ip_addresses", json!(["10.0.0.0/33"]), "`10.0.0.0/33`"),
        ("/init_config_option/database_user_password", json!("onlyletters"), "must mix"),
        ("/init_config_option/database_user_password", json!("pass\"word-1"), "must mix"),
    ];
    for (place, value, words) in cases {
        let (kind, problem) = bench.bad("CreateCluster", &[], ordered(place, value));
        let data = RefusalKind::Own(400, "Dbaas.ValidationError.InvalidBlockStorageDataDiskCount");
        assert!(kind == RefusalKind::Invalid || kind == data, "{place}: {kind:?}");
        assert!(problem.contains(words), "{place}: {problem:?} lacks {words:?}");
        assert!(!problem.contains("onlyletters"), "{problem}");
    }
    assert_eq!(all(&mut bench), before);
}

#[test]
fn one_name_is_given_once_and_there_is_a_quota() {
    let mut bench = bench();
    bench.good("CreateCluster", &[], order("mynew"));
    assert!(bench.bad("CreateCluster", &[], order("mynew")).1.contains("there is a cluster mynew"));
    let letters = (b'a'..=b'z').flat_map(|a| (b'a'..=b'z').map(move |b| [b'q', a, b]));
    let names: Vec<String> = letters.map(|name| name.map(char::from).iter().collect()).collect();
    let made = names.iter().take_while(|name| bench.call("CreateCluster", &[], order(name)).is_ok()).count();
    assert_eq!(made + 4, super::super::QUOTA);
    assert!(bench.bad("CreateCluster", &[], order("onemore")).1.contains("quota"));
}

#[test]
fn changes_that_make_no_sense() {
    let mut bench = bench();
    let before = all(&mut bench);
    let fixed = bench.world.offer.parameters.iter().find(|row| !row.flag("/is_modifiable")).unwrap().clone();
    let parameter =
        |id: &str, value: &str| json!({"parameters": [{"id": id, "old_value": "", "new_value": value}]});
    let log = parameter("c1d2e3f4a5b64789a0b1c2d3e4f50617", "maybe");
    let patch = |version: &str| json!({"backup_before_upgrade": false, "software_version": version});
    let window = |hour: &str, minute: &str| json!({"start_day_of_week": "MON", "start_time": hour, "start_minute": minute, "term_hour": "1"});
    let own = |operation, body, words| (operation, ("cluster_id", CLUSTER), body, words);
    let size = |disk, gb: i64, words| {
        ("SetBlockStorageSize", ("block_storage_group_id", disk), json!({"size_gb": gb}), words)
    };
    let cases = [
        own("PatchMinorVersion", patch("10.11.9"), "Unpatchable"),
        own("PatchMinorVersion", patch("10.11.8"), "Unpatchable"),
        own("PatchMinorVersion", patch("11.4.7"), "Unpatchable"),
        own("PatchMinorVersion", patch("10.11.99"), "Unpatchable"),
        own("PatchMinorVersion", patch("10.11.13"), "myreplica must be patched first"),
        own("SwitchoverCluster", Json::Null, "no standby"),
        own("SetMaintenance", window("24", "0"), "start_time"),
        own("SetMaintenance", window("+1", "0"), "start_time"),
        own("SetMaintenance", window("23", "60"), "start_minute"),
        own("SetSecurityGroupRules", json!({"add_ip_addresses": ["x"]}), "`x`"),
        own("SetParameterValues", parameter("1", "on"), "no parameter 1"),
        own("SetParameterValues", parameter(fixed.text("/id"), "0"), "cannot be changed"),
        own("SetParameterValues", log, "takes on,off"),
        own("RegisterLogExportConfig", export("alert"), "registered already"),
        own("RegisterLogExportConfig", export("general"), "no log general"),
        own("RemoveBackupHistories", json!({"backup_history_number": ["1"]}), "no backup 1"),
        size(OS_DISK, 200, "system disk"),
        size(DATA_DISK, 64, "less than 72"),
        size(DATA_DISK, 72, "myreplica has 56 GB"),
        ("SetServerType", ("instance_group_id", SERVERS), json!({"server_type_name": "db1v2m4"}), "already"),
        (
            "SetServerType",
            ("instance_group_id", SERVERS),
            json!({"server_type_name": "db1"}),
            "no server type",
        ),
        (
            "AddBlockStorages",
            ("instance_group_id", SERVERS),
            json!({"role_type": "OS", "size_gb": 104}),
            "system disk cannot be added",
        ),
        ("SyncReplicaState", ("origin_cluster_id", PAIR), Json::Null, "no replica"),
    ];
    for (operation, parameter, body, words) in cases {
        let (kind, problem) = bench.bad(operation, &[parameter], body);
        assert!(matches!(kind, RefusalKind::Invalid | RefusalKind::Own(400, _)), "{operation}: {kind:?}");
        assert!(problem.contains(words), "{operation}: {problem:?} lacks {words:?}");
    }
    assert_eq!(all(&mut bench), before);
}

#[test]
fn disks_are_added_ten_times() {
    let mut bench = bench();
    let (group, disk) = ([("instance_group_id", SERVERS)], json!({"role_type": "DATA", "size_gb": 16}));
    for _ in 0..10 {
        bench.good("AddBlockStorages", &group, disk.clone());
        bench.pass(10_000);
    }
    assert!(bench.bad("AddBlockStorages", &group, disk).1.contains("12 groups of disks"));
}

#[test]
fn replicas_and_restores_that_make_no_sense() {
    let mut bench = bench();
    let before = all(&mut bench);
    let replica = |pointer: &str, value: Json| {
        let mut body = follower("second");
        *body.pointer_mut(pointer).unwrap() = value;
        body
    };
    let group = "/replicas/0/instance_groups/0";
    let cases = [
        (replica("/replica_count", json!(2)), "replica_count"),
        (replica("/replicas/0/name", json!("myreplica")), "there is a cluster myreplica"),
        (replica(&format!("{group}/role_type"), json!("ACTIVE")), "role REPLICA"),
        (replica(&format!("{group}/block_storage_groups/0/role_type"), json!("OS")), "role DATA only"),
        (replica(&format!("{group}/block_storage_groups"), json!([])), "role DATA only"),
        (replica(&format!("{group}/server_type_name"), json!("db1")), "no server type"),
    ];
    for (body, words) in cases {
        let (_, problem) = bench.bad("CreateReplica", &on(CLUSTER), body);
        assert!(problem.contains(words), "{problem:?} lacks {words:?}");
    }
    let mut both = recovery("restored");
    both["backup_recovery_time"] = json!("2026-01-15T08:00:00Z");
    let mut neither = recovery("restored");
    neither["backup_history_number"] = Json::Null;
    let mut unknown = recovery("restored");
    unknown["backup_history_number"] = json!("1");
    let cases =
        [(both, "either"), (neither, "either"), (unknown, "no backup 1"), (recovery("mypair"), "mypair")];
    for (body, words) in cases {
        let (_, problem) = bench.bad("CreateRestore", &on(CLUSTER), body);
        assert!(problem.contains(words), "{problem:?} lacks {words:?}");
    }
    assert_eq!(all(&mut bench), before);
    for number in 2..=5 {
        bench.good("CreateReplica", &on(CLUSTER), follower(&format!("replica{number}")));
    }
    assert!(bench.bad("CreateReplica", &on(CLUSTER), follower("replica6")).1.contains("5 replicas at most"));
}
