//! The offer of the service: sizes, settings and versions of proxies, from the spec's examples.

use serde_json::Value as Json;

use super::refusals;
use crate::message::refusal::Refusal;
use crate::world::contract::WorldContext;
use crate::world::fields::Fields;

pub(super) struct ProxyOffer {
    sizes: Vec<Json>,
    /// The rows of ShowProxyConfigurations.
    pub(super) settings: Vec<Json>,
    /// The row of a proxy in the list.
    pub(super) proxy: Json,
    /// The version of new proxies.
    pub(super) latest: String,
}

impl ProxyOffer {
    pub(super) fn new(start: &WorldContext<'_>) -> Self {
        let sizes = start.example("ShowGaussMySqlProxyFlavors");
        Self {
            sizes: sizes.items("/proxy_flavor_groups/0/proxy_flavors").to_vec(),
            settings: start.example("ShowProxyConfigurations").items("/configurations").to_vec(),
            proxy: start
                .example("ShowGaussMySqlProxyList")
                .pointer("/proxy_list/0")
                .cloned()
                .unwrap_or_default(),
            latest: start.example("ShowProxyVersion").text("/latest_version").to_owned(),
        }
    }

    /// A size by its code.
    ///
    /// # Errors It is not offered.
    pub(super) fn size(&self, code: &str) -> Result<&Json, Refusal> {
        let found = self.sizes.iter().find(|size| size.text("/spec_code") == code);
        found.ok_or_else(|| refusals::invalid_value(format!("flavor_ref: there is no size {code}")))
    }
}
