//! The resources at the start: those of the spec's examples, with their ids, consistent with each other.
//!
//! The instance `shop` has the tenant `orders`, which has an address behind a proxy cluster, an open private link
//! service, an IP group, a database and its user.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::{OceanBase, OceanBaseInstance, Tenant};
use crate::world::contract::{Inventory, WorldContext};
use crate::world::fields::Fields;

/// The id of another instance, in the example of one vendor page.
const SECOND: &str = "obcluster-*****";
/// The id of the address in the other form, from another page.
const ENDPOINT_ID: &str = "obe-4tw51gp7****";
/// The id of the private link service, which no example distinguishes from the other address.
const LINK: &str = "rs-private-intranet-vpc-privatelink-7d1f****";

pub(super) fn fill(world: &mut OceanBase, start: &WorldContext<'_>) {
    let data = |operation: &str| start.example(operation).get("data").cloned().unwrap_or_default();
    let first = |operation: &str| data(operation).items("/dataList").first().cloned().into_iter().collect();
    let mut detail = data("describeInstance");
    detail.put("/projectId", world.project.clone());
    let disk = data("describeInstances").number("/dataList/0/diskSize");
    let address = data("describeTenantAddress");
    let proxy = address.pointer("/proxyClusterInfo").cloned().unwrap_or_default();
    let mut tenant = Tenant {
        detail: data("describeTenant"),
        addresses: vec![address.clone(), service(&address)],
        databases: first("describeDatabases"),
        users: first("describeTenantUsers"),
        groups: first("describeTenantSecurityIpGroups"),
    };
    tenant.detail.put("/tenantConnections", Json::Null);
    let proxies = BTreeMap::from([(proxy.text("/proxyClusterId").to_owned(), proxy)]);
    let tenants = BTreeMap::from([(tenant.detail.text("/tenantId").to_owned(), tenant)]);
    let mut second = detail.clone();
    second.put("/instanceId", SECOND);
    second.put("/instanceName", "reports");
    let second =
        OceanBaseInstance { detail: second, disk, proxies: proxies.clone(), tenants: BTreeMap::new() };
    world
        .instances
        .insert(detail.text("/instanceId").to_owned(), OceanBaseInstance { detail, disk, proxies, tenants });
    world.instances.insert(SECOND.to_owned(), second);
}

/// A private link service beside an address, open and without connections.
fn service(beside: &Json) -> Json {
    let mut row = beside.clone();
    row.put("/addressId", LINK);
    row.put("/tenantEndpointId", ENDPOINT_ID);
    row.put("/privateLinkServiceId", "vpce-svc-0a1b****");
    row.put("/privateLinkList", json!([]));
    row
}

/// Ids of all resources.
pub(super) fn ids(world: &OceanBase) -> Inventory {
    let mut ids = Inventory::new();
    let mut note = |name, id: &str| {
        let known: &mut Vec<String> = ids.entry(name).or_default();
        if !known.iter().any(|other| other == id) {
            known.push(id.to_owned());
        }
    };
    for (id, instance) in &world.instances {
        note("instanceId", id);
        for (id, tenant) in &instance.tenants {
            note("tenantId", id);
            tenant.addresses.iter().for_each(|row| note("addressId", row.text("/addressId")));
            tenant.databases.iter().for_each(|row| note("databaseName", row.text("/databaseName")));
            tenant.users.iter().for_each(|row| note("userName", row.text("/userName")));
        }
        instance.proxies.keys().for_each(|id| note("proxyClusterId", id));
    }
    ids
}
