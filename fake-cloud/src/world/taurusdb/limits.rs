//! Limits of the project: quotas, and the retention of deleted instances.

use serde_json::Value as Json;

use crate::world::contract::WorldContext;
use crate::world::fields::Fields;

pub(super) struct Quotas {
    /// The maximum number of instances of the project.
    pub(super) instances: i64,
    /// The rows of ShowGaussMySqlQuotas.
    pub(super) rows: Vec<Json>,
}

impl Quotas {
    pub(super) fn new(start: &WorldContext<'_>) -> Self {
        let project = start.example("ShowGaussMySqlProjectQuotas");
        Self {
            instances: project.number("/quotas/resources/0/quota"),
            rows: start.example("ShowGaussMySqlQuotas").items("/quota_list").to_vec(),
        }
    }
}

/// Deleted instances, and their retention in days.
pub(super) struct RecycleBin {
    pub(super) days: i64,
    pub(super) rows: Vec<Json>,
}

impl Default for RecycleBin {
    fn default() -> Self {
        Self { days: 7, rows: Vec::new() }
    }
}
