//! A change of an instance that is applied later, and the statuses that instances show until then.

use serde_json::{Value as Json, json};

use super::instance::{ACTIVE, TaurusdbInstance};
use crate::message::refusal::Refusal;
use crate::world::work::Transition;

/// A change of an instance, and the time at which it is applied.
pub(super) type InstanceChange = Box<dyn FnOnce(&mut TaurusdbInstance, i64) + Send>;

/// The change of a write, and the properties of its response other than the id of the job.
pub(super) struct Prepared {
    pub(super) change: InstanceChange,
    pub(super) response: Json,
}

/// A change whose response only has the job.
pub(super) fn then(
    change: impl FnOnce(&mut TaurusdbInstance, i64) + Send + 'static,
) -> Result<Prepared, Refusal> {
    Ok(Prepared { change: Box::new(change), response: json!({}) })
}

pub(super) const BUILD: &str = "BUILD";
pub(super) const FAILED: &str = "FAILED";
pub(super) const MODIFYING: &str = "MODIFYING";
pub(super) const REBOOTING: &str = "REBOOTING";
pub(super) const RESTORING: &str = "RESTORING";
pub(super) const SWITCHOVER: &str = "SWITCHOVER";
pub(super) const BACKING_UP: &str = "BACKING UP";
pub(super) const CHANGING_PORT: &str = "MODIFYING DATABASE PORT";
pub(super) const STORAGE_FULL: &str = "STORAGE FULL";

pub(super) const fn rule(operation: &'static str, during: &'static str, takes: u32) -> Transition {
    Transition { operation, from: &[ACTIVE], during, after: ACTIVE, takes }
}
