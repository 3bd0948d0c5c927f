//! Clusters that follow another one.

use dbplane::samsung::mariadb::{Client, models::*};

use super::{CLUSTER, Step, step};

/// A cluster that follows [`CLUSTER`].
const REPLICA: &str = "109a585ae67b4e8482fdafc8a4a5be74";

pub(super) fn steps(client: &Client) -> Vec<Step> {
    // Replicas are patched before the cluster that they follow.
    let patch = MinorPatchRequest::new("10.11.13", true);
    vec![
        step("CreateReplica", client.create_replica(CLUSTER, one_replica()).send()),
        step("ListReplicas", client.list_replicas(CLUSTER).send()),
        step("SyncReplicaState", client.sync_replica_state(CLUSTER).send()),
        step("PatchMinorVersion", client.patch_minor_version(REPLICA, patch).send()),
        step("ResetReplica", client.reset_replica(REPLICA).send()),
        step("PromoteReplicaCluster", client.promote_replica_cluster(REPLICA).send()),
    ]
}

/// A replica on one server.
fn one_replica() -> ReplicasCreateRequest {
    let disk = BlockStorageGroupRequest::new(BlockStorageGroupRoleType::Data, 104);
    let disks = [disk.volume_type(VolumeType::Ssd)];
    let server = InstanceRequest::new(InstanceRoleType::Replica).service_ip_address("192.168.10.11");
    let group = InstanceGroupRequest::new(InstanceGroupRoleType::Replica, "db1v2m4", disks);
    ReplicasCreateRequest::new(1, [Replicas::new("mysecondreplica", [group.instances([server])])])
        .allowable_ip_addresses(["192.168.10.1/32"])
        .maintenance_option(super::lifecycle::monday_at_midnight())
        .tags([Tag::new().key("team").value("database")])
}
