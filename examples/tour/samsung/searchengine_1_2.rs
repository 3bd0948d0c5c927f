//! Search Engine, API 1.2: its 28 operations.

#[path = "console.rs"]
mod console;
#[path = "themes.rs"]
mod themes;

use dbplane::samsung::searchengine_1_2 as product;
use product::{Client, models::*};

use super::super::step::{Step, step};
use console::{remove_backup, unset_backup};
pub(crate) use themes::steps;
use themes::{CLUSTER, backups::BACKUP, lifecycle, sizes::SERVERS};

/// A larger server.
const LARGER: &str = "ses1v4m8";

fn more(client: &Client) -> Vec<Step> {
    let disk = AddBlockStoragesRequest::new(BlockStorageGroupRoleType::Data, 104);
    let patch = MinorPatchRequest::new("2.17.2", "OpenSearch");
    let servers = AddInstancesRequest::new(2, ["192.168.10.31", "192.168.10.32"]);
    vec![
        step("ShowInstance", client.show_instance(CLUSTER, "myprefix001").send()),
        step("PatchMinorVersion", client.patch_minor_version(lifecycle::PAIR, patch).start()),
        step(
            "AddBlockStorages",
            client.add_block_storages(SERVERS, disk.volume_type(VolumeType::Ssd)).start(),
        ),
        step("ManualBackup", client.manual_backup(CLUSTER).start()),
        step("AddInstances", client.add_instances(CLUSTER, servers).start()),
        step("RestartDashboard", client.restart_dashboard(CLUSTER).start()),
    ]
}

fn image() -> ProductImageType {
    ProductImageType::OpenSearch
}

/// Backups at 2 in the night, kept for 7 days.
fn nightly() -> BackupSettingRequest {
    BackupSettingRequest::new("2", "7")
}

/// A cluster with the data of a backup.
fn restored() -> ClusterRestoreRequest {
    let disk = RestoreBlockStorageGroupRequest::new(BlockStorageGroupRoleType::Data, 104);
    let disks = [disk.volume_type(VolumeType::Ssd)];
    let group = RestoreInstanceGroupRequest::new(InstanceGroupRoleType::MasterData, disks);
    ClusterRestoreRequest::new()
        .name("myrestore")
        .instance_name_prefix("myprefix")
        .backup_history_number(BACKUP)
        .instance_groups([group])
}

/// One server that is master and data node at once.
fn new_cluster() -> ClusterCreateRequest {
    let disks = [
        BlockStorageGroupRequest::new(NewDiskRoleType::Os, 104).volume_type(VolumeType::Ssd),
        BlockStorageGroupRequest::new(NewDiskRoleType::Data, 56).volume_type(VolumeType::Ssd),
    ];
    let server = InstanceRequest::new(NodeRoleType::MasterData).service_ip_address("192.168.10.20");
    let group = InstanceGroupRequest::new()
        .role_type(NodeRoleType::MasterData)
        .server_type_name("ses1v2m4")
        .block_storage_groups(disks)
        .instances([server]);
    ClusterCreateRequest::new()
        .name("mysecond")
        .instance_name_prefix("myprefix") // begins the names of servers
        .dbaas_engine_version_id("5f1c9a3e7b2d4f608a1b2c3d4e5f6071") // an engine version, as list_engine_versions names it
        .subnet_id("2a4c6e8f0b1d4325970a1c3e5f7b9d2e") // a subnet of the VPC
        .timezone("Asia/Seoul")
        .instance_groups([group])
        .init_config_option(settings())
        .is_combined(true)
        .service_watch_log_collection(false)
        .allowable_ip_addresses(["192.168.10.1/32"])
        .nat_enabled(false)
        .maintenance_option(lifecycle::monday_at_midnight())
        .tags([Tag::new().key("team").value("database")])
}

/// The settings of the engine. A real password comes from a vault, as `Secret` or text.
fn settings() -> InitConfigOptionRequest {
    InitConfigOptionRequest::new("dbadmin", "example-Passw0rd")
        .backup_option(BackupOption::new("7", "2"))
        .database_port(2866)
}
