//! Refusals of the service, with its codes.

use serde_json::Value as Json;

use super::states::ONLINE;
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;

/// The state of a resource does not allow it.
pub(super) fn illegal(problem: impl Into<String>) -> Refusal {
    Refusal::own(400, "IllegalOperation.Resource", problem)
}

/// Whether an instance or a tenant accepts writes.
pub(super) fn online(what: &str, detail: &Json) -> Result<(), Refusal> {
    match detail.text("/status") {
        ONLINE => Ok(()),
        status => Err(illegal(format!("the {what} is {status}, not {ONLINE}"))),
    }
}
