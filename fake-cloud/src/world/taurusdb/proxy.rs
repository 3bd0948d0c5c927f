//! One proxy: its row in the list of proxies, and everything else that belongs to it.

use serde_json::{Value as Json, json};

use super::refusals;
use crate::base::calendar;
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;

pub(super) const ABNORMAL: &str = "ABNORMAL";
pub(super) const ACTIVE: &str = "ACTIVE";
pub(super) const ADDING_NODE: &str = "ADDING PROXY NODE";
pub(super) const CHANGING_WEIGHTS: &str = "CHANGING WEIGHTS";
/// A proxy that reaches this status no longer exists.
pub(super) const DELETED: &str = "DELETED";
pub(super) const DISABLING: &str = "DISABLING PROXY";
pub(super) const ENABLING: &str = "ENABLING PROXY";
pub(super) const FAILED: &str = "FAILED";

/// The change at the end of a write.
pub(super) type ProxyChange = Box<dyn Fn(&mut Proxy) + Send>;

/// The change of a write, which is empty if nothing differs, or the reason for its refusal.
pub(super) type PreparedChange = Result<Option<ProxyChange>, Refusal>;

pub(super) struct Proxy {
    /// The row of the list of proxies.
    pub(super) row: Json,
    /// The response of ShowProxyIpgroup.
    pub(super) access: Json,
    /// The rows of ShowProxyConfigurations.
    pub(super) settings: Vec<Json>,
    pub(super) version: String,
    /// The private domain name, if it has one.
    pub(super) dns: Option<String>,
}

impl Proxy {
    pub(super) fn id(&self) -> &str {
        self.row.text("/proxy/pool_id")
    }

    pub(super) fn name(&self) -> &str {
        self.row.text("/proxy/name")
    }

    pub(super) fn status(&self) -> &str {
        self.row.text("/proxy/status")
    }

    pub(super) fn port(&self) -> i64 {
        self.row.number("/proxy/port")
    }

    pub(super) fn show(&mut self, status: &str) {
        self.row.put("/proxy/status", status);
    }

    /// Sets the time of its last change.
    pub(super) fn touch(&mut self, at: i64) {
        self.row.put("/proxy/updated_at", calendar::offset(at));
    }

    pub(super) fn nodes(&self) -> &[Json] {
        self.row.items("/proxy/nodes")
    }

    /// Sets its nodes.
    pub(super) fn set_nodes(&mut self, nodes: Vec<Json>) {
        self.row.put("/proxy/node_num", nodes.len());
        self.row.put("/proxy/nodes", nodes);
    }

    /// Sets the weights of database nodes.
    pub(super) fn weigh(&mut self, weights: &[(String, i64)]) {
        let nodes = ["/readonly_nodes", "/htap_nodes"];
        for (id, weight) in weights {
            for node in nodes.iter().flat_map(|list| find(&self.row, list, id)).collect::<Vec<_>>() {
                self.row.put(&format!("{node}/weight"), *weight);
            }
            if self.row.text("/master_node/id") == id {
                self.row.put("/master_node/weight", *weight);
            }
        }
    }

    /// The weights of a request, if each belongs to a database node of the proxy.
    ///
    /// # Errors A node does not belong to the proxy.
    pub(super) fn weights(&self, named: &[Json]) -> Result<Vec<(String, i64)>, Refusal> {
        let known = |id: &str| {
            self.row.text("/master_node/id") == id || find(&self.row, "/readonly_nodes", id).is_some()
        };
        named
            .iter()
            .map(|weight| match weight.text("/id") {
                id if known(id) => Ok((id.to_owned(), weight.number("/weight"))),
                id => Err(refusals::invalid_value(format!("there is no node {id} behind the proxy"))),
            })
            .collect()
    }
}

/// The index of the object with this id in a list.
fn find(row: &Json, list: &str, id: &str) -> Option<String> {
    let place = row.items(list).iter().position(|node| node.text("/id") == id)?;
    Some(format!("{list}/{place}"))
}

/// A list of addresses for access control, which is not in effect.
pub(super) fn open_to_all(id: &str, name: &str) -> Json {
    json!({"enable_ip_group": false, "type": "white", "ip_group": {"id": id, "name": name, "ip_list": []}})
}
