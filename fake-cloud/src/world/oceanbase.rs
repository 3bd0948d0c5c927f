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
use super::work::{Rule, Work, Works};
use super::{Ask, Inventory, Start, World};
use crate::answer::Answer;
use crate::refusal::Refusal;
use states::{DELETED, ONLINE};

/// The world.
pub(super) struct OceanBase {
    instances: BTreeMap<String, Instance>,
    works: Works<Self>,
    pace: i64,
    project: String,
}

/// An instance as `describeInstance` shows it, and what is in it.
struct Instance {
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
struct Thing {
    instance: String,
    tenant: Option<String>,
    address: Option<String>,
}

/// The `data` of an answer.
type Data = Result<Json, Refusal>;
/// Answers the operations of one theme.
type Theme = fn(&mut OceanBase, &Ask<'_>) -> Option<Data>;

const THEMES: [Theme; 7] = [
    instances::answer,
    tenants::answer,
    addresses::answer,
    links::answer,
    groups::answer,
    databases::answer,
    users::answer,
];

impl World for OceanBase {
    fn advance(&mut self, now: i64) {
        while let Some((effect, at)) = self.works.due(now) {
            effect(self, at);
        }
    }

    fn answer(&mut self, ask: &Ask<'_>) -> Result<Answer, Refusal> {
        match THEMES.iter().find_map(|theme| theme(self, ask)) {
            Some(data) => Ok(ask.answer(wrapped(ask, data?))),
            None => Ok(ask.example()),
        }
    }

    fn inventory(&self) -> Inventory {
        inventory::ids(self)
    }
}

/// The envelope of an answer; one operation has that of another product.
fn wrapped(ask: &Ask<'_>, data: Json) -> Json {
    match ask.id() {
        "createTenantAddress" => json!({"data": data, "message": "", "successful": true}),
        _ if data.is_null() => json!({"success": true, "requestId": ask.ambient.uuid()}),
        _ => json!({"success": true, "requestId": ask.ambient.uuid(), "data": data}),
    }
}

impl OceanBase {
    pub(super) fn new(start: &Start<'_>) -> Self {
        let project = start.credentials.project_id.clone().unwrap_or_default();
        let (instances, works) = (BTreeMap::new(), Works::default());
        let mut world = Self { instances, works, pace: start.temper.pace, project };
        if !start.temper.empty {
            inventory::fill(&mut world, start);
        }
        world
    }

    /// The instance of the path.
    fn instance(&mut self, ask: &Ask<'_>) -> Result<&mut Instance, Refusal> {
        self.instance_of(ask.path("instanceId"))
    }

    fn instance_of(&mut self, id: &str) -> Result<&mut Instance, Refusal> {
        self.instances.get_mut(id).ok_or_else(|| Refusal::not_found(format!("there is no instance {id}")))
    }

    /// The tenant of the path.
    fn tenant(&mut self, ask: &Ask<'_>) -> Result<&mut Tenant, Refusal> {
        let id = ask.path("tenantId");
        let found = self.instance(ask)?.tenants.get_mut(id);
        found.ok_or_else(|| Refusal::not_found(format!("there is no tenant {id}")))
    }

    /// The tenant of the path, where it and its instance take writes.
    fn ready(&mut self, ask: &Ask<'_>) -> Result<&mut Tenant, Refusal> {
        self.open(ask)?;
        let tenant = self.tenant(ask)?;
        online("tenant", &tenant.detail)?;
        Ok(tenant)
    }

    /// The instance of the path, where it takes writes to what is in it.
    fn open(&mut self, ask: &Ask<'_>) -> Result<&mut Instance, Refusal> {
        let instance = self.instance(ask)?;
        online("instance", &instance.detail)?;
        Ok(instance)
    }

    /// What shows the status of a thing.
    fn record(&mut self, thing: &Thing) -> Option<&mut Json> {
        let instance = self.instances.get_mut(&thing.instance)?;
        let Some(tenant) = &thing.tenant else { return Some(&mut instance.detail) };
        let tenant = instance.tenants.get_mut(tenant)?;
        match &thing.address {
            Some(id) => tenant.addresses.iter_mut().find(|row| row.text("/addressId") == id),
            None => Some(&mut tenant.detail),
        }
    }

    fn show(&mut self, thing: &Thing, status: &str) {
        if let Some(record) = self.record(thing) {
            record.put(thing.field(), status);
        }
    }

    /// Takes work on: its status allows it and no other work is in progress. At its end `change` happens, and what
    /// is deleted then is gone.
    fn accept(
        &mut self,
        ask: &Ask<'_>,
        thing: Thing,
        rule: &'static Rule,
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
        let work = Work::new(ask.ambient.uuid(), key, rule.operation, ask.now, rule.millis(self.pace));
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
    fn bury(&mut self, thing: &Thing) {
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

impl Thing {
    fn instance(id: &str) -> Self {
        Self { instance: id.to_owned(), tenant: None, address: None }
    }

    fn tenant(ask: &Ask<'_>, id: &str) -> Self {
        Self { tenant: Some(id.to_owned()), ..Self::instance(ask.path("instanceId")) }
    }

    fn address(ask: &Ask<'_>, id: &str) -> Self {
        Self { address: Some(id.to_owned()), ..Self::tenant(ask, ask.path("tenantId")) }
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
fn page(ask: &Ask<'_>, rows: Vec<Json>) -> Json {
    let (number, size) = (ask.number("pageNumber").unwrap_or(1), ask.number("pageSize").unwrap_or(10));
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
