//! Dedicated resource pools.

use dbplane::huawei::taurusdb_v3::Client;

use super::{Step, step};

pub(super) fn steps(client: &Client) -> Vec<Step> {
    vec![
        step(
            "ShowDedicatedResourceInfo",
            client.show_dedicated_resource_info("4f2a1b3c-5d6e-4f70-8192-a3b4c5d6e7f8").send(),
        ),
        step("ListGaussMySqlDedicatedResources", client.list_dedicated_resources().limit(20).send()),
    ]
}
