//! The life cycle of an instance, and refusals during it.

use super::*;
use crate::base::calendar::{self, DAY};

fn shown(bench: &mut TaurusdbBench, id: &str) -> Json {
    bench.good("ShowGaussMySqlInstanceInfo", &[("instance_id", id)], Json::Null)["instance"].clone()
}

fn databases(bench: &mut TaurusdbBench, id: &str) -> Vec<String> {
    let list = bench.good("ListGaussMySqlDatabase", &[("instance_id", id)], Json::Null);
    list.items("/databases").iter().map(|row| row.text("/name").to_owned()).collect()
}

fn order(restore: Option<Json>) -> Json {
    let mut order = json!({"name": "shop", "password": "example-Passw0rd", "region": "cn-north-4",
        "mode": "Cluster", "datastore": {"type": "gaussdb-mysql", "version": "8.0"},
        "flavor_ref": "gaussdb.mysql.large.x86.4", "slave_count": 2, "availability_zone_mode": "single",
        "vpc_id": "v", "subnet_id": "s", "charge_info": {"charge_mode": "postPaid"},
        "backup_strategy": {"start_time": "17:00-18:00"}});
    if let Some(point) = restore {
        order["restore_point"] = point;
    }
    order
}

fn create(bench: &mut TaurusdbBench, order: Json) -> String {
    let response = bench.good("CreateGaussMySqlInstance", &[], order);
    let id = response.text("/instance/id").to_owned();
    assert_eq!(shown(bench, &id).text("/status"), "BUILD");
    settle(bench);
    assert_eq!(shown(bench, &id).text("/status"), "ACTIVE");
    id
}

#[test]
fn an_instance_is_created_changed_and_deleted() {
    let mut bench = bench();
    let id = create(&mut bench, order(None));
    let on = [("instance_id", id.as_str())];
    assert_eq!(shown(&mut bench, &id).items("/nodes").len(), 3);
    assert!(databases(&mut bench, &id).is_empty());
    for (operation, body, pointer, value) in [
        ("UpdateGaussMySqlInstancePort", json!({"port": 3307}), "/port", json!("3307")),
        ("UpdateGaussMySqlInstanceName", json!({"name": "shop-2"}), "/name", json!("shop-2")),
        (
            "ChangeGaussMySqlInstanceSpecification",
            json!({"resize_flavor": {"spec_code": "gaussdb.mysql.xlarge.x86.4"}}),
            "/nodes/0/vcpus",
            json!("4"),
        ),
        ("CreateGaussMySqlReadonlyNode", json!({"priorities": [1]}), "/node_count", json!(4)),
    ] {
        bench.good(operation, &on, body.clone());
        let busy = bench.call(operation, &on, body);
        assert_eq!(code(busy), (409, "DBS.200019"), "{operation}");
        settle(&bench);
        assert_eq!(shown(&mut bench, &id).pointer(pointer), Some(&value), "{operation}");
    }
    let deleted = bench.good("DeleteGaussMySqlInstance", &on, Json::Null);
    settle(&bench);
    let job = bench.good("ShowGaussMySqlJobInfo", &[("id", deleted.text("/job_id"))], Json::Null);
    assert_eq!((job.text("/job/instance/id"), job.text("/job/instance/name")), (id.as_str(), "shop-2"));
    assert_eq!(code(bench.call("ShowGaussMySqlInstanceInfo", &on, Json::Null)), (404, "DBS.200002"));
    let bin = bench.good("ListRecycleInstances", &[], Json::Null);
    assert_eq!(bin.text("/instances/0/id"), id);
    let point = json!({"source_instance_id": id, "type": "backup",
        "backup_id": bin.text("/instances/0/recycle_backup_id")});
    create(&mut bench, order(Some(point)));
}

#[test]
fn a_backup_and_a_moment_restore_what_was_there() {
    let mut bench = bench();
    bench.pass(1_000);
    let moment = bench.runtime.now();
    bench.pass(1_000);
    let new = json!({"databases": [{"name": "bills", "character_set": "utf8mb4"}]});
    bench.good("CreateGaussMySqlDatabase", &IN_ORDERS, new.clone());
    settle(&bench);
    assert_eq!(code(bench.call("CreateGaussMySqlDatabase", &IN_ORDERS, new)), (409, "DBS.280406"));
    let taken = bench.good("CreateGaussMySqlBackup", &[], json!({"instance_id": ORDERS, "name": "before"}));
    let backup = taken.text("/backup/id").to_owned();
    let by_backup = json!({"source_instance_id": ORDERS, "type": "backup", "backup_id": backup});
    let early = bench.call("CreateGaussMySqlInstance", &[], order(Some(by_backup.clone())));
    assert_eq!(code(early), (409, "DBS.280406"), "the backup is still being taken");
    settle(&bench);
    let copy = create(&mut bench, order(Some(by_backup)));
    assert_eq!(databases(&mut bench, &copy), ["orders", "bills"]);
    let by_moment =
        |moment: i64| json!({"source_instance_id": ORDERS, "type": "timestamp", "restore_time": moment});
    let past = create(&mut bench, order(Some(by_moment(moment))));
    assert_eq!(databases(&mut bench, &past), ["orders"]);
    let never = bench.call("CreateGaussMySqlInstance", &[], order(Some(by_moment(1))));
    assert_eq!(code(never), (400, "DBS.280001"));
}

#[test]
fn moments_that_can_be_restored_are_those_that_are_asked_for() {
    let mut bench = bench();
    let (now, today) = (NOW.to_string(), calendar::seconds(NOW));
    let mut ranges = |name: &str, value: &str| {
        let on = [IN_ORDERS[0], (name, value)];
        bench.call("ShowBackupRestoreTime", &on, Json::Null).map(|body| body.items("/restore_times").to_vec())
    };
    let all = ranges("X-Language", "en-us").unwrap();
    assert_eq!((all.len(), all[0].number("/end_time")), (1, NOW));
    let midnight = NOW - NOW.rem_euclid(DAY);
    let of_today = json!([{"start_time": midnight, "end_time": NOW}]);
    assert_eq!(json!(ranges("date", &today[..10]).unwrap()), of_today);
    assert_eq!(json!(ranges("start_time", &midnight.to_string()).unwrap()), of_today);
    assert_eq!(json!(ranges("end_time", &now).unwrap()), json!(all));
    assert_eq!(json!(ranges("end_time", "1").unwrap()), json!([]));
    for (name, wrong) in [("date", "today"), ("start_time", "2026-01-15"), ("end_time", "")] {
        assert_eq!(code(ranges(name, wrong).map(Json::from)), (400, "DBS.280001"), "{name}");
    }
}

#[test]
fn a_parameter_that_needs_a_restart_is_marked_until_it() {
    let mut bench = bench();
    let change = json!({"parameter_values": {"innodb_page_cleaners": "8"}});
    assert!(bench.good("UpdateInstanceConfigurations", &IN_ORDERS, change).flag("/restart_required"));
    settle(&bench);
    assert!(shown(&mut bench, ORDERS).flag("/nodes/0/need_restart"));
    bench.good("RestartGaussMySqlInstance", &IN_ORDERS, json!({}));
    settle(&bench);
    assert!(!shown(&mut bench, ORDERS).flag("/nodes/0/need_restart"));
    for wrong in [json!({"innodb_page_cleaners": "65"}), json!({"unknown": "1"})] {
        let refused =
            bench.call("UpdateInstanceConfigurations", &IN_ORDERS, json!({"parameter_values": wrong}));
        assert_eq!(code(refused), (400, "DBS.280001"));
    }
}

#[test]
fn a_job_that_fails_leaves_the_instance_as_it_was() {
    let mut bench = bench();
    let before = shown(&mut bench, ORDERS)["port"].clone();
    bench.fails = true;
    bench.good("UpdateGaussMySqlInstancePort", &IN_ORDERS, json!({"port": 3307}));
    settle(&bench);
    let after = shown(&mut bench, ORDERS);
    assert_eq!((after.text("/status"), &after["port"]), ("ACTIVE", &before));
}

#[test]
fn a_template_knows_what_was_changed_in_it_and_where_it_was_applied() {
    let mut bench = bench();
    let made = bench.good(
        "CreateGaussMySqlConfiguration",
        &[],
        json!({"name": "fast", "datastore":
        {"type": "gaussdb-mysql", "version": "8.0"}}),
    );
    let id = made.text("/configurations/id").to_owned();
    let template = [("configuration_id", id.as_str())];
    let change = json!({"parameter_values": {"innodb_page_cleaners": "8"}});
    bench.good("UpdateGaussMySqlConfiguration", &template, change);
    settle(&bench);
    let changed = bench.good("ListModifyHistory", &template, Json::Null);
    assert_eq!((changed.number("/total_count"), changed.text("/histories/0/new_value")), (1, "8"));
    assert!(!changed.flag("/histories/0/is_applied"));
    assert_eq!(
        bench
            .good("ListParamsTemplateApplyHistory", &[("config_id", &id)], Json::Null)
            .number("/total_count"),
        0
    );

    bench.good("SwitchGaussMySqlConfiguration", &template, json!({"instance_ids": [ORDERS]}));
    settle(&bench);
    let applied = bench.good("ListParamsTemplateApplyHistory", &[("config_id", &id)], Json::Null);
    assert_eq!(applied.text("/histories/0/target_id"), ORDERS);
    assert!(bench.good("ListModifyHistory", &template, Json::Null).flag("/histories/0/is_applied"));
}

#[test]
fn several_instances_are_changed_by_one_request_or_none_is() {
    let mut bench = bench();
    let flavor = "gaussdb.mysql.xlarge.x86.4";
    let both = |other: &str| json!({"instance_ids": [ORDERS, other], "spec_code": flavor});
    let refused = bench.call("BatchChangeInstanceSpecification", &[], both("0".repeat(32).as_str()));
    assert_eq!(code(refused), (404, "DBS.200002"));
    let jobs = bench.good("BatchChangeInstanceSpecification", &[], both(BILLS));
    assert_eq!(jobs.items("/job_ids").len() + jobs.items("/order_ids").len(), 2);
    assert_eq!(code(bench.call("BatchChangeInstanceSpecification", &[], both(BILLS))), (409, "DBS.200019"));
    settle(&bench);
    for id in [ORDERS, BILLS] {
        assert_eq!(shown(&mut bench, id).text("/nodes/0/vcpus"), "4", "{id}");
    }
    let policy = json!({"begin_time": "01:00", "end_time": "02:00",
        "policies": [{"period": "1,2", "policy_type": "base", "retention_days": 9}]});
    let body = json!({"instance_ids": [ORDERS, "none"], "backup_policy": policy});
    let result = bench.good("BatchUpdateBackupPolicy", &[], body);
    assert_eq!((result.number("/success_count"), result.text("/failed_results/0/instance_id")), (1, "none"));
    assert_eq!(result.text("/failed_results/0/error_code"), "DBS.200002");
    assert_eq!(
        shown(&mut bench, ORDERS)["backup_strategy"],
        json!({"start_time": "01:00-02:00", "keep_days": "9"})
    );
    let policy = bench.good("ShowGaussMySqlBackupPolicy", &IN_ORDERS, Json::Null);
    assert_eq!(policy.text("/backup_policy/period"), "1,2");
}

#[test]
fn a_backup_policy_is_what_was_set_and_keeps_backups_for_a_week_by_default() {
    let mut bench = bench();
    let id = create(&mut bench, order(None));
    let on = [("instance_id", id.as_str())];
    let policy = |bench: &mut TaurusdbBench| {
        bench.good("ShowGaussMySqlBackupPolicy", &on, Json::Null)["backup_policy"].clone()
    };
    let by_default = json!({"keep_days": 7, "start_time": "17:00-18:00", "period": "1,2,3,4,5,6,7"});
    assert_eq!(policy(&mut bench), by_default);
    let set = |period: &str| json!({"backup_policy": {"keep_days": 9, "start_time": "01:00-02:00", "period": period}});
    bench.good("UpdateGaussMySqlBackupPolicy", &on, set("1,3"));
    let policy = policy(&mut bench);
    assert_eq!((policy.number("/keep_days"), policy.text("/period")), (9, "1,3"));
}

#[test]
fn a_backup_that_is_not_there_has_one_code_alone_and_among_others() {
    let mut bench = bench();
    let alone = bench.call("DeleteGaussMySqlBackup", &[("backup_id", "none")], Json::Null);
    assert_eq!(code(alone), (404, "DBS.200002"));
    let among = bench.good("BatchDeleteBackup", &[], json!({"backup_ids": ["none"]}));
    assert_eq!(among.text("/failed_results/0/error_code"), "DBS.200002");
}

#[test]
fn an_upgrade_of_several_names_the_versions_that_they_have() {
    let mut bench = bench();
    let kernel =
        |bench: &mut TaurusdbBench| shown(bench, ORDERS).text("/datastore/kernel_version").to_owned();
    let before = kernel(&mut bench);
    let body = |version: &str| json!({"delay": false, "databases_instance_infos": [{"instance_id": ORDERS, "current_version": version}]});
    let refused = bench.call("BatchUpgradeDatabases", &[], body("1.0"));
    assert_eq!(code(refused), (400, "DBS.280001"));
    bench.good("BatchUpgradeDatabases", &[], body(&before));
    settle(&bench);
    assert_ne!(kernel(&mut bench), before);
}

#[test]
fn no_two_nodes_have_one_name() {
    let mut bench = bench();
    let id = create(&mut bench, order(None));
    let on = [("instance_id", id.as_str())];
    let first = shown(&mut bench, &id).text("/nodes/1/id").to_owned();
    bench.good("DeleteGaussMySqlReadonlyNode", &[on[0], ("node_id", &first)], Json::Null);
    settle(&bench);
    let made = bench.good("CreateGaussMySqlReadonlyNode", &on, json!({"priorities": [1, 2]}));
    assert_eq!(made["node_names"], json!(["shop_node_1", "shop_node_3"]));
    settle(&bench);
    let instance = shown(&mut bench, &id);
    let names: std::collections::BTreeSet<_> =
        instance.items("/nodes").iter().map(|node| node.text("/name")).collect();
    assert_eq!(names.len(), 4);
}

#[test]
fn quotas_names_and_public_addresses_are_given_out_once() {
    let mut bench = bench();
    let quota =
        |instances: i64| json!({"quota_list": [{"enterprise_project_id": "0", "instance_quota": instances}]});
    let list = bench.good("ShowGaussMySqlQuotas", &[], Json::Null);
    let row = &list["quota_list"][0];
    let there = row.number("/instance_quota") - row.number("/availability_instance_quota");
    bench.good("UpdateGaussMySqlQuotas", &[], quota(there));
    assert_eq!(code(bench.call("CreateGaussMySqlInstance", &[], order(None))), (409, "DBS.280406"));
    bench.good("UpdateGaussMySqlQuotas", &[], quota(there + 1));
    let made = bench.good("CreateGaussMySqlInstance", &[], order(None)).text("/instance/id").to_owned();
    settle(&bench);

    let public = json!({"public_ip": "203.0.113.9", "public_ip_id": "e"});
    bench.good("UpdateGaussMySqlInstanceEip", &IN_ORDERS, public.clone());
    settle(&bench);
    let again = bench.call("UpdateGaussMySqlInstanceEip", &[("instance_id", &made)], public);
    assert_eq!(code(again), (409, "DBS.280406"));

    let named = json!({"name": "mine", "datastore": {"type": "gaussdb-mysql", "version": "8.0"}});
    let id = bench.good("CreateGaussMySqlConfiguration", &[], named).text("/configurations/id").to_owned();
    let rename = |name: &str| json!({"name": name});
    let own = [("configuration_id", id.as_str())];
    bench.good("UpdateGaussMySqlConfiguration", &own, rename("mine"));
    let taken = bench.call("UpdateGaussMySqlConfiguration", &own, rename("Default-GaussDB-for-MySQL 8.0"));
    assert_eq!(code(taken), (409, "DBS.280406"));
}

#[test]
fn what_a_restore_and_what_a_name_must_be_is_said() {
    let mut bench = bench();
    let refused = |bench: &mut TaurusdbBench, operation: &str, parameters: &[(&str, &str)], body: Json| {
        code(bench.call(operation, parameters, body))
    };
    let point = json!({"source_instance_id": ORDERS, "target_instance_id": ORDERS, "type": "backup"});
    assert_eq!(refused(&mut bench, "RestoreOldInstance", &[], point), (400, "DBS.280001"));
    let system = json!({"databases": [{"name": "mysql", "character_set": "utf8mb4"}]});
    assert_eq!(refused(&mut bench, "CreateGaussMySqlDatabase", &IN_ORDERS, system), (409, "DBS.280406"));
    let root = json!({"users": [{"name": "root", "password": "example-Passw0rd", "hosts": ["10.0.0.1"]}]});
    assert_eq!(refused(&mut bench, "CreateGaussMySqlDatabaseUser", &IN_ORDERS, root), (409, "DBS.280406"));
    let taken = bench.good("CreateGaussMySqlBackup", &[], json!({"instance_id": ORDERS, "name": "by-hand"}));
    let backup = [("backup_id", taken.text("/backup/id"))];
    assert_eq!(refused(&mut bench, "DeleteGaussMySqlBackup", &backup, Json::Null), (409, "DBS.280406"));
    settle(&bench);
    bench.good("DeleteGaussMySqlBackup", &backup, Json::Null);
}
