//! TaurusDB of Huawei Cloud: instances, the proxies in front of them, and the jobs that change proxies.
//!
//! Problem: a write is answered with a job, and what it changes shows when the job is done; until then the
//! instance refuses other writes with 409. What is allowed when stands in one table (`writes.rs`); what each
//! write checks and changes stands beside the others of its theme.
//! Default: the inventory is the instance of the spec's examples with its proxy, and one without. A job is
//! unknown for the first quarter of its time, as the vendor warns. A port that the proxy has already is
//! answered without a job. The v3.1 calls show the same instances in the other words for the status.
//! Override: none beyond those of all worlds.

mod access;
mod changes;
mod creates;
mod instance;
mod inventory;
mod jobs;
mod nodes;
mod offer;
mod proxy;
mod reads;
mod refusals;
mod schedule;
mod settings;
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
use instance::TaurusdbInstance;
use jobs::Forgotten;
use offer::ProxyOffer;
use proxy::{Proxy, ProxyChange};
use schedule::Schedule;

/// The world.
pub(super) struct Taurusdb {
    instances: BTreeMap<String, TaurusdbInstance>,
    works: WorkQueue<Self>,
    forgotten: Forgotten,
    schedule: Schedule,
    offer: ProxyOffer,
    pace: i64,
}

impl World for Taurusdb {
    fn advance(&mut self, now: i64) {
        while let Some((effect, at)) = self.works.due(now) {
            effect(self, at);
        }
        schedule::advance(self, now);
    }

    fn models(&self, operation: &str) -> bool {
        writes::find(operation).is_some() || handler(operation).is_some()
    }

    fn response(&mut self, call: &WorldRequest<'_>) -> Result<Response, Refusal> {
        match (writes::find(call.id()), handler(call.id())) {
            (Some(write), _) => self.write(call, write),
            (None, Some(handler)) => Ok(call.response(handler(self, call)?)),
            (None, None) => Ok(call.example()),
        }
    }

    fn inventory(&self) -> Inventory {
        inventory::ids(self)
    }
}

/// Answers an operation with the body of the response.
type Handler = fn(&mut Taurusdb, &WorldRequest<'_>) -> Result<Json, Refusal>;

fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "CreateGaussMySqlProxy" => creates::open,
        "ListGaussMySqlInstances" | "ListGaussMySqlInstancesUnifyStatus" => {
            |w, call| reads::instances(w, call)
        }
        "ShowGaussMySqlInstanceInfo" | "ShowGaussMySqlInstanceInfoUnifyStatus" => {
            |w, call| Ok(json!({"instance": w.instance(call)?.detail(call)}))
        }
        "ShowGaussMySqlProxyList" => |w, call| reads::proxies(w, call),
        "ShowProxyConfigurations" => |w, call| reads::settings(w, call),
        "ShowProxyIpgroup" => |w, call| Ok(w.proxy(call)?.access.clone()),
        "ShowProxyVersion" => |w, call| Ok(settings::version(w.proxy(call)?, &w.offer)),
        "ShowGaussMySqlJobInfo" => |w, call| jobs::show(w, call),
        "ListImmediateJobs" => |w, call| jobs::list(w, call),
        "ShowTaskDetails" => |w, call| jobs::steps(w, call),
        "DeleteTaskRecord" => jobs::forget,
        "ListScheduleJobs" => |w, call| schedule::list(w, call),
        "CancelScheduleTask" => schedule::cancel,
        "DeleteScheduleTasK" => schedule::delete,
        _ => return None,
    })
}

impl Taurusdb {
    pub(super) fn new(start: &WorldContext<'_>) -> Self {
        let mut world = Self {
            instances: BTreeMap::new(),
            works: WorkQueue::default(),
            forgotten: Forgotten::default(),
            schedule: Schedule::default(),
            offer: ProxyOffer::new(start),
            pace: start.world_options.pace,
        };
        if !start.world_options.empty {
            inventory::fill(&mut world, start);
        }
        world
    }

    /// The instance of the path.
    fn instance(&self, call: &WorldRequest<'_>) -> Result<&TaurusdbInstance, Refusal> {
        let id = call.path("instance_id");
        self.instances.get(id).ok_or_else(|| Refusal::not_found(format!("there is no instance {id}")))
    }

    /// The proxy of the path.
    fn proxy(&self, call: &WorldRequest<'_>) -> Result<&Proxy, Refusal> {
        self.instance(call)?.proxy(call.path("proxy_id"))
    }

    /// A write to proxies that are there: look them up, see whether the state allows it, see whether the values
    /// make sense, and take the work on. Nothing changes before all that is settled.
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

    /// Takes a change of proxies on, which had a status before, and says under which job.
    fn take_on(
        &mut self,
        call: &WorldRequest<'_>,
        rule: &'static Transition,
        instance: &str,
        (proxies, before): (Vec<String>, &str),
        change: ProxyChange,
    ) -> String {
        let (begin, end) = ((instance.to_owned(), proxies.clone()), (instance.to_owned(), proxies));
        // A job that fails leaves things as they were.
        let failed = call.fails.then(|| before.to_owned());
        let done = move |proxy: &mut Proxy| match &failed {
            Some(before) => proxy.show(before),
            None => {
                change(proxy);
                proxy.show(rule.after);
            }
        };
        self.accept(
            call,
            instance,
            rule,
            move |world, at| world.alter(&begin.0, &begin.1, |proxy| proxy.show(rule.during), at),
            move |world, at| world.alter(&end.0, &end.1, done, at),
        )
    }

    /// Whether an instance takes a write at all: it is well, and no other job works on it.
    fn allow(&self, instance: &TaurusdbInstance, call: &WorldRequest<'_>) -> Result<(), Refusal> {
        if let Some(work) = self.works.on(instance.id()) {
            return Err(refusals::busy(&work.operation, instance.name()));
        }
        match instance.status() {
            instance::ACTIVE => Ok(()),
            status => Err(refusals::instance_status(call.id(), instance.name(), status)),
        }
    }

    /// Takes work on, and says under which job.
    fn accept(
        &mut self,
        call: &WorldRequest<'_>,
        instance: &str,
        rule: &Transition,
        begin: impl FnOnce(&mut Self, i64) + Send + 'static,
        end: impl FnOnce(&mut Self, i64) + Send + 'static,
    ) -> String {
        let job = call.runtime.uuid();
        let mut work = Work::new(&job, instance, call.id(), call.now, rule.millis(self.pace));
        work.fails = call.fails;
        self.works.accept(work, begin, end);
        job
    }

    /// Changes proxies of an instance; those that are closed by it are gone.
    fn alter(&mut self, instance: &str, proxies: &[String], change: impl Fn(&mut Proxy), at: i64) {
        let Some(instance) = self.instances.get_mut(instance) else { return };
        for proxy in instance.proxies.iter_mut().filter(|proxy| proxies.iter().any(|id| id == proxy.id())) {
            change(proxy);
            proxy.touch(at);
        }
        instance.proxies.retain(|proxy| proxy.status() != proxy::DELETED);
    }
}
