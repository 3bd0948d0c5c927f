//! Larger disks and other servers.

use super::product::{Client, models::*};
use super::{Step, step};

/// A group of servers, as `show_cluster` names it.
pub(crate) const SERVERS: &str = "3b0c5d2e9f7a4c16b8d1e2f3a4b5c6d7";
/// A group of disks, as `show_cluster` names it.
const DISKS: &str = "e7d6c5b4a39281706f5e4d3c2b1a0918";

pub(super) fn steps(client: &Client) -> Vec<Step> {
    let size = ResizeBlockStorageGroupRequest::new(72);
    let server = InstanceGroupResizeRequest::new(super::super::LARGER);
    vec![
        step("SetBlockStorageSize", client.set_block_storage_size(DISKS, size).start()),
        step("SetServerType", client.set_server_type(SERVERS, server).start()),
    ]
}
