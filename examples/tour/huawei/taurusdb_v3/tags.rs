//! Tags of instances.

use dbplane::huawei::taurusdb_v3::{Client, models::*};

use super::{INSTANCE, Step, step};

pub(super) fn steps(client: &Client) -> Vec<Step> {
    let batch_tag_action = BatchTagActionRequest::new(TagAction::Create, [TagItem::new("team")]);
    vec![
        step("ListInstanceTags", client.list_instance_tags(INSTANCE).limit(20).send()),
        step("ListProjectTags", client.list_project_tags().limit(20).send()),
        step("BatchTagAction", client.batch_tag_action(INSTANCE, batch_tag_action).send()),
    ]
}
