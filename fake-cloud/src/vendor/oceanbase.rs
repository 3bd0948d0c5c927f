//! Errors of OceanBase Cloud: the envelope of every answer, with `success` false.
//!
//! The vendor publishes no list of codes. Those not seen anywhere follow the grammar of the known ones.

use crate::refusal::Kind;
use crate::shape::Shape;

/// Shape and code of a refusal.
pub(super) fn words(kind: &Kind) -> (Shape, &'static str) {
    let code = match kind {
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
    };
    (Shape::OceanbaseEnvelope, code)
}
