//! Servers and disks of a new cluster, put up as its request describes them.

use serde_json::{Value as Json, json};

use super::Samsung;
use super::address::Addresses;
use super::cluster::disk_name;
use super::states::CREATING;
use crate::base::runtime::Runtime;
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;

/// Puts up the servers and disks of a new cluster.
pub(super) fn build(
    world: &Samsung,
    runtime: &Runtime,
    detail: &mut Json,
    asked: &[Json],
    prefix: &str,
    addresses: &mut Addresses,
) -> Result<(), Refusal> {
    let name = detail.text("/name").to_owned();
    let (mut groups, mut servers, mut disks) = (Vec::new(), 0, 0);
    for group in asked {
        world.offer.check_server(group.text("/server_type_name"))?;
        let storage = group.items("/block_storage_groups").iter().map(|disk| {
            disks += 1;
            built_disk(disk, disk_name(&name, disks - 1), runtime)
        });
        let storage: Json = storage.collect();
        let mut instances = Vec::new();
        for instance in instances_of(world, group) {
            servers += 1;
            instances.push(built_server(&instance, format!("{prefix}{servers:03}"), addresses)?);
        }
        groups.push(json!({
            "id": runtime.hex(32),
            "role_type": group.text("/role_type"),
            "server_type_name": group.text("/server_type_name"),
            "block_storage_groups": storage,
            "instances": instances,
        }));
    }
    detail.put("/instance_groups", groups);
    detail.put("/instance_count", servers);
    Ok(())
}

/// The servers that a group asks for; those that its role needs if it names none.
fn instances_of(world: &Samsung, group: &Json) -> Vec<Json> {
    let named = group.items("/instances");
    if !named.is_empty() {
        return named.to_vec();
    }
    let known = world.offer.product.groups.iter().find(|(role, _)| *role == group.text("/role_type"));
    let roles = known.map_or(&[][..], |(_, servers)| servers);
    roles.iter().map(|role| json!({"role_type": role})).collect()
}

fn built_disk(asked: &Json, name: String, runtime: &Runtime) -> Json {
    json!({
        "id": runtime.hex(32),
        "name": name,
        "role_type": asked.text("/role_type"),
        "size_gb": asked.number("/size_gb"),
        "volume_type": asked.given("/volume_type").cloned().unwrap_or(json!("SSD")),
    })
}

fn built_server(asked: &Json, name: String, addresses: &mut Addresses) -> Result<Json, Refusal> {
    Ok(json!({
        "name": name,
        "public_ip_address": null,
        "public_ip_id": asked.given("/public_ip_id"),
        "role_type": asked.text("/role_type"),
        "service_ip_address": addresses.take(asked.text("/service_ip_address"))?,
        "service_state": CREATING,
    }))
}
