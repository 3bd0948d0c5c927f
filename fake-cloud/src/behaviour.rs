//! What an operation answers to a good request.
//!
//! Default: the success example of the spec, or a value made from the schema where there is none.
//! Override: operations listed in [`answer`], whose answers depend on the request.

use crate::answer::Answer;
use crate::check::Accepted;
use crate::cloud::{Cloud, Service};
use crate::iam;
use crate::operation::Operation;
use crate::refusal::Refusal;

/// The answer to a request that passed all checks.
///
/// # Errors
/// When the operation itself refuses, for example a wrong password.
pub(crate) fn answer(
    cloud: &Cloud,
    service: &Service,
    operation: &Operation,
    accepted: &Accepted,
) -> Result<Answer, Refusal> {
    match (service.stem.as_str(), operation.id.as_str()) {
        ("huawei-iam", "KeystoneCreateUserTokenByPassword") => {
            iam::token(cloud, service, operation, accepted)
        }
        ("huawei-iam", "KeystoneListProjects") => iam::projects(service, accepted),
        _ => Ok(Answer::of(operation)),
    }
}
