//! MariaDB, API 1.0: its 44 operations.

#[path = "archive.rs"]
mod archive;
#[path = "logs.rs"]
mod logs;
#[path = "parameters.rs"]
mod parameters;
#[path = "replicas.rs"]
mod replicas;
#[path = "themes.rs"]
mod themes;

use dbplane::Secret;
use dbplane::samsung::mariadb_1_0 as product;
use product::{Client, models::*, operations};

use super::super::step::{Step, step};
pub(crate) use themes::steps;
use themes::{CLUSTER, backups::BACKUP, lifecycle, sizes::SERVERS};

/// A larger server.
const LARGER: &str = "db1v4m8";

fn more(client: &Client) -> Vec<Step> {
    let disk = AddBlockStoragesRequest::new(BlockStorageGroupRoleType::Data, 104);
    // After a backup. Replicas are patched before the cluster that they follow.
    let patch = client.patch_minor_version(replicas::REPLICA, MinorPatchRequest::new("10.11.13", true));
    let mut steps = vec![
        step("SwitchoverCluster", client.switchover_cluster(lifecycle::PAIR).start()),
        step("PatchMinorVersion", patch.start()),
        step(
            "AddBlockStorages",
            client.add_block_storages(SERVERS, disk.volume_type(VolumeType::Ssd)).start(),
        ),
        step("SetAuditLog", client.set_audit_log(CLUSTER, AuditLogRequest::new(true)).start()),
    ];
    for theme in [replicas::steps, archive::steps, logs::steps, parameters::steps] {
        steps.extend(theme(client));
    }
    steps
}

fn image() -> ProductImageType {
    ProductImageType::MariaDbCommunity
}

/// Logs every 60 minutes, kept for 7 days; everything at 2 in the night.
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
        .maintenance_option(lifecycle::monday_at_midnight())
        .tags([Tag::new().key("team").value("database")])
}

/// Backups are removed permanently.
fn remove_backup(client: &Client, cluster: &str, number: &str) -> operations::RemoveBackupHistories {
    client.remove_backup_histories(cluster, BackupHistoryNumberRequest::new([number]))
}

/// Ends the schedule.
fn unset_backup(client: &Client, cluster: &str) -> operations::UnsetBackup {
    client.unset_backup(cluster)
}

/// A daily export at noon. The secret stays out of logs and is wiped from memory after the call.
fn new_export(key: &str, secret: Secret) -> LogExportConfigCreateRequest {
    LogExportConfigCreateRequest::new(LogType::Alert, "examplebucket")
        .access_key(key)
        .secret_key(secret)
        .delete_on_export(true)
        .schedule_frequency_type("DAY")
        .schedule_day_of_month("28")
        .schedule_day_of_week(DayOfWeek::Mon)
        .schedule_hour("12")
}

/// A replica on one server.
fn one_replica() -> ReplicasCreateRequest {
    let disk = BlockStorageGroupRequest::new(BlockStorageGroupRoleType::Data, 104);
    let disks = [disk.volume_type(VolumeType::Ssd)];
    let server = InstanceRequest::new(InstanceRoleType::Replica).service_ip_address("192.168.10.11");
    let group = InstanceGroupRequest::new(InstanceGroupRoleType::Replica, "db1v2m4", disks);
    ReplicasCreateRequest::new(1, [Replicas::new("mysecondreplica", [group.instances([server])])])
        .allowable_ip_addresses(["192.168.10.1/32"])
        .maintenance_option(lifecycle::monday_at_midnight())
        .tags([Tag::new().key("team").value("database")])
}

/// One server with a system and a data disk.
fn new_cluster() -> ClusterCreateRequest {
    let disks = [
        BlockStorageGroupRequest::new(BlockStorageGroupRoleType::Os, 104).volume_type(VolumeType::Ssd),
        BlockStorageGroupRequest::new(BlockStorageGroupRoleType::Data, 56).volume_type(VolumeType::Ssd),
    ];
    let server = InstanceRequest::new(InstanceRoleType::Active).service_ip_address("192.168.10.20");
    let group = InstanceGroupRequest::new(InstanceGroupRoleType::Active, "db1v2m4", disks);
    ClusterCreateRequest::new()
        .name("mysecond")
        .instance_name_prefix("myprefix") // begins the names of servers
        .dbaas_engine_version_id("5f1c9a3e7b2d4f608a1b2c3d4e5f6071") // an engine version, as list_engine_versions names it
        .subnet_id("2a4c6e8f0b1d4325970a1c3e5f7b9d2e") // a subnet of the VPC
        .timezone("Asia/Seoul")
        .instance_groups([group.instances([server])])
        .init_config_option(settings())
        .allowable_ip_addresses(["192.168.10.1/32"])
        .ha_enabled(false)
        .nat_enabled(false)
        .maintenance_option(lifecycle::monday_at_midnight())
        .tags([Tag::new().key("team").value("database")])
}

/// The database in the cluster. A real password comes from a vault, as `Secret` or text.
fn settings() -> InitConfigOptionRequest {
    let backups =
        BackupOption::new().archive_frequency_minute("60").retention_period_day("7").starting_time_hour("2");
    InitConfigOptionRequest::new("mydb", "dbadmin", "example-Passw0rd")
        .audit_enabled(false)
        .backup_option(backups)
        .database_character_set("utf8")
        .database_port(2866)
}
