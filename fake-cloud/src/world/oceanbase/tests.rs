//! The world of OceanBase Cloud, called without sockets.

mod life;
mod refusals;
mod states;

use serde_json::{Value as Json, json};

use super::OceanBase;
use crate::world::bench::Bench;
use crate::world::fields::Fields;

const INSTANCE: &str = "ob317v4uif****";
const TENANT: &str = "t33h8y08k****";
const ADDRESS: &str = "rs-private-intranet-vpc-3c7h****";
const LINK: &str = "rs-private-intranet-vpc-privatelink-7d1f****";
const PROXY: &str = "proxy-6tvgz6z2****";
/// Longer than any work of the table.
const LONG: i64 = 60_000;

fn bench() -> Bench<OceanBase> {
    Bench::new("oceanbase-cloud-v2", OceanBase::new)
}

const ON: [(&str, &str); 1] = [("instanceId", INSTANCE)];
const IN: [(&str, &str); 2] = [("instanceId", INSTANCE), ("tenantId", TENANT)];

fn at(address: &str) -> Vec<(&str, &str)> {
    [&IN[..], &[("addressId", address)]].concat()
}

/// An order for an instance.
fn order(name: &str, cloud: &str) -> Json {
    json!({"cloudProvider": cloud, "region": "r", "zones": "ra, rb, rc", "obVersion": "4.2.1", "replicaMode": "3",
        "instanceClass": "4C16G", "diskSize": 100, "instanceName": name})
}

/// A change of the proxy cluster.
fn units(count: i64) -> Json {
    json!({"instanceId": INSTANCE, "proxyClusterId": PROXY, "unitNum": count, "mode": "k8s_shared", "zone": "z2", "odpClusterNodeType": "normal"})
}

/// The rows of a list.
fn rows(response: &Json) -> Vec<String> {
    let name = |row: &Json| {
        let names = ["/instanceName", "/tenantName", "/databaseName", "/userName", "/securityIpGroupName"];
        names.iter().map(|name| row.text(name)).find(|name| !name.is_empty()).unwrap_or_default().to_owned()
    };
    response.items("/data/dataList").iter().map(name).collect()
}
