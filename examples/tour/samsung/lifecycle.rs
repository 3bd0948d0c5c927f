//! Running a cluster: start, stop, restart, and when the vendor may maintain it.

use super::product::{Client, models::*};
use super::{CLUSTER, Step, step};

/// A cluster with a standby server.
pub(crate) const PAIR: &str = "5a2f8c0e7d1b4936a4c8e0f2b6d7193c";

pub(super) fn steps(client: &Client) -> Vec<Step> {
    // From 13:30, for five hours.
    let window = MaintenanceRequest::new()
        .start_day_of_week(DayOfWeek::Mon)
        .start_time("13")
        .start_minute("30")
        .term_hour("5");
    vec![
        step("StopCluster", client.stop_cluster(CLUSTER).start()),
        step("StartCluster", client.start_cluster(CLUSTER).start()),
        step("RestartCluster", client.restart_cluster(CLUSTER).start()),
        step("SyncClusterState", client.sync_cluster_state(CLUSTER).start()),
        step("SetMaintenance", client.set_maintenance(CLUSTER, window).start()),
        step("UnsetMaintenance", client.unset_maintenance(CLUSTER).start()),
    ]
}

/// A maintenance window for new clusters.
pub(crate) fn monday_at_midnight() -> MaintenanceOption {
    MaintenanceOption::new().starting_day_of_week(DayOfWeek::Mon).starting_time("0000").period_hour("5")
}
