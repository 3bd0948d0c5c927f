//! Backups are removed and unset from the web console only.

use super::product::{Client, models::*, operations};

/// Session of the web console; without one the vendor answers 401.
const SESSION: &str = "a-session-of-the-web-console";

/// Backups are removed permanently.
pub(super) fn remove_backup(
    client: &Client,
    cluster: &str,
    number: &str,
) -> operations::RemoveBackupHistories {
    client.remove_backup_histories(cluster, BackupHistoryNumberRequest::new([number]).session_id(SESSION))
}

/// Ends the schedule.
pub(super) fn unset_backup(client: &Client, cluster: &str) -> operations::UnsetBackup {
    client.unset_backup(cluster, OtpSessionIdRequest::new().session_id(SESSION))
}
