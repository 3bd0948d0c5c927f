//! What can be ordered: engine versions, what each allows, and server sizes.

use super::product::Client;
use super::{Step, step};

pub(super) fn steps(client: &Client) -> Vec<Step> {
    let versions = client.list_engine_versions().product_image_type(super::super::image());
    let properties = client.list_engine_version_properties("5f1c9a3e7b2d4f608a1b2c3d4e5f6071");
    let servers = client.list_server_types().product_image_type(super::super::image().as_str());
    vec![
        step("ListEngineVersions", versions.eos_included(false).send()),
        step("ListEngineVersionProperties", properties.send()),
        step("ListServerTypes", servers.send()),
    ]
}
