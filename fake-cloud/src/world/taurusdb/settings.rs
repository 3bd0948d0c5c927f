//! The engine of a proxy: its version and its settings.

use serde_json::{Value as Json, json};

use super::instance::Instance;
use super::offer::Offer;
use super::proxy::Proxy;
use super::writes::Change;
use super::{Taurusdb, refusals};
use crate::refusal::Refusal;
use crate::world::Ask;
use crate::world::fields::Fields;

type Prepared = Result<Option<Change>, Refusal>;

pub(super) fn version(proxy: &Proxy, offer: &Offer) -> Json {
    let (current, latest) = (&proxy.version, &offer.latest);
    json!({"current_version": current, "latest_version": latest, "can_upgrade": current != latest})
}

pub(super) fn upgrade(world: &Taurusdb, ask: &Ask<'_>, _: &Instance, proxy: &Proxy) -> Prepared {
    let (from, to) = (ask.body().text("/source_version"), ask.body().text("/target_version").to_owned());
    if from != proxy.version {
        let version = &proxy.version;
        return Err(refusals::senseless(format!("source_version: the proxy runs {version}")));
    }
    if to != world.offer.latest || to == proxy.version {
        let problem = format!("target_version: there is no upgrade from {from} to {to}");
        return Err(refusals::senseless(problem));
    }
    Ok(Some(Box::new(move |proxy| proxy.version.clone_from(&to))))
}

pub(super) fn change(_: &Taurusdb, ask: &Ask<'_>, _: &Instance, proxy: &Proxy) -> Prepared {
    let wanted = ask.body().items("/configurations").to_vec();
    for setting in &wanted {
        if !proxy.settings.iter().any(|known| is(known, setting)) {
            let (name, group) = (setting.text("/name"), setting.text("/elem_type"));
            return Err(refusals::senseless(format!("configurations: there is no {name} in {group}")));
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
