//! Processing of a request: faults, checks, the world, the journal.

use serde_json::Value as Json;

use super::host::Host;
use crate::base::calendar;
use crate::check::{self, auth};
use crate::cloud::journal::Entry;
use crate::cloud::service::Service;
use crate::cloud::shared::Shared;
use crate::faults::applied::AppliedFaults;
use crate::faults::engine::Candidate;
use crate::message::delivery::Delivery;
use crate::message::refusal::Refusal;
use crate::message::request::Request;
use crate::message::response::Response;
use crate::spec::operation::Operation;
use crate::spec::routes::Match;
use crate::vendor::Vendor;
use crate::world::request::WorldRequest;

/// The result of a request: its response, and why it was refused or which faults it got.
struct Outcome {
    response: Response,
    /// Whether the operation was carried out.
    good: bool,
    problem: Option<String>,
    warnings: Vec<String>,
    applied: AppliedFaults,
}

/// Processes a request and records it.
pub(crate) fn serve(shared: &Shared, host: &Host, mut request: Request) -> Delivery {
    if let Some(versions) = host.versions(&request) {
        return answer_versions(shared, host, request, versions);
    }
    let (service, arrived) = (host.choose(&request), request.at);
    let found = service.spec.routes.find(&request);
    let operation = found.as_ref().ok().map(|found| found.operation.as_ref());
    let outcome = match &found {
        Ok(found) => handle(shared, service, found, &mut request),
        Err(refusal) => refuse(shared, service, refusal.clone(), &request, AppliedFaults::default()),
    };
    let Outcome { response, good, problem, warnings, applied } = outcome;
    let mut response = applied.error(service.vendor, &request, &shared.runtime).unwrap_or(response);
    service.vendor.decorate(&mut response, &request, &shared.runtime);
    if service.vendor == Vendor::OceanBase {
        auth::digest::conclude(shared, service, &request, &mut response);
    }
    response.header("date", calendar::http(request.at));
    let mut delivery = Delivery::of(response);
    applied.deliver(&mut delivery);
    let entry = Entry {
        at: arrived,
        service: service.stem.clone(),
        took_effect: good && operation.is_some_and(|operation| !operation.reads),
        operation: operation.map(|operation| operation.id.clone()),
        method: request.method,
        target: request.target,
        status: delivery.seen(),
        problem,
        warnings,
        fault: applied.name(),
        ..Entry::default()
    };
    shared.journal.write(entry, good);
    delivery
}

/// Responds to requests for the address itself instead of one of its services.
fn answer_versions(shared: &Shared, host: &Host, request: Request, versions: Json) -> Delivery {
    let mut response = Response::new(200, Some(versions));
    response.header("date", calendar::http(request.at));
    let delivery = Delivery::of(response);
    let entry = Entry {
        at: request.at,
        service: host.first().stem.clone(),
        operation: Some("ListVersions".to_owned()),
        method: request.method,
        target: request.target,
        status: delivery.seen(),
        ..Entry::default()
    };
    shared.journal.write(entry, true);
    delivery
}

/// Applies faults and checks to a request, and passes it to the world.
fn handle(shared: &Shared, service: &Service, found: &Match<'_>, request: &mut Request) -> Outcome {
    let operation: &Operation = found.operation;
    let candidate = candidate(service, operation, request);
    let applied = match auth::is_signed(operation, request) {
        true => shared.faults.draw(&candidate, &shared.runtime),
        false => AppliedFaults::default(),
    };
    request.at = request.at.saturating_add(applied.skew());
    if applied.expires() {
        auth::expire(shared, request);
    }
    if applied.skips_operation() {
        let response = Response::new(operation.status, None);
        return Outcome { response, good: false, problem: None, warnings: Vec::new(), applied };
    }
    let mut warnings = Vec::new();
    let checked = check::check(shared, service, operation, &found.parameters, request, &mut warnings);
    let result = checked.and_then(|accepted| {
        let fails = applied.fails_work();
        let call = WorldRequest { fails, ..WorldRequest::new(operation, &accepted, &shared.runtime) };
        service.world.response(&call)
    });
    match result {
        Ok(mut response) => {
            let document = &service.spec.document;
            let before = shared.faults.turn_page(&candidate, response.body.as_ref());
            applied.change(&mut response, before, document, operation);
            Outcome { response, good: true, problem: None, warnings, applied }
        }
        Err(refusal) => Outcome { warnings, ..refuse(shared, service, refusal, request, applied) },
    }
}

fn refuse(
    shared: &Shared,
    service: &Service,
    refusal: Refusal,
    request: &Request,
    applied: AppliedFaults,
) -> Outcome {
    let response = service.vendor.refuse(&service.stem, &refusal, request, &shared.runtime);
    Outcome { response, good: false, problem: Some(refusal.problem), warnings: Vec::new(), applied }
}

/// The properties that rules check.
fn candidate<'c>(service: &'c Service, operation: &'c Operation, request: &Request) -> Candidate<'c> {
    let token = request.headers.contains_key("x-auth-token");
    let nonce = service.vendor == Vendor::OceanBase && request.headers.contains_key("authorization");
    let work = operation.long_running.is_some();
    Candidate { service: &service.stem, operation: &operation.id, token, nonce, work }
}
