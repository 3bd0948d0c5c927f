//! How programs reach a proxy: encryption, its public address and domain name, and who is let in.

use serde_json::{Value as Json, json};

use super::instance::Instance;
use super::proxy::Proxy;
use super::writes::Change;
use super::{Taurusdb, changes, refusals};
use crate::refusal::Refusal;
use crate::world::Ask;
use crate::world::fields::Fields;

type Prepared = Result<Option<Change>, Refusal>;

pub(super) fn ssl(_: &Taurusdb, ask: &Ask<'_>, _: &Instance, _: &Proxy) -> Prepared {
    Ok(Some(changes::set("/proxy/ssl_option", ask.body().flag("/ssl_option").to_string())))
}

/// Binds a public address where there is none, or unbinds the one that there is.
pub(super) fn eip(_: &Taurusdb, ask: &Ask<'_>, _: &Instance, proxy: &Proxy) -> Prepared {
    let (bound, address) = (proxy.row.text("/proxy/eip"), ask.body().text("/public_ip"));
    if ask.body().text("/bind") == "true" {
        if ask.body().given("/public_ip_id").is_none() {
            return Err(refusals::senseless("public_ip_id: it is needed to bind an address"));
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

pub(super) fn name(_: &Taurusdb, _: &Ask<'_>, instance: &Instance, proxy: &Proxy) -> Prepared {
    match &proxy.dns {
        Some(name) => Err(refusals::unsuited(format!("the proxy has the domain name {name}"))),
        None => Ok(Some(called(Some(format!("{}.{}.internal", proxy.name(), instance.name()))))),
    }
}

pub(super) fn rename(_: &Taurusdb, ask: &Ask<'_>, instance: &Instance, proxy: &Proxy) -> Prepared {
    if ask.body().text("/vpc_id") != instance.row.text("/vpc_id") {
        return Err(refusals::senseless("vpc_id: it is not the VPC of the instance"));
    }
    let name = ask.body().text("/new_dns_name").to_owned();
    proxy.dns.as_ref().map(|_| Some(called(Some(name)))).ok_or_else(nameless)
}

pub(super) fn unname(_: &Taurusdb, _: &Ask<'_>, _: &Instance, proxy: &Proxy) -> Prepared {
    proxy.dns.as_ref().map(|_| Some(called(None))).ok_or_else(nameless)
}

fn called(name: Option<String>) -> Change {
    Box::new(move |proxy| proxy.dns.clone_from(&name))
}

fn nameless() -> Refusal {
    refusals::unsuited("the proxy has no domain name")
}

/// What calls for access control answer.
pub(super) fn shown(proxy: &Proxy) -> Json {
    json!({"open_access_control": proxy.access.flag("/enable_ip_group")})
}

pub(super) fn switch(_: &Taurusdb, ask: &Ask<'_>, _: &Instance, _: &Proxy) -> Prepared {
    let open = ask.body().flag("/open_access_control");
    Ok(Some(Box::new(move |proxy| proxy.access.put("/enable_ip_group", open))))
}

/// The list takes the place of the one that there was.
pub(super) fn list(_: &Taurusdb, ask: &Ask<'_>, _: &Instance, _: &Proxy) -> Prepared {
    let kind = ask.body().text("/type").to_owned();
    let rule = |rule: &Json| json!({"ip": rule.text("/ip"), "description": rule.text("/description")});
    let rules: Json = ask.body().items("/ip_list").iter().map(rule).collect();
    Ok(Some(Box::new(move |proxy| {
        proxy.access.put("/type", kind.as_str());
        proxy.access.put("/ip_group/ip_list", rules.clone());
    })))
}
