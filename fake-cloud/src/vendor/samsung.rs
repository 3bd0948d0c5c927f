//! Errors of Samsung Cloud Platform: a list of faults from the service, another shape from its gateway.

use super::shape::Shape;
use crate::message::refusal::RefusalKind;

/// Shape and code of a refusal. The detail is a list for a bad value and a text for everything else, as in the service.
pub(super) fn words(kind: &RefusalKind) -> (Shape, &str) {
    let code = match kind {
        RefusalKind::Unsigned => return (Shape::SamsungGateway, ""),
        RefusalKind::Invalid => return (Shape::SamsungDetails, "ValidationError"),
        RefusalKind::NoSuchPath | RefusalKind::NotFound => "NotFound",
        RefusalKind::WrongMethod(_) => "MethodNotAllowed",
        RefusalKind::BadCredentials | RefusalKind::BadSignature | RefusalKind::Expired => {
            "Dbaas.Unauthorized.AuthNFailed"
        }
        RefusalKind::WrongProject => "Forbidden",
        RefusalKind::NoSuchVersion => "NoSuchVersion",
        RefusalKind::MediaType => "UnsupportedMediaType",
        RefusalKind::TooLarge => "PayloadTooLarge",
        RefusalKind::Own(_, code) => code,
        RefusalKind::UnknownId(_, code) => code,
    };
    (Shape::SamsungService, code)
}
