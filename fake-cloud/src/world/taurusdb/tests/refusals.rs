//! Requests that fit the spec but are invalid, and unknown ids. A refused request changes nothing.

use super::*;

#[test]
fn ids_of_nothing() {
    let mut bench = bench();
    for (operation, mut parameters, body) in writes() {
        parameters.iter_mut().for_each(|(name, value)| {
            if *name == "instance_id" {
                *value = "0123456789abcdef0123456789abcdefin07";
            }
        });
        assert_eq!(code(bench.call(operation, &parameters, body)), (404, "DBS.200002"), "{operation}");
    }
    for (operation, parameters, body) in writes() {
        if let [instance, ("proxy_id", _)] = parameters[..] {
            let other = [instance, ("proxy_id", "0123456789abcdef0123456789abcdefpo01")];
            assert_eq!(code(bench.call(operation, &other, body)), (400, "DBS.270024"), "{operation}");
        }
    }
    assert_eq!(code(bench.call("ShowGaussMySqlJobInfo", &[("id", "1")], Json::Null)), (400, "DBS.200543"));
    let details =
        [("instance_id", BILLS), ("job_id", "a03b1b8a-b756-467c-8a49-38720c3d23ec"), ("job_name", "x")];
    assert_eq!(code(bench.call("ShowTaskDetails", &details, Json::Null)), (400, "DBS.200543"));
}

#[test]
fn a_proxy_must_be_named_where_there_is_not_one() {
    let mut bench = bench();
    let none = bench.call("DeleteGaussMySqlProxy", &[("instance_id", BILLS)], json!({}));
    assert_eq!(code(none), (400, "DBS.270027"));
    bench.good("CreateGaussMySqlProxy", &IN_ORDERS, json!({"flavor_ref": LARGE, "node_num": 2}));
    settle(&bench);
    for (operation, body) in
        [("DeleteGaussMySqlProxy", json!({})), ("ExpandGaussMySqlProxy", json!({"node_num": 1}))]
    {
        assert_eq!(code(bench.call(operation, &IN_ORDERS, body)), (400, "DBS.270027"), "{operation}");
    }
}

#[test]
fn what_makes_no_sense_is_refused_and_changes_nothing() {
    let mut bench = bench();
    let before = all(&mut bench);
    let weight = |id: &str, weight: i64| json!([{"id": id, "weight": weight}]);
    let long = "\u{4e2d}".repeat(22);
    let create = |field: &str, value: Json| {
        let mut order = json!({"flavor_ref": LARGE, "node_num": 2});
        order.put(&format!("/{field}"), value);
        ("CreateGaussMySqlProxy", IN_ORDERS.to_vec(), order)
    };
    let front = |operation, body| (operation, ON_FRONT.to_vec(), body);
    let config = json!([{"name": "multiStatementType", "value": "x", "elem_type": "other"}]);
    let invalid_value = [
        create("flavor_ref", json!("huge")),
        create("proxy_name", json!(long)),
        create("proxy_ip", json!("192.168.0.20")),
        create("nodes_read_weight", weight("x", 1)),
        front("UpdateProxyName", json!({"alias": long})),
        front("ChangeGaussMySqlProxySpecification", json!({"flavor_ref": "huge"})),
        front("ChangeGaussMySqlProxySpecification", json!({"flavor_ref": LARGE})),
        front("SetGaussMySqlProxyWeight", json!({"readonly_nodes": weight("x", 1)})),
        front("SwitchGaussMySqlProxyEip", json!({"public_ip": "203.0.113.9", "bind": "true"})),
        front("UpdateProxyPrivateDnsName", json!({"new_dns_name": "a.b", "vpc_id": "x"})),
        front("UpgradeProxyVersion", json!({"source_version": "1", "target_version": "2.24.09.000"})),
        front("UpgradeProxyVersion", json!({"source_version": "2.24.06.000", "target_version": "9"})),
        front("UpdateProxyNewConfigurations", json!({"configurations": config})),
    ];
    let by_load = json!({"route_mode": 1, "readonly_nodes": weight(REPLICA, 2)});
    let out_of_range = [
        front("ShrinkGaussMySqlProxy", json!({"node_num": 1})),
        front("ModifyGaussMySqlProxyRouteMode", by_load),
    ];
    let nameless = [
        front("UpdateProxyPrivateDnsName", json!({"new_dns_name": "a.b", "vpc_id": VPC})),
        front("DeleteProxyPrivateDnsName", Json::Null),
        front("SwitchGaussMySqlProxyEip", json!({"public_ip": "203.0.113.9", "bind": "false"})),
    ];
    for (expected, cases) in [
        ((400, "DBS.280001"), &invalid_value[..]),
        ((400, "DBS.200461"), &out_of_range),
        ((409, "DBS.280406"), &nameless),
    ] {
        for (operation, parameters, body) in cases {
            let result = bench.call(operation, parameters, body.clone());
            assert_eq!(code(result), expected, "{operation} {body}");
        }
    }
    assert_eq!(all(&mut bench), before);
    let master = json!({"master_weight": 3, "readonly_nodes": weight(MASTER, 4)});
    bench.good("SetGaussMySqlProxyWeight", &ON_FRONT, master);
}

const VPC: &str = "3f1c2a7e-5b7d-4b0e-9a3f-2f6a1c0d9e8b";

#[test]
fn a_proxy_has_at_most_32_nodes() {
    let mut bench = bench();
    bench.good("ExpandGaussMySqlProxy", &IN_ORDERS, json!({"node_num": 30}));
    settle(&bench);
    assert_eq!(front(&mut bench).number("/proxy/node_num"), 32);
    let more = bench.call("ExpandGaussMySqlProxy", &IN_ORDERS, json!({"node_num": 1}));
    assert_eq!(code(more), (400, "DBS.200461"));
    let wrong = json!({"node_num": 2, "node_ids": ["x", "y"]});
    assert_eq!(code(bench.call("ShrinkGaussMySqlProxy", &ON_FRONT, wrong)), (400, "DBS.280001"));
}
