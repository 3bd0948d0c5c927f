//! Lists of instances and proxies: filters and pages, and both names of a status.

use super::*;

fn found(bench: &mut TaurusdbBench, query: &[(&str, &str)]) -> Vec<String> {
    let list = bench.good("ListGaussMySqlInstances", query, Json::Null);
    list.items("/instances").iter().map(|row| row.text("/name").to_owned()).collect()
}

#[test]
fn filters_pick_and_all_must_match() {
    let mut bench = bench();
    assert_eq!(found(&mut bench, &[]), ["bills", "orders"]);
    for query in [
        &[("name", "orders")][..],
        &[("name", "*rder")],
        &[("id", "*0fc43e")],
        &[("tags", "team=shop")],
        &[("private_ip", "192.168.0.10")],
        &[("readonly_private_ip", "192.168.0.12")],
        &[("proxy_ip", "192.168.0.20")],
        &[("type", "Cluster"), ("datastore_type", "gaussdb-mysql"), ("name", "*o")],
    ] {
        assert_eq!(found(&mut bench, query), ["orders"], "{query:?}");
    }
    for query in [&[("name", "order")][..], &[("tags", "team=shop,stage=test")], &[("vpc_id", "x")]] {
        assert!(found(&mut bench, query).is_empty(), "{query:?}");
    }
    let broken = bench.call("ListGaussMySqlInstances", &[("tags", "team")], Json::Null);
    assert_eq!(code(broken), (400, "DBS.280001"));
}

#[test]
fn pages_are_cut_and_the_total_counts_all() {
    let mut bench = bench();
    assert_eq!(found(&mut bench, &[("offset", "1"), ("limit", "1")]), ["orders"]);
    let page = bench.good("ListGaussMySqlInstances", &[("limit", "1")], Json::Null);
    assert_eq!((page.number("/total_count"), page.items("/instances").len()), (2, 1));
    let order = json!({"flavor_ref": LARGE, "node_num": 2});
    for _ in 0..3 {
        bench.good("CreateGaussMySqlProxy", &IN_ORDERS, order.clone());
        settle(&bench);
    }
    let rest = [("instance_id", ORDERS), ("offset", "3"), ("limit", "2")];
    assert_eq!(bench.good("ShowGaussMySqlProxyList", &rest, Json::Null).items("/proxy_list").len(), 1);
    let fifth = bench.call("CreateGaussMySqlProxy", &IN_ORDERS, order);
    assert_eq!(code(fifth), (409, "DBS.280406"));
    let rows = proxies(&mut bench, ORDERS);
    let mut addresses: Vec<&str> = rows.iter().map(|row| row.text("/proxy/address")).collect();
    addresses.sort_unstable();
    addresses.dedup();
    assert_eq!(addresses.len(), 4);
}

#[test]
fn the_newer_calls_show_the_same_in_other_words() {
    let mut bench = bench();
    let (older, newer) = ("ShowGaussMySqlInstanceInfo", "ShowGaussMySqlInstanceInfoUnifyStatus");
    let (v3, v31) = (bench.good(older, &IN_ORDERS, Json::Null), bench.good(newer, &IN_ORDERS, Json::Null));
    assert_eq!((v3.text("/instance/status"), v31.text("/instance/status")), ("ACTIVE", "normal"));
    assert_eq!(v3["instance"]["nodes"], v31["instance"]["nodes"]);
    assert!(v3.pointer("/instance/eos_tag").is_none() && v31.pointer("/instance/eos_tag").is_some());
    let list = bench.good("ListGaussMySqlInstancesUnifyStatus", &[("name", "bills")], Json::Null);
    assert_eq!(list.text("/instances/0/status"), "normal");
}

#[test]
fn settings_are_picked_by_name() {
    let mut bench = bench();
    for (name, count) in [("multiStatementType", 1), ("none", 0)] {
        let query = [("instance_id", ORDERS), ("proxy_id", FRONT), ("name", name)];
        assert_eq!(bench.good("ShowProxyConfigurations", &query, Json::Null).number("/total_count"), count);
    }
}
