//! Access to a proxy: encryption, its public address and domain name, and access control.

use serde_json::{Value as Json, json};

use super::instance::TaurusdbInstance;
use super::proxy::{PreparedChange, Proxy, ProxyChange};
use super::{Taurusdb, changes, refusals};
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::request::WorldRequest;

pub(super) fn ssl(_: &Taurusdb, call: &WorldRequest<'_>, _: &TaurusdbInstance, _: &Proxy) -> PreparedChange {
    Ok(Some(changes::set("/proxy/ssl_option", call.body().flag("/ssl_option").to_string())))
}

/// Binds a public address if there is none, or unbinds the present one.
pub(super) fn eip(
    _: &Taurusdb,
    call: &WorldRequest<'_>,
    _: &TaurusdbInstance,
    proxy: &Proxy,
) -> PreparedChange {
    let (bound, address) = (proxy.row.text("/proxy/eip"), call.body().text("/public_ip"));
    if call.body().text("/bind") == "true" {
        if call.body().given("/public_ip_id").is_none() {
            return Err(refusals::invalid_value("public_ip_id: it is needed to bind an address"));
        }
        if !bound.is_empty() {
            return Err(refusals::unsuited(format!("the proxy has the public address {bound}")));
        }
        return Ok(Some(changes::set("/proxy/eip", address)));
    }
    if bound != address {
        return Err(refusals::unsuited(format!("the proxy does not have the public address {address}")));
    }
    Ok(Some(changes::set("/proxy/eip", "")))
}

pub(super) fn name(
    _: &Taurusdb,
    _: &WorldRequest<'_>,
    instance: &TaurusdbInstance,
    proxy: &Proxy,
) -> PreparedChange {
    match &proxy.dns {
        Some(name) => Err(refusals::unsuited(format!("the proxy has the domain name {name}"))),
        None => Ok(Some(called(Some(format!("{}.{}.internal", proxy.name(), instance.name()))))),
    }
}

pub(super) fn rename(
    _: &Taurusdb,
    call: &WorldRequest<'_>,
    instance: &TaurusdbInstance,
    proxy: &Proxy,
) -> PreparedChange {
    if call.body().text("/vpc_id") != instance.row.text("/vpc_id") {
        return Err(refusals::invalid_value("vpc_id: it is not the VPC of the instance"));
    }
    let name = call.body().text("/new_dns_name").to_owned();
    proxy.dns.as_ref().map(|_| Some(called(Some(name)))).ok_or_else(nameless)
}

pub(super) fn unname(
    _: &Taurusdb,
    _: &WorldRequest<'_>,
    _: &TaurusdbInstance,
    proxy: &Proxy,
) -> PreparedChange {
    proxy.dns.as_ref().map(|_| Some(called(None))).ok_or_else(nameless)
}

fn called(name: Option<String>) -> ProxyChange {
    Box::new(move |proxy| proxy.dns.clone_from(&name))
}

fn nameless() -> Refusal {
    refusals::unsuited("the proxy has no domain name")
}

/// The responses of the operations for access control.
pub(super) fn shown(proxy: &Proxy) -> Json {
    json!({"open_access_control": proxy.access.flag("/enable_ip_group")})
}

pub(super) fn switch(
    _: &Taurusdb,
    call: &WorldRequest<'_>,
    _: &TaurusdbInstance,
    _: &Proxy,
) -> PreparedChange {
    let open = call.body().flag("/open_access_control");
    Ok(Some(Box::new(move |proxy| proxy.access.put("/enable_ip_group", open))))
}

/// The list replaces the previous one.
pub(super) fn list(_: &Taurusdb, call: &WorldRequest<'_>, _: &TaurusdbInstance, _: &Proxy) -> PreparedChange {
    let kind = call.body().text("/type").to_owned();
    let rule = |rule: &Json| json!({"ip": rule.text("/ip"), "description": rule.text("/description")});
    let rules: Json = call.body().items("/ip_list").iter().map(rule).collect();
    Ok(Some(Box::new(move |proxy| {
        proxy.access.put("/type", kind.as_str());
        proxy.access.put("/ip_group/ip_list", rules.clone());
    })))
}
