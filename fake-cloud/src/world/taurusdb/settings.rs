//! The engine of a proxy: its version and its settings.

use serde_json::{Value as Json, json};

use super::instance::TaurusdbInstance;
use super::offer::ProxyOffer;
use super::proxy::{PreparedChange, Proxy};
use super::{Taurusdb, refusals};
use crate::world::fields::Fields;
use crate::world::request::WorldRequest;

pub(super) fn version(proxy: &Proxy, offer: &ProxyOffer) -> Json {
    let (current, latest) = (&proxy.version, &offer.latest);
    json!({"current_version": current, "latest_version": latest, "can_upgrade": current != latest})
}

pub(super) fn upgrade(
    world: &Taurusdb,
    call: &WorldRequest<'_>,
    _: &TaurusdbInstance,
    proxy: &Proxy,
) -> PreparedChange {
    let (from, to) = (call.body().text("/source_version"), call.body().text("/target_version").to_owned());
    if from != proxy.version {
        let version = &proxy.version;
        return Err(refusals::invalid_value(format!("source_version: the proxy runs {version}")));
    }
    if to != world.offer.latest || to == proxy.version {
        let problem = format!("target_version: there is no upgrade from {from} to {to}");
        return Err(refusals::invalid_value(problem));
    }
    Ok(Some(Box::new(move |proxy| proxy.version.clone_from(&to))))
}

pub(super) fn change(
    _: &Taurusdb,
    call: &WorldRequest<'_>,
    _: &TaurusdbInstance,
    proxy: &Proxy,
) -> PreparedChange {
    let wanted = call.body().items("/configurations").to_vec();
    for setting in &wanted {
        if !proxy.settings.iter().any(|known| is(known, setting)) {
            let (name, group) = (setting.text("/name"), setting.text("/elem_type"));
            return Err(refusals::invalid_value(format!("configurations: there is no {name} in {group}")));
        }
    }
    Ok(Some(Box::new(move |proxy| {
        for setting in &wanted {
            for known in proxy.settings.iter_mut().filter(|known| is(known, setting)) {
                known.put("/value", setting.text("/value"));
            }
        }
    })))
}

fn is(known: &Json, named: &Json) -> bool {
    ["/name", "/elem_type"].iter().all(|field| known.text(field) == named.text(field))
}
