//! Cache Store, API 1.2: its 33 operations.

#[path = "console.rs"]
mod console;
#[path = "parameters.rs"]
mod parameters;
#[path = "themes.rs"]
mod themes;

use dbplane::samsung::cachestore_1_2 as product;
use product::{Client, models::*};

use super::super::step::{Step, step};
use console::{remove_backup, unset_backup};
pub(crate) use themes::steps;
use themes::{CLUSTER, backups::BACKUP, lifecycle};

/// A larger server.
const LARGER: &str = "redis1v4m8";

/// A command, as `list_commands` names it.
const FLUSHALL: &str = "6a1e3c5b7d9f4a2b8c0d1e2f3a4b5c6d";

fn more(client: &Client) -> Vec<Step> {
    let pair = lifecycle::PAIR;
    let rename = CommandsRequest::new([CommandRequest::new(FLUSHALL, "FLUSHALL", "flushallkeys")]);
    let patch = MinorPatchRequest::new("7.2.11", "Redis OSS Sentinel");
    // The replica server that becomes the master, as show_cluster names it.
    let takes_over = SwitchoverRequest::new("mypair002");
    let mut steps = vec![
        step("ListCommands", client.list_commands(CLUSTER).send()),
        step("SetCommands", client.set_commands(CLUSTER, rename).start()),
        step("SyncCommands", client.sync_commands(CLUSTER).start()),
        step("SwitchoverCluster", client.switchover_cluster(pair, takes_over).start()),
        step("ShowInstance", client.show_instance(CLUSTER, "myprefix001").send()),
        step("PatchMinorVersion", client.patch_minor_version(pair, patch).start()),
    ];
    steps.extend(parameters::steps(client));
    steps
}

fn image() -> ProductImageType {
    ProductImageType::RedisOssSentinel
}

/// Backups at 2 in the night, kept for 7 days.
fn nightly() -> BackupSettingRequest {
    BackupSettingRequest::new("2", "7")
}

/// A cluster with the data of a backup.
fn restored() -> ClusterRestoreRequest {
    let disk = BlockStorageGroupRequest::new(BlockStorageGroupRoleType::Data, 104);
    let disks = [disk.volume_type(VolumeType::Ssd)];
    ClusterRestoreRequest::new()
        .name("myrestore")
        .instance_name_prefix("myprefix")
        .server_type_name("redis1v2m4")
        .block_storage_groups(disks)
        .backup_history_number(BACKUP)
}

/// A master and a replica, each with a system and a data disk.
fn new_cluster() -> ClusterCreateRequest {
    let disks = [
        BlockStorageGroupRequest::new(BlockStorageGroupRoleType::Os, 104).volume_type(VolumeType::Ssd),
        BlockStorageGroupRequest::new(BlockStorageGroupRoleType::Data, 56).volume_type(VolumeType::Ssd),
    ];
    let servers = [InstanceRoleType::Master, InstanceRoleType::Replica].map(InstanceRequest::new);
    let group = InstanceGroupRequest::new(InstanceGroupRoleType::MasterReplica, "redis1v2m4", disks);
    let group = group.instances(servers);
    ClusterCreateRequest::new()
        .name("mysecond")
        .instance_name_prefix("myprefix") // begins the names of servers
        .dbaas_engine_version_id("5f1c9a3e7b2d4f608a1b2c3d4e5f6071") // an engine version, as list_engine_versions names it
        .subnet_id("2a4c6e8f0b1d4325970a1c3e5f7b9d2e") // a subnet of the VPC
        .timezone("Asia/Seoul")
        .instance_groups([group])
        .init_config_option(settings())
        .ha_enabled(true)
        .replica_count(1)
        .service_watch_log_collection(false)
        .allowable_ip_addresses(["192.168.10.1/32"])
        .nat_enabled(false)
        .maintenance_option(lifecycle::monday_at_midnight())
        .tags([Tag::new().key("team").value("database")])
}

/// The settings of the engine. A real password comes from a vault, as `Secret` or text.
fn settings() -> InitConfigOptionRequest {
    let backups = BackupOption::new().retention_period_day("7").starting_time_hour("2");
    InitConfigOptionRequest::new()
        .database_user_password("example-Passw0rd")
        .backup_option(backups)
        .database_port(2866)
        .sentinel_port(26379)
}
