//! OceanBase Cloud: instances, the tenants in them, and what tenants have.
//!
//! Problem: work is accepted at once and shows later, in the status of what is worked on and nowhere else; until
//! then the thing refuses other work. What is allowed when stands in one table (`states.rs`).
//! Default: the inventory is what the examples of the spec show. An instance or tenant that is not ONLINE refuses
//! writes to what is in it. Addresses are told apart by either of the two ids that pages show.
//! Override: none.

mod addresses;
mod databases;
mod groups;
mod instances;
mod inventory;
mod links;
mod states;
mod tenants;
#[cfg(test)]
mod tests;
mod users;

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::fields::Fields;
use super::list;
use super::work::{Transition, Work, WorkQueue};
use crate::message::refusal::Refusal;
use crate::message::response::Response;
use crate::world::contract::{Inventory, World, WorldContext};
use crate::world::request::WorldRequest;
use states::{DELETED, ONLINE};

/// The world.
pub(super) struct OceanBase {
    instances: BTreeMap<String, OceanBaseInstance>,
    works: WorkQueue<Self>,
    pace: i64,
    project: String,
}

/// An instance as `describeInstance` shows it, and what is in it.
struct OceanBaseInstance {
    detail: Json,
    /// Disk of a node in GB.
    disk: i64,
    /// Proxy clusters by their ids, as addresses show them.
    proxies: BTreeMap<String, Json>,
    tenants: BTreeMap<String, Tenant>,
}

/// A tenant as `describeTenant` shows it, but for its addresses, and what is in it. Rows are as lists show them.
#[derive(Default)]
struct Tenant {
    detail: Json,
    addresses: Vec<Json>,
    databases: Vec<Json>,
    users: Vec<Json>,
    groups: Vec<Json>,
}

/// What has a status of its own: an instance, a tenant in it, an address of that.
#[derive(Clone)]
struct Target {
    instance: String,
    tenant: Option<String>,
    address: Option<String>,
}

/// The `data` of a response.
type Data = Result<Json, Refusal>;
/// Answers the operations of one theme.
type Handler = fn(&mut OceanBase, &WorldRequest<'_>) -> Option<Data>;

const HANDLERS: [Handler; 7] = [
    instances::response,
    tenants::response,
    addresses::response,
    links::response,
    groups::response,
    databases::response,
    users::response,
];

impl World for OceanBase {
    fn advance(&mut self, now: i64) {
        while let Some((effect, at)) = self.works.due(now) {
            effect(self, at);
        }
    }

    fn response(&mut self, call: &WorldRequest<'_>) -> Result<Response, Refusal> {
        match HANDLERS.iter().find_map(|theme| theme(self, call)) {
            Some(data) => Ok(call.response(wrapped(call, data?))),
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

    /// The tenant of the path, where it and its instance take writes.
    fn ready(&mut self, call: &WorldRequest<'_>) -> Result<&mut Tenant, Refusal> {
        self.open(call)?;
        let tenant = self.tenant(call)?;
        online("tenant", &tenant.detail)?;
        Ok(tenant)
    }

    /// The instance of the path, where it takes writes to what is in it.
    fn open(&mut self, call: &WorldRequest<'_>) -> Result<&mut OceanBaseInstance, Refusal> {
        let instance = self.instance(call)?;
        online("instance", &instance.detail)?;
        Ok(instance)
    }

    /// What shows the status of a thing.
    fn record(&mut self, thing: &Target) -> Option<&mut Json> {
        let instance = self.instances.get_mut(&thing.instance)?;
        let Some(tenant) = &thing.tenant else { return Some(&mut instance.detail) };
        let tenant = instance.tenants.get_mut(tenant)?;
        match &thing.address {
            Some(id) => tenant.addresses.iter_mut().find(|row| row.text("/addressId") == id),
            None => Some(&mut tenant.detail),
        }
    }

    fn show(&mut self, thing: &Target, status: &str) {
        if let Some(record) = self.record(thing) {
            record.put(thing.field(), status);
        }
    }

    /// Takes work on: its status allows it and no other work is in progress. At its end `change` happens, and what
    /// is deleted then is gone.
    fn accept(
        &mut self,
        call: &WorldRequest<'_>,
        thing: Target,
        rule: &'static Transition,
        change: impl FnOnce(&mut Self) + Send + 'static,
    ) -> Result<(), Refusal> {
        let key = thing.key();
        if let Some(work) = self.works.on(&key) {
            return Err(illegal(format!("{} of {key} is still in progress", work.operation)));
        }
        let field = thing.field();
        let status = self.record(&thing).map(|record| record.text(field).to_owned()).unwrap_or_default();
        if !rule.allows(&status) {
            let from = rule.from.join(" or ");
            return Err(illegal(format!("{} needs {from}; {key} is {status}", rule.operation)));
        }
        let work = Work::new(call.runtime.uuid(), key, rule.operation, call.now, rule.millis(self.pace));
        let begun = thing.clone();
        self.works.accept(
            work,
            move |world, _| world.show(&begun, rule.during),
            move |world, _| {
                change(world);
                world.show(&thing, rule.after);
                if rule.after == DELETED {
                    world.bury(&thing);
                }
            },
        );
        Ok(())
    }

    /// Takes away what is deleted, with all that is in it.
    fn bury(&mut self, thing: &Target) {
        let Some(tenant) = &thing.tenant else {
            self.instances.remove(&thing.instance);
            return;
        };
        let Some(instance) = self.instances.get_mut(&thing.instance) else { return };
        match (&thing.address, instance.tenants.get_mut(tenant)) {
            (Some(id), Some(tenant)) => tenant.addresses.retain(|row| row.text("/addressId") != id),
            _ => drop(instance.tenants.remove(tenant)),
        }
    }
}

impl Target {
    fn instance(id: &str) -> Self {
        Self { instance: id.to_owned(), tenant: None, address: None }
    }

    fn tenant(call: &WorldRequest<'_>, id: &str) -> Self {
        Self { tenant: Some(id.to_owned()), ..Self::instance(call.path("instanceId")) }
    }

    fn address(call: &WorldRequest<'_>, id: &str) -> Self {
        Self { address: Some(id.to_owned()), ..Self::tenant(call, call.path("tenantId")) }
    }

    fn key(&self) -> String {
        let parts = [Some(&self.instance), self.tenant.as_ref(), self.address.as_ref()];
        parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("/")
    }

    fn field(&self) -> &'static str {
        if self.address.is_some() { "/addressStatus" } else { "/status" }
    }
}

fn online(what: &str, detail: &Json) -> Result<(), Refusal> {
    match detail.text("/status") {
        ONLINE => Ok(()),
        status => Err(illegal(format!("the {what} is {status}, not {ONLINE}"))),
    }
}

/// The state of something forbids it.
fn illegal(problem: impl Into<String>) -> Refusal {
    Refusal::own(400, "IllegalOperation.Resource", problem)
}

/// A page of rows, by `pageNumber` and `pageSize`.
fn page(call: &WorldRequest<'_>, rows: Vec<Json>) -> Json {
    let (number, size) = (call.number("pageNumber").unwrap_or(1), call.number("pageSize").unwrap_or(10));
    let skipped = number.saturating_sub(1).saturating_mul(size);
    let total = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let more = skipped.saturating_add(size) < total;
    json!({"dataList": list::cut(rows, skipped, size), "total": total, "hasMore": more})
}

/// Copies what the body gives, from its names to those of the record.
fn copy(body: &Json, record: &mut Json, names: &[(&str, &str)]) {
    for (from, to) in names {
        if let Some(value) = body.given(&format!("/{from}")) {
            record.put(&format!("/{to}"), value.clone());
        }
    }
}
