//! Addresses of tenants, and their proxy clusters.

use serde_json::{Value as Json, json};

use super::refusals::illegal;
use super::states::PENDING_CREATE;
use super::target::Target;
use super::writes::rule_of;
use super::{Data, OceanBase, OceanBaseHandler, OceanBaseInstance, Tenant};
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::request::WorldRequest;

pub(super) fn handler(operation: &str) -> Option<OceanBaseHandler> {
    Some(match operation {
        "describeTenantAddress" => |world, call| one(world, call, |row| named(row, call.path("addressId"))),
        "describeTenantPublicAddress" => {
            |world, call| one(world, call, |row| row.text("/networkType") == "INTERNET")
        }
        "createTenantAddress" => create,
        "deleteTenantAddress" => delete,
        _ => return None,
    })
}

/// Whether an address has this id, in either form.
pub(super) fn named(row: &Json, id: &str) -> bool {
    row.text("/addressId") == id || row.text("/tenantEndpointId") == id
}

/// An address in a response: with the present state of its proxy cluster.
pub(super) fn shown(instance: &OceanBaseInstance, row: &Json) -> Json {
    let mut row = row.clone();
    if let Some(proxy) = instance.proxies.get(row.text("/proxyClusterId")) {
        row.put("/proxyClusterInfo", proxy.clone());
    }
    row
}

fn one(world: &mut OceanBase, call: &WorldRequest<'_>, wanted: impl Fn(&Json) -> bool) -> Data {
    let found = world.tenant(call)?.addresses.iter().find(|row| wanted(row)).cloned();
    let row = found.ok_or_else(|| Refusal::not_found("the tenant has no such address"))?;
    Ok(shown(world.instance(call)?, &row))
}

/// An address that is being created.
pub(super) fn fresh(call: &WorldRequest<'_>, network: &str, kind: &str, role: &str) -> (String, Json) {
    let net = if network == "INTERNET" { "public-internet" } else { "private-intranet-vpc" };
    let id = format!("rs-{net}-{}", call.runtime.hex(12));
    let row = json!({"tenantId": call.path("tenantId"), "addressId": id, "addressStatus": PENDING_CREATE,
        "addressType": kind, "networkType": network, "role": role, "serviceType": "OBPROXY",
        "userNameFormat": "USER_AND_TENANT"});
    (id, row)
}

/// Starts the work on a new address.
pub(super) fn add(world: &mut OceanBase, call: &WorldRequest<'_>, id: String, row: Json) -> Data {
    world.ready(call)?.addresses.push(row);
    world.accept(call, Target::address(call, &id), rule_of(call.id()), |_| ())?;
    Ok(json!({"addressId": id}))
}

fn create(world: &mut OceanBase, call: &WorldRequest<'_>) -> Data {
    let kind = call.body().text("/vipServiceType");
    let (network, address, role) = match kind {
        "OBPROXY_INTERNET" => ("INTERNET", "MASTER", "READWRITE"),
        "OBPROXY_READONLY" => ("INTRANET", "READONLY", "READONLY"),
        "OBPROXY_READWRITE" => ("INTRANET", "READWRITE", "READWRITE"),
        "OBPROXY_INTRANET" | "OBPROXY_INTRANET_PEERING" => ("INTRANET", "MASTER", "READWRITE"),
        _ => return Err(Refusal::invalid(format!("there is no address of the type {kind}"))),
    };
    let same = |row: &&Json| row.text("/networkType") == network && row.text("/addressType") == address;
    let tenant: &mut Tenant = world.ready(call)?;
    if network == "INTERNET" && tenant.addresses.iter().any(|row| same(&row)) {
        return Err(illegal("the tenant has a public address already"));
    }
    let (id, mut row) = fresh(call, network, address, role);
    let net = if network == "INTERNET" { "internet" } else { "intranet" };
    row.put(&format!("/{net}Address"), format!("{}.mysql.oceanbase.example", call.path("tenantId")));
    row.put(&format!("/{net}Port"), 3306);
    add(world, call, id, row)
}

fn delete(world: &mut OceanBase, call: &WorldRequest<'_>) -> Data {
    let asked = call.path("addressId");
    let found = world.ready(call)?.addresses.iter().find(|row| named(row, asked));
    let Some(id) = found.map(|row| row.text("/addressId").to_owned()) else {
        return Err(Refusal::not_found(format!("there is no address {asked}")));
    };
    world.accept(call, Target::address(call, &id), rule_of(call.id()), |_| ())?;
    Ok(json!(true))
}
