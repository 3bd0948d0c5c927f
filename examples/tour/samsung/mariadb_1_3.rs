//! MariaDB, API 1.3: its 49 operations.

#[path = "themes.rs"]
mod themes;

use dbplane::Secret;
use dbplane::samsung::mariadb_1_3 as product;
use product::{Client, models::*, operations};

use super::super::step::{Step, step};
pub(crate) use themes::steps;
use themes::{CLUSTER, lifecycle};

/// What only this version has.
fn more(client: &Client) -> Vec<Step> {
    let kernel = client.upgrade_kernel(CLUSTER); // show_cluster says that there is a newer one
    let version = PatchRequest::new("MariaDB Community", "11.4.10");
    vec![
        step("SetAuditLog", client.set_audit_log(CLUSTER, AuditLogRequest::new(true)).send()),
        step("ManualBackup", client.manual_backup(CLUSTER).send()),
        step("UpgradeKernel", kernel.send()),
        step("UpgradeMajorVersion", client.upgrade_major_version(lifecycle::PAIR, version).send()),
        step("ShowInstance", client.show_instance(CLUSTER, "myprefix001").send()),
        step("CreateOtherRegionReplica", client.create_other_region_replica(CLUSTER, far_replica()).send()),
    ]
}

fn image() -> ProductImageType {
    ProductImageType::MariaDbCommunity
}

/// A patch. Whoever wants a backup first calls `manual_backup`.
fn patch() -> MinorPatchRequest {
    MinorPatchRequest::new("10.11.13")
}

/// Session of the web console; without one the vendor answers 401.
const SESSION: &str = "a-session-of-the-web-console";

/// Backups are removed permanently, from the web console alone.
fn remove_backup(client: &Client, cluster: &str, number: &str) -> operations::RemoveBackupHistories {
    client.remove_backup_histories(cluster, BackupHistoryNumberRequest::new([number]).session_id(SESSION))
}

/// Ends the schedule, from the web console alone.
fn unset_backup(client: &Client, cluster: &str) -> operations::UnsetBackup {
    client.unset_backup(cluster, OtpSessionIdRequest::new().session_id(SESSION))
}

/// A daily export at noon. The secret stays out of logs and is wiped from memory after the call.
fn new_export(key: &str, secret: Secret) -> LogExportConfigCreateRequest {
    let daily = ScheduleFrequencyType::Day;
    LogExportConfigCreateRequest::new(LogType::Slow, key, "examplebucket", true, daily, "12", secret)
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
        .maintenance_option(lifecycle::monday_at_midnight())
        .tags([Tag::new().key("team").value("database")])
}

/// A replica in another region, in a subnet of that region.
fn far_replica() -> ReplicasOtherRegionCreateRequest {
    let subnet = "2a4c6e8f0b1d4325970a1c3e5f7b9d2e";
    ReplicasOtherRegionCreateRequest::new("kr-east1", subnet, false, 1, [replica("myfarreplica")])
        .allowable_ip_addresses(["192.168.10.1/32"])
}

/// One server with a system and a data disk.
fn new_cluster() -> ClusterCreateRequest {
    let disks = [
        BlockStorageGroupRequest::new(BlockStorageGroupRoleType::Os, 104).volume_type(VolumeType::Ssd),
        BlockStorageGroupRequest::new(BlockStorageGroupRoleType::Data, 56).volume_type(VolumeType::Ssd),
    ];
    let server = InstanceRequest::new(RdbInstanceRoleType::Active).service_ip_address("192.168.10.20");
    let group = InstanceGroupRequest::new(RdbInstanceGroupRoleType::Active, "db1v2m4", disks, [server]);
    ClusterCreateRequest::new(
        "mysecond",
        "myprefix",                         // begins the names of servers
        "5f1c9a3e7b2d4f608a1b2c3d4e5f6071", // an engine version, as list_engine_versions names it
        "2a4c6e8f0b1d4325970a1c3e5f7b9d2e", // a subnet of the VPC
        "Asia/Seoul",
        [group],
        settings(),
    )
    .service_watch_log_collection(false)
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
