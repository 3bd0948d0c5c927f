//! Errors of Huawei Cloud: the API gateway, the services behind it, and IAM, which has a shape of its own.

use serde_json::{Value as Json, json};

use super::{Fault, title};
use crate::refusal::Kind;

pub(super) fn body(fault: &Fault<'_>) -> Json {
    let code = match fault.refusal.kind {
        Kind::Invalid if fault.stem == "huawei-dbss" => "DBSS.10000001",
        Kind::Invalid => "DBS.200001",
        Kind::NotFound => "DBS.200002",
        Kind::Own(_, code) => code,
        _ => return gateway(fault),
    };
    json!({"error_code": code, "error_msg": fault.refusal.problem})
}

/// IAM's own shape; only a bad signature is refused by the gateway before IAM.
pub(super) fn iam_body(fault: &Fault<'_>) -> Json {
    match fault.refusal.kind {
        Kind::BadSignature => gateway(fault),
        _ => json!({"error": {
            "code": fault.status,
            "message": fault.refusal.problem,
            "title": title(fault.status),
        }}),
    }
}

fn gateway(fault: &Fault<'_>) -> Json {
    let code = match fault.refusal.kind {
        Kind::NoSuchPath | Kind::NotFound | Kind::WrongMethod(_) => "APIGW.0101",
        Kind::Unsigned | Kind::BadCredentials | Kind::BadSignature => "APIGW.0301",
        Kind::Expired => "APIGW.0307",
        Kind::WrongProject => "APIGW.0310",
        Kind::TooLarge => "APIGW.0201",
        Kind::MediaType | Kind::NoSuchVersion | Kind::Invalid => "APIGW.0602",
        Kind::Own(_, code) => code,
    };
    json!({"error_code": code, "error_msg": fault.refusal.problem, "request_id": fault.ambient.hex(32)})
}
