//! TaurusDB of Huawei Cloud: instances, their databases, accounts, backups, parameters and proxies, and the jobs that
//! change them.
//!
//! Problem: the response to a write is a job, and its effect is shown when the job is done; until then, the instance
//! refuses other writes with 409. Two tables list what each status allows (`instances.rs`, and `writes.rs` for
//! proxies); checks and changes of writes are in files by topic.
//! Default: the inventory is the instance of the spec's examples with its proxy, and an instance without a proxy. A job
//! is unknown for the first quarter of its time, as the vendor warns. A change to the present port of a proxy has no
//! job. A prepaid instance is bought and changed by orders, which are paid immediately and then have a job, unless
//! `is_auto_pay` is false: such an order is never paid and changes nothing. The list of jobs contains the orders. The
//! v3.1 operations return the same instances with other values for the status.
//! Override: none, except those of all worlds.

mod access;
mod backup;
mod backups;
mod change;
mod changes;
mod contents;
mod creates;
mod handlers;
mod instance;
mod instances;
mod inventory;
mod jobs;
mod limits;
mod model;
mod nodes;
mod offer;
mod proxy;
mod quotas;
mod reads;
mod refusals;
mod schedule;
mod settings;
mod state;
mod template;
mod templates;
#[cfg(test)]
mod tests;
mod writes;

use std::collections::BTreeMap;

use serde_json::json;

use super::work::WorkQueue;
use crate::message::refusal::Refusal;
use crate::message::response::Response;
use crate::world::contract::{Inventory, World, WorldContext};
use crate::world::request::WorldRequest;
use limits::{Quotas, RecycleBin};
use model::InstanceModel;
use offer::ProxyOffer;
pub(super) use state::Taurusdb;
use state::{Forgotten, Orders, Schedule};
use template::Templates;

impl World for Taurusdb {
    fn advance(&mut self, now: i64) {
        while let Some((effect, at)) = self.works.due(now) {
            effect(self, at);
        }
        schedule::advance(self, now);
        instances::recycle::advance(self, now);
    }

    fn models(&self, operation: &str) -> bool {
        writes::find(operation).is_some()
            || instances::find(operation).is_some()
            || handlers::find(operation).is_some()
    }

    fn response(&mut self, call: &WorldRequest<'_>) -> Result<Response, Refusal> {
        if let Some(write) = writes::find(call.id()) {
            return self.write(call, write);
        }
        let body = match (instances::find(call.id()), handlers::find(call.id())) {
            (Some(write), _) => self.write_instance(call, write)?,
            (None, Some(handler)) => handler(self, call)?,
            (None, None) => return Ok(call.example()),
        };
        Ok(Response::new(call.operation.status, call.operation.success.is_some().then_some(body)))
    }

    fn inventory(&self) -> Inventory {
        inventory::ids(self)
    }
}

impl Taurusdb {
    pub(super) fn new(start: &WorldContext<'_>) -> Self {
        let mut world = Self {
            instances: BTreeMap::new(),
            works: WorkQueue::default(),
            forgotten: Forgotten::default(),
            orders: Orders::default(),
            schedule: Schedule::default(),
            offer: ProxyOffer::new(start),
            model: InstanceModel::new(start),
            templates: Templates::new(start),
            backups: Vec::new(),
            bin: RecycleBin::default(),
            quotas: Quotas::new(start),
            pace: start.world_options.pace,
        };
        if !start.world_options.empty {
            inventory::fill(&mut world, start);
        }
        world
    }

    /// A write to existing proxies: finds them, checks the state and the values, and starts the work. Nothing is
    /// changed before all checks have passed.
    fn write(
        &mut self,
        call: &WorldRequest<'_>,
        write: &'static writes::ProxyWrite,
    ) -> Result<Response, Refusal> {
        let instance = self.instance(call)?;
        let targets = writes::targets(instance, call)?;
        self.allow(instance, call)?;
        for proxy in &targets {
            refusals::status(&write.rule, proxy.status(), proxy.name())?;
        }
        let first = targets.first().ok_or_else(|| refusals::unchosen(instance.name()))?;
        let change = (write.prepare)(self, call, instance, first)?;
        let ids: Vec<String> = targets.iter().map(|proxy| proxy.id().to_owned()).collect();
        let (id, before) = (instance.id().to_owned(), first.status().to_owned());
        match (write.shows, change) {
            (writes::Shows::Now(response), change) => {
                self.alter(&id, &ids, |proxy| change.iter().for_each(|change| change(proxy)), call.now);
                let first = ids.first().map_or("", String::as_str);
                Ok(call.response(response(self.instance(call)?.proxy(first)?)))
            }
            (_, None) => Ok(call.response(json!({}))),
            (shows, Some(change)) => {
                let job = self.take_on(call, &write.rule, &id, (ids, &before), change);
                Ok(call.response(shows.accepted(&job, &id)))
            }
        }
    }
}
