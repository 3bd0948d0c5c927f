//! Errors of Samsung Cloud Platform: a list of faults from the service, another shape from its gateway.

use crate::refusal::Kind;
use crate::shape::Shape;

/// Shape and code of a refusal. A bad value gets a list as its detail and all else a text, as the service does it.
pub(super) fn words(kind: &Kind) -> (Shape, &'static str) {
    let code = match kind {
        Kind::Unsigned => return (Shape::SamsungGateway, ""),
        Kind::Invalid => return (Shape::SamsungDetails, "ValidationError"),
        Kind::NoSuchPath | Kind::NotFound => "NotFound",
        Kind::WrongMethod(_) => "MethodNotAllowed",
        Kind::BadCredentials | Kind::BadSignature | Kind::Expired => "Dbaas.Unauthorized.AuthNFailed",
        Kind::WrongProject => "Forbidden",
        Kind::NoSuchVersion => "NoSuchVersion",
        Kind::MediaType => "UnsupportedMediaType",
        Kind::TooLarge => "PayloadTooLarge",
        Kind::Own(_, code) => code,
    };
    (Shape::SamsungService, code)
}
