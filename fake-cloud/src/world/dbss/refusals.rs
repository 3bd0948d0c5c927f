//! Refusals of the service, with its codes.

use super::instance::DbssInstance;
use crate::message::refusal::Refusal;

/// The state does not allow it.
pub(super) fn state(operation: &str, instance: &DbssInstance) -> Refusal {
    let code = match operation {
        "StartDbOmInstance" => "DBSS.10020130",
        "StopDbOmInstance" => "DBSS.10020131",
        "RebootDbOmInstance" => "DBSS.10020132",
        _ => "DBSS.10000001",
    };
    let (state, task) = (instance.state(), instance.task());
    Refusal::own(400, code, format!("{operation} is not allowed: the instance is {state}, task {task}"))
}
