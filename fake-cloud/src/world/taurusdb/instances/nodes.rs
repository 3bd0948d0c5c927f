//! The nodes of an instance: one primary node, and read replicas.

use serde_json::{Value as Json, json};

use super::network;
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::request::WorldRequest;
use crate::world::taurusdb::change::{Prepared, then};
use crate::world::taurusdb::instance::TaurusdbInstance;
use crate::world::taurusdb::refusals;
use crate::world::taurusdb::state::Taurusdb;

/// The maximum number of read replicas of an instance.
pub(super) const REPLICAS: usize = 15;

/// The node with an id.
fn node<'i>(instance: &'i TaurusdbInstance, id: &str) -> Result<&'i Json, Refusal> {
    let found = instance.detail.items("/nodes").iter().find(|node| node.text("/id") == id);
    found.ok_or_else(|| Refusal::not_found(format!("the instance {} has no node {id}", instance.name())))
}

/// The node with an id, which must be a read replica.
fn replica<'i>(instance: &'i TaurusdbInstance, id: &str) -> Result<&'i Json, Refusal> {
    let node = node(instance, id)?;
    match node.text("/type") {
        "master" => Err(refusals::unsuited(format!("the node {id} is the primary node"))),
        _ => Ok(node),
    }
}

pub(super) fn switch(
    _: &Taurusdb,
    call: &WorldRequest<'_>,
    instance: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    let id = replica(instance, call.body().text("/node_id"))?.text("/id").to_owned();
    then(move |instance, _| {
        instance.each_node(|node| node.put("/type", if node.text("/id") == id { "master" } else { "slave" }));
    })
}

pub(super) fn add(
    world: &Taurusdb,
    call: &WorldRequest<'_>,
    instance: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    let priorities = call.body().items("/priorities").to_vec();
    let there = instance.detail.items("/nodes").len();
    if there + priorities.len() > REPLICAS + 1 {
        return Err(refusals::out_of_range(format!(
            "priorities: an instance has at most {REPLICAS} replicas"
        )));
    }
    let zones = call.body().items("/availability_zones");
    let free = free_numbers(instance);
    let made = priorities.iter().zip(free).enumerate().map(|(number, (priority, free))| {
        let mut node = world.node(call, instance, free);
        node.put("/priority", priority.clone());
        if let Some(zone) = zones.get(number).or(zones.first()) {
            node.put("/az_code", zone.clone());
        }
        node
    });
    let made: Vec<Json> = made.collect();
    let names: Json = made.iter().map(|node| node.text("/name")).collect();
    let response = json!({"instance_id": instance.id(), "node_names": names});
    let change = move |instance: &mut TaurusdbInstance, _| {
        let nodes = [instance.detail.items("/nodes"), &made].concat();
        instance.set_nodes(nodes);
    };
    Ok(Prepared { change: Box::new(change), response })
}

/// The numbers that no name of a node ends with.
fn free_numbers(instance: &TaurusdbInstance) -> impl Iterator<Item = usize> {
    let names = instance.detail.items("/nodes").iter().map(|node| node.text("/name"));
    let taken: Vec<String> = names.map(str::to_owned).collect();
    (1..).filter(move |number| !taken.iter().any(|name| name.ends_with(&format!("_{number}"))))
}

pub(super) fn remove(
    _: &Taurusdb,
    call: &WorldRequest<'_>,
    instance: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    let id = replica(instance, call.path("node_id"))?.text("/id").to_owned();
    then(move |instance, _| {
        let mut nodes = instance.detail.items("/nodes").to_vec();
        nodes.retain(|node| node.text("/id") != id);
        instance.set_nodes(nodes);
    })
}

pub(super) fn restart(
    _: &Taurusdb,
    call: &WorldRequest<'_>,
    instance: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    put(instance, call.path("node_id"), "/need_restart", false)
}

pub(super) fn priority(
    _: &Taurusdb,
    call: &WorldRequest<'_>,
    instance: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    let id = replica(instance, call.path("node_id"))?.text("/id");
    put(instance, id, "/priority", call.body().number("/priority"))
}

pub(super) fn address(
    world: &Taurusdb,
    call: &WorldRequest<'_>,
    instance: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    let address = network::free(world, call.body().text("/internal_ip"))?;
    put(instance, call.path("node_id"), "/private_read_ips", json!([address]))
}

/// Sets a field of a node.
fn put(
    instance: &TaurusdbInstance,
    id: &str,
    field: &'static str,
    value: impl Into<Json>,
) -> Result<Prepared, Refusal> {
    let (id, value) = (node(instance, id)?.text("/id").to_owned(), value.into());
    then(move |instance, _| {
        instance.each_node(|node| {
            if node.text("/id") == id {
                node.put(field, value.clone());
            }
        });
    })
}

pub(super) fn rename(
    _: &Taurusdb,
    call: &WorldRequest<'_>,
    instance: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    let names = call.body().items("/node_list").to_vec();
    for name in &names {
        node(instance, name.text("/node_id"))?;
    }
    then(move |instance, _| {
        instance.each_node(|node| {
            if let Some(new) = names.iter().find(|name| name.text("/node_id") == node.text("/id")) {
                node.put("/name", new.text("/name"));
            }
        });
    })
}
