//! One backup of a cluster.

use serde_json::{Value as Json, json};

use crate::base::calendar;
use crate::world::fields::Fields;

/// The duration of a backup, in milliseconds.
const TAKES: i64 = 600_000;

/// A completed backup.
#[derive(Debug, Clone)]
pub(super) struct SamsungBackup {
    pub(super) made: i64,
    /// The row of ListBackupHistories.
    pub(super) row: Json,
}

impl SamsungBackup {
    pub(super) fn new(made: i64, version: &str) -> Self {
        let number: String = calendar::plain(made).chars().filter(char::is_ascii_digit).take(12).collect();
        let row = json!({
            "backup_start_at": format!("{} UTC+0", calendar::plain(made)),
            "backup_end_at": format!("{} UTC+0", calendar::plain(made.saturating_add(TAKES))),
            "backup_history_number": number,
            "backup_size_gb": 1.355_465_324,
            "backup_state": "Success",
            "backup_state_detail": "BACKUP SUCCESS",
            "software_version": version,
        });
        Self { made, row }
    }

    pub(super) fn number(&self) -> &str {
        self.row.text("/backup_history_number")
    }
}
