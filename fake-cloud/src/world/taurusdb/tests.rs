//! The world of TaurusDB, called without sockets.

mod effects;
mod instances;
mod jobs;
mod lists;
mod refusals;
mod states;

use serde_json::{Value as Json, json};

use super::Taurusdb;
use crate::message::refusal::{Refusal, RefusalKind};
use crate::world::bench::{Bench, NOW, PACE};
use crate::world::fields::Fields;

const ORDERS: &str = "096c0fc43e804757b59946b80dc27f8bin07";
const BILLS: &str = "1c7d3f5a9b2e4806ad4f6c8e0b1d2f3ain07";
const FRONT: &str = "fbece38953e24a2b891488ed2fdf81abpo01";
const MASTER: &str = "6a6ee8e3ed9f4ebbab5e2b5d6a1c9a2dno07";
const REPLICA: &str = "0f3c2b1a9d8e4f7ab6c5d4e3f2a1b0c9no07";
const LARGE: &str = "gaussdb.proxy.large.x86.2";
const XLARGE: &str = "gaussdb.proxy.xlarge.x86.2";

type TaurusdbBench = Bench<Taurusdb>;

fn bench() -> TaurusdbBench {
    Bench::new("huawei-taurusdb-v3", Taurusdb::new)
}

const IN_ORDERS: [(&str, &str); 1] = [("instance_id", ORDERS)];
const ON_FRONT: [(&str, &str); 2] = [("instance_id", ORDERS), ("proxy_id", FRONT)];

/// The rows of the list of proxies.
fn proxies(bench: &mut TaurusdbBench, instance: &str) -> Vec<Json> {
    let list = bench.good("ShowGaussMySqlProxyList", &[("instance_id", instance)], Json::Null);
    list.items("/proxy_list").to_vec()
}

/// The row of the proxy of the inventory.
fn front(bench: &mut TaurusdbBench) -> Json {
    proxies(bench, ORDERS).into_iter().find(|row| row.text("/proxy/pool_id") == FRONT).unwrap_or_default()
}

/// Completes all work.
fn settle(bench: &TaurusdbBench) {
    bench.pass(100 * PACE);
}

/// Everything that a caller can see of the inventory.
fn all(bench: &mut TaurusdbBench) -> Vec<Json> {
    let mut seen = vec![bench.good("ListGaussMySqlInstances", &[], Json::Null)];
    for instance in [ORDERS, BILLS] {
        seen.push(bench.good("ShowGaussMySqlInstanceInfo", &[("instance_id", instance)], Json::Null));
        seen.extend(proxies(bench, instance));
    }
    for read in ["ShowProxyIpgroup", "ShowProxyConfigurations"] {
        seen.push(bench.good(read, &ON_FRONT, Json::Null));
    }
    seen.push(bench.good("ListImmediateJobs", &[], Json::Null));
    seen.push(bench.good("ListScheduleJobs", &[], Json::Null));
    seen
}

type ProxyCase = (&'static str, Vec<(&'static str, &'static str)>, Json);

/// A valid request for every write to a proxy of the inventory.
fn writes() -> Vec<ProxyCase> {
    let front = |operation, body| (operation, ON_FRONT.to_vec(), body);
    let inside = |operation, body| (operation, IN_ORDERS.to_vec(), body);
    let vpc = "3f1c2a7e-5b7d-4b0e-9a3f-2f6a1c0d9e8b";
    vec![
        inside("DeleteGaussMySqlProxy", json!({"proxy_ids": [FRONT]})),
        inside("ExpandGaussMySqlProxy", json!({"node_num": 2})),
        front("ShrinkGaussMySqlProxy", json!({"node_num": 1})),
        front("ChangeGaussMySqlProxySpecification", json!({"flavor_ref": XLARGE})),
        front("RestartProxyInstance", Json::Null),
        front("UpdateProxyPort", json!({"port": 3308})),
        front("SetGaussMySqlProxyWeight", json!({"readonly_nodes": [{"id": REPLICA, "weight": 7}]})),
        front("ModifyGaussMySqlProxyRouteMode", json!({"route_mode": 2, "master_weight": 1})),
        front("UpdateProxySessionConsistence", json!({"session_consistence": "true"})),
        front("UpdateProxyConnectionPoolType", json!({"connection_pool_type": "SESSION"})),
        inside("UpdateTransactionSplitStatus", json!({"transaction_split": "ON", "proxy_id_list": [FRONT]})),
        front("SwitchGaussMySqlProxySsl", json!({"ssl_option": true})),
        front(
            "SwitchGaussMySqlProxyEip",
            json!({"public_ip": "203.0.113.9", "public_ip_id": "e", "bind": "true"}),
        ),
        front("SwitchGaussMySqlProxyAlt", json!({"alt_enabled": "on"})),
        front("CreateProxyDnsName", Json::Null),
        front("UpdateProxyPrivateDnsName", json!({"new_dns_name": "front.internal", "vpc_id": vpc})),
        front("DeleteProxyPrivateDnsName", Json::Null),
        front(
            "UpdateProxyNewConfigurations",
            json!({"configurations": [{"name": "multiStatementType", "value": "Parse", "elem_type": "system"}]}),
        ),
        front(
            "UpgradeProxyVersion",
            json!({"source_version": "2.24.06.000", "target_version": "2.24.09.000"}),
        ),
        front("UpdateProxyName", json!({"alias": "back"})),
        front("UpdateNewNodeAutoAddSwitch", json!({"switch_status": "ON", "weight": 9})),
        front("SwitchAccessControl", json!({"open_access_control": false})),
        front("CreateAccessControl", json!({"type": "black", "ip_list": [{"ip": "10.0.0.0/8"}]})),
    ]
}

/// Brings the world into the state that a write of [`writes`] needs.
fn prepare(bench: &mut TaurusdbBench, operation: &str) {
    let proxy = &mut bench.world.instances.get_mut(ORDERS).unwrap().proxies[0];
    match operation {
        "ShrinkGaussMySqlProxy" => {
            let nodes = [proxy.nodes(), proxy.nodes()].concat();
            proxy.set_nodes(nodes);
        }
        "UpdateProxyPrivateDnsName" | "DeleteProxyPrivateDnsName" => proxy.dns = Some("old".to_owned()),
        _ => {}
    }
}

fn code(result: Result<Json, Refusal>) -> (u16, &'static str) {
    match result.map_err(|refusal| refusal.kind) {
        Err(RefusalKind::Own(status, code)) => (status, code),
        Err(RefusalKind::NotFound) => (404, "DBS.200002"),
        other => panic!("not refused by the service: {other:?}"),
    }
}
