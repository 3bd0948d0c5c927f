//! Backups, and a new cluster made from one.

use super::product::Client;
use super::{CLUSTER, Step, step};

/// A backup, as `list_backup_histories` names it.
pub(crate) const BACKUP: &str = "202501010000";

pub(super) fn steps(client: &Client) -> Vec<Step> {
    let histories = client.list_backup_histories(CLUSTER).limit(20).page(1);
    vec![
        step("SetBackup", client.set_backup(CLUSTER, super::super::nightly()).start()),
        step("ListBackupHistories", histories.send()),
        step("CreateRestore", client.create_restore(CLUSTER, super::super::restored()).start()),
        step("RemoveBackupHistories", super::super::remove_backup(client, CLUSTER, BACKUP).start()),
        step("UnsetBackup", super::super::unset_backup(client, CLUSTER).start()),
    ]
}
