//! Errors of OceanBase Cloud: the envelope of every answer, with `success` false.
//!
//! The vendor publishes no list of codes. Those not seen anywhere follow the grammar of the known ones.

use serde_json::{Value as Json, json};

use super::Fault;
use crate::refusal::Kind;

pub(super) fn body(fault: &Fault<'_>) -> Json {
    json!({
        "success": false,
        "errorCode": code(&fault.refusal.kind),
        "errorMessage": fault.refusal.problem,
        "requestId": fault.ambient.uuid(),
    })
}

fn code(kind: &Kind) -> &'static str {
    match kind {
        Kind::NoSuchPath | Kind::NotFound => "NotFound",
        Kind::WrongMethod(_) => "MethodNotAllowed",
        Kind::Unsigned | Kind::BadCredentials | Kind::BadSignature | Kind::Expired => {
            "Privilege.OpenAPI.AuthFailed"
        }
        Kind::WrongProject => "Privilege.Project.Denied",
        Kind::MediaType => "UnsupportedMediaType",
        Kind::TooLarge => "RequestTooLarge",
        Kind::NoSuchVersion | Kind::Invalid => "BadRequest",
        Kind::Own(_, code) => code,
    }
}
