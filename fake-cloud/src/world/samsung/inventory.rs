//! The resources at the start: those of the spec's examples, with their ids, consistent with each other.
//!
//! `mycluster` runs, with a data disk in addition to that of the example, a backup, and one registered log. `myreplica`
//! is its replica, or it has a secondary, depending on the product. `mypair` has a standby server, if the product has
//! them.

use serde_json::{Value as Json, json};

use super::Samsung;
use super::address::Addresses;
use super::backup::SamsungBackup;
use super::cluster::{Cluster, DR_SECONDARY, REPLICA};
use super::states::RUNNING;
use super::{creates, servers};
use crate::world::contract::{Inventory, WorldContext};
use crate::world::fields::Fields;
use crate::world::work::Work;

/// Id of the cluster with a standby server, which no example has.
const PAIR: &str = "5a2f8c0e7d1b4936a4c8e0f2b6d7193c";
/// Id of the replica, from the examples.
const FOLLOWER: &str = "109a585ae67b4e8482fdafc8a4a5be74";
/// Id of the data disk, which no example has.
const DATA_DISK: &str = "e7d6c5b4a39281706f5e4d3c2b1a0918";

pub(super) fn fill(world: &mut Samsung, start: &WorldContext<'_>) {
    let first = |operation: &str| start.example(operation).pointer("/contents/0").cloned();
    let now = start.runtime.now();
    let mut cluster = Cluster::new(world.offer.template.clone(), world.offer.parameters.clone(), now);
    world.offer.equip(&mut cluster);
    let asked = json!({"role_type": "DATA", "size_gb": 56});
    let mut disk = servers::built_disk(world, &asked, cluster.disk_name(), start.runtime);
    disk.put("/id", DATA_DISK);
    cluster.detail.push("/instance_groups/0/block_storage_groups", disk);
    cluster.archive = start.example("ShowArchiveConfig");
    cluster.backups.extend(first("ListBackupHistories").map(|row| SamsungBackup { made: now, row }));
    let log = first("ListLogExportConfigs").map(|row| (row.text("/log_type").to_owned(), row));
    cluster.logs.extend(log);
    cluster.secondaries.extend(first("ListDrSecondaries"));
    let origin = cluster.id().to_owned();
    let request = start.example("ShowRequest").text("/request_id").to_owned();
    world.works.remember(Work::new(request, &origin, "CreateCluster", now, 0));
    world.clusters.insert(origin.clone(), cluster);

    let product = world.offer.product;
    for (list, role) in [("ListReplicas", REPLICA), ("ListDrSecondaries", DR_SECONDARY)] {
        let Some(row) = first(list) else { continue };
        let group = if role == REPLICA { REPLICA } else { product.groups[0].0 };
        let follower =
            json!({"role_type": group, "block_storage_groups": [{"role_type": "DATA", "size_gb": 56}]});
        another(world, start, row.text("/name"), follower, |detail| {
            detail.put("/id", FOLLOWER);
            detail.put("/role_type", role);
            detail.put("/origin_cluster_id", origin.as_str());
        });
    }
    let disks = json!([{"role_type": "OS", "size_gb": 104}, {"role_type": "DATA", "size_gb": 56}]);
    let role = product.groups[usize::from(!product.several_groups)].0;
    let pair = json!({"role_type": role, "block_storage_groups": disks});
    another(world, start, "mypair", pair, |detail| {
        detail.put("/id", PAIR);
        creates::put_shown(detail, "/ha_enabled", true);
    });
}

/// A cluster like that of the example, with its own servers.
fn another(
    world: &mut Samsung,
    start: &WorldContext<'_>,
    name: &str,
    mut group: Json,
    change: impl FnOnce(&mut Json),
) {
    let mut detail = world.offer.template.clone();
    detail.put("/name", name);
    change(&mut detail);
    let size = detail.text("/instance_groups/0/server_type_name").to_owned();
    if let Some(group) = group.as_object_mut() {
        group.insert("server_type_name".to_owned(), json!(size));
    }
    let mut addresses = Addresses::of(world);
    let built = servers::build(world, start.runtime, &mut detail, &[group], name, &mut addresses);
    debug_assert!(built.is_ok(), "{name}: {built:?}");
    let now = start.runtime.now();
    let mut cluster = Cluster::new(detail, world.offer.parameters.clone(), now);
    world.offer.equip(&mut cluster);
    cluster.show(RUNNING, now);
    world.clusters.insert(cluster.id().to_owned(), cluster);
}

/// Ids by the names of their parameters, clusters in the order of their names.
pub(super) fn ids(world: &Samsung) -> Inventory {
    let clusters = world.by_name();
    let text = |value: &Json| value.text("/id").to_owned();
    let of = |rows: &[Json]| rows.iter().map(text).collect::<Vec<_>>();
    Inventory::from([
        ("cluster_id", clusters.iter().map(|cluster| cluster.id().to_owned()).collect()),
        ("instance_group_id", clusters.iter().flat_map(|cluster| of(cluster.server_groups())).collect()),
        ("block_storage_group_id", clusters.iter().flat_map(|cluster| cluster.disks().map(text)).collect()),
        ("dbaas_engine_version_id", of(&world.offer.versions)),
        ("dbaas_parameter_group_id", of(&world.offer.groups)),
    ])
}
