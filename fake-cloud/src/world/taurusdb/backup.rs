//! One backup: its row in the list of backups, and the contents of the instance.

use serde_json::Value as Json;

use super::contents::Contents;
use crate::base::calendar;
use crate::world::fields::Fields;

pub(super) struct TaurusdbBackup {
    /// Its row in the list of backups.
    pub(super) row: Json,
    /// The contents of the instance.
    pub(super) contents: Contents,
}

impl TaurusdbBackup {
    /// A completed backup of the examples.
    pub(super) fn new(row: Json, contents: Contents) -> Self {
        Self { row, contents }
    }

    pub(super) fn id(&self) -> &str {
        self.row.text("/id")
    }

    pub(super) fn is_automatic(&self) -> bool {
        self.row.text("/type") == "auto"
    }

    /// The backup, if it belongs to this instance.
    pub(super) fn of(&self, instance: &str) -> Option<&Self> {
        Some(self).filter(|_| self.row.text("/instance_id") == instance)
    }

    pub(super) fn end(&mut self, status: &str, at: i64) {
        self.row.put("/status", status);
        self.row.put("/end_time", calendar::offset(at));
    }
}
