//! Deleted instances that can be restored for some days.

use dbplane::huawei::taurusdb_v3::{Client, models::*};

use super::{Step, step};

pub(super) fn steps(client: &Client) -> Vec<Step> {
    let set_recycle_policy = SetRecyclePolicyRequest::new().recycle_policy(RecyclePolicy::new("7"));
    vec![
        step("ListRecycleInstances", client.list_recycle_instances().limit(20).send()),
        step("ShowRecyclePolicy", client.show_recycle_policy().send()),
        step("SetRecyclePolicy", client.set_recycle_policy(set_recycle_policy).send()),
    ]
}
