//! One instance: the responses of the operations for one and for many instances, and its proxies.

use serde_json::{Value as Json, json};

use super::contents::History;
use super::proxy::{ENABLING, Proxy};
use super::refusals;
use super::template::Values;
use crate::base::calendar;
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::request::WorldRequest;

pub(super) const ACTIVE: &str = "ACTIVE";

/// The v3.1 names of statuses of v3; all others are normal.
const UNIFIED: &[(&str, &str)] =
    &[("BUILD", "creating"), ("FAILED", "createfail"), ("FROZEN", "abnormal"), ("STORAGE FULL", "abnormal")];

pub(super) struct TaurusdbInstance {
    /// Its row in the list of instances, without proxies.
    pub(super) row: Json,
    /// The response of ShowGaussMySqlInstanceInfo, without proxies.
    pub(super) detail: Json,
    pub(super) proxies: Vec<Proxy>,
    /// Databases and accounts.
    pub(super) history: History,
    /// Values of its parameters.
    pub(super) parameters: Values,
    /// Ids of the parameter templates that were applied to it, and when.
    pub(super) applied: Vec<(String, i64)>,
    /// The days of the week on which backups are taken.
    pub(super) backup_days: String,
}

impl TaurusdbInstance {
    pub(super) fn new(row: Json, detail: Json) -> Self {
        let (history, parameters) = (History::default(), Values::new());
        let backup_days = "1,2,3,4,5,6,7".to_owned();
        Self { row, detail, proxies: Vec::new(), history, parameters, applied: Vec::new(), backup_days }
    }

    /// Sets a field in the responses of all operations.
    pub(super) fn set(&mut self, field: &str, value: impl Into<Json>) {
        let value = value.into();
        for record in [&mut self.row, &mut self.detail] {
            if record.pointer(field).is_some() {
                record.put(field, value.clone());
            }
        }
    }

    pub(super) fn show(&mut self, status: &str) {
        self.set("/status", status);
    }

    /// Sets the time of its last change.
    pub(super) fn touch(&mut self, at: i64) {
        self.set("/updated", calendar::offset(at));
    }

    /// The time at which a parameter template was applied to it.
    pub(super) fn applied_at(&self, template: &str) -> impl Iterator<Item = i64> {
        self.applied.iter().filter(move |(id, _)| id == template).map(|(_, at)| *at)
    }

    pub(super) fn is_prepaid(&self) -> bool {
        self.row.text("/charge_info/charge_mode") == "prePaid"
    }

    /// The version of its kernel.
    pub(super) fn kernel(&self) -> &str {
        self.row.text("/datastore/kernel_version")
    }

    pub(super) fn public_address(&self) -> Option<&str> {
        Some(self.detail.text("/public_ips")).filter(|address| !address.is_empty())
    }

    pub(super) fn each_node(&mut self, change: impl FnMut(&mut Json)) {
        self.detail.items_mut("/nodes").iter_mut().for_each(change);
    }

    pub(super) fn set_nodes(&mut self, nodes: Vec<Json>) {
        let reads: Json = nodes.iter().flat_map(|node| node.items("/private_read_ips")).cloned().collect();
        self.row.put("/readonly_private_ips", reads);
        self.detail.put("/node_count", nodes.len());
        self.detail.put("/nodes", nodes);
    }

    /// Sets the flavor of all nodes.
    pub(super) fn fit(&mut self, flavor: &Json) {
        let flavor = flavor.clone();
        self.row.put("/flavor_ref", flavor["spec_code"].clone());
        self.row.put("/flavor_info", json!({"vcpus": flavor["vcpus"], "ram": flavor["ram"]}));
        self.each_node(|node| {
            for (field, value) in [("/flavor_ref", "spec_code"), ("/vcpus", "vcpus"), ("/ram", "ram")] {
                node.put(field, flavor[value].clone());
            }
        });
    }

    pub(super) fn id(&self) -> &str {
        self.row.text("/id")
    }

    pub(super) fn name(&self) -> &str {
        self.row.text("/name")
    }

    /// As v3 shows it.
    pub(super) fn status(&self) -> &str {
        self.row.text("/status")
    }

    /// A proxy by its id.
    ///
    /// # Errors There is none.
    pub(super) fn proxy(&self, id: &str) -> Result<&Proxy, Refusal> {
        self.proxies.iter().find(|proxy| proxy.id() == id).ok_or_else(|| refusals::no_proxy(id))
    }

    /// The row of the list.
    pub(super) fn summary(&self, call: &WorldRequest<'_>) -> Json {
        let mut row = self.row.clone();
        let addresses = self.open().map(|proxy| proxy.row.text("/proxy/address"));
        row.put("/proxy_ips", addresses.collect::<Json>());
        self.dress(&mut row, call);
        row
    }

    pub(super) fn detail(&self, call: &WorldRequest<'_>) -> Json {
        let mut detail = self.detail.clone();
        let proxies = self.open().map(|proxy| {
            let address = proxy.row.text("/proxy/address");
            json!({"pool_id": proxy.id(), "name": proxy.name(), "address": address})
        });
        detail.put("/proxies", proxies.collect::<Json>());
        self.dress(&mut detail, call);
        if unified(call) {
            detail.put("/tde_info", json!({"enable_tde": false, "encryption_type": "AES256"}));
        }
        detail
    }

    /// Proxies that are open.
    fn open(&self) -> impl Iterator<Item = &Proxy> {
        self.proxies.iter().filter(|proxy| proxy.status() != ENABLING)
    }

    /// The differences between versions.
    fn dress(&self, shown: &mut Json, call: &WorldRequest<'_>) {
        if unified(call) {
            let known = UNIFIED.iter().find(|(old, _)| *old == self.status());
            shown.put("/status", known.map_or("normal", |(_, new)| *new));
            shown.put("/eos_tag", false);
        }
    }
}

fn unified(call: &WorldRequest<'_>) -> bool {
    call.id().ends_with("UnifyStatus")
}
