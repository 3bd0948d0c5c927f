//! Clusters that follow another one.

use super::product::Client;
use super::{CLUSTER, Step, step};

/// A cluster that follows [`CLUSTER`].
const REPLICA: &str = "109a585ae67b4e8482fdafc8a4a5be74";

pub(super) fn steps(client: &Client) -> Vec<Step> {
    // Replicas are patched before the cluster that they follow.
    let patch = super::super::patch();
    vec![
        step("CreateReplica", client.create_replica(CLUSTER, super::super::one_replica()).send()),
        step("ListReplicas", client.list_replicas(CLUSTER).send()),
        step("SyncReplicaState", client.sync_replica_state(CLUSTER).send()),
        step("PatchMinorVersion", client.patch_minor_version(REPLICA, patch).send()),
        step("ResetReplica", client.reset_replica(REPLICA).send()),
        step("PromoteReplicaCluster", client.promote_replica_cluster(REPLICA).send()),
    ]
}
