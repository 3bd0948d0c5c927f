//! The life of a cluster: made, found, looked at, opened, deleted.

use dbplane::samsung::mariadb::{Client, models::*};

use super::{CLUSTER, Step, step};

pub(super) fn steps(client: &Client) -> Vec<Step> {
    // Writes are answered before they are done; show_request tells how far one has come.
    let progress = client.show_request("req-4f668846-8a3d-49f1-8111-451ebccf445c");
    let running = client.list_clusters().service_state(ServiceState::Running.as_str());
    let sources = UpdateSecurityGroupRulesRequest::new()
        .add_ip_addresses(["192.168.10.1/32"])
        .del_ip_addresses(["192.168.10.2/32"]);
    vec![
        step("CreateCluster", client.create_cluster(new_cluster()).send()),
        step("ShowRequest", progress.send()),
        step("ListClusters", running.sort("created_at:desc").size(20).page(0).send()),
        step("ShowCluster", client.show_cluster(CLUSTER).send()),
        step("SetSecurityGroupRules", client.set_security_group_rules(CLUSTER, sources).send()),
    ]
}

/// The last step; nothing can be done to the cluster after it.
pub(super) fn end(client: &Client) -> Vec<Step> {
    vec![step("DeleteCluster", client.delete_cluster(CLUSTER).send())]
}

/// One server with a system and a data disk.
fn new_cluster() -> MariadbClusterCreateRequest {
    let disks = [
        BlockStorageGroupRequest::new(BlockStorageGroupRoleType::Os, 104).volume_type(VolumeType::Ssd),
        BlockStorageGroupRequest::new(BlockStorageGroupRoleType::Data, 56).volume_type(VolumeType::Ssd),
    ];
    let server = InstanceRequest::new(InstanceRoleType::Active).service_ip_address("192.168.10.20");
    let group = InstanceGroupRequest::new(InstanceGroupRoleType::Active, "db1v2m4", disks);
    MariadbClusterCreateRequest::new(
        "mysecond",
        "myprefix",                         // begins the names of servers
        "5f1c9a3e7b2d4f608a1b2c3d4e5f6071", // an engine version, as list_engine_versions names it
        "2a4c6e8f0b1d4325970a1c3e5f7b9d2e", // a subnet of the VPC
        "Asia/Seoul",
        [group.instances([server])],
        settings(),
    )
    .allowable_ip_addresses(["192.168.10.1/32"])
    .ha_enabled(false)
    .nat_enabled(false)
    .maintenance_option(super::lifecycle::monday_at_midnight())
    .tags([Tag::new().key("team").value("database")])
}

/// The database in the cluster. A real password comes from a vault, as `Secret` or text.
fn settings() -> MariadbInitConfigOptionRequest {
    let backups = MariadbBackupOption::new()
        .archive_frequency_minute("60")
        .retention_period_day("7")
        .starting_time_hour("2");
    MariadbInitConfigOptionRequest::new("mydb", "dbadmin", "example-Passw0rd")
        .audit_enabled(false)
        .backup_option(backups)
        .database_character_set("utf8")
        .database_port(2866)
}
