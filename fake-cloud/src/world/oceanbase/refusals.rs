//! What the service refuses, in its own codes.

use serde_json::Value as Json;

use super::states::ONLINE;
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;

/// The state of something forbids it.
pub(super) fn illegal(problem: impl Into<String>) -> Refusal {
    Refusal::own(400, "IllegalOperation.Resource", problem)
}

/// Whether an instance or a tenant takes writes.
pub(super) fn online(what: &str, detail: &Json) -> Result<(), Refusal> {
    match detail.text("/status") {
        ONLINE => Ok(()),
        status => Err(illegal(format!("the {what} is {status}, not {ONLINE}"))),
    }
}
