//! The nodes of a proxy: their number, their ids and their size.

use serde_json::{Value as Json, json};

use super::instance::TaurusdbInstance;
use super::proxy::{ACTIVE, PreparedChange, Proxy};
use super::{Taurusdb, refusals};
use crate::base::runtime::Runtime;
use crate::world::fields::{Fields, texts};
use crate::world::request::WorldRequest;

const FEWEST: usize = 2;
const MOST: usize = 32;

/// New nodes, numbered from `first`.
pub(super) fn made(runtime: &Runtime, name: &str, first: usize, count: usize, zone: &str) -> Vec<Json> {
    let node = |number: usize| {
        let role = if number == 0 { "master" } else { "slave" };
        json!({"id": format!("{}no01", runtime.hex(32)), "name": format!("{name}_node_{number}"), "role": role,
            "status": ACTIVE, "az_code": zone, "frozen_flag": 0})
    };
    (first..first + count).map(node).collect()
}

pub(super) fn add(
    _: &Taurusdb,
    call: &WorldRequest<'_>,
    instance: &TaurusdbInstance,
    proxy: &Proxy,
) -> PreparedChange {
    let mut nodes = proxy.nodes().to_vec();
    let count = count(call);
    if nodes.len() + count > MOST {
        return Err(refusals::out_of_range(format!("node_num: a proxy has at most {MOST} nodes")));
    }
    let zone = instance.detail.text("/master_az_code");
    nodes.extend(made(call.runtime, proxy.name(), nodes.len(), count, zone));
    Ok(Some(Box::new(move |proxy| proxy.set_nodes(nodes.clone()))))
}

pub(super) fn remove(
    _: &Taurusdb,
    call: &WorldRequest<'_>,
    _: &TaurusdbInstance,
    proxy: &Proxy,
) -> PreparedChange {
    let mut nodes = proxy.nodes().to_vec();
    let count = count(call);
    if nodes.len() < count + FEWEST {
        return Err(refusals::out_of_range(format!("node_num: a proxy keeps at least {FEWEST} nodes")));
    }
    let named = texts(call.body().items("/node_ids"));
    if named.is_empty() {
        nodes.truncate(nodes.len() - count);
    } else {
        let known = |id: &&str| nodes.iter().any(|node| node.text("/id") == *id);
        if named.len() != count || !named.iter().all(known) {
            return Err(refusals::invalid_value(format!(
                "node_ids: they are not {count} nodes of the proxy"
            )));
        }
        nodes.retain(|node| !named.contains(&node.text("/id")));
    }
    Ok(Some(Box::new(move |proxy| proxy.set_nodes(nodes.clone()))))
}

pub(super) fn resize(
    world: &Taurusdb,
    call: &WorldRequest<'_>,
    _: &TaurusdbInstance,
    proxy: &Proxy,
) -> PreparedChange {
    let size = world.offer.size(call.body().text("/flavor_ref"))?.clone();
    if proxy.row.text("/proxy/flavor_ref") == size.text("/spec_code") {
        return Err(refusals::invalid_value("flavor_ref: the proxy has this size"));
    }
    Ok(Some(Box::new(move |proxy| fit(&mut proxy.row, &size))))
}

/// Sets the size in the row of a proxy.
pub(super) fn fit(row: &mut Json, size: &Json) {
    row.put("/proxy/flavor_ref", size.text("/spec_code"));
    row.put("/proxy/vcpus", size.text("/vcpus"));
    row.put("/proxy/ram", size.text("/ram"));
}

fn count(call: &WorldRequest<'_>) -> usize {
    usize::try_from(call.body().number("/node_num")).unwrap_or_default()
}
