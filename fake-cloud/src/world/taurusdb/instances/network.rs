//! Access to an instance: port, addresses, domain name, security group.

use serde_json::{Value as Json, json};

use crate::message::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::request::WorldRequest;
use crate::world::taurusdb::change::{Prepared, then};
use crate::world::taurusdb::instance::TaurusdbInstance;
use crate::world::taurusdb::refusals;
use crate::world::taurusdb::state::Taurusdb;

pub(super) fn port(_: &Taurusdb, call: &WorldRequest<'_>, _: &TaurusdbInstance) -> Result<Prepared, Refusal> {
    let port = call.body().number("/port");
    then(move |instance, _| {
        instance.set("/port", port.to_string());
        instance.each_node(|node| node.put("/port", port));
    })
}

pub(super) fn group(
    _: &Taurusdb,
    call: &WorldRequest<'_>,
    _: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    let group = call.body().text("/security_group_id").to_owned();
    then(move |instance, _| instance.set("/security_group_id", group.as_str()))
}

pub(super) fn bind(
    world: &Taurusdb,
    call: &WorldRequest<'_>,
    instance: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    if let Some(bound) = instance.public_address() {
        return Err(refusals::unsuited(format!("the instance has the public address {bound}")));
    }
    let address = call.body().text("/public_ip").to_owned();
    if let Some(other) = world.instances.values().find(|other| other.public_address() == Some(&address)) {
        return Err(refusals::unsuited(format!("{address} is bound to the instance {}", other.name())));
    }
    then(move |instance, _| {
        instance.row.put("/public_ips", json!([address]));
        instance.detail.put("/public_ips", address);
    })
}

pub(super) fn unbind(
    _: &Taurusdb,
    _: &WorldRequest<'_>,
    instance: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    if instance.public_address().is_none() {
        return Err(refusals::unsuited("the instance has no public address"));
    }
    then(|instance, _| {
        instance.row.put("/public_ips", json!([]));
        instance.detail.put("/public_ips", "");
    })
}

/// The write address.
pub(super) fn address(
    world: &Taurusdb,
    call: &WorldRequest<'_>,
    _: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    let address = free(world, call.body().text("/internal_ip"))?;
    then(move |instance, _| {
        instance.row.put("/private_ips", json!([address]));
        instance.detail.put("/private_write_ips", json!([address]));
    })
}

/// An address that is not in use.
pub(super) fn free(world: &Taurusdb, address: &str) -> Result<String, Refusal> {
    let taken = world.addresses().any(|other| other == address);
    match taken {
        true => Err(refusals::invalid_value(format!("internal_ip: the address {address} is taken"))),
        false => Ok(address.to_owned()),
    }
}

pub(super) fn domain(
    _: &Taurusdb,
    _: &WorldRequest<'_>,
    instance: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    if let Some(name) = instance.detail.items("/private_dns_names").first().and_then(Json::as_str) {
        return Err(refusals::unsuited(format!("the instance has the domain name {name}")));
    }
    let name = format!("{}.internal.gaussdbformysql.myhuaweicloud.com", instance.name());
    then(move |instance, _| instance.detail.put("/private_dns_names", json!([name])))
}

pub(super) fn new_domain(
    _: &Taurusdb,
    call: &WorldRequest<'_>,
    instance: &TaurusdbInstance,
) -> Result<Prepared, Refusal> {
    if instance.detail.items("/private_dns_names").is_empty() {
        return Err(refusals::unsuited("the instance has no domain name"));
    }
    let name = call.body().text("/dns_name").to_owned();
    then(move |instance, _| instance.detail.put("/private_dns_names", json!([name])))
}
