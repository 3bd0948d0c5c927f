//! Clusters that follow another one.

use super::product::Client;
use super::{CLUSTER, Step, step};

/// A cluster that follows [`CLUSTER`].
pub(crate) const REPLICA: &str = "109a585ae67b4e8482fdafc8a4a5be74";

pub(super) fn steps(client: &Client) -> Vec<Step> {
    vec![
        step("CreateReplica", client.create_replica(CLUSTER, super::one_replica()).start()),
        step("ListReplicas", client.list_replicas(CLUSTER).send()),
        step("SyncReplicaState", client.sync_replica_state(CLUSTER).start()),
        step("ResetReplica", client.reset_replica(REPLICA).start()),
        step("PromoteReplicaCluster", client.promote_replica_cluster(REPLICA).start()),
    ]
}
