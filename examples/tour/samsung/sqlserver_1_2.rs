//! SQL Server, API 1.2: its 44 operations.

#[path = "console.rs"]
mod console;
#[path = "logs.rs"]
mod logs;
#[path = "parameters.rs"]
mod parameters;
#[path = "themes.rs"]
mod themes;

use dbplane::Secret;
use dbplane::samsung::sqlserver_1_2 as product;
use product::{Client, models::*};

use super::super::step::{Step, step};
use console::{remove_backup, unset_backup};
pub(crate) use themes::steps;
use themes::{CLUSTER, backups::BACKUP, lifecycle, sizes::SERVERS};

/// A larger server.
const LARGER: &str = "db1v4m8";

/// A DR secondary, as the region of the secondary lists it.
const DR_SECONDARY: &str = "109a585ae67b4e8482fdafc8a4a5be74";
/// A user of the Active Directory that may join servers to the domain, and the password.
const JOIN: (&str, &str) = ("admin", "example-Passw0rd");

fn more(client: &Client) -> Vec<Step> {
    let disk = AddBlockStoragesRequest::new(BlockStorageGroupRoleType::Data, 104);
    let patch = client.patch_minor_version(lifecycle::PAIR, MinorPatchRequest::new("16.0.4195"));
    let mut steps = vec![
        step("SwitchoverCluster", client.switchover_cluster(lifecycle::PAIR).start()),
        step("ShowInstance", client.show_instance(CLUSTER, "myprefix001").send()),
        step("PatchMinorVersion", patch.start()),
        step(
            "AddBlockStorages",
            client.add_block_storages(SERVERS, disk.volume_type(VolumeType::Ssd)).start(),
        ),
        step("ManualBackup", client.manual_backup(CLUSTER).start()),
        step("SetAuditLog", client.set_audit_log(CLUSTER, AuditLogRequest::new(true)).start()),
        step("SetDatabases", client.set_databases(CLUSTER, databases()).start()),
        step("AddSecondary", client.add_secondary(lifecycle::PAIR, secondary()).start()),
        step("AddDrSecondary", client.add_dr_secondary(CLUSTER, far_secondary()).start()),
        step("ListDrSecondaries", client.list_dr_secondaries(CLUSTER).send()),
        step("SyncDrSecondaryState", client.sync_dr_secondary_state(CLUSTER).start()),
        step("PromoteDrSecondary", client.promote_dr_secondary(DR_SECONDARY).start()),
    ];
    for theme in [logs::steps, parameters::steps] {
        steps.extend(theme(client));
    }
    steps
}

/// One database more, and one less, with its data. The Enterprise edition only.
fn databases() -> SetDatabasesRequest {
    SetDatabasesRequest::new()
        .add_databases([DatabaseOption::new("reports").drive_letter("E")])
        .del_databases([DatabaseOption::new("mydb")])
}

/// A server that takes over when another fails.
fn secondary() -> AddSecondaryRequest {
    AddSecondaryRequest::new("license-key", "mysecondary").ad_user_id(JOIN.0).ad_user_password(JOIN.1)
}

/// A secondary in another region, in a subnet of that region.
fn far_secondary() -> DrSecondaryCreateRequest {
    let subnet = "2a4c6e8f0b1d4325970a1c3e5f7b9d2e";
    DrSecondaryCreateRequest::new()
        .name("myfar")
        .license("license-key")
        .region("kr-east1")
        .subnet_id(subnet)
        .ad_user_id(JOIN.0)
        .ad_user_password(JOIN.1)
}

fn image() -> ProductImageType {
    ProductImageType::MicrosoftSqlServerEnterprise
}

/// Logs every 60 minutes, kept for 7 days; everything at 2 in the night, and a full backup on Sundays.
fn nightly() -> BackupSettingRequest {
    BackupSettingRequest::new("2", "7", "60").full_backup_day_of_week(DayOfWeek::Sun)
}

/// A cluster with the data of a backup. For a moment in the past, use `backup_recovery_time` instead.
fn restored() -> ClusterRestoreRequest {
    let disk = RestoreBlockStorageGroupRequest::new(BlockStorageGroupRoleType::Data, 104);
    ClusterRestoreRequest::new("myrestore", "myprefix", "db1v2m4")
        .backup_history_number(BACKUP)
        .block_storage_groups([disk.volume_type(VolumeType::Ssd)])
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

/// One server with a system and a data disk.
fn new_cluster() -> ClusterCreateRequest {
    let disks = [
        BlockStorageGroupRequest::new(NewDiskRoleType::Os, 104).volume_type(VolumeType::Ssd),
        BlockStorageGroupRequest::new(NewDiskRoleType::Data, 56).volume_type(VolumeType::Ssd),
    ];
    let server = InstanceRequest::new(InstanceRoleType::Active).service_ip_address("192.168.10.20");
    let group =
        InstanceGroupRequest::new("db1v2m4", disks, [server]).role_type(InstanceGroupRoleType::Active);
    ClusterCreateRequest::new()
        .name("mysecond")
        .instance_name_prefix("myprefix") // begins the names of servers
        .dbaas_engine_version_id("5f1c9a3e7b2d4f608a1b2c3d4e5f6071") // an engine version, as list_engine_versions names it
        .subnet_id("2a4c6e8f0b1d4325970a1c3e5f7b9d2e") // a subnet of the VPC
        .timezone("Asia/Seoul")
        .instance_groups([group])
        .init_config_option(settings())
        .ha_enabled(false)
        .service_watch_log_collection(false)
        .allowable_ip_addresses(["192.168.10.1/32"])
        .nat_enabled(false)
        .maintenance_option(lifecycle::monday_at_midnight())
        .tags([Tag::new().key("team").value("database")])
}

/// The databases in the cluster. A real password comes from a vault, as `Secret` or text.
fn settings() -> InitConfigOptionRequest {
    let backups = BackupOption::new("60").retention_period_day("7").starting_time_hour("2");
    let databases = [DatabaseOption::new("orders").drive_letter("E")];
    InitConfigOptionRequest::new()
        .database_user_name("dbadmin")
        .database_user_password("example-Passw0rd")
        .database_service_name("Sqldbadmin")
        .databases(databases)
        .license("license-key")
        .backup_option(backups)
        .database_port(2866)
}
