//! Instances, with the older words for their status and with those that all databases of the vendor share.

use dbplane::huawei::taurusdb_v3::{Client, models::*};

use super::{INSTANCE, Step, step};

#[allow(deprecated, reason = "the tour calls every operation, also the deprecated ones")]
pub(super) fn steps(client: &Client) -> Vec<Step> {
    let few = client.list_instances().type_(InstanceType::Cluster).limit(10);
    let tagged = client.list_instances_unify_status().tags("team=shop").x_language("zh-cn");
    vec![
        step("ListGaussMySqlInstances", few.send()),
        step("ListGaussMySqlInstancesUnifyStatus", tagged.send()),
        step("ShowGaussMySqlInstanceInfo", client.show_instance_info(INSTANCE).send()),
        step(
            "ShowGaussMySqlInstanceInfoUnifyStatus",
            client.show_instance_info_unify_status(INSTANCE).send(),
        ),
    ]
}
