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
mod instance;
mod inventory;
mod jobs;
mod lists;
mod nodes;
mod offer;
mod opening;
mod proxy;
mod refusals;
mod schedule;
mod settings;
#[cfg(test)]
mod tests;
mod writes;

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::work::{Rule, Work, Works};
use super::{Ask, Inventory, Start, World};
use crate::answer::Answer;
use crate::refusal::Refusal;
use instance::Instance;
use jobs::Forgotten;
use offer::Offer;
use proxy::Proxy;
use schedule::Schedule;
use writes::Change;

/// The world.
pub(super) struct Taurusdb {
    instances: BTreeMap<String, Instance>,
    works: Works<Self>,
    forgotten: Forgotten,
    schedule: Schedule,
    offer: Offer,
    pace: i64,
}

impl World for Taurusdb {
    fn advance(&mut self, now: i64) {
        while let Some((effect, at)) = self.works.due(now) {
            effect(self, at);
        }
        schedule::advance(self, now);
    }

    fn answer(&mut self, ask: &Ask<'_>) -> Result<Answer, Refusal> {
        if let Some(write) = writes::find(ask.id()) {
            return self.write(ask, write);
        }
        let body = match ask.id() {
            "CreateGaussMySqlProxy" => opening::open(self, ask)?,
            "ListGaussMySqlInstances" | "ListGaussMySqlInstancesUnifyStatus" => lists::instances(self, ask)?,
            "ShowGaussMySqlInstanceInfo" | "ShowGaussMySqlInstanceInfoUnifyStatus" => {
                json!({"instance": self.instance(ask)?.detail(ask)})
            }
            "ShowGaussMySqlProxyList" => lists::proxies(self, ask)?,
            "ShowProxyConfigurations" => lists::settings(self, ask)?,
            "ShowProxyIpgroup" => self.proxy(ask)?.access.clone(),
            "ShowProxyVersion" => settings::version(self.proxy(ask)?, &self.offer),
            "ShowGaussMySqlJobInfo" => jobs::show(self, ask)?,
            "ListImmediateJobs" => jobs::list(self, ask)?,
            "ShowTaskDetails" => jobs::steps(self, ask)?,
            "DeleteTaskRecord" => return jobs::forget(self, ask),
            "ListScheduleJobs" => schedule::list(self, ask)?,
            "CancelScheduleTask" => schedule::cancel(self, ask)?,
            "DeleteScheduleTasK" => schedule::delete(self, ask)?,
            _ => return Ok(ask.example()),
        };
        Ok(ask.answer(body))
    }

    fn inventory(&self) -> Inventory {
        inventory::ids(self)
    }
}

impl Taurusdb {
    pub(super) fn new(start: &Start<'_>) -> Self {
        let mut world = Self {
            instances: BTreeMap::new(),
            works: Works::default(),
            forgotten: Forgotten::default(),
            schedule: Schedule::default(),
            offer: Offer::new(start),
            pace: start.temper.pace,
        };
        if !start.temper.empty {
            inventory::fill(&mut world, start);
        }
        world
    }

    /// The instance of the path.
    fn instance(&self, ask: &Ask<'_>) -> Result<&Instance, Refusal> {
        let id = ask.path("instance_id");
        self.instances.get(id).ok_or_else(|| Refusal::not_found(format!("there is no instance {id}")))
    }

    /// The proxy of the path.
    fn proxy(&self, ask: &Ask<'_>) -> Result<&Proxy, Refusal> {
        self.instance(ask)?.proxy(ask.path("proxy_id"))
    }

    /// A write to proxies that are there: look them up, see whether the state allows it, see whether the values
    /// make sense, and take the work on. Nothing changes before all that is settled.
    fn write(&mut self, ask: &Ask<'_>, write: &'static writes::Write) -> Result<Answer, Refusal> {
        let instance = self.instance(ask)?;
        let targets = writes::targets(instance, ask)?;
        self.allow(instance, ask)?;
        for proxy in &targets {
            refusals::status(&write.rule, proxy.status(), proxy.name())?;
        }
        let first = targets.first().ok_or_else(|| refusals::unchosen(instance.name()))?;
        let change = (write.prepare)(self, ask, instance, first)?;
        let ids: Vec<String> = targets.iter().map(|proxy| proxy.id().to_owned()).collect();
        let (id, before) = (instance.id().to_owned(), first.status().to_owned());
        match (write.shows, change) {
            (writes::Shows::Now(answer), change) => {
                self.alter(&id, &ids, |proxy| change.iter().for_each(|change| change(proxy)), ask.now);
                let first = ids.first().map_or("", String::as_str);
                Ok(ask.answer(answer(self.instance(ask)?.proxy(first)?)))
            }
            (_, None) => Ok(ask.answer(json!({}))),
            (shows, Some(change)) => {
                let job = self.take_on(ask, &write.rule, &id, (ids, &before), change);
                Ok(ask.answer(shows.accepted(&job, &id)))
            }
        }
    }

    /// Takes a change of proxies on, which had a status before, and says under which job.
    fn take_on(
        &mut self,
        ask: &Ask<'_>,
        rule: &'static Rule,
        instance: &str,
        (proxies, before): (Vec<String>, &str),
        change: Change,
    ) -> String {
        let (begin, end) = ((instance.to_owned(), proxies.clone()), (instance.to_owned(), proxies));
        // A job that fails leaves things as they were.
        let failed = ask.fails.then(|| before.to_owned());
        let done = move |proxy: &mut Proxy| match &failed {
            Some(before) => proxy.show(before),
            None => {
                change(proxy);
                proxy.show(rule.after);
            }
        };
        self.accept(
            ask,
            instance,
            rule,
            move |world, at| world.alter(&begin.0, &begin.1, |proxy| proxy.show(rule.during), at),
            move |world, at| world.alter(&end.0, &end.1, done, at),
        )
    }

    /// Whether an instance takes a write at all: it is well, and no other job works on it.
    fn allow(&self, instance: &Instance, ask: &Ask<'_>) -> Result<(), Refusal> {
        if let Some(work) = self.works.on(instance.id()) {
            return Err(refusals::busy(&work.operation, instance.name()));
        }
        match instance.status() {
            instance::ACTIVE => Ok(()),
            status => Err(refusals::instance_status(ask.id(), instance.name(), status)),
        }
    }

    /// Takes work on, and says under which job.
    fn accept(
        &mut self,
        ask: &Ask<'_>,
        instance: &str,
        rule: &Rule,
        begin: impl FnOnce(&mut Self, i64) + Send + 'static,
        end: impl FnOnce(&mut Self, i64) + Send + 'static,
    ) -> String {
        let job = ask.ambient.uuid();
        let mut work = Work::new(&job, instance, ask.id(), ask.now, rule.millis(self.pace));
        work.fails = ask.fails;
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

/// Texts of a list.
fn texts(list: &[Json]) -> Vec<&str> {
    list.iter().filter_map(Json::as_str).collect()
}
