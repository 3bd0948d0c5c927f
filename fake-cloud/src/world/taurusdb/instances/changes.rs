//! Changes of an instance as a whole: size, storage, version, name, description, tags.

use serde_json::{Value as Json, json};

use crate::message::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::request::WorldRequest;
use crate::world::taurusdb::change::{Prepared, then};
use crate::world::taurusdb::instance::TaurusdbInstance;
use crate::world::taurusdb::refusals;
use crate::world::taurusdb::state::Taurusdb;

/// The largest storage of an instance, in GB.
const LARGEST: i64 = 128_000;
/// The maximum number of tags of an instance.
const TAGS: usize = 20;

/// For operations without a visible effect.
pub(super) fn nothing(_: &Taurusdb, _: &WorldRequest<'_>, _: &TaurusdbInstance) -> Result<Prepared, Refusal> {
    then(|_, _| {})
}

/// A restart makes the status normal, and puts all parameters into effect.
pub(super) fn restart(_: &Taurusdb, _: &WorldRequest<'_>, _: &TaurusdbInstance) -> Result<Prepared, Refusal> {
    then(|instance, _| instance.each_node(|node| node.put("/need_restart", false)))
}

pub(super) fn resize(
    world: &Taurusdb,
    call: &WorldRequest<'_>,
    instance: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    to_flavor(world, call.body().text("/resize_flavor/spec_code"), instance)
}

/// Changes the size.
pub(super) fn to_flavor(
    world: &Taurusdb,
    flavor: &str,
    instance: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    let flavor = world.model.flavor(flavor)?.clone();
    if instance.row.text("/flavor_ref") == flavor.text("/spec_code") {
        return Err(refusals::invalid_value("spec_code: the instance has this flavor"));
    }
    then(move |instance, _| instance.fit(&flavor))
}

/// Storage can only grow.
pub(super) fn volume(
    _: &Taurusdb,
    call: &WorldRequest<'_>,
    instance: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    let (size, old) = (call.body().number("/size"), instance.row.text("/volume/size").parse().unwrap_or(0));
    if size <= old || size % 10 != 0 || size > LARGEST {
        let limits = format!("a multiple of 10 over {old}, at most {LARGEST}");
        return Err(refusals::out_of_range(format!("size: {size} is not {limits}")));
    }
    let response = json!({"size": size});
    let change = move |instance: &mut TaurusdbInstance, _| {
        instance.row.put("/volume/size", size.to_string());
        instance.each_node(|node| node.put("/volume/size", size));
    };
    Ok(Prepared { change: Box::new(change), response })
}

pub(super) fn upgrade(
    world: &Taurusdb,
    _: &WorldRequest<'_>,
    instance: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    let latest = world.model.latest_kernel.clone();
    if instance.kernel() == latest {
        return Err(refusals::unsuited(format!("the instance has the latest version {latest}")));
    }
    then(move |instance, _| instance.set("/datastore/kernel_version", latest.as_str()))
}

pub(super) fn rename(
    _: &Taurusdb,
    call: &WorldRequest<'_>,
    instance: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    let (name, old) = (call.body().text("/name").to_owned(), instance.name().to_owned());
    let nodes_too = call.body().text("/is_modify_node_name") == "true";
    then(move |instance, _| {
        instance.set("/name", name.as_str());
        if nodes_too {
            instance.each_node(|node| node.put("/name", node.text("/name").replacen(&old, &name, 1)));
        }
    })
}

pub(super) fn alias(
    _: &Taurusdb,
    call: &WorldRequest<'_>,
    _: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    let alias = call.body().text("/alias").to_owned();
    let change = move |instance: &mut TaurusdbInstance, _| instance.detail.put("/alias", alias.as_str());
    Ok(Prepared { change: Box::new(change), response: json!({"body": "success"}) })
}

pub(super) fn window(
    _: &Taurusdb,
    call: &WorldRequest<'_>,
    _: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    let window = format!("{}-{}", call.body().text("/start_time"), call.body().text("/end_time"));
    let change =
        move |instance: &mut TaurusdbInstance, _| instance.detail.put("/maintenance_window", window.as_str());
    Ok(Prepared { change: Box::new(change), response: json!({"body": "success"}) })
}

/// Adds tags, which replace those with the same keys, or removes those with the keys.
pub(super) fn tags(
    _: &Taurusdb,
    call: &WorldRequest<'_>,
    instance: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    let named = call.body().items("/tags");
    let is_named = |tag: &Json| named.iter().any(|other| other.text("/key") == tag.text("/key"));
    let mut tags: Vec<Json> = instance.row.items("/tags").to_vec();
    tags.retain(|tag| !is_named(tag));
    if call.body().text("/action") == "create" {
        let tag = |tag: &Json| json!({"key": tag.text("/key"), "value": tag.text("/value")});
        tags.extend(named.iter().map(tag));
    }
    if tags.len() > TAGS {
        return Err(refusals::out_of_range(format!("tags: an instance has at most {TAGS} tags")));
    }
    then(move |instance, _| instance.set("/tags", Json::Array(tags)))
}
