//! Backups, the archive of binary logs, and a new cluster made from them.

use super::product::{Client, models::*};
use super::{CLUSTER, Step, step};

/// A backup, as `list_backup_histories` names it.
const BACKUP: &str = "202501010000";

pub(super) fn steps(client: &Client) -> Vec<Step> {
    // Logs every 60 minutes, kept for 7 days; everything at 2 in the night.
    let nightly = BackupSettingRequest::new("2", "7", "60");
    let archive = ArchiveConfigSetRequest::new(true).retention_period_day(1);
    let histories = client.list_backup_histories(CLUSTER).limit(20).page(1);
    vec![
        step("SetBackup", client.set_backup(CLUSTER, nightly).send()),
        step("SetArchiveConfig", client.set_archive_config(CLUSTER, archive).send()),
        step("ShowArchiveConfig", client.show_archive_config(CLUSTER).send()),
        step("SyncArchiveConfig", client.sync_archive_config(CLUSTER).send()),
        step("ListBackupHistories", histories.send()),
        step("CreateRestore", client.create_restore(CLUSTER, restored()).send()),
        step("RemoveBackupHistories", super::super::remove_backup(client, CLUSTER, BACKUP).send()),
        step("UnsetBackup", super::super::unset_backup(client, CLUSTER).send()),
    ]
}

/// A cluster with the data of a backup. For a moment in the past, give `backup_recovery_time` instead.
fn restored() -> ClusterRestoreRequest {
    let disk = BlockStorageGroupRequest::new(BlockStorageGroupRoleType::Data, 104);
    ClusterRestoreRequest::new("myrestore", "myprefix", "db1v2m4")
        .backup_history_number(BACKUP)
        .allowable_ip_addresses(["192.168.10.1/32"])
        .block_storage_groups([disk.volume_type(VolumeType::Ssd)])
        .maintenance_option(super::lifecycle::monday_at_midnight())
        .tags([Tag::new().key("team").value("database")])
}
