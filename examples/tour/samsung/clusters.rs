//! The life of a cluster: made, found, looked at, opened, deleted.

use super::product::{Client, models::*};
use super::{CLUSTER, Step, step};

pub(super) fn steps(client: &Client) -> Vec<Step> {
    // Writes are asynchronous; show_request returns their progress.
    let progress = client.show_request("req-4f668846-8a3d-49f1-8111-451ebccf445c");
    let running = client.list_clusters().service_state(ServiceState::Running.as_str());
    let sources = UpdateSecurityGroupRulesRequest::new()
        .add_ip_addresses(["192.168.10.1/32"])
        .del_ip_addresses(["192.168.10.2/32"]);
    vec![
        step("CreateCluster", client.create_cluster(super::super::new_cluster()).start()),
        step("ShowRequest", progress.send()),
        step("ListClusters", running.sort("created_at:desc").size(20).page(0).send()),
        step("ShowCluster", client.show_cluster(CLUSTER).send()),
        step("SetSecurityGroupRules", client.set_security_group_rules(CLUSTER, sources).start()),
    ]
}

/// The last step; nothing can be done to the cluster after it.
pub(super) fn end(client: &Client) -> Vec<Step> {
    vec![step("DeleteCluster", client.delete_cluster(CLUSTER).start())]
}
