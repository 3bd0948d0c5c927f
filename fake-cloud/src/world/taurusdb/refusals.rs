//! Refusals of the service, with its codes.

use crate::message::refusal::{Refusal, RefusalKind};
use crate::world::work::Transition;

/// Other work on the instance is in progress.
pub(super) fn busy(operation: &str, instance: &str) -> Refusal {
    Refusal::own(409, "DBS.200019", format!("{operation} is still in progress on the instance {instance}"))
}

/// The status of the instance does not allow it.
pub(super) fn instance_status(operation: &str, instance: &str, status: &str) -> Refusal {
    Refusal::own(
        400,
        "DBS.201014",
        format!("{operation} is not allowed: the instance {instance} is {status}"),
    )
}

/// Whether the status of a proxy allows an operation.
pub(super) fn status(rule: &Transition, status: &str, proxy: &str) -> Result<(), Refusal> {
    if rule.allows(status) {
        return Ok(());
    }
    let problem = format!("{} is not allowed: the proxy {proxy} is {status}", rule.operation);
    Err(Refusal::own(409, "DBS.280406", problem))
}

/// The kind or a setting of the proxy does not allow the request.
pub(super) fn unsuited(problem: impl Into<String>) -> Refusal {
    Refusal::own(409, "DBS.280406", problem)
}

pub(super) fn no_proxy(id: &str) -> Refusal {
    Refusal::own(400, "DBS.270024", format!("there is no proxy {id}"))
}

/// The request names no proxy, and there is not exactly one.
pub(super) fn unchosen(instance: &str) -> Refusal {
    Refusal::own(400, "DBS.270027", format!("the instance {instance} has not one proxy; name the one meant"))
}

pub(super) fn no_job(id: &str) -> Refusal {
    Refusal::own(400, "DBS.200543", format!("the job {id} does not exist"))
}

pub(super) fn out_of_range(problem: impl Into<String>) -> Refusal {
    Refusal::own(400, "DBS.200461", problem)
}

/// A value that fits the spec but is invalid.
pub(super) fn invalid_value(problem: impl Into<String>) -> Refusal {
    Refusal::own(400, "DBS.280001", problem)
}

/// The code of a refusal, where a response has it for one of several things.
pub(super) fn code(refusal: &Refusal) -> &'static str {
    match refusal.kind {
        RefusalKind::Own(_, code) => code,
        _ => "DBS.200002",
    }
}
