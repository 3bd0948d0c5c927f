//! Changes of proxies: name, port, and routing.

use serde_json::{Value as Json, json};

use super::instance::TaurusdbInstance;
use super::proxy::{PreparedChange, Proxy, ProxyChange};
use super::{Taurusdb, refusals};
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::request::WorldRequest;

/// A change of one field of the proxy.
pub(super) fn set(pointer: &'static str, value: impl Into<Json>) -> ProxyChange {
    let value = value.into();
    Box::new(move |proxy| proxy.row.put(pointer, value.clone()))
}

/// For operations that only change the status.
pub(super) fn nothing(_: &Taurusdb, _: &WorldRequest<'_>, _: &TaurusdbInstance, _: &Proxy) -> PreparedChange {
    Ok(Some(Box::new(|_| {})))
}

/// A restart makes the status normal.
pub(super) fn restart(_: &Taurusdb, _: &WorldRequest<'_>, _: &TaurusdbInstance, _: &Proxy) -> PreparedChange {
    Ok(Some(set("/proxy/pool_status", super::proxy::ACTIVE)))
}

/// The response of operations that only confirm.
pub(super) fn success(_: &Proxy) -> Json {
    json!({"result": "success"})
}

/// If the proxy has the port already, nothing is changed.
pub(super) fn port(
    _: &Taurusdb,
    call: &WorldRequest<'_>,
    _: &TaurusdbInstance,
    proxy: &Proxy,
) -> PreparedChange {
    let port = call.body().number("/port");
    Ok((port != proxy.port()).then(|| set("/proxy/port", port)))
}

pub(super) fn name(_: &Taurusdb, call: &WorldRequest<'_>, _: &TaurusdbInstance, _: &Proxy) -> PreparedChange {
    let name = call.body().text("/alias");
    named(name, "alias")?;
    Ok(Some(set("/proxy/name", name)))
}

/// Rules for names that the spec can't express.
pub(super) fn named(name: &str, field: &str) -> Result<(), Refusal> {
    match name.len() {
        0..=64 => Ok(()),
        bytes => Err(refusals::invalid_value(format!("{field}: the name has {bytes} bytes, more than 64"))),
    }
}

pub(super) fn weights(
    _: &Taurusdb,
    call: &WorldRequest<'_>,
    _: &TaurusdbInstance,
    proxy: &Proxy,
) -> PreparedChange {
    let weights = wanted(call, proxy)?;
    Ok(Some(Box::new(move |proxy| proxy.weigh(&weights))))
}

/// The weights of a request, including that of the primary node.
fn wanted(call: &WorldRequest<'_>, proxy: &Proxy) -> Result<Vec<(String, i64)>, Refusal> {
    let mut weights = proxy.weights(call.body().items("/readonly_nodes"))?;
    let master = proxy.row.text("/master_node/id").to_owned();
    weights.extend(call.body().given("/master_weight").and_then(Json::as_i64).map(|weight| (master, weight)));
    Ok(weights)
}

/// With routing by load, weights are 0 or 1.
pub(super) fn route_mode(
    _: &Taurusdb,
    call: &WorldRequest<'_>,
    _: &TaurusdbInstance,
    proxy: &Proxy,
) -> PreparedChange {
    let body = call.body().clone();
    let mode = body.number("/route_mode");
    let weights = wanted(call, proxy)?;
    if mode != 0 && weights.iter().any(|(_, weight)| *weight > 1) {
        return Err(refusals::out_of_range(
            "readonly_nodes: where reads are spread by load, weights are 0 or 1",
        ));
    }
    Ok(Some(Box::new(move |proxy| {
        proxy.row.put("/proxy/route_mode", mode);
        proxy.weigh(&weights);
        for field in ["new_node_auto_add_status", "new_node_weight"] {
            if let Some(value) = body.get(field) {
                proxy.row.put(&format!("/proxy/{field}"), value.clone());
            }
        }
    })))
}

pub(super) fn consistence(
    _: &Taurusdb,
    call: &WorldRequest<'_>,
    _: &TaurusdbInstance,
    _: &Proxy,
) -> PreparedChange {
    let implied = if call.body().text("/session_consistence") == "true" { "session" } else { "eventual" };
    let mode = call.body().given("/consistence_mode").and_then(Json::as_str).unwrap_or(implied);
    Ok(Some(set("/proxy/consistence_mode", mode)))
}

pub(super) fn pool(
    _: &Taurusdb,
    call: &WorldRequest<'_>,
    _: &TaurusdbInstance,
    proxy: &Proxy,
) -> PreparedChange {
    if !proxy.row.flag("/proxy/switch_connection_pool_type_enabled") {
        return Err(refusals::unsuited("the version of the proxy has no pool of connections"));
    }
    Ok(Some(set("/proxy/connection_pool_type", call.body().text("/connection_pool_type"))))
}

pub(super) fn split(
    _: &Taurusdb,
    call: &WorldRequest<'_>,
    _: &TaurusdbInstance,
    _: &Proxy,
) -> PreparedChange {
    Ok(Some(set("/proxy/transaction_split", call.body().text("/transaction_split"))))
}

pub(super) fn join(_: &Taurusdb, call: &WorldRequest<'_>, _: &TaurusdbInstance, _: &Proxy) -> PreparedChange {
    let (status, weight) =
        (call.body().text("/switch_status").to_owned(), call.body().get("weight").cloned());
    Ok(Some(Box::new(move |proxy| {
        proxy.row.put("/proxy/new_node_auto_add_status", status.as_str());
        if let Some(weight) = &weight {
            proxy.row.put("/proxy/new_node_weight", weight.clone());
        }
    })))
}
