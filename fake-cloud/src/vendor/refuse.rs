//! Differences between vendors: shapes and codes of errors, headers of responses.
//!
//! Problem: a client has to read the errors of each vendor, so the cloud must send the same. Codes are those that the
//! vendors document or were seen to send; others are formed like them.

use serde_json::Value as Json;

use super::kind::Vendor;
use super::shape::ErrorInfo;
use super::{huawei, oceanbase, samsung};
use crate::base::runtime::Runtime;
use crate::message::refusal::{Refusal, RefusalKind};
use crate::message::request::Request;
use crate::message::response::Response;

impl Vendor {
    /// The response to a refused request.
    pub(crate) fn refuse(
        self,
        stem: &str,
        refusal: &Refusal,
        request: &Request,
        runtime: &Runtime,
    ) -> Response {
        let status = self.status(&refusal.kind);
        let (shape, code) = match self {
            Self::Samsung => samsung::words(&refusal.kind),
            Self::Huawei => huawei::words(stem, &refusal.kind),
            Self::HuaweiIam => huawei::iam_words(request.path(), &refusal.kind),
            Self::OceanBase => oceanbase::words(&refusal.kind),
        };
        let (message, path, at) = (refusal.problem.as_str(), request.path(), request.at);
        let said = ErrorInfo { status, code: Some(code), message, path, at };
        let mut response = Response::new(status, shape.json(&said, runtime));
        if let RefusalKind::WrongMethod(allow) = &refusal.kind {
            response.header("allow", allow.clone());
        }
        response.headers.extend(refusal.headers.iter().cloned());
        response
    }

    /// Adds the headers of all responses of the vendor.
    pub(crate) fn decorate(self, response: &mut Response, request: &Request, runtime: &Runtime) {
        match self {
            Self::Huawei | Self::HuaweiIam => response.header("x-request-id", runtime.hex(32)),
            Self::OceanBase => {
                if let (Some(Json::Object(body)), Some(id)) = (&mut response.body, request_id(request)) {
                    body.insert("requestId".to_owned(), Json::String(id));
                }
            }
            Self::Samsung => {}
        }
    }

    fn status(self, kind: &RefusalKind) -> u16 {
        match kind {
            RefusalKind::NoSuchPath | RefusalKind::NotFound => 404,
            RefusalKind::WrongMethod(_) => 405,
            // The gateway does not tell callers without credentials what exists.
            RefusalKind::Unsigned if self == Self::Samsung => 404,
            RefusalKind::Unsigned
            | RefusalKind::BadCredentials
            | RefusalKind::BadSignature
            | RefusalKind::Expired => 401,
            RefusalKind::WrongProject => 403,
            RefusalKind::NoSuchVersion => 406,
            RefusalKind::MediaType => 415,
            RefusalKind::TooLarge => 413,
            RefusalKind::Invalid => 400,
            RefusalKind::Own(status, _) | RefusalKind::UnknownId(status, _) => *status,
        }
    }
}

/// The `requestId` of the query, if it can be read.
fn request_id(request: &Request) -> Option<String> {
    let pairs = request.query_pairs().ok()?;
    pairs.into_iter().find(|(name, value)| name == "requestId" && !value.is_empty()).map(|(_, value)| value)
}
