//! The effect of each write, which is visible when its work is done.

use serde_json::{Value as Json, json};

use super::*;

/// Sends a write, and waits for its end.
fn done(bench: &mut Bench<Samsung>, operation: &str, parameters: &[(&str, &str)], body: Json) {
    bench.good(operation, parameters, body);
    bench.pass(60_000);
}

fn shown(bench: &mut Bench<Samsung>) -> Json {
    bench.good("ShowCluster", &on(CLUSTER), Json::Null)
}

#[test]
fn a_change_shows_at_the_end_of_its_work_and_not_before() {
    let mut bench = bench();
    bench.good("SetAuditLog", &on(CLUSTER), json!({"use_audit_log": true}));
    bench.pass(999);
    let during = shown(&mut bench);
    assert_eq!(
        (during.text("/service_state"), during.flag("/init_config_option/audit_enabled")),
        ("EDITING", false)
    );
    bench.pass(1);
    let after = shown(&mut bench);
    assert_eq!(
        (after.text("/service_state"), after.flag("/init_config_option/audit_enabled")),
        ("RUNNING", true)
    );
}

#[test]
fn windows_and_sources() {
    let mut bench = bench();
    let window =
        json!({"start_day_of_week": "SUN", "start_time": "3", "start_minute": "5", "term_hour": "2.5"});
    done(&mut bench, "SetMaintenance", &on(CLUSTER), window);
    let option = json!({"period_hour": "2.5", "starting_day_of_week": "SUN", "starting_time": "0305",
        "use_maintenance_option": true});
    assert_eq!(shown(&mut bench)["maintenance_option"], option);
    done(&mut bench, "UnsetMaintenance", &on(CLUSTER), Json::Null);
    assert!(!shown(&mut bench).flag("/maintenance_option/use_maintenance_option"));

    let delta = json!({"add_ip_addresses": ["10.1.1.1", "10.1.1.1", "10.2.0.0/16"],
        "del_ip_addresses": ["192.168.10.1/32", "9.9.9.9"]});
    done(&mut bench, "SetSecurityGroupRules", &on(CLUSTER), delta);
    assert_eq!(shown(&mut bench)["allowable_ip_addresses"], json!(["10.1.1.1", "10.2.0.0/16"]));
}

#[test]
fn disks_and_servers() {
    let mut bench = bench();
    let group = [("instance_group_id", SERVERS)];
    done(
        &mut bench,
        "AddBlockStorages",
        &group,
        json!({"role_type": "TEMP", "size_gb": 16, "volume_type": "HDD"}),
    );
    let disk = shown(&mut bench)["instance_groups"][0]["block_storage_groups"][2].clone();
    assert_eq!((disk.text("/name"), disk.text("/volume_type")), ("mycluster-Disk-03", "HDD"));
    let id = disk.text("/id").to_owned();
    done(&mut bench, "SetBlockStorageSize", &[("block_storage_group_id", &id)], json!({"size_gb": 32}));
    assert_eq!(shown(&mut bench).number("/instance_groups/0/block_storage_groups/2/size_gb"), 32);
    done(&mut bench, "SetServerType", &group, json!({"server_type_name": "db1v4m8"}));
    assert_eq!(shown(&mut bench).text("/instance_groups/0/server_type_name"), "db1v4m8");

    let roles = |bench: &mut Bench<Samsung>| -> Vec<String> {
        let pair = bench.good("ShowCluster", &on(PAIR), Json::Null);
        let servers = pair.items("/instance_groups/0/instances").iter();
        servers.map(|server| server.text("/role_type").to_owned()).collect()
    };
    assert_eq!(roles(&mut bench), ["ACTIVE", "STANDBY"]);
    done(&mut bench, "SwitchoverCluster", &on(PAIR), Json::Null);
    assert_eq!(roles(&mut bench), ["STANDBY", "ACTIVE"]);
}

#[test]
fn patches_replicas_first_with_a_backup() {
    let mut bench = bench();
    let patch = json!({"backup_before_upgrade": true, "software_version": "10.11.13"});
    done(&mut bench, "PatchMinorVersion", &on(REPLICA), patch.clone());
    done(&mut bench, "PatchMinorVersion", &on(CLUSTER), patch);
    let after = shown(&mut bench);
    assert_eq!(after.text("/software_version"), "10.11.13");
    assert_eq!(after.text("/dbaas_engine_version_name"), "MariaDB Community 10.11.13");
    let histories = bench.good("ListBackupHistories", &on(CLUSTER), Json::Null);
    assert_eq!(histories.text("/contents/0/software_version"), "10.11.9", "the backup is from before");
}

#[test]
fn static_parameters_wait_for_a_restart() {
    let mut bench = bench();
    let value = |bench: &mut Bench<Samsung>, name: &str| {
        let list = bench.good("ListParameterValues", &on(CLUSTER), Json::Null);
        let row = list.items("/contents").iter().find(|row| row.text("/name") == name).cloned().unwrap();
        (
            row.text("/id").to_owned(),
            row.text("/applied_value").to_owned(),
            row.text("/apply_type").to_owned(),
        )
    };
    let (waiting, old, kind) = value(&mut bench, "general_log");
    assert_eq!((old.as_str(), kind.as_str()), ("on", "STATIC"));
    let (dynamic, ..) = value(&mut bench, "max_connections");
    let change = |id: &str, new: &str| json!({"id": id, "old_value": "", "new_value": new});
    let body = json!({"parameters": [change(&waiting, "off"), change(&dynamic, "200")]});
    done(&mut bench, "SetParameterValues", &on(CLUSTER), body);
    assert_eq!(value(&mut bench, "max_connections").1, "200");
    assert_eq!(value(&mut bench, "general_log").1, "on");
    done(&mut bench, "RestartCluster", &on(CLUSTER), Json::Null);
    assert_eq!(value(&mut bench, "general_log").1, "off");
    let list = bench.good("ListParameterValues", &on(CLUSTER), Json::Null);
    assert_eq!(list.text("/modified_at"), "2026-01-15T08:31:02Z");
}

#[test]
fn settings_of_backups_archives_and_logs() {
    let mut bench = bench();
    let backup =
        json!({"archive_frequency_minute": "5", "retention_period_day": "9", "starting_time_hour": "4"});
    done(&mut bench, "SetBackup", &on(CLUSTER), backup.clone());
    assert_eq!(shown(&mut bench)["init_config_option"]["backup_option"], backup);
    done(&mut bench, "UnsetBackup", &on(CLUSTER), Json::Null);
    assert!(shown(&mut bench)["init_config_option"]["backup_option"].is_null());
    done(
        &mut bench,
        "SetArchiveConfig",
        &on(CLUSTER),
        json!({"archive_enabled": true, "retention_period_day": 5}),
    );
    done(&mut bench, "SetArchiveConfig", &on(CLUSTER), json!({"archive_enabled": false}));
    let archive = bench.good("ShowArchiveConfig", &on(CLUSTER), Json::Null);
    assert_eq!(
        archive,
        json!({"archive_enabled": false, "retention_period_day": 5}),
        "days that are not named stay"
    );

    let slow = [("cluster_id", CLUSTER), ("log_type", "slow")];
    let row = |bench: &mut Bench<Samsung>| {
        let asked = [("cluster_id", CLUSTER), ("type", "slow")];
        bench.good("ListLogExportConfigs", &asked, Json::Null)["contents"][0].clone()
    };
    done(&mut bench, "RegisterLogExportConfig", &on(CLUSTER), export("slow"));
    let registered = row(&mut bench);
    assert!(registered.flag("/is_registered") && registered.text("/bucket_name") == "examplebucket");
    assert!(!registered.to_string().contains("hush-hush"));
    done(&mut bench, "SetLogExportConfig", &slow, schedule("3"));
    assert_eq!(
        (row(&mut bench).text("/schedule_hour"), row(&mut bench).text("/log_label")),
        ("3", "DB Slow Log")
    );
    done(&mut bench, "ExportLog", &slow, Json::Null);
    done(&mut bench, "UnregisterLogExportConfig", &slow, Json::Null);
    assert!(!row(&mut bench).flag("/is_registered"));
    assert!(bench.bad("ExportLog", &slow, Json::Null).1.contains("not registered"));
}
