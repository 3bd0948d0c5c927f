//! Vertica, API 1.2: its 24 operations.

#[path = "console.rs"]
mod console;
#[path = "themes.rs"]
mod themes;

use dbplane::samsung::vertica_1_2 as product;
use product::{Client, models::*};

use super::super::step::{Step, step};
use console::{remove_backup, unset_backup};
pub(crate) use themes::steps;
use themes::{backups::BACKUP, lifecycle, sizes::SERVERS};

/// A larger server.
const LARGER: &str = "vert1v4m8";

fn more(client: &Client) -> Vec<Step> {
    let disk = AddBlockStoragesRequest::new(BlockStorageGroupRoleType::Data, 104);
    vec![
        step("ShowInstance", client.show_instance(lifecycle::PAIR, "mypair001").send()),
        step(
            "AddBlockStorages",
            client.add_block_storages(SERVERS, disk.volume_type(VolumeType::Ssd)).start(),
        ),
    ]
}

fn image() -> ProductImageType {
    ProductImageType::VerticaEnterprise
}

/// Backups at 2 in the night, kept for 7 days.
fn nightly() -> BackupSettingRequest {
    BackupSettingRequest::new("2", "7")
}

/// A cluster with the data of a backup.
fn restored() -> ClusterRestoreRequest {
    let disk = RestoreBlockStorageGroupRequest::new(BlockStorageGroupRoleType::Data, 104);
    let disks = [disk.volume_type(VolumeType::Ssd)];
    let group = RestoreInstanceGroupRequest::new(InstanceGroupRoleType::Data, disks, "vert1v2m4");
    ClusterRestoreRequest::new()
        .name("myrestore")
        .instance_name_prefix("myprefix")
        .backup_history_number(BACKUP)
        .instance_groups([group])
}

/// One data node.
fn new_cluster() -> ClusterCreateRequest {
    let disks = [
        BlockStorageGroupRequest::new(NewDiskRoleType::Os, 104).volume_type(VolumeType::Ssd),
        BlockStorageGroupRequest::new(NewDiskRoleType::Data, 56).volume_type(VolumeType::Ssd),
    ];
    let server = InstanceRequest::new(NodeRoleType::Data).service_ip_address("192.168.10.20");
    let group = InstanceGroupRequest::new()
        .role_type(NodeRoleType::Data)
        .server_type_name("vert1v2m4")
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
        .license("license-key")
        .service_watch_log_collection(false)
        .allowable_ip_addresses(["192.168.10.1/32"])
        .nat_enabled(false)
        .maintenance_option(lifecycle::monday_at_midnight())
        .tags([Tag::new().key("team").value("database")])
}

/// The database in the cluster. A real password comes from a vault, as `Secret` or text.
fn settings() -> InitConfigOptionRequest {
    InitConfigOptionRequest::new("dbadmin", "example-Passw0rd", "mydb")
        .backup_option(BackupOption::new("7", "2"))
        .database_locale("ko_KR.utf8")
}
