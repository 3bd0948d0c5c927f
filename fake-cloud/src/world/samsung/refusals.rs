//! What the service refuses, in its own codes.

use crate::message::refusal::Refusal;

/// The state of a cluster forbids it.
pub(super) fn state(problem: String) -> Refusal {
    Refusal::own(400, "Dbaas.ValidationError.InvalidServiceState", problem)
}
