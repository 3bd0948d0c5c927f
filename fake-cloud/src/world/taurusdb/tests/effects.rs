//! The effects of writes, and when they are visible.

use super::*;

/// A value in the row of the proxy after a write of [`writes`].
fn after(operation: &str) -> Option<(&'static str, Json)> {
    Some(match operation {
        "ExpandGaussMySqlProxy" => ("/proxy/node_num", json!(4)),
        "ShrinkGaussMySqlProxy" => ("/proxy/node_num", json!(3)),
        "ChangeGaussMySqlProxySpecification" => ("/proxy/vcpus", json!("4")),
        "UpdateProxyPort" => ("/proxy/port", json!(3308)),
        "SetGaussMySqlProxyWeight" => ("/readonly_nodes/0/weight", json!(7)),
        "ModifyGaussMySqlProxyRouteMode" => ("/proxy/route_mode", json!(2)),
        "UpdateProxySessionConsistence" => ("/proxy/consistence_mode", json!("session")),
        "UpdateProxyConnectionPoolType" => ("/proxy/connection_pool_type", json!("SESSION")),
        "UpdateTransactionSplitStatus" => ("/proxy/transaction_split", json!("ON")),
        "SwitchGaussMySqlProxySsl" => ("/proxy/ssl_option", json!("true")),
        "SwitchGaussMySqlProxyEip" => ("/proxy/eip", json!("203.0.113.9")),
        _ => return None,
    })
}

#[test]
fn a_change_shows_when_its_job_is_done_and_not_before() {
    let mut seen = 0;
    for (operation, parameters, body) in writes() {
        let Some((pointer, value)) = after(operation) else { continue };
        let mut bench = bench();
        prepare(&mut bench, operation);
        let before = front(&mut bench).pointer(pointer).cloned();
        assert_ne!(before.as_ref(), Some(&value), "{operation} changes nothing");
        let job = bench.good(operation, &parameters, body).text("/job_id").to_owned();
        while bench.call("ShowGaussMySqlJobInfo", &[("id", &job)], Json::Null).is_err()
            || bench.good("ShowGaussMySqlJobInfo", &[("id", &job)], Json::Null).text("/job/status")
                == "Running"
        {
            assert_eq!(front(&mut bench).pointer(pointer).cloned(), before, "{operation}");
            bench.pass(PACE / 4);
        }
        assert_eq!(front(&mut bench).pointer(pointer), Some(&value), "{operation}");
        seen += 1;
    }
    assert_eq!(seen, 11);
}

#[test]
fn what_is_done_at_once_shows_at_once() {
    let mut bench = bench();
    for (operation, parameters, body) in writes() {
        let response = match operation {
            "UpdateProxyName" | "UpdateNewNodeAutoAddSwitch" => json!({"result": "success"}),
            "SwitchAccessControl" | "CreateAccessControl" => json!({"open_access_control": false}),
            _ => continue,
        };
        assert_eq!(bench.good(operation, &parameters, body), response, "{operation}");
    }
    let row = front(&mut bench);
    assert_eq!((row.text("/proxy/name"), row.text("/proxy/new_node_auto_add_status")), ("back", "ON"));
    let access = bench.good("ShowProxyIpgroup", &ON_FRONT, Json::Null);
    assert_eq!((access.flag("/enable_ip_group"), access.text("/type")), (false, "black"));
    assert_eq!(access.items("/ip_group/ip_list"), [json!({"ip": "10.0.0.0/8", "description": ""})]);
}

#[test]
fn a_port_that_is_there_needs_no_job() {
    let mut bench = bench();
    assert_eq!(bench.good("UpdateProxyPort", &ON_FRONT, json!({"port": 3306})), json!({}));
    bench.good("UpdateProxyPort", &ON_FRONT, json!({"port": 3308}));
}

#[test]
fn the_engine_is_upgraded_and_set() {
    let mut bench = bench();
    let version = [("instance_id", ORDERS), ("proxy_id", FRONT), ("engine_name", "taurusproxy")];
    assert!(bench.good("ShowProxyVersion", &version, Json::Null).flag("/can_upgrade"));
    for (operation, parameters, body) in writes() {
        if ["UpgradeProxyVersion", "UpdateProxyNewConfigurations"].contains(&operation) {
            let response = bench.good(operation, &parameters, body);
            let workflow = response.text("/update_result/0/workflow_id").len() == 36;
            assert_eq!(workflow, operation == "UpgradeProxyVersion", "{response}");
            settle(&bench);
        }
    }
    let now = bench.good("ShowProxyVersion", &version, Json::Null);
    assert_eq!((now.text("/current_version"), now.flag("/can_upgrade")), ("2.24.09.000", false));
    let settings = bench.good("ShowProxyConfigurations", &ON_FRONT, Json::Null);
    assert_eq!(settings.text("/configurations/0/value"), "Parse");
}

#[test]
fn a_proxy_is_opened_and_closed() {
    let mut bench = bench();
    let order = json!({"flavor_ref": XLARGE, "node_num": 3, "proxy_name": "reports", "proxy_mode": "readonly",
        "nodes_read_weight": [{"id": REPLICA, "weight": 5}]});
    bench.good("CreateGaussMySqlProxy", &IN_ORDERS, order);
    let shown = |bench: &mut TaurusdbBench| bench.good("ShowGaussMySqlInstanceInfo", &IN_ORDERS, Json::Null);
    assert_eq!(proxies(&mut bench, ORDERS)[1].text("/proxy/status"), "ENABLING PROXY");
    assert_eq!(shown(&mut bench).items("/instance/proxies").len(), 1);
    settle(&bench);
    let row = proxies(&mut bench, ORDERS).remove(1);
    assert_eq!((row.text("/proxy/status"), row.text("/proxy/type")), ("ACTIVE", "readonly"));
    assert_eq!((row.number("/proxy/node_num"), row.items("/proxy/nodes").len()), (3, 3));
    assert_eq!((row.number("/master_node/weight"), row.number("/readonly_nodes/0/weight")), (100, 5));
    assert_ne!(row.text("/proxy/address"), front(&mut bench).text("/proxy/address"));
    assert_eq!(shown(&mut bench).items("/instance/proxies").len(), 2);
    let id = row.text("/proxy/pool_id").to_owned();
    assert!(id.len() == 36 && id.ends_with("po01"), "{id}");

    bench.good("DeleteGaussMySqlProxy", &IN_ORDERS, json!({"proxy_ids": [id, FRONT]}));
    bench.pass(PACE);
    assert_eq!(front(&mut bench).text("/proxy/status"), "DISABLING PROXY");
    settle(&bench);
    assert!(
        proxies(&mut bench, ORDERS).is_empty() && shown(&mut bench).items("/instance/proxies").is_empty()
    );
    assert_eq!(code(bench.call("ShowProxyIpgroup", &ON_FRONT, Json::Null)), (400, "DBS.270024"));
}

#[test]
fn nodes_are_taken_away_by_id() {
    let mut bench = bench();
    bench.good("ExpandGaussMySqlProxy", &IN_ORDERS, json!({"node_num": 1, "proxy_id": FRONT}));
    settle(&bench);
    let ids: Vec<String> =
        front(&mut bench).items("/proxy/nodes").iter().map(|node| node.text("/id").to_owned()).collect();
    bench.good("ShrinkGaussMySqlProxy", &ON_FRONT, json!({"node_num": 1, "node_ids": [ids[1]]}));
    settle(&bench);
    let left: Vec<String> =
        front(&mut bench).items("/proxy/nodes").iter().map(|node| node.text("/id").to_owned()).collect();
    assert_eq!(left, [ids[0].clone(), ids[2].clone()]);
}

#[test]
fn a_public_address_is_bound_and_unbound() {
    let mut bench = bench();
    let bind = |bind: &str, ip: &str| json!({"public_ip": ip, "public_ip_id": "e", "bind": bind});
    bench.good("SwitchGaussMySqlProxyEip", &ON_FRONT, bind("true", "203.0.113.9"));
    settle(&bench);
    for wrong in [bind("true", "203.0.113.10"), bind("false", "203.0.113.10")] {
        let refused = bench.call("SwitchGaussMySqlProxyEip", &ON_FRONT, wrong);
        assert_eq!(code(refused), (409, "DBS.280406"));
    }
    bench.good("SwitchGaussMySqlProxyEip", &ON_FRONT, bind("false", "203.0.113.9"));
    settle(&bench);
    assert_eq!(front(&mut bench).text("/proxy/eip"), "");
}
