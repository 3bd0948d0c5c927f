//! The archive of logs, which a point-in-time restore needs.

use super::product::{Client, models::*};
use super::{CLUSTER, Step, step};

pub(super) fn steps(client: &Client) -> Vec<Step> {
    let archive = ArchiveConfigSetRequest::new(true).retention_period_day(1);
    vec![
        step("SetArchiveConfig", client.set_archive_config(CLUSTER, archive).start()),
        step("ShowArchiveConfig", client.show_archive_config(CLUSTER).send()),
        step("SyncArchiveConfig", client.sync_archive_config(CLUSTER).start()),
    ]
}
