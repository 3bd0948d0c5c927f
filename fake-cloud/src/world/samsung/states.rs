//! The states of a cluster, as the vendor names them.

use crate::world::work::States;

pub(super) const CREATING: &str = "CREATING";
pub(super) const EDITING: &str = "EDITING";
pub(super) const ERROR: &str = "ERROR";
pub(super) const FAILED: &str = "FAILED";
pub(super) const RESTARTING: &str = "RESTARTING";
pub(super) const RUNNING: &str = "RUNNING";
pub(super) const STARTING: &str = "STARTING";
pub(super) const STOPPED: &str = "STOPPED";
pub(super) const STOPPING: &str = "STOPPING";
pub(super) const SYNCHRONIZING: &str = "SYNCHRONIZING";
pub(super) const TERMINATING: &str = "TERMINATING";
pub(super) const UNKNOWN: &str = "UNKNOWN";
pub(super) const UPGRADING: &str = "UPGRADING";
/// A cluster that reaches this state no longer exists.
pub(super) const GONE: &str = "TERMINATED";

/// States in which the database engine can be queried.
pub(super) const REACHABLE: States = &[RUNNING, EDITING, SYNCHRONIZING];
