//! Private links: a service is opened, accounts are allowed, an endpoint is connected and confirmed.
//!
//! The vendor does not say which states a link goes through; here a connection is PENDING_CREATE until it is
//! confirmed, and then ONLINE. Instances on Alibaba Cloud cannot be connected to, as the vendor says.

use serde_json::{Value as Json, json};

use super::states::{ONLINE, PENDING_CREATE, rule_of};
use super::{Data, OceanBase, Target, addresses, illegal};
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::request::WorldRequest;

const LINKS: &str = "/privateLinkList";

pub(super) fn response(world: &mut OceanBase, call: &WorldRequest<'_>) -> Option<Data> {
    Some(match call.id() {
        "describeTenantPrivateLink" => rows(world, call),
        "createPrivateLinkService" => open(world, call, "MASTER", "READWRITE"),
        "createReadonlyPrivatelink" => open(world, call, "READONLY", "READONLY"),
        "addPrivateLinkServiceUser" => address(world, call).map(|_| json!({})),
        "connectPrivateLinkService" => connect(world, call),
        "updatePrivatelinkInformation" => inform(world, call),
        "confirmPrivatelinkConnection" => confirm(world, call),
        "deletePrivatelinkEndpoint" => untie(world, call),
        _ => return None,
    })
}

/// Whether an address is one that endpoints connect to.
fn is_service(row: &Json) -> bool {
    row.given(LINKS).is_some()
}

/// The private address of a request: named, or the primary one.
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
        // The same endpoint again changes nothing.
        Some(_) => {}
        None => row.push(LINKS, link),
    }
    Ok(json!({}))
}

fn position(row: &Json, endpoint: &str) -> Option<usize> {
    row.items(LINKS).iter().position(|link| link.text("/privateLinkEndpointId") == endpoint)
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
    let endpoint = call.body().text("/endpointId").to_owned();
    let thing = Target::address(call, row.text("/addressId"));
    let on = thing.clone();
    world.accept(call, thing, rule_of(call.id()), move |world| {
        let Some(row) = world.record(&on) else { return };
        if let Some(link) = position(row, &endpoint).and_then(|place| row.items_mut(LINKS).get_mut(place)) {
            link.put("/privateLinkStatus", ONLINE);
        }
    })?;
    Ok(json!(true))
}

/// One endpoint goes, or with the last word on the address the whole service.
fn untie(world: &mut OceanBase, call: &WorldRequest<'_>) -> Data {
    let row = address(world, call)?;
    let Some(endpoint) = call.text("endpointId") else {
        let thing = Target::address(call, row.text("/addressId"));
        world.accept(call, thing, rule_of(call.id()), |_| ())?;
        return Ok(json!(true));
    };
    let place = position(row, endpoint);
    let place = place.ok_or_else(|| Refusal::not_found(format!("there is no endpoint {endpoint}")))?;
    if let Some(links) = row.pointer_mut(LINKS).and_then(Json::as_array_mut) {
        links.remove(place);
    }
    Ok(json!(true))
}
