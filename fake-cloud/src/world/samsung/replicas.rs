//! Replica clusters, and switchover of servers.

use serde_json::{Value as Json, json};

use super::Samsung;
use super::cluster::{Cluster, ClusterChange, ORIGIN, REPLICA};
use super::commands;
use super::states::{CREATING, FAILED, RUNNING};
use crate::base::calendar;
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::request::WorldRequest;

/// The maximum number of replicas of a cluster.
pub(super) const MOST: usize = 5;

/// Replicas of a cluster in any region, in the order of their names, without those that are being created or whose
/// creation failed.
pub(super) fn finished<'w>(world: &'w Samsung, origin: &str) -> Vec<&'w Cluster> {
    let all = world.clusters.values().filter(|cluster| cluster.follows(origin));
    let mut done: Vec<&Cluster> = all.filter(|c| ![CREATING, FAILED].contains(&c.state())).collect();
    done.sort_by_key(|replica| replica.name());
    done
}

/// The row of ListReplicas. The replication lag of a stopped replica grows.
pub(super) fn row(replica: &Cluster, now: i64) -> Json {
    let running = replica.state() == RUNNING;
    let (synced, state) = if running { (now, "Replicating") } else { (replica.synced, "Stopped") };
    let lag = now.saturating_sub(synced) / 1_000;
    json!({
        "name": replica.name(),
        "region": replica.region.as_deref().unwrap_or(replica.detail.text("/init_config_option/origin_region")),
        "replica_state": state,
        "replica_state_detail": format!("LagTime(s) : {lag}"),
        "synced_at": calendar::seconds(synced),
    })
}

fn check_replica(cluster: &Cluster) -> Result<(), Refusal> {
    if cluster.role() == REPLICA {
        return Ok(());
    }
    Err(Refusal::invalid(format!(
        "the cluster {} is no replica; its role is {}",
        cluster.name(),
        cluster.role()
    )))
}

/// Promotes a replica to an independent cluster, permanently.
pub(super) fn promote(
    _: &Samsung,
    _: &WorldRequest<'_>,
    cluster: &Cluster,
) -> Result<ClusterChange, Refusal> {
    check_replica(cluster)?;
    Ok(Box::new(|cluster, _| {
        cluster.detail.put("/role_type", ORIGIN);
        cluster.detail.put("/origin_cluster_id", Json::Null);
    }))
}

/// Copies the data of the origin to a replica again; the origin must exist.
pub(super) fn reset(
    world: &Samsung,
    _: &WorldRequest<'_>,
    cluster: &Cluster,
) -> Result<ClusterChange, Refusal> {
    check_replica(cluster)?;
    if !world.clusters.contains_key(cluster.detail.text("/origin_cluster_id")) {
        return Err(Refusal::invalid(format!("the origin of {} is gone", cluster.name())));
    }
    Ok(Box::new(|cluster, at| cluster.synced = at))
}

/// Called for an origin that has replicas.
pub(super) fn synchronize(
    world: &Samsung,
    _: &WorldRequest<'_>,
    cluster: &Cluster,
) -> Result<ClusterChange, Refusal> {
    if finished(world, cluster.id()).is_empty() {
        return Err(Refusal::invalid(format!("the cluster {} has no replica", cluster.name())));
    }
    Ok(Box::new(|_, _| {}))
}

/// Active and standby server change their roles. If the request names a server, it becomes the active one.
pub(super) fn switch_over(
    _: &Samsung,
    call: &WorldRequest<'_>,
    cluster: &Cluster,
) -> Result<ClusterChange, Refusal> {
    if let Some(host) = call.body().given("/switch_host_name").and_then(Json::as_str) {
        return commands::switch_to(host, cluster);
    }
    if !cluster.detail.flag("/ha_enabled") {
        return Err(Refusal::invalid(format!("the cluster {} has no standby server", cluster.name())));
    }
    Ok(Box::new(|cluster, _| {
        for group in cluster.detail.items_mut("/instance_groups") {
            for server in group.items_mut("/instances") {
                let role = if server.text("/role_type") == "ACTIVE" { "STANDBY" } else { "ACTIVE" };
                server.put("/role_type", role);
            }
        }
    }))
}
