//! The operations that each state of an instance allows: the state machine, as two tables.
//!
//! The states allow what those of the audit product allow. Times are units of the cloud's pace.

use super::instance::{self, DbssInstance};
use super::states::{ACTIVE, BUILD, ERROR, FROZEN, GONE, SHUTOFF};
use crate::message::refusal::Refusal;
use crate::message::response::Response;
use crate::world::request::WorldRequest;
use crate::world::work::{States, Transition};

/// Asynchronous work. `during` is the task that is shown; the state does not change until the end.
#[rustfmt::skip]
const WORKS: &[Transition] = &[
    Transition { operation: "StartDbOmInstance", from: &[SHUTOFF], during: "powering-on", after: ACTIVE, takes: 2 },
    Transition { operation: "StopDbOmInstance", from: &[ACTIVE], during: "powering-off", after: SHUTOFF, takes: 2 },
    Transition { operation: "RebootDbOmInstance", from: &[ACTIVE], during: "rebooting", after: ACTIVE, takes: 2 },
    Transition { operation: "DeleteDbOmInstance", from: &[ACTIVE, SHUTOFF, ERROR], during: "delete_wait", after: GONE, takes: 3 },
];

/// How long an order takes until the instance runs.
pub(super) const ORDER: Transition =
    Transition { operation: "CreateDbOmInstancePeriod", from: &[], during: BUILD, after: ACTIVE, takes: 4 };

/// A call that is done when the response is sent.
pub(super) struct Set {
    pub(super) operation: &'static str,
    pub(super) from: States,
    /// Whether it is allowed while a task runs.
    pub(super) amid_tasks: bool,
    pub(super) apply: fn(&mut DbssInstance, &WorldRequest<'_>) -> Result<Response, Refusal>,
}

const STEADY: States = &[ACTIVE, SHUTOFF];
const REACHABLE: States = &[ACTIVE, SHUTOFF, FROZEN];

#[rustfmt::skip]
const SETS: &[Set] = &[
    Set { operation: "UpdateDbOmInstanceName", from: STEADY, amid_tasks: false, apply: instance::rename },
    Set { operation: "ChangeDbOmSecurityGroup", from: STEADY, amid_tasks: false, apply: instance::regroup },
    Set { operation: "ResetDbOmPassword", from: &[ACTIVE], amid_tasks: false, apply: instance::reset },
    Set { operation: "BindDbOmEip", from: REACHABLE, amid_tasks: true, apply: instance::bind },
    Set { operation: "UnbindDbOmEip", from: REACHABLE, amid_tasks: true, apply: instance::unbind },
];

pub(super) fn work(operation: &str) -> Option<&'static Transition> {
    WORKS.iter().find(|rule| rule.operation == operation)
}

pub(super) fn set(operation: &str) -> Option<&'static Set> {
    SETS.iter().find(|set| set.operation == operation)
}
