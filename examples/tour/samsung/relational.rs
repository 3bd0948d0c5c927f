//! What the relational products share at version 1.3. It is compiled once for each, over its own types.
//!
//! What differs is in the module that includes it: `more`, `image`, `settings` and `PATCH`.

#[path = "archive.rs"]
mod archive;
#[path = "console.rs"]
mod console;
#[path = "logs.rs"]
mod logs;
#[path = "parameters.rs"]
mod parameters;
#[path = "replicas.rs"]
mod replicas;
#[path = "themes.rs"]
mod themes;

use dbplane::Secret;

use super::image;
use super::product;
use crate::tour::step::{Step, step};
use console::{remove_backup, unset_backup};
use product::{Client, models::*};
pub(crate) use themes::{CLUSTER, lifecycle::PAIR, steps};
use themes::{backups::BACKUP, lifecycle::monday_at_midnight, sizes::SERVERS};

/// A larger server.
const LARGER: &str = "db1v4m8";

fn more(client: &Client) -> Vec<Step> {
    let disk = AddBlockStoragesRequest::new(BlockStorageGroupRoleType::Data, 104);
    // Replicas are patched before the cluster that they follow. Whoever wants a backup first calls `manual_backup`.
    let patch = client.patch_minor_version(replicas::REPLICA, MinorPatchRequest::new(super::PATCH));
    let far = client.create_other_region_replica(CLUSTER, far_replica());
    let kernel = client.upgrade_kernel(CLUSTER); // show_cluster says that there is a newer one
    let mut steps = vec![
        step("SwitchoverCluster", client.switchover_cluster(PAIR).start()),
        step("ShowInstance", client.show_instance(CLUSTER, "myprefix001").send()),
        step("PatchMinorVersion", patch.start()),
        step("UpgradeKernel", kernel.start()),
        step(
            "AddBlockStorages",
            client.add_block_storages(SERVERS, disk.volume_type(VolumeType::Ssd)).start(),
        ),
        step("ManualBackup", client.manual_backup(CLUSTER).start()),
        step("CreateOtherRegionReplica", far.start()),
    ];
    for theme in [replicas::steps, archive::steps, logs::steps, parameters::steps, super::more] {
        steps.extend(theme(client));
    }
    steps
}

/// One server with a system and a data disk.
fn new_cluster() -> ClusterCreateRequest {
    let disks = [
        BlockStorageGroupRequest::new(BlockStorageGroupRoleType::Os, 104).volume_type(VolumeType::Ssd),
        BlockStorageGroupRequest::new(BlockStorageGroupRoleType::Data, 56).volume_type(VolumeType::Ssd),
    ];
    let server = InstanceRequest::new(RdbInstanceRoleType::Active).service_ip_address("192.168.10.20");
    let group = InstanceGroupRequest::new()
        .role_type(RdbInstanceGroupRoleType::Active)
        .server_type_name("db1v2m4")
        .block_storage_groups(disks)
        .instances([server]);
    ClusterCreateRequest::new()
        .name("mysecond")
        .instance_name_prefix("myprefix") // begins the names of servers
        .dbaas_engine_version_id("5f1c9a3e7b2d4f608a1b2c3d4e5f6071") // an engine version, as list_engine_versions names it
        .subnet_id("2a4c6e8f0b1d4325970a1c3e5f7b9d2e") // a subnet of the VPC
        .timezone("Asia/Seoul")
        .instance_groups([group])
        .init_config_option(super::settings().backup_option(backups()).database_port(2866))
        .service_watch_log_collection(false)
        .allowable_ip_addresses(["192.168.10.1/32"])
        .ha_enabled(false)
        .nat_enabled(false)
        .maintenance_option(monday_at_midnight())
        .tags([Tag::new().key("team").value("database")])
}

/// Backups at 2 in the night, kept for 7 days; logs every 60 minutes.
fn backups() -> BackupOption {
    BackupOption::new().archive_frequency_minute("60").retention_period_day("7").starting_time_hour("2")
}

/// The same for a cluster that exists.
fn nightly() -> BackupSettingRequest {
    BackupSettingRequest::new("2", "7", "60")
}

/// A cluster with the data of a backup. For a moment in the past, use `restore_to` of the client.
fn restored() -> ClusterRestoreRequest {
    let disk = BlockStorageGroupRequest::new(BlockStorageGroupRoleType::Data, 104);
    ClusterRestoreRequest::new("myrestore", "myprefix", "db1v2m4")
        .backup_history_number(BACKUP)
        .allowable_ip_addresses(["192.168.10.1/32"])
        .block_storage_groups([disk.volume_type(VolumeType::Ssd)])
        .maintenance_option(monday_at_midnight())
        .tags([Tag::new().key("team").value("database")])
}

/// A daily export at noon. The secret stays out of logs and is wiped from memory after the call.
fn new_export(key: &str, secret: Secret) -> LogExportConfigCreateRequest {
    let daily = ScheduleFrequencyType::Day;
    LogExportConfigCreateRequest::new()
        .log_type(LogType::Alert)
        .access_key(key)
        .bucket_name("examplebucket")
        .delete_on_export(true)
        .schedule_frequency_type(daily)
        .schedule_hour("12")
        .secret_key(secret)
}

/// A replica on one server.
fn replica(name: &str) -> Replicas {
    let disk = ReplicaBlockStorageGroupRequest::new(ReplicaBlockStorageGroupRoleType::Data, 104);
    let server = ReplicaInstanceRequest::new(ReplicaRoleType::Replica);
    let group = ReplicaInstanceGroupRequest::new(ReplicaRoleType::Replica, "db1v2m4", [disk]);
    Replicas::new(name, [group.instances([server])])
}

fn one_replica() -> ReplicasCreateRequest {
    ReplicasCreateRequest::new(1, [replica("mysecondreplica")])
        .allowable_ip_addresses(["192.168.10.1/32"])
        .maintenance_option(monday_at_midnight())
        .tags([Tag::new().key("team").value("database")])
}

/// A replica in another region, in a subnet of that region.
fn far_replica() -> ReplicasOtherRegionCreateRequest {
    let subnet = "2a4c6e8f0b1d4325970a1c3e5f7b9d2e";
    ReplicasOtherRegionCreateRequest::new()
        .region("kr-east1")
        .subnet_id(subnet)
        .nat_enabled(false)
        .replica_count(1)
        .replicas([replica("myfarreplica")])
        .allowable_ip_addresses(["192.168.10.1/32"])
}
