//! Larger disks, more disks, other servers.

use dbplane::samsung::mariadb::{Client, models::*};

use super::{Step, step};

/// A group of servers, as `show_cluster` names it.
const SERVERS: &str = "6b1f0c9d2e3a4857961c0d3e5f7a8b94";
/// A group of disks, as `show_cluster` names it.
const DISKS: &str = "e7d6c5b4a39281706f5e4d3c2b1a0918";

pub(super) fn steps(client: &Client) -> Vec<Step> {
    let disks = AddBlockStoragesRequest::new(BlockStorageGroupRoleType::Data, 104);
    let disks = disks.volume_type(VolumeType::Ssd);
    let size = ResizeBlockStorageGroupRequest::new(16);
    let server = InstanceGroupResizeRequest::new("db1v2m4");
    vec![
        step("AddBlockStorages", client.add_block_storages(SERVERS, disks).send()),
        step("SetBlockStorageSize", client.set_block_storage_size(DISKS, size).send()),
        step("SetServerType", client.set_server_type(SERVERS, server).send()),
    ]
}
