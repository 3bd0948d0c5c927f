//! Pages, orders and filters of lists.

use serde_json::{Value as Json, json};

use super::*;
use crate::message::refusal::RefusalKind;
use crate::world::contract::World;

/// A world with this many clusters, created in intervals of a second.
fn crowd(count: usize) -> Bench<Samsung> {
    let mut bench = bench();
    for number in 0..count {
        let letter = char::from(b'a' + u8::try_from(number * 7 % 26).unwrap());
        let mut body = order(&format!("{}{letter}", "x".repeat(2 + number / 26)));
        body["init_config_option"]["database_name"] = json!(format!("db{}", number % 3));
        bench.good("CreateCluster", &[], body);
        bench.pass(1_000);
    }
    bench.pass(60_000);
    bench
}

fn names(list: &Json) -> Vec<String> {
    list.items("/contents").iter().map(|row| row.text("/name").to_owned()).collect()
}

#[test]
fn pages_of_any_size_hold_every_cluster_once_in_every_order() {
    let mut bench = crowd(20);
    for sort in ["name:asc", "name:desc", "created_at:asc", "created_at:desc", "service_state:asc"] {
        let whole = bench.good("ListClusters", &[("sort", sort), ("size", "100")], Json::Null);
        assert_eq!((whole.number("/count"), whole.items("/sort")), (23, [json!(sort)].as_slice()));
        for size in ["1", "2", "7", "23", "24"] {
            let mut walked = Vec::new();
            for page in 0..30 {
                let page = page.to_string();
                let asked = [("sort", sort), ("size", size), ("page", page.as_str())];
                let list = bench.good("ListClusters", &asked, Json::Null);
                assert_eq!(list.number("/count"), 23, "of all pages");
                walked.extend(names(&list));
            }
            assert_eq!(walked, names(&whole), "{sort} {size}");
        }
    }
    let by_default = names(&bench.good("ListClusters", &[], Json::Null));
    let mut sorted = by_default.clone();
    sorted.sort();
    assert_eq!((by_default.len(), &sorted), (20, &by_default));
    let oldest = bench.good("ListClusters", &[("sort", "created_at:asc"), ("size", "1")], Json::Null);
    let newest = bench.good("ListClusters", &[("sort", "created_at:desc"), ("size", "1")], Json::Null);
    assert!(oldest.text("/contents/0/created_at") < newest.text("/contents/0/created_at"));
    assert!(bench.good("ListClusters", &[("size", "0")], Json::Null).items("/contents").is_empty());
}

#[test]
fn filters_add_up() {
    let mut bench = crowd(9);
    let count = |bench: &mut Bench<Samsung>, asked: &[(&str, &str)]| {
        bench.good("ListClusters", asked, Json::Null).number("/count")
    };
    assert_eq!(count(&mut bench, &[("database_name", "db1")]), 3);
    assert_eq!(count(&mut bench, &[("name", "my")]), 3);
    assert_eq!(count(&mut bench, &[("name", "my"), ("database_name", "db1")]), 0);
    assert_eq!(count(&mut bench, &[("service_state", "RUNNING")]), 12);
    bench.good("StopCluster", &on(CLUSTER), Json::Null);
    bench.pass(60_000);
    assert_eq!(count(&mut bench, &[("service_state", "STOPPED")]), 1);
    assert_eq!(count(&mut bench, &[("service_state", "nonsense")]), 0);
}

#[test]
fn rows_show_what_the_cluster_shows() {
    let mut bench = bench();
    let list = bench.good("ListClusters", &[], Json::Null);
    assert_eq!(names(&list), ["mycluster", "mypair", "myreplica"]);
    for row in list.items("/contents") {
        let shown = bench.good("ShowCluster", &on(row.text("/id")), Json::Null);
        for field in ["name", "service_state", "role_type", "created_at", "instance_count", "ha_enabled"] {
            assert_eq!(row[field], shown[field], "{field}");
        }
        assert_eq!(row["database_name"], shown["init_config_option"]["database_name"]);
    }
}

#[test]
fn histories_come_newest_first_and_in_pages_from_one() {
    let mut bench = bench();
    bench.pass(86_400_000 * 5);
    let page = |bench: &mut Bench<Samsung>, page: &str, limit: &str| -> Vec<String> {
        let asked = [("cluster_id", CLUSTER), ("page", page), ("limit", limit)];
        let list = bench.good("ListBackupHistories", &asked, Json::Null);
        assert_eq!(list.number("/total_count"), 6);
        list.items("/contents").iter().map(|row| row.text("/backup_history_number").to_owned()).collect()
    };
    let first = page(&mut bench, "1", "4");
    assert_eq!((first.len(), first[0].as_str()), (4, "202601200200"));
    let second = page(&mut bench, "2", "4");
    assert_eq!((second.len(), second[1].as_str()), (2, "202501010000"));
    assert!(page(&mut bench, "3", "4").is_empty());
    let all = bench.good("ListBackupHistories", &on(CLUSTER), Json::Null);
    assert_eq!(all.items("/contents").len(), 6);
}

#[test]
fn the_offer_is_filtered_too() {
    let mut bench = bench();
    let count = |bench: &mut Bench<Samsung>, id: &str, asked: &[(&str, &str)]| {
        bench.good(id, asked, Json::Null).items("/contents").len()
    };
    assert_eq!(count(&mut bench, "ListEngineVersions", &[]), 6);
    assert_eq!(count(&mut bench, "ListEngineVersions", &[("eos_included", "true")]), 7);
    assert_eq!(count(&mut bench, "ListEngineVersions", &[("id", ENGINE)]), 1);
    assert_eq!(count(&mut bench, "ListEngineVersions", &[("product_image_type", "EPAS")]), 0);
    assert_eq!(count(&mut bench, "ListServerTypes", &[("name", "db1v2m4")]), 1);
    let groups = bench.good("ListParameterGroups", &[("sort", "name:desc")], Json::Null);
    assert_eq!(names(&groups)[2], "MariaDB 10.11 PISA Default", "as texts, 10.11 comes before 10.6");
    let group = groups.text("/contents/0/id").to_owned();
    let asked = [("dbaas_parameter_group_id", group.as_str()), ("size", "4"), ("page", "1")];
    let parameters = bench.good("ListParameters", &asked, Json::Null);
    assert_eq!((parameters.number("/count"), names(&parameters).len()), (6, 2));
    let wrong = [("dbaas_parameter_group_id", "none")];
    assert_eq!(bench.bad("ListParameters", &wrong, Json::Null).0, RefusalKind::Invalid);
    let wrong = [("dbaas_parameter_group_id", group.as_str()), ("sort", "name")];
    assert_eq!(bench.bad("ListParameters", &wrong, Json::Null).0, RefusalKind::Invalid);
    let known = [("dbaas_engine_version_id", ENGINE)];
    assert_eq!(count(&mut bench, "ListEngineVersionProperties", &known), 1);
}

#[test]
fn the_inventory_can_be_asked_for_by_its_ids() {
    let mut bench = bench();
    let inventory = bench.world.inventory();
    assert_eq!(inventory["cluster_id"], [CLUSTER, PAIR, REPLICA]);
    assert_eq!(inventory["instance_group_id"].len(), 3);
    assert_eq!(inventory["instance_group_id"][0], SERVERS);
    assert_eq!(inventory["block_storage_group_id"][..2], [OS_DISK, DATA_DISK]);
    for group in &inventory["dbaas_parameter_group_id"] {
        bench.good("ListParameters", &[("dbaas_parameter_group_id", group)], Json::Null);
    }
    for version in &inventory["dbaas_engine_version_id"] {
        bench.good("ListEngineVersionProperties", &[("dbaas_engine_version_id", version)], Json::Null);
    }
    for log in ["alert", "audit", "slow"] {
        let list = bench.good("ListLogExportConfigs", &[("cluster_id", CLUSTER), ("type", log)], Json::Null);
        assert_eq!((list.number("/count"), list.flag("/contents/0/is_registered")), (1, log == "alert"));
    }
}
