//! The database O&M instances of Huawei Cloud DBSS.
//!
//! Problem: there are no jobs; the servers of an instance show work as their task while it runs, and as their state
//! when it is done. One table lists the operations that each state allows (`writes.rs`).
//! Default: the inventory is the instance of the spec's example, which is a running pair, and a single server that is
//! shut off. For what a state does not allow, the response is 400 with the service's code. For an address that is bound
//! twice or not bound, it is 200 with `failed`; the vendor does not say when this happens. An order is listed after a
//! quarter of its time. Instances are stored in the form of the list.

mod creates;
mod instance;
mod inventory;
mod refusals;
mod states;
#[cfg(test)]
mod tests;
mod writes;

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::work::{Transition, Work, WorkQueue};
use crate::message::refusal::Refusal;
use crate::message::response::Response;
use crate::world::contract::{Inventory, World, WorldContext};
use crate::world::request::WorldRequest;
use instance::DbssInstance;
use states::GONE;
use writes::Set;

pub(super) struct Dbss {
    instances: BTreeMap<String, DbssInstance>,
    works: WorkQueue<Self>,
    /// The instance of the example, from which others are created.
    template: Json,
    region: String,
    pace: i64,
}

impl World for Dbss {
    fn advance(&mut self, now: i64) {
        while let Some((effect, at)) = self.works.due(now) {
            effect(self, at);
        }
    }

    fn models(&self, operation: &str) -> bool {
        let written = writes::work(operation).is_some() || writes::set(operation).is_some();
        written || handler(operation).is_some()
    }

    fn response(&mut self, call: &WorldRequest<'_>) -> Result<Response, Refusal> {
        if let Some(rule) = writes::work(call.id()) {
            return self.work(call, rule);
        }
        if let Some(set) = writes::set(call.id()) {
            return self.set(call, set);
        }
        Ok(handler(call.id()).map_or_else(|| call.example(), |handler| handler(self, call)))
    }

    fn inventory(&self) -> Inventory {
        inventory::ids(self)
    }
}

fn handler(operation: &str) -> Option<fn(&mut Dbss, &WorldRequest<'_>) -> Response> {
    Some(match operation {
        "ListDbOmInstances" => |world, call| world.list(call),
        "CreateDbOmInstancePeriod" => creates::place,
        _ => return None,
    })
}

impl Dbss {
    pub(super) fn new(start: &WorldContext<'_>) -> Self {
        let template = start.example("ListDbOmInstances").pointer("/clusters/0").cloned().unwrap_or_default();
        let region = start.credentials.region.clone().unwrap_or_default();
        let (instances, works) = (BTreeMap::new(), WorkQueue::default());
        let mut world = Self { instances, works, template, region, pace: start.world_options.pace };
        if !start.world_options.empty {
            inventory::fill(&mut world, start.runtime.now());
        }
        world
    }

    /// Instances in the order of their ids.
    fn list(&self, call: &WorldRequest<'_>) -> Response {
        let rows: Vec<Json> = self.instances.values().map(|instance| instance.row(call.now)).collect();
        call.response(json!({"clusters": rows}))
    }

    fn instance(&self, call: &WorldRequest<'_>) -> Result<&DbssInstance, Refusal> {
        let id = call.path("instance_id");
        self.instances.get(id).ok_or_else(|| Refusal::not_found(format!("there is no instance {id}")))
    }

    /// Asynchronous work: its task is shown immediately, and its state at the end.
    fn work(&mut self, call: &WorldRequest<'_>, rule: &'static Transition) -> Result<Response, Refusal> {
        let instance = self.instance(call)?;
        let id = instance.id().to_owned();
        if self.works.on(&id).is_some() || !rule.allows(instance.state()) {
            return Err(refusals::state(rule.operation, instance));
        }
        let mut work = Work::new(call.runtime.uuid(), &id, call.id(), call.now, rule.millis(self.pace));
        work.fails = call.fails;
        let after = if call.fails { states::ERROR } else { rule.after };
        self.alter(&id, |instance| instance.show_task(rule.during));
        self.works.accept(
            work,
            |_, _| {},
            move |world, _| {
                world.alter(&id, |instance| instance.show(after, states::AT_REST));
                world.instances.retain(|_, instance| instance.state() != GONE);
            },
        );
        Ok(call.response(json!({"result": "success"})))
    }

    /// A call that is done when the response is sent.
    fn set(&mut self, call: &WorldRequest<'_>, set: &'static Set) -> Result<Response, Refusal> {
        let instance = self.instance(call)?;
        let free = set.amid_tasks || self.works.on(instance.id()).is_none();
        if !free || !set.from.contains(&instance.state()) {
            return Err(refusals::state(set.operation, instance));
        }
        let id = instance.id().to_owned();
        let instance = self.instances.get_mut(&id).ok_or_else(|| Refusal::not_found("it is gone"))?;
        (set.apply)(instance, call)
    }

    fn alter(&mut self, id: &str, change: impl FnOnce(&mut DbssInstance)) {
        if let Some(instance) = self.instances.get_mut(id) {
            change(instance);
        }
    }
}
