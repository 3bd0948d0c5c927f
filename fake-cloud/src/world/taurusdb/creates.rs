//! A new proxy.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::instance::TaurusdbInstance;
use super::proxy::{ACTIVE, FAILED, Proxy, open_to_all};
use super::writes::CREATE;
use super::{Taurusdb, changes, nodes, refusals};
use crate::base::calendar;
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::request::WorldRequest;

/// The maximum number of proxies of an instance.
const MOST: usize = 4;

pub(super) fn open(world: &mut Taurusdb, call: &WorldRequest<'_>) -> Result<Json, Refusal> {
    let instance = world.instance(call)?;
    world.allow(instance, call)?;
    if instance.proxies.len() >= MOST {
        return Err(refusals::unsuited(format!("an instance has at most {MOST} proxies")));
    }
    let proxy = made(world, call, instance)?;
    let (id, instance) = (proxy.id().to_owned(), instance.id().to_owned());
    if let Some(instance) = world.instances.get_mut(&instance) {
        instance.proxies.push(proxy);
    }
    let on = instance.clone();
    let status = if call.fails { FAILED } else { ACTIVE };
    let opened = move |world: &mut Taurusdb, at| {
        world.alter(&on, std::slice::from_ref(&id), |proxy| proxy.show(status), at);
    };
    let job = world.accept(call, &instance, &CREATE, |_, _| {}, opened);
    Ok(json!({"job_id": job}))
}

fn made(world: &Taurusdb, call: &WorldRequest<'_>, instance: &TaurusdbInstance) -> Result<Proxy, Refusal> {
    let (body, runtime) = (call.body(), call.runtime);
    let size = world.offer.size(body.text("/flavor_ref"))?;
    let name = body.given("/proxy_name").and_then(Json::as_str).unwrap_or("proxy").to_owned();
    changes::named(&name, "proxy_name")?;
    let id = format!("{}po01", runtime.hex(32));
    let access = open_to_all(&runtime.uuid(), &name);
    let (settings, version) = (world.offer.settings.clone(), world.offer.latest.clone());
    let mut proxy = Proxy { row: world.offer.proxy.clone(), access, settings, version, dns: None };
    let now = calendar::offset(call.now);
    for (field, value) in [
        ("pool_id", json!(id)),
        ("name", json!(name)),
        ("address", json!(address(world, body)?)),
        ("type", body.get("proxy_mode").cloned().unwrap_or_else(|| json!("readwrite"))),
        ("route_mode", json!(body.number("/route_mode"))),
        ("subnet_id", body.get("subnet_id").unwrap_or(&instance.row["subnet_id"]).clone()),
        ("created_at", json!(now)),
        ("updated_at", json!(now)),
    ] {
        proxy.row.put(&format!("/proxy/{field}"), value);
    }
    nodes::fit(&mut proxy.row, size);
    behind(&mut proxy.row, instance);
    let weights = proxy.weights(body.items("/nodes_read_weight"))?;
    let count = usize::try_from(body.number("/node_num")).unwrap_or_default();
    proxy.set_nodes(nodes::made(runtime, &name, 0, count, instance.detail.text("/master_az_code")));
    proxy.weigh(&weights);
    for field in ["new_node_auto_add_status", "new_node_weight"] {
        if let Some(value) = body.get(field) {
            proxy.row.put(&format!("/proxy/{field}"), value.clone());
        }
    }
    proxy.show(CREATE.during);
    Ok(proxy)
}

/// Adds the database nodes of an instance to a proxy, all with the same weight.
pub(super) fn behind(row: &mut Json, instance: &TaurusdbInstance) {
    let node = |node: &Json| {
        let zone = json!({"code": node.text("/az_code"), "description": "az1"});
        json!({"id": node.text("/id"), "instance_id": instance.id(), "name": node.text("/name"),
            "status": node.text("/status"), "weight": 100, "availability_zone": [zone]})
    };
    let of = |role: &'static str| {
        instance.detail.items("/nodes").iter().filter(move |node| node.text("/type") == role).map(node)
    };
    row.put("/master_node", of("master").next().unwrap_or_default());
    row.put("/readonly_nodes", of("slave").collect::<Json>());
}

/// The requested address, or a free one.
fn address(world: &Taurusdb, body: &Json) -> Result<String, Refusal> {
    let proxies = world.instances.values().flat_map(|instance| &instance.proxies);
    let taken: BTreeSet<&str> = proxies.map(|proxy| proxy.row.text("/proxy/address")).collect();
    if let Some(wanted) = body.given("/proxy_ip").and_then(Json::as_str) {
        return match taken.contains(wanted) {
            true => Err(refusals::invalid_value(format!("proxy_ip: the address {wanted} is taken"))),
            false => Ok(wanted.to_owned()),
        };
    }
    let mut addresses = (20..).map(|number| format!("192.168.{}.{}", number / 250, number % 250 + 1));
    Ok(addresses.find(|address| !taken.contains(address.as_str())).unwrap_or_default())
}
