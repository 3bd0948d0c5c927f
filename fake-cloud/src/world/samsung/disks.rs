//! Adding and resizing disks.

use super::Samsung;
use super::cluster::{Cluster, ClusterChange};
use super::servers;
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::request::WorldRequest;

/// The smallest increase of a disk, in GB.
const GROWTH: i64 = 16;
/// The maximum number of groups of disks: a system disk, a data disk, and ten more.
const MOST: usize = 12;

/// Adds a group of disks to a group of servers.
pub(super) fn add(
    world: &Samsung,
    call: &WorldRequest<'_>,
    cluster: &Cluster,
) -> Result<ClusterChange, Refusal> {
    let body = call.body();
    let role = body.text("/role_type");
    let group = call.path("instance_group_id").to_owned();
    let there = cluster.server_group(&group).map_or(0, |group| group.items("/block_storage_groups").len());
    if there >= MOST {
        return Err(Refusal::invalid(format!(
            "the servers have {MOST} groups of disks, and more cannot be added"
        )));
    }
    if role == "OS" {
        return Err(Refusal::invalid("role_type: a system disk cannot be added"));
    }
    let disk = servers::built_disk(world, body, cluster.disk_name(), call.runtime);
    Ok(Box::new(move |cluster, _| {
        if let Some(servers) = cluster.server_group_mut(&group) {
            servers.push("/block_storage_groups", disk);
        }
    }))
}

/// Disks can only grow; those of an origin can't be larger than those of its replicas.
pub(super) fn grow(
    world: &Samsung,
    call: &WorldRequest<'_>,
    cluster: &Cluster,
) -> Result<ClusterChange, Refusal> {
    let id = call.path("block_storage_group_id").to_owned();
    let wanted = call.body().number("/size_gb");
    let disk = cluster.disk_group(&id).cloned().unwrap_or_default();
    let least = disk.number("/size_gb") + GROWTH;
    if disk.text("/role_type") == "OS" {
        return Err(Refusal::invalid("the system disk cannot be resized"));
    }
    if wanted < least {
        return Err(Refusal::invalid(format!(
            "size_gb: {wanted} is less than {least}; a disk grows by {GROWTH} GB at least"
        )));
    }
    let narrow =
        world.clusters.values().find(|other| other.follows(cluster.id()) && other.data_gb() < wanted);
    if let Some(replica) = narrow {
        let problem = format!(
            "size_gb: the replica {} has {} GB only; grow it first",
            replica.name(),
            replica.data_gb()
        );
        return Err(Refusal::invalid(problem));
    }
    Ok(Box::new(move |cluster, _| {
        if let Some(disk) = cluster.disk_group_mut(&id) {
            disk.put("/size_gb", wanted);
        }
    }))
}
