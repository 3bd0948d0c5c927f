//! Private links: a service is opened, accounts are permitted, and an endpoint is connected and confirmed.
//!
//! The address of the service has a status, and so has each link of it. The vendor lists no values for the latter; here
//! they are those of addresses: PENDING_CREATE from the connection until the confirmation is carried out, then ONLINE,
//! and PENDING_DELETE while it is removed. Instances on Alibaba Cloud have no private links, according to the vendor.

use serde_json::{Value as Json, json};

use super::refusals::illegal;
use super::states::{ONLINE, PENDING_CREATE};
use super::target::{LINKS, Target, position};
use super::writes::{DELETE_LINK, rule_of};
use super::{Data, OceanBase, OceanBaseHandler, addresses};
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::request::WorldRequest;

pub(super) fn handler(operation: &str) -> Option<OceanBaseHandler> {
    Some(match operation {
        "describeTenantPrivateLink" => rows,
        "createPrivateLinkService" => |world, call| open(world, call, "MASTER", "READWRITE"),
        "createReadonlyPrivatelink" => |world, call| open(world, call, "READONLY", "READONLY"),
        "addPrivateLinkServiceUser" => |world, call| address(world, call).map(|_| json!({})),
        "connectPrivateLinkService" => connect,
        "updatePrivatelinkInformation" => inform,
        "confirmPrivatelinkConnection" => confirm,
        "deletePrivatelinkEndpoint" => delete,
        _ => return None,
    })
}

/// Whether endpoints can connect to an address.
fn is_service(row: &Json) -> bool {
    row.given(LINKS).is_some()
}

/// The private address of a request: the one that it names, or the primary one.
fn address<'w>(world: &'w mut OceanBase, call: &WorldRequest<'_>) -> Result<&'w mut Json, Refusal> {
    let named = call.text("addressId").or_else(|| call.body().given("/addressId").and_then(Json::as_str));
    let wanted = |row: &Json| match named {
        Some(id) => addresses::named(row, id),
        None => row.text("/addressType") == "MASTER",
    };
    let mut rows = world.ready(call)?.addresses.iter_mut().filter(|row| is_service(row));
    let row = rows.find(|row| wanted(row));
    let row = row.ok_or_else(|| illegal("the private link service is not open; create it first"))?;
    match row.text("/addressStatus") {
        ONLINE => Ok(row),
        status => Err(illegal(format!("the private link service is {status}, not {ONLINE}"))),
    }
}

fn rows(world: &mut OceanBase, call: &WorldRequest<'_>) -> Data {
    let wanted = |row: &&Json| match call.text("addressId") {
        Some(id) => addresses::named(row, id),
        None => row.text("/addressType") == "MASTER",
    };
    let rows: Vec<_> =
        world.tenant(call)?.addresses.iter().filter(|row| is_service(row)).filter(wanted).cloned().collect();
    let instance = world.instance(call)?;
    Ok(rows.iter().map(|row| addresses::shown(instance, row)).collect())
}

fn open(world: &mut OceanBase, call: &WorldRequest<'_>, kind: &str, role: &str) -> Data {
    let (id, mut row) = addresses::fresh(call, "INTRANET", kind, role);
    row.put(LINKS, json!([]));
    row.put("/privateLinkUserAccount", call.body().text("/userAccount"));
    row.put("/privateLinkServiceId", format!("vpce-svc-{}", call.runtime.hex(12)));
    addresses::add(world, call, id, row)
}

fn connect(world: &mut OceanBase, call: &WorldRequest<'_>) -> Data {
    if world.instance(call)?.detail.text("/cloudProvider") == "ALIYUN" {
        return Err(illegal("instances on Alibaba Cloud cannot be connected to"));
    }
    let endpoint = call.body().text("/endpointId");
    if endpoint.is_empty() {
        return Err(Refusal::invalid("the endpoint has no id"));
    }
    let row = address(world, call)?;
    let service = row.text("/privateLinkServiceId").to_owned();
    let mut link = json!({"privateLinkStatus": PENDING_CREATE, "privateLinkEndpointId": endpoint,
        "privateLinkServiceId": service});
    if let Some(place) = call.body().given("/userEndpointAddress") {
        link.put("/intranetAddress", place.clone());
    }
    match position(row, endpoint) {
        // A second request for the same endpoint changes nothing.
        Some(_) => {}
        None => row.push(LINKS, link),
    }
    Ok(json!({}))
}

/// The link of the body's endpoint.
fn link<'r>(row: &'r mut Json, call: &WorldRequest<'_>) -> Result<&'r mut Json, Refusal> {
    let endpoint = call.body().text("/endpointId");
    let place = position(row, endpoint);
    let link = place.and_then(|place| row.items_mut(LINKS).get_mut(place));
    link.ok_or_else(|| illegal(format!("the endpoint {endpoint} is not connected")))
}

fn inform(world: &mut OceanBase, call: &WorldRequest<'_>) -> Data {
    let place = call.body().text("/userEndpointAddress");
    link(address(world, call)?, call)?.put("/intranetAddress", place);
    Ok(json!({}))
}

fn confirm(world: &mut OceanBase, call: &WorldRequest<'_>) -> Data {
    let row = address(world, call)?;
    link(row, call)?;
    let target = Target::link(call, row.text("/addressId"), call.body().text("/endpointId"));
    world.accept(call, target, rule_of(call.id()), |_| ())?;
    Ok(json!(true))
}

/// Removes one endpoint, or, if none is named, the whole service.
fn delete(world: &mut OceanBase, call: &WorldRequest<'_>) -> Data {
    let row = address(world, call)?;
    let address = row.text("/addressId").to_owned();
    let Some(endpoint) = call.text("endpointId") else {
        world.accept(call, Target::address(call, &address), rule_of(call.id()), |_| ())?;
        return Ok(json!(true));
    };
    if position(row, endpoint).is_none() {
        return Err(Refusal::not_found(format!("there is no endpoint {endpoint}")));
    }
    world.accept(call, Target::link(call, &address, endpoint), &DELETE_LINK, |_| ())?;
    Ok(json!(true))
}
