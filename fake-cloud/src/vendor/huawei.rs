//! Errors of Huawei Cloud: the API gateway, the services behind it, and IAM, which has its own shape.

use super::shape::Shape;
use crate::message::refusal::RefusalKind;

/// Shape and code of a refusal.
pub(super) fn words<'k>(stem: &str, kind: &'k RefusalKind) -> (Shape, &'k str) {
    match kind {
        // An error in a response with a success status.
        RefusalKind::Own(200, _) => (Shape::HuaweiResult, ""),
        RefusalKind::Invalid if stem.starts_with("huawei-dbss-") => (Shape::HuaweiService, "DBSS.10000001"),
        RefusalKind::NotFound if stem.starts_with("huawei-dbss-") => (Shape::HuaweiService, "DBSS.10021004"),
        RefusalKind::Invalid => (Shape::HuaweiService, "DBS.200001"),
        RefusalKind::NotFound => (Shape::HuaweiService, "DBS.200002"),
        RefusalKind::Own(_, code) => (Shape::HuaweiService, code),
        RefusalKind::UnknownId(_, code) => (Shape::HuaweiService, code),
        _ => (Shape::HuaweiGateway, gateway_code(kind)),
    }
}

/// IAM names no codes, except in the calls under `OS-`, which have the errors of other services. A bad signature is
/// refused by the gateway before IAM.
pub(super) fn iam_words<'k>(path: &str, kind: &'k RefusalKind) -> (Shape, &'k str) {
    match kind {
        RefusalKind::BadSignature => (Shape::HuaweiGateway, gateway_code(kind)),
        RefusalKind::Invalid if path.contains("/OS-") => (Shape::HuaweiService, "IAM.0011"),
        RefusalKind::NotFound if path.contains("/OS-") => (Shape::HuaweiService, "IAM.0004"),
        _ if path.contains("/OS-") => (Shape::HuaweiGateway, gateway_code(kind)),
        _ => (Shape::HuaweiIam, ""),
    }
}

fn gateway_code(kind: &RefusalKind) -> &str {
    match kind {
        RefusalKind::NoSuchPath | RefusalKind::NotFound | RefusalKind::WrongMethod(_) => "APIGW.0101",
        RefusalKind::Unsigned | RefusalKind::BadCredentials | RefusalKind::BadSignature => "APIGW.0301",
        RefusalKind::Expired => "APIGW.0307",
        RefusalKind::WrongProject => "APIGW.0310",
        RefusalKind::TooLarge => "APIGW.0201",
        RefusalKind::MediaType | RefusalKind::NoSuchVersion | RefusalKind::Invalid => "APIGW.0602",
        RefusalKind::Own(_, code) => code,
        RefusalKind::UnknownId(_, code) => code,
    }
}
