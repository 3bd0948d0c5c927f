//! The writes that each state of a cluster allows: the state machine, as a table.
//!
//! A write needs one of the states in `from`, and no other request in progress for the cluster. The cluster shows
//! `during` while the work runs, and `after` at its end. Times are units of the cloud's pace.

use super::cluster::{Cluster, ClusterChange};
use super::states::{
    CREATING, EDITING, ERROR, FAILED, GONE, RESTARTING, RUNNING, STARTING, STOPPED, STOPPING, SYNCHRONIZING,
    TERMINATING, UNKNOWN, UPGRADING,
};
use super::{
    Samsung, backups, commands, disks, engine, logs, parameters, replicas, secondaries, servers, settings,
};
use crate::message::refusal::Refusal;
use crate::world::request::WorldRequest;
use crate::world::work::{States, Transition};

/// Checks the conditions of an operation, and returns the change at its end.
type PrepareClusterWrite = fn(&Samsung, &WorldRequest<'_>, &Cluster) -> Result<ClusterChange, Refusal>;

/// A write to an existing cluster.
pub(super) struct ClusterWrite {
    pub(super) rule: Transition,
    pub(super) prepare: PrepareClusterWrite,
}

const fn rule(
    operation: &'static str,
    from: States,
    during: &'static str,
    after: &'static str,
    takes: u32,
) -> Transition {
    Transition { operation, from, during, after, takes }
}

const fn write(
    operation: &'static str,
    from: States,
    (during, after): (&'static str, &'static str),
    takes: u32,
    prepare: PrepareClusterWrite,
) -> ClusterWrite {
    ClusterWrite { rule: rule(operation, from, during, after, takes), prepare }
}

const UP: States = &[RUNNING];
const DOWN: States = &[STOPPED];
const EDITED: (&str, &str) = (EDITING, RUNNING);
const SYNCED: (&str, &str) = (SYNCHRONIZING, RUNNING);

/// Writes to existing clusters.
#[rustfmt::skip]
pub(super) const WRITES: &[ClusterWrite] = &[
    write("StartCluster", DOWN, (STARTING, RUNNING), 2, parameters::settle),
    write("StopCluster", UP, (STOPPING, STOPPED), 2, nothing),
    write("RestartCluster", UP, (RESTARTING, RUNNING), 2, parameters::settle),
    write("SwitchoverCluster", UP, EDITED, 2, replicas::switch_over),
    write("SyncClusterState", &[RUNNING, UNKNOWN], SYNCED, 1, nothing),
    write("DeleteCluster", &[RUNNING, STOPPED, UNKNOWN, FAILED, ERROR], (TERMINATING, GONE), 3, nothing),
    write("PatchMinorVersion", UP, (UPGRADING, RUNNING), 3, engine::patch),
    write("UpgradeMajorVersion", UP, (UPGRADING, RUNNING), 5, engine::upgrade),
    write("UpgradeKernel", UP, (UPGRADING, RUNNING), 3, engine::upgrade_kernel),
    write("AddBlockStorages", UP, EDITED, 2, disks::add),
    write("SetBlockStorageSize", UP, EDITED, 2, disks::grow),
    write("SetServerType", UP, EDITED, 2, engine::resize),
    write("PromoteReplicaCluster", UP, EDITED, 2, replicas::promote),
    write("ResetReplica", UP, SYNCED, 3, replicas::reset),
    write("SyncReplicaState", UP, SYNCED, 1, replicas::synchronize),
    write("ManualBackup", UP, EDITED, 2, backups::now),
    write("SetBackup", UP, EDITED, 1, backups::set),
    write("UnsetBackup", UP, EDITED, 1, backups::unset),
    write("RemoveBackupHistories", UP, EDITED, 1, backups::remove),
    write("SetArchiveConfig", UP, EDITED, 1, backups::archive),
    write("DeleteArchiveLog", UP, EDITED, 1, backups::delete_archive),
    write("SyncArchiveConfig", UP, SYNCED, 1, backups::synchronize),
    write("SetAuditLog", UP, EDITED, 1, settings::audit),
    write("SetMaintenance", UP, EDITED, 1, settings::maintain),
    write("UnsetMaintenance", UP, EDITED, 1, settings::leave_alone),
    write("SetSecurityGroupRules", UP, EDITED, 1, settings::open),
    write("SetParameterValues", UP, EDITED, 1, parameters::set),
    write("SyncParameterValues", UP, SYNCED, 1, nothing),
    write("RegisterLogExportConfig", UP, EDITED, 1, logs::register),
    write("SetLogExportConfig", UP, EDITED, 1, logs::change),
    write("UnregisterLogExportConfig", UP, EDITED, 1, logs::unregister),
    write("SetDatabases", UP, EDITED, 2, secondaries::databases),
    write("AddSecondary", UP, EDITED, 3, secondaries::add),
    write("AddDrSecondary", UP, EDITED, 5, secondaries::add_abroad),
    write("SyncDrSecondaryState", UP, SYNCED, 1, secondaries::synchronize),
    write("PromoteDrSecondary", UP, EDITED, 2, secondaries::promote),
    write("SetCommands", UP, EDITED, 1, commands::set),
    write("SyncCommands", UP, SYNCED, 1, nothing),
    write("AddInstances", UP, EDITED, 3, servers::add),
    write("RestartDashboard", UP, EDITED, 1, nothing),
    write("ExportLog", UP, EDITED, 1, logs::export),
];

/// Creates: `from` contains the allowed states of the source cluster.
pub(super) const CREATE_CLUSTER: Transition = rule("CreateCluster", &[], CREATING, RUNNING, 5);
pub(super) const CREATE_REPLICA: Transition =
    rule("CreateReplica", &[RUNNING, STOPPED], CREATING, RUNNING, 5);
pub(super) const CREATE_ABROAD: Transition =
    rule("CreateOtherRegionReplica", &[RUNNING, STOPPED], CREATING, RUNNING, 10);
pub(super) const CREATE_RESTORE: Transition =
    rule("CreateRestore", &[RUNNING, STOPPED, UNKNOWN, ERROR], CREATING, RUNNING, 5);

/// The state of a cluster whose work failed.
pub(super) fn broken(rule: &Transition) -> &'static str {
    if [CREATING, TERMINATING].contains(&rule.during) { FAILED } else { ERROR }
}

/// The table's row of an operation.
pub(super) fn find(operation: &str) -> Option<&'static ClusterWrite> {
    WRITES.iter().find(|write| write.rule.operation == operation)
}

/// For operations that only change the state.
fn nothing(_: &Samsung, _: &WorldRequest<'_>, _: &Cluster) -> Result<ClusterChange, Refusal> {
    Ok(Box::new(|_, _| {}))
}
