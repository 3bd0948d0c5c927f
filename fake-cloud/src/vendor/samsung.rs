//! Errors of Samsung Cloud Platform: a list of faults from the service, another shape from its gateway.

use serde_json::{Value as Json, json};

use super::{Fault, title};
use crate::calendar;
use crate::refusal::Kind;

pub(super) fn body(fault: &Fault<'_>) -> Json {
    if fault.refusal.kind == Kind::Unsigned {
        return gateway(fault);
    }
    let problem = &fault.refusal.problem;
    // A list for bad values and text for all else, as the service does it.
    let detail = match fault.refusal.kind {
        Kind::Invalid => problem.split("; ").collect::<Json>(),
        _ => json!(problem),
    };
    json!({"errors": [{
        "code": code(&fault.refusal.kind),
        "detail": detail,
        "title": title(fault.status),
        "status": fault.status,
        "request_id": format!("req-{}", fault.ambient.uuid()),
        "global_request_id": format!("req-{}", fault.ambient.uuid()),
        "links": [],
        "related_resources": [],
        "response": null,
    }]})
}

fn code(kind: &Kind) -> &'static str {
    match kind {
        Kind::NoSuchPath | Kind::NotFound | Kind::Unsigned => "NotFound",
        Kind::WrongMethod(_) => "MethodNotAllowed",
        Kind::BadCredentials | Kind::BadSignature | Kind::Expired => "Dbaas.Unauthorized.AuthNFailed",
        Kind::WrongProject => "Forbidden",
        Kind::NoSuchVersion => "NoSuchVersion",
        Kind::MediaType => "UnsupportedMediaType",
        Kind::TooLarge => "PayloadTooLarge",
        Kind::Invalid => "ValidationError",
        Kind::Own(_, code) => code,
    }
}

fn gateway(fault: &Fault<'_>) -> Json {
    json!({
        "timestamp": calendar::micros(fault.ambient.now()),
        "path": fault.request.path(),
        "status": fault.status,
        "error": title(fault.status),
        "requestId": fault.ambient.uuid(),
    })
}
