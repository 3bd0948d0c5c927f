//! Refusals of the service, with its codes.

use crate::message::refusal::Refusal;

/// The state of a cluster does not allow it.
pub(super) fn state(problem: String) -> Refusal {
    Refusal::own(400, "Dbaas.ValidationError.InvalidServiceState", problem)
}
