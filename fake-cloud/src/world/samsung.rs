//! The databases of Samsung Cloud Platform: clusters and their operations.
//!
//! Problem: a write is accepted with 202, and its effect is shown later; until then, the cluster refuses other writes.
//! One table lists what each state allows (`writes.rs`); other checks and changes of operations are in files by topic.
//! Default: the inventory is the cluster of the spec's examples with a replica, and a pair with high availability. The
//! name filter of ListClusters finds parts of names, and `count` is the total of all pages; the vendor documents
//! neither. The response for an unknown request is 404, as documented.
//! Override: [`Product`](product::Product) has the differences between products. Clusters are stored as ShowCluster
//! returns them, so that each version of the API has its own fields.

mod address;
mod backup;
mod backups;
mod cluster;
mod commands;
mod creates;
mod disks;
mod engine;
mod inventory;
mod logs;
mod offer;
mod parameters;
mod product;
mod reads;
mod refusals;
mod replicas;
mod secondaries;
mod servers;
mod settings;
mod states;
#[cfg(test)]
mod tests;
mod writes;

use std::collections::BTreeMap;

use serde_json::json;

use super::work::{Transition, Work, WorkQueue};
use crate::message::refusal::Refusal;
use crate::message::response::Response;
use crate::world::contract::{Inventory, World, WorldContext};
use crate::world::request::WorldRequest;
use cluster::Cluster;
use offer::ProductOffer;
use states::GONE;

/// The maximum number of clusters of an account.
const QUOTA: usize = 100;

/// The world of one product.
pub(super) struct Samsung {
    clusters: BTreeMap<String, Cluster>,
    works: WorkQueue<Self>,
    offer: ProductOffer,
    pace: i64,
}

impl World for Samsung {
    fn advance(&mut self, now: i64) {
        while let Some((effect, at)) = self.works.due(now) {
            self.clusters.values_mut().for_each(|cluster| cluster.back_up(at));
            effect(self, at);
        }
        self.clusters.values_mut().for_each(|cluster| cluster.back_up(now));
    }

    fn models(&self, operation: &str) -> bool {
        let written = writes::find(operation).is_some() || creates::handler(operation).is_some();
        written || reads::handler(operation).is_some()
    }

    fn response(&mut self, call: &WorldRequest<'_>) -> Result<Response, Refusal> {
        if let Some(write) = writes::find(call.id()) {
            return self.write(call, write);
        }
        if let Some(create) = creates::handler(call.id()) {
            return create(self, call);
        }
        match reads::handler(call.id()) {
            Some(read) => Ok(call.response(read(self, call)?)),
            None => Ok(call.example()),
        }
    }

    fn inventory(&self) -> Inventory {
        inventory::ids(self)
    }
}

impl Samsung {
    /// The world of a product, if the service is one.
    pub(super) fn of(start: &WorldContext<'_>) -> Option<Self> {
        let product = product::find(&start.spec.stem)?;
        let offer = ProductOffer::new(start, product);
        let mut world = Self {
            clusters: BTreeMap::new(),
            works: WorkQueue::default(),
            offer,
            pace: start.world_options.pace,
        };
        if !start.world_options.empty {
            inventory::fill(&mut world, start);
        }
        Some(world)
    }

    /// A cluster.
    ///
    /// # Errors No cluster has this id.
    fn cluster(&self, id: &str) -> Result<&Cluster, Refusal> {
        let known = self.clusters.get(id).filter(|cluster| !cluster.abroad());
        known.ok_or_else(|| Refusal::not_found(format!("there is no cluster {id}")))
    }

    /// The clusters of this region, in the order of their names.
    fn by_name(&self) -> Vec<&Cluster> {
        let mut clusters: Vec<&Cluster> =
            self.clusters.values().filter(|cluster| !cluster.abroad()).collect();
        clusters.sort_by_key(|cluster| cluster.name());
        clusters
    }

    /// A write to an existing cluster: finds the cluster, checks its state and the values, and starts the work. Nothing
    /// is changed before all checks have passed.
    fn write(
        &mut self,
        call: &WorldRequest<'_>,
        write: &'static writes::ClusterWrite,
    ) -> Result<Response, Refusal> {
        let cluster = self.target(call)?;
        let id = cluster.id().to_owned();
        self.allow(&write.rule, cluster)?;
        let change = (write.prepare)(self, call, cluster)?;
        let Transition { during, after, .. } = write.rule;
        let (begin, end) = (id.clone(), id.clone());
        let request = self.accept(
            call,
            &id,
            &write.rule,
            move |world, at| world.alter(&begin, |cluster| cluster.show(during, at)),
            move |world, at| {
                world.alter(&end, |cluster| {
                    change(cluster, at);
                    cluster.show(after, at);
                });
                world.clusters.retain(|_, cluster| cluster.state() != GONE);
            },
        );
        Ok(accepted(call, &request, &id))
    }

    /// The cluster of a write, which names the cluster, or its group of servers or disks.
    fn target(&self, call: &WorldRequest<'_>) -> Result<&Cluster, Refusal> {
        for parameter in ["cluster_id", "replica_cluster_id", "origin_cluster_id"] {
            if let Some(id) = call.text(parameter) {
                return self.cluster(id);
            }
        }
        let servers = call.text("instance_group_id");
        let disks = call.text("block_storage_group_id");
        let part = servers.or(disks).unwrap_or_default();
        let found = self.clusters.values().find(|cluster| match servers {
            Some(id) => cluster.server_group(id).is_some(),
            None => cluster.disk_group(part).is_some(),
        });
        found.ok_or_else(|| Refusal::not_found(format!("there is no group {part}")))
    }

    /// Whether the state of a cluster allows an operation.
    fn allow(&self, rule: &Transition, cluster: &Cluster) -> Result<(), Refusal> {
        let (name, state) = (cluster.name(), cluster.state());
        if let Some(work) = self.works.on(cluster.id()) {
            let problem = format!("{} of the cluster {name} is still in progress", work.operation);
            return Err(refusals::state(problem));
        }
        if rule.allows(state) {
            return Ok(());
        }
        let needed = rule.from.join(" or ");
        Err(refusals::state(format!(
            "{} needs a cluster that is {needed}; {name} is {state}",
            rule.operation
        )))
    }

    /// Starts work, and returns the id of its request.
    fn accept(
        &mut self,
        call: &WorldRequest<'_>,
        cluster: &str,
        rule: &Transition,
        begin: impl FnOnce(&mut Self, i64) + Send + 'static,
        end: impl FnOnce(&mut Self, i64) + Send + 'static,
    ) -> String {
        let request = format!("req-{}", call.runtime.uuid());
        let mut work = Work::new(&request, cluster, call.id(), call.now, rule.millis(self.pace));
        work.fails = call.fails;
        if call.fails {
            let (id, broken) = (cluster.to_owned(), writes::broken(rule));
            let end = move |world: &mut Self, at| world.alter(&id, |cluster| cluster.show(broken, at));
            self.works.accept(work, begin, end);
        } else {
            self.works.accept(work, begin, end);
        }
        request
    }

    fn alter(&mut self, id: &str, change: impl FnOnce(&mut Cluster)) {
        if let Some(cluster) = self.clusters.get_mut(id) {
            change(cluster);
        }
    }
}

/// The response to a write.
fn accepted(call: &WorldRequest<'_>, request: &str, cluster: &str) -> Response {
    call.response(json!({"request_id": request, "resource": {"id": cluster}}))
}
