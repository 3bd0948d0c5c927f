//! OceanBase Cloud: instances, tenants, and the resources of tenants.
//!
//! Problem: work is accepted immediately and shown later, only in the status of its resource; until it ends, the
//! resource refuses other work. One table lists what each status allows (`writes.rs`).
//! Default: the inventory contains the resources of the spec's examples. An instance or tenant that is not ONLINE
//! refuses writes to its parts. Addresses are identified by either of the two ids in the pages.
//! Override: none.

mod addresses;
mod databases;
mod groups;
mod instances;
mod inventory;
mod links;
mod refusals;
mod states;
mod target;
mod tenants;
#[cfg(test)]
mod tests;
mod users;
mod writes;

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::fields::Fields;
use super::list;
use super::work::WorkQueue;
use crate::message::refusal::Refusal;
use crate::message::response::Response;
use crate::world::contract::{Inventory, World, WorldContext};
use crate::world::request::WorldRequest;
use refusals::online;

/// The world.
pub(super) struct OceanBase {
    instances: BTreeMap<String, OceanBaseInstance>,
    works: WorkQueue<Self>,
    pace: i64,
    project: String,
}

/// An instance as `describeInstance` returns it, and its parts.
struct OceanBaseInstance {
    detail: Json,
    /// Disk of a node in GB.
    disk: i64,
    /// Proxy clusters by their ids, as addresses contain them.
    proxies: BTreeMap<String, Json>,
    tenants: BTreeMap<String, Tenant>,
}

/// A tenant as `describeTenant` returns it, without its addresses, and its parts. Rows are those of lists.
#[derive(Default)]
struct Tenant {
    detail: Json,
    addresses: Vec<Json>,
    databases: Vec<Json>,
    users: Vec<Json>,
    groups: Vec<Json>,
}

/// The `data` of a response.
type Data = Result<Json, Refusal>;
/// Processes an operation.
type OceanBaseHandler = fn(&mut OceanBase, &WorldRequest<'_>) -> Data;

fn handler(operation: &str) -> Option<OceanBaseHandler> {
    let themes = [
        instances::handler,
        tenants::handler,
        addresses::handler,
        links::handler,
        groups::handler,
        databases::handler,
        users::handler,
    ];
    themes.iter().find_map(|theme| theme(operation))
}

impl World for OceanBase {
    fn advance(&mut self, now: i64) {
        while let Some((effect, at)) = self.works.due(now) {
            effect(self, at);
        }
    }

    fn models(&self, operation: &str) -> bool {
        handler(operation).is_some()
    }

    fn response(&mut self, call: &WorldRequest<'_>) -> Result<Response, Refusal> {
        match handler(call.id()) {
            Some(handler) => Ok(call.response(wrapped(call, handler(self, call)?))),
            None => Ok(call.example()),
        }
    }

    fn inventory(&self) -> Inventory {
        inventory::ids(self)
    }
}

/// The envelope of a response; one operation has that of another product.
fn wrapped(call: &WorldRequest<'_>, data: Json) -> Json {
    match call.id() {
        "createTenantAddress" => json!({"data": data, "message": "", "successful": true}),
        _ if data.is_null() => json!({"success": true, "requestId": call.runtime.uuid()}),
        _ => json!({"success": true, "requestId": call.runtime.uuid(), "data": data}),
    }
}

impl OceanBase {
    pub(super) fn new(start: &WorldContext<'_>) -> Self {
        let project = start.credentials.project_id.clone().unwrap_or_default();
        let (instances, works) = (BTreeMap::new(), WorkQueue::default());
        let mut world = Self { instances, works, pace: start.world_options.pace, project };
        if !start.world_options.empty {
            inventory::fill(&mut world, start);
        }
        world
    }

    /// The instance of the path.
    fn instance(&mut self, call: &WorldRequest<'_>) -> Result<&mut OceanBaseInstance, Refusal> {
        self.instance_of(call.path("instanceId"))
    }

    fn instance_of(&mut self, id: &str) -> Result<&mut OceanBaseInstance, Refusal> {
        self.instances.get_mut(id).ok_or_else(|| Refusal::not_found(format!("there is no instance {id}")))
    }

    /// The tenant of the path.
    fn tenant(&mut self, call: &WorldRequest<'_>) -> Result<&mut Tenant, Refusal> {
        let id = call.path("tenantId");
        let found = self.instance(call)?.tenants.get_mut(id);
        found.ok_or_else(|| Refusal::not_found(format!("there is no tenant {id}")))
    }

    /// The tenant of the path, if it and its instance accept writes.
    fn ready(&mut self, call: &WorldRequest<'_>) -> Result<&mut Tenant, Refusal> {
        self.open(call)?;
        let tenant = self.tenant(call)?;
        online("tenant", &tenant.detail)?;
        Ok(tenant)
    }

    /// The instance of the path, if it accepts writes to its parts.
    fn open(&mut self, call: &WorldRequest<'_>) -> Result<&mut OceanBaseInstance, Refusal> {
        let instance = self.instance(call)?;
        online("instance", &instance.detail)?;
        Ok(instance)
    }
}

/// A page of rows, by `pageNumber` and `pageSize`.
fn page(call: &WorldRequest<'_>, rows: Vec<Json>) -> Json {
    let (number, size) = (call.number("pageNumber").unwrap_or(1), call.number("pageSize").unwrap_or(10));
    let skipped = number.saturating_sub(1).saturating_mul(size);
    let total = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let more = skipped.saturating_add(size) < total;
    json!({"dataList": list::cut(rows, skipped, size), "total": total, "hasMore": more})
}

/// Copies values of the body, from its names to those of the record.
fn copy(body: &Json, record: &mut Json, names: &[(&str, &str)]) {
    for (from, to) in names {
        if let Some(value) = body.given(&format!("/{from}")) {
            record.put(&format!("/{to}"), value.clone());
        }
    }
}
