//! The databases of Samsung Cloud Platform: clusters and what can be done to them.
//!
//! Problem: a write is accepted with 202, and what it changes shows later; until then the cluster refuses other
//! writes. What is allowed when stands in one table (`writes.rs`); what else an operation checks and changes
//! stands beside the others of its theme.
//! Default: the inventory is the cluster of the spec's examples with a replica, and a pair with high
//! availability. The name filter of ListClusters finds parts of names, and `count` counts all pages; the vendor
//! says neither. An unknown request is answered with 404, as documented.
//! Override: [`Product`] holds what differs from engine to engine. Clusters are kept as ShowCluster shows them,
//! so that each version of the API shows its own fields.

mod address;
mod backups;
mod cluster;
mod creates;
mod disks;
mod engine;
mod inventory;
mod logs;
mod offer;
mod parameters;
mod reads;
mod replicas;
mod servers;
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
use cluster::Cluster;
use offer::Offer;
pub(super) use offer::{MARIADB, MARIADB_1_3, MYSQL, Product};
use writes::GONE;

/// How many clusters an account may have.
const QUOTA: usize = 100;

/// The world of one product.
pub(super) struct Samsung {
    clusters: BTreeMap<String, Cluster>,
    works: Works<Self>,
    offer: Offer,
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

    fn answer(&mut self, ask: &Ask<'_>) -> Result<Answer, Refusal> {
        if let Some(write) = writes::find(ask.id()) {
            return self.write(ask, write);
        }
        match ask.id() {
            "CreateCluster" => creates::cluster(self, ask),
            "CreateReplica" => creates::replica(self, ask, &writes::CREATE_REPLICA),
            "CreateOtherRegionReplica" => creates::replica(self, ask, &writes::CREATE_ABROAD),
            "CreateRestore" => creates::restore(self, ask),
            _ => reads::answer(self, ask),
        }
    }

    fn inventory(&self) -> Inventory {
        inventory::ids(self)
    }
}

impl Samsung {
    pub(super) fn new(start: &Start<'_>, product: &'static Product) -> Self {
        let offer = Offer::new(start, product);
        let mut world =
            Self { clusters: BTreeMap::new(), works: Works::default(), offer, pace: start.temper.pace };
        if !start.temper.empty {
            inventory::fill(&mut world, start);
        }
        world
    }

    /// A cluster.
    ///
    /// # Errors
    /// When there is none with this id.
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

    /// A write to a cluster that is there: look it up, see whether its state allows it, see whether the values
    /// make sense, and take the work on. Nothing changes before all that is settled.
    fn write(&mut self, ask: &Ask<'_>, write: &'static writes::Write) -> Result<Answer, Refusal> {
        let cluster = self.target(ask)?;
        let id = cluster.id().to_owned();
        self.allow(&write.rule, cluster)?;
        let change = (write.prepare)(self, ask, cluster)?;
        let Rule { during, after, .. } = write.rule;
        let (begin, end) = (id.clone(), id.clone());
        let request = self.accept(
            ask,
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
        Ok(accepted(ask, &request, &id))
    }

    /// The cluster that a write is about: named itself, or by its group of servers or disks.
    fn target(&self, ask: &Ask<'_>) -> Result<&Cluster, Refusal> {
        for parameter in ["cluster_id", "replica_cluster_id", "origin_cluster_id"] {
            if let Some(id) = ask.text(parameter) {
                return self.cluster(id);
            }
        }
        let servers = ask.text("instance_group_id");
        let disks = ask.text("block_storage_group_id");
        let part = servers.or(disks).unwrap_or_default();
        let found = self.clusters.values().find(|cluster| match servers {
            Some(id) => cluster.server_group(id).is_some(),
            None => cluster.disk_group(part).is_some(),
        });
        found.ok_or_else(|| Refusal::not_found(format!("there is no group {part}")))
    }

    /// Whether the state of a cluster allows an operation.
    fn allow(&self, rule: &Rule, cluster: &Cluster) -> Result<(), Refusal> {
        let (name, state) = (cluster.name(), cluster.state());
        if let Some(work) = self.works.on(cluster.id()) {
            let problem = format!("{} of the cluster {name} is still in progress", work.operation);
            return Err(state_forbids(problem));
        }
        if rule.allows(state) {
            return Ok(());
        }
        let needed = rule.from.join(" or ");
        Err(state_forbids(format!("{} needs a cluster that is {needed}; {name} is {state}", rule.operation)))
    }

    /// Takes work on, and says under which request.
    fn accept(
        &mut self,
        ask: &Ask<'_>,
        cluster: &str,
        rule: &Rule,
        begin: impl FnOnce(&mut Self, i64) + Send + 'static,
        end: impl FnOnce(&mut Self, i64) + Send + 'static,
    ) -> String {
        let request = format!("req-{}", ask.ambient.uuid());
        let mut work = Work::new(&request, cluster, ask.id(), ask.now, rule.millis(self.pace));
        work.fails = ask.fails;
        if ask.fails {
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

/// The answer to a write.
fn accepted(ask: &Ask<'_>, request: &str, cluster: &str) -> Answer {
    ask.answer(json!({"request_id": request, "resource": {"id": cluster}}))
}

fn state_forbids(problem: String) -> Refusal {
    Refusal::own(400, "Dbaas.ValidationError.InvalidServiceState", problem)
}

/// A value that fits the spec and makes no sense all the same.
fn senseless(problem: impl Into<String>) -> Refusal {
    Refusal::invalid(problem)
}

/// Texts of a list.
fn texts(list: &[Json]) -> Vec<&str> {
    list.iter().filter_map(Json::as_str).collect()
}
