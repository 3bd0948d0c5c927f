//! Errors of Huawei Cloud: the API gateway, the services behind it, and IAM, which has a shape of its own.

use crate::refusal::Kind;
use crate::shape::Shape;

/// Shape and code of a refusal.
pub(super) fn words(stem: &str, kind: &Kind) -> (Shape, &'static str) {
    match kind {
        // What the service says in an answer with a good status.
        Kind::Own(200, _) => (Shape::HuaweiResult, ""),
        Kind::Invalid if stem == "huawei-dbss-v2" => (Shape::HuaweiService, "DBSS.10000001"),
        Kind::NotFound if stem == "huawei-dbss-v2" => (Shape::HuaweiService, "DBSS.10021004"),
        Kind::Invalid => (Shape::HuaweiService, "DBS.200001"),
        Kind::NotFound => (Shape::HuaweiService, "DBS.200002"),
        Kind::Own(_, code) => (Shape::HuaweiService, code),
        _ => (Shape::HuaweiGateway, gateway_code(kind)),
    }
}

/// IAM names no codes, except in the calls under `OS-`, which speak as other services do. A bad signature is refused by
/// the gateway before IAM.
pub(super) fn iam_words(path: &str, kind: &Kind) -> (Shape, &'static str) {
    match kind {
        Kind::BadSignature => (Shape::HuaweiGateway, gateway_code(kind)),
        Kind::Invalid if path.contains("/OS-") => (Shape::HuaweiService, "IAM.0011"),
        Kind::NotFound if path.contains("/OS-") => (Shape::HuaweiService, "IAM.0004"),
        _ if path.contains("/OS-") => (Shape::HuaweiGateway, gateway_code(kind)),
        _ => (Shape::HuaweiIam, ""),
    }
}

fn gateway_code(kind: &Kind) -> &'static str {
    match kind {
        Kind::NoSuchPath | Kind::NotFound | Kind::WrongMethod(_) => "APIGW.0101",
        Kind::Unsigned | Kind::BadCredentials | Kind::BadSignature => "APIGW.0301",
        Kind::Expired => "APIGW.0307",
        Kind::WrongProject => "APIGW.0310",
        Kind::TooLarge => "APIGW.0201",
        Kind::MediaType | Kind::NoSuchVersion | Kind::Invalid => "APIGW.0602",
        Kind::Own(_, code) => code,
    }
}
