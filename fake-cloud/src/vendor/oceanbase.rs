//! Errors of OceanBase Cloud: the envelope of every response, with `success` false.
//!
//! The vendor publishes no list of codes. Unknown ones are formed like the known ones.

use super::shape::Shape;
use crate::message::refusal::RefusalKind;

/// Shape and code of a refusal.
pub(super) fn words(kind: &RefusalKind) -> (Shape, &str) {
    let code = match kind {
        RefusalKind::NoSuchPath | RefusalKind::NotFound => "NotFound",
        RefusalKind::WrongMethod(_) => "MethodNotAllowed",
        RefusalKind::Unsigned
        | RefusalKind::BadCredentials
        | RefusalKind::BadSignature
        | RefusalKind::Expired => "Privilege.OpenAPI.AuthFailed",
        RefusalKind::WrongProject => "Privilege.Project.Denied",
        RefusalKind::MediaType => "UnsupportedMediaType",
        RefusalKind::TooLarge => "RequestTooLarge",
        RefusalKind::NoSuchVersion | RefusalKind::Invalid => "BadRequest",
        RefusalKind::Own(_, code) => code,
        RefusalKind::UnknownId(_, code) => code,
    };
    (Shape::OceanbaseEnvelope, code)
}
