//! Servers and disks of a new cluster, as its request describes them.

use serde_json::{Value as Json, json};

use super::Samsung;
use super::address::Addresses;
use super::cluster::{Cluster, ClusterChange, disk_name};
use super::states::CREATING;
use crate::base::runtime::Runtime;
use crate::message::refusal::Refusal;
use crate::world::fields::{Fields, texts};
use crate::world::request::WorldRequest;

/// Creates the servers and disks of a new cluster.
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
            built_disk(world, disk, disk_name(&name, disks - 1), runtime)
        });
        let storage: Json = storage.collect();
        let mut instances = Vec::new();
        for instance in instances_of(world, group) {
            servers += 1;
            instances.push(built_server(world, &instance, format!("{prefix}{servers:03}"), addresses)?);
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

/// The servers of a group: those of the request, or those that its role needs.
fn instances_of(world: &Samsung, group: &Json) -> Vec<Json> {
    let named = group.items("/instances");
    if !named.is_empty() {
        return named.to_vec();
    }
    let known = world.offer.product.groups.iter().find(|(role, _)| *role == group.text("/role_type"));
    let roles = known.map_or(&[][..], |(_, servers)| servers);
    roles.iter().map(|role| json!({"role_type": role})).collect()
}

/// A disk of a request.
pub(super) fn built_disk(world: &Samsung, asked: &Json, name: String, runtime: &Runtime) -> Json {
    let disk = json!({
        "id": runtime.hex(32),
        "name": name,
        "role_type": asked.text("/role_type"),
        "size_gb": asked.number("/size_gb"),
        "volume_type": asked.given("/volume_type").cloned().unwrap_or(json!("SSD")),
    });
    world.offer.part("block_storage_groups", disk)
}

/// A server of a request.
pub(super) fn built_server(
    world: &Samsung,
    asked: &Json,
    name: String,
    addresses: &mut Addresses,
) -> Result<Json, Refusal> {
    let server = json!({
        "name": name,
        "public_ip_address": null,
        "public_ip_id": asked.given("/public_ip_id"),
        "role_type": asked.text("/role_type"),
        "service_ip_address": addresses.take(asked.text("/service_ip_address"))?,
        "service_state": CREATING,
    });
    Ok(world.offer.part("instances", server))
}

/// Adds servers to a cluster, one for each address of the request.
pub(super) fn add(
    world: &Samsung,
    call: &WorldRequest<'_>,
    cluster: &Cluster,
) -> Result<ClusterChange, Refusal> {
    let asked = texts(call.body().items("/service_ip_addresses"));
    if i64::try_from(asked.len()) != Ok(call.body().number("/instance_count")) || asked.is_empty() {
        return Err(Refusal::invalid("instance_count: is not the number of service_ip_addresses"));
    }
    let role = cluster.detail.text("/instance_groups/0/role_type");
    let first = cluster.detail.text("/instance_groups/0/instances/0/name");
    let prefix = first.trim_end_matches(|c: char| c.is_ascii_digit());
    let (mut addresses, known) = (Addresses::of(world), cluster.servers().count());
    let build = |(number, address): (usize, &&str)| {
        let asked = json!({"role_type": role, "service_ip_address": address});
        built_server(world, &asked, format!("{prefix}{:03}", known + number + 1), &mut addresses)
    };
    let servers: Vec<Json> = asked.iter().enumerate().map(build).collect::<Result<_, _>>()?;
    Ok(Box::new(move |cluster, _| cluster.add_servers(servers)))
}
