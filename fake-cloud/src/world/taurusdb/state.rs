//! The world of TaurusDB: its state, and work on it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use super::backup::TaurusdbBackup;
use super::instance::{self, TaurusdbInstance};
use super::limits::{Quotas, RecycleBin};
use super::model::InstanceModel;
use super::offer::ProxyOffer;
use super::proxy::{self, Proxy, ProxyChange};
use super::refusals;
use super::template::Templates;
use crate::base::calendar;
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::request::WorldRequest;
use crate::world::work::{Transition, Work, WorkQueue};

/// Ids of jobs whose records were deleted.
#[derive(Default)]
pub(super) struct Forgotten(pub(super) BTreeSet<String>);

/// Orders by the ids of the jobs that carry them out.
#[derive(Default)]
pub(super) struct Orders(pub(super) BTreeMap<String, String>);

/// A scheduled job, and its time.
pub(super) struct Scheduled {
    /// The row of ListScheduleJobs.
    pub(super) row: Json,
    pub(super) starts: i64,
}

#[derive(Default)]
pub(super) struct Schedule(pub(super) Vec<Scheduled>);

/// The world.
pub(crate) struct Taurusdb {
    pub(super) instances: BTreeMap<String, TaurusdbInstance>,
    pub(super) works: WorkQueue<Self>,
    pub(super) forgotten: Forgotten,
    pub(super) orders: Orders,
    pub(super) schedule: Schedule,
    pub(super) offer: ProxyOffer,
    pub(super) model: InstanceModel,
    pub(super) templates: Templates,
    pub(super) backups: Vec<TaurusdbBackup>,
    pub(super) bin: RecycleBin,
    pub(super) quotas: Quotas,
    pub(super) pace: i64,
}

impl Taurusdb {
    /// The instance of the path.
    pub(super) fn instance(&self, call: &WorldRequest<'_>) -> Result<&TaurusdbInstance, Refusal> {
        let id = call.path("instance_id");
        self.instances.get(id).ok_or_else(|| Refusal::not_found(format!("there is no instance {id}")))
    }

    /// The proxy of the path.
    pub(super) fn proxy(&self, call: &WorldRequest<'_>) -> Result<&Proxy, Refusal> {
        self.instance(call)?.proxy(call.path("proxy_id"))
    }

    /// Starts a change of proxies, with their previous status, and returns the id of its job.
    pub(super) fn take_on(
        &mut self,
        call: &WorldRequest<'_>,
        rule: &'static Transition,
        instance: &str,
        (proxies, before): (Vec<String>, &str),
        change: ProxyChange,
    ) -> String {
        let (begin, end) = ((instance.to_owned(), proxies.clone()), (instance.to_owned(), proxies));
        // A failed job changes nothing.
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

    /// Whether an instance accepts writes: its status is normal, and no other job is running.
    pub(super) fn allow(&self, instance: &TaurusdbInstance, call: &WorldRequest<'_>) -> Result<(), Refusal> {
        if let Some(work) = self.works.on(instance.id()) {
            return Err(refusals::busy(&work.operation, instance.name()));
        }
        match instance.status() {
            instance::ACTIVE => Ok(()),
            status => Err(refusals::instance_status(call.id(), instance.name(), status)),
        }
    }

    /// Starts work, and returns the id of its job. An unpaid order has no job and changes nothing.
    pub(super) fn accept(
        &mut self,
        call: &WorldRequest<'_>,
        instance: &str,
        rule: &Transition,
        begin: impl FnOnce(&mut Self, i64) + Send + 'static,
        end: impl FnOnce(&mut Self, i64) + Send + 'static,
    ) -> String {
        let job = call.runtime.uuid();
        if self.is_unpaid(call, instance) {
            return job;
        }
        let mut work = Work::new(&job, instance, call.id(), call.now, rule.millis(self.pace));
        work.fails = call.fails;
        self.works.accept(work, begin, end);
        job
    }

    /// Changes proxies of an instance, and removes those that were closed.
    pub(super) fn alter(&mut self, instance: &str, proxies: &[String], change: impl Fn(&mut Proxy), at: i64) {
        let Some(instance) = self.instances.get_mut(instance) else { return };
        for proxy in instance.proxies.iter_mut().filter(|proxy| proxies.iter().any(|id| id == proxy.id())) {
            change(proxy);
            proxy.touch(at);
        }
        instance.proxies.retain(|proxy| proxy.status() != proxy::DELETED);
    }

    fn is_order(&self, call: &WorldRequest<'_>, id: &str) -> bool {
        let prepaid = self.instances.get(id).is_some_and(TaurusdbInstance::is_prepaid);
        call.id() == EXPAND || prepaid && BUYING.contains(&call.id())
    }

    /// Whether a request creates an order that is not paid automatically.
    pub(super) fn is_unpaid(&self, call: &WorldRequest<'_>, id: &str) -> bool {
        let by_hand = |field| call.body().text(field) == "false";
        self.is_order(call, id) && ["/is_auto_pay", "/charge_info/is_auto_pay"].into_iter().any(by_hand)
    }

    /// Writes the id of the work into a response: a job, or an order if the instance is prepaid and the operation may
    /// cost money.
    pub(super) fn accepted(&mut self, call: &WorldRequest<'_>, id: &str, job: String, response: &mut Json) {
        if !self.is_order(call, id) {
            return response.put("/job_id", job);
        }
        let order = format!("CS{}", call.runtime.hex(15).to_uppercase());
        response.put("/order_id", order.clone());
        self.orders.0.insert(job, order);
        let Self { orders, works, .. } = self;
        orders.0.retain(|job, _| works.find(job).is_some());
    }

    pub(super) fn alter_instance(
        &mut self,
        id: &str,
        at: i64,
        change: impl FnOnce(&mut TaurusdbInstance, i64),
    ) {
        if let Some(instance) = self.instances.get_mut(id) {
            change(instance, at);
            instance.touch(at);
        }
    }

    /// The instance with an id.
    pub(super) fn instance_by_id(&self, id: &str) -> Result<&TaurusdbInstance, Refusal> {
        self.instances.get(id).ok_or_else(|| Refusal::not_found(format!("there is no instance {id}")))
    }

    /// Whether no job is running on an instance.
    pub(super) fn free(&self, instance: &TaurusdbInstance) -> Result<(), Refusal> {
        self.works
            .on(instance.id())
            .map_or(Ok(()), |work| Err(refusals::busy(&work.operation, instance.name())))
    }

    /// A new node of an instance; the first is its primary node.
    pub(super) fn node(&self, call: &WorldRequest<'_>, instance: &TaurusdbInstance, number: usize) -> Json {
        let mut node = self.model.detail.pointer("/nodes/0").cloned().unwrap_or_default();
        for (field, value) in [
            ("/id", json!(format!("{}no07", call.runtime.hex(32)))),
            ("/name", json!(format!("{}_node_{number}", instance.name()))),
            ("/type", json!(if number == 0 { "master" } else { "slave" })),
            ("/priority", json!(if number == 0 { -1 } else { 1 })),
            ("/created", json!(calendar::offset(call.now))),
            ("/updated", json!(calendar::offset(call.now))),
            ("/az_code", instance.detail["master_az_code"].clone()),
            ("/port", json!(instance.row.text("/port").parse::<i64>().unwrap_or(3306))),
            ("/private_read_ips", json!([self.free_addresses().next()])),
        ] {
            node.put(field, value);
        }
        node
    }

    /// All addresses of instances.
    pub(super) fn addresses(&self) -> impl Iterator<Item = &str> {
        self.instances.values().flat_map(|instance| {
            let nodes =
                instance.detail.items("/nodes").iter().flat_map(|node| node.items("/private_read_ips"));
            instance.row.items("/private_ips").iter().chain(nodes).filter_map(Json::as_str)
        })
    }

    /// Addresses that are not in use by an instance.
    pub(super) fn free_addresses(&self) -> impl Iterator<Item = String> {
        let all = (0..).map(|number| format!("192.168.{}.{}", 1 + number / 250, number % 250 + 1));
        all.filter(|address| !self.addresses().any(|taken| taken == address))
    }
}

/// The operation whose response is always an order.
const EXPAND: &str = "ExpandGaussMySqlInstanceVolume";

/// Operations whose response is an order if the instance is prepaid.
const BUYING: &[&str] = &[
    "BatchChangeInstanceSpecification",
    "CreateGaussMySqlInstance",
    "DeleteGaussMySqlInstance",
    "ChangeGaussMySqlInstanceSpecification",
    "CreateGaussMySqlReadonlyNode",
    "DeleteGaussMySqlReadonlyNode",
];
