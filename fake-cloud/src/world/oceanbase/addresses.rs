//! Addresses of tenants, and the proxy clusters that they show.

use serde_json::{Value as Json, json};

use super::states::{PENDING_CREATE, rule_of};
use super::{Data, Instance, OceanBase, Tenant, Thing, illegal};
use crate::refusal::Refusal;
use crate::world::Ask;
use crate::world::fields::Fields;

pub(super) fn answer(world: &mut OceanBase, ask: &Ask<'_>) -> Option<Data> {
    Some(match ask.id() {
        "describeTenantAddress" => one(world, ask, |row| named(row, ask.path("addressId"))),
        "describeTenantPublicAddress" => one(world, ask, |row| row.text("/networkType") == "INTERNET"),
        "createTenantAddress" => create(world, ask),
        "deleteTenantAddress" => delete(world, ask),
        _ => return None,
    })
}

/// Whether an address has this id, in one style or the other.
pub(super) fn named(row: &Json, id: &str) -> bool {
    row.text("/addressId") == id || row.text("/tenantEndpointId") == id
}

/// An address as it is answered: with its proxy cluster as it is now.
pub(super) fn shown(instance: &Instance, row: &Json) -> Json {
    let mut row = row.clone();
    if let Some(proxy) = instance.proxies.get(row.text("/proxyClusterId")) {
        row.put("/proxyClusterInfo", proxy.clone());
    }
    row
}

fn one(world: &mut OceanBase, ask: &Ask<'_>, wanted: impl Fn(&Json) -> bool) -> Data {
    let found = world.tenant(ask)?.addresses.iter().find(|row| wanted(row)).cloned();
    let row = found.ok_or_else(|| Refusal::not_found("the tenant has no such address"))?;
    Ok(shown(world.instance(ask)?, &row))
}

/// An address that is being made.
pub(super) fn fresh(ask: &Ask<'_>, network: &str, kind: &str, role: &str) -> (String, Json) {
    let net = if network == "INTERNET" { "public-internet" } else { "private-intranet-vpc" };
    let id = format!("rs-{net}-{}", ask.ambient.hex(12));
    let row = json!({"tenantId": ask.path("tenantId"), "addressId": id, "addressStatus": PENDING_CREATE,
        "addressType": kind, "networkType": network, "role": role, "serviceType": "OBPROXY",
        "userNameFormat": "USER_AND_TENANT"});
    (id, row)
}

/// Takes on the work on an address that was just made.
pub(super) fn add(world: &mut OceanBase, ask: &Ask<'_>, id: String, row: Json) -> Data {
    world.ready(ask)?.addresses.push(row);
    world.accept(ask, Thing::address(ask, &id), rule_of(ask.id()), |_| ())?;
    Ok(json!({"addressId": id}))
}

fn create(world: &mut OceanBase, ask: &Ask<'_>) -> Data {
    let kind = ask.body().text("/vipServiceType");
    let (network, address, role) = match kind {
        "OBPROXY_INTERNET" => ("INTERNET", "MASTER", "READWRITE"),
        "OBPROXY_READONLY" => ("INTRANET", "READONLY", "READONLY"),
        "OBPROXY_READWRITE" => ("INTRANET", "READWRITE", "READWRITE"),
        "OBPROXY_INTRANET" | "OBPROXY_INTRANET_PEERING" => ("INTRANET", "MASTER", "READWRITE"),
        _ => return Err(Refusal::invalid(format!("there is no address of the type {kind}"))),
    };
    let same = |row: &&Json| row.text("/networkType") == network && row.text("/addressType") == address;
    let tenant: &mut Tenant = world.ready(ask)?;
    if network == "INTERNET" && tenant.addresses.iter().any(|row| same(&row)) {
        return Err(illegal("the tenant has a public address already"));
    }
    let (id, mut row) = fresh(ask, network, address, role);
    let net = if network == "INTERNET" { "internet" } else { "intranet" };
    row.put(&format!("/{net}Address"), format!("{}.mysql.oceanbase.example", ask.path("tenantId")));
    row.put(&format!("/{net}Port"), 3306);
    add(world, ask, id, row)
}

fn delete(world: &mut OceanBase, ask: &Ask<'_>) -> Data {
    let asked = ask.path("addressId");
    let found = world.ready(ask)?.addresses.iter().find(|row| named(row, asked));
    let Some(id) = found.map(|row| row.text("/addressId").to_owned()) else {
        return Err(Refusal::not_found(format!("there is no address {asked}")));
    };
    world.accept(ask, Thing::address(ask, &id), rule_of(ask.id()), |_| ())?;
    Ok(json!(true))
}
