//! The checks of a request whose operation is known.
//!
//! Problem: for a request with two faults, the error should be about the one that the real service reports. The order
//! is: size, credentials, required headers and API version, unknown query parameters, values, content type, body,
//! copies of path values in the body, project.

pub(crate) mod auth;
mod body;
mod parameters;

use std::collections::BTreeMap;

use hyper::Version;

use crate::cloud::service::Service;
use crate::cloud::shared::Shared;
use crate::message::accepted::AcceptedRequest;
use crate::message::refusal::{Refusal, RefusalKind};
use crate::message::request::{Request, Unread};
use crate::spec::operation::Operation;

/// Parameters that name the project.
const PROJECT: &[&str] = &["project_id", "X-Ob-Project-Id"];

/// Checks a request to an operation. Oddities of an accepted request are added to `odd`.
///
/// # Errors The first fault, or all faults of the first check that fails.
pub(crate) fn check(
    shared: &Shared,
    service: &Service,
    operation: &Operation,
    path: &[(String, String)],
    request: &Request,
    odd: &mut auth::Oddities,
) -> Result<AcceptedRequest, Refusal> {
    match request.unread {
        Some(Unread::TooLarge) => {
            return Err(Refusal::new(RefusalKind::TooLarge, "the body is longer than 12 MiB"));
        }
        Some(Unread::Broken) => return Err(Refusal::invalid("the body ended early")),
        None => {}
    }
    // Older versions of HTTP do not have this header.
    if request.version > Version::HTTP_10 && !request.headers.contains_key("host") {
        return Err(Refusal::invalid("the required header Host is missing"));
    }
    odd.extend(auth::check(shared, service, operation, request)?);
    let values = parameters::check(operation, path, request)?;
    let body = body::check(operation, request, &values)?;
    project(service, &values)?;
    Ok(AcceptedRequest { values, body })
}

fn project(service: &Service, values: &BTreeMap<String, String>) -> Result<(), Refusal> {
    for name in PROJECT {
        let sent = values.get(*name);
        if sent.is_some() && sent != service.credentials.project_id.as_ref() {
            let problem = format!("{name} is not the project of the credentials");
            return Err(Refusal::new(RefusalKind::WrongProject, problem));
        }
    }
    Ok(())
}
