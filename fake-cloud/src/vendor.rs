//! What differs from vendor to vendor: shapes and codes of errors, headers of answers.
//!
//! Problem: a client has to read each vendor's errors as they are, so the cloud must speak them. Codes that the
//! vendors document or were seen to send are used where there are any; the rest follows their grammar.

mod huawei;
mod oceanbase;
mod samsung;

use serde_json::Value as Json;

use crate::ambient::Ambient;
use crate::answer::Answer;
use crate::refusal::{Kind, Refusal};
use crate::request::Request;
use crate::shape::Said;

/// Whose manners a service has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Vendor {
    Samsung,
    Huawei,
    HuaweiIam,
    OceanBase,
}

impl Vendor {
    /// The vendor of a service, by the file stem of its spec.
    pub(crate) fn of(stem: &str) -> Option<Self> {
        match stem.split_once('-').map_or((stem, ""), |parts| parts) {
            ("samsung", _) => Some(Self::Samsung),
            ("huawei", "iam-v3") => Some(Self::HuaweiIam),
            ("huawei", _) => Some(Self::Huawei),
            ("oceanbase", _) => Some(Self::OceanBase),
            _ => None,
        }
    }

    /// The answer to a refused request.
    pub(crate) fn refuse(
        self,
        stem: &str,
        refusal: &Refusal,
        request: &Request,
        ambient: &Ambient,
    ) -> Answer {
        let status = self.status(&refusal.kind);
        let (shape, code) = match self {
            Self::Samsung => samsung::words(&refusal.kind),
            Self::Huawei => huawei::words(stem, &refusal.kind),
            Self::HuaweiIam => huawei::iam_words(request.path(), &refusal.kind),
            Self::OceanBase => oceanbase::words(&refusal.kind),
        };
        let (message, path, at) = (refusal.problem.as_str(), request.path(), request.at);
        let said = Said { status, code: Some(code), message, path, at };
        let mut answer = Answer::new(status, shape.json(&said, ambient));
        if let Kind::WrongMethod(allow) = &refusal.kind {
            answer.header("allow", allow.clone());
        }
        answer.headers.extend(refusal.headers.iter().cloned());
        answer
    }

    /// Adds what all answers of the vendor have.
    pub(crate) fn dress(self, answer: &mut Answer, request: &Request, ambient: &Ambient) {
        match self {
            Self::Huawei | Self::HuaweiIam => answer.header("x-request-id", ambient.hex(32)),
            Self::OceanBase => {
                if let (Some(Json::Object(body)), Some(id)) = (&mut answer.body, request_id(request)) {
                    body.insert("requestId".to_owned(), Json::String(id));
                }
            }
            Self::Samsung => {}
        }
    }

    fn status(self, kind: &Kind) -> u16 {
        match kind {
            Kind::NoSuchPath | Kind::NotFound => 404,
            Kind::WrongMethod(_) => 405,
            // The gateway hides what a caller without credentials asks for.
            Kind::Unsigned if self == Self::Samsung => 404,
            Kind::Unsigned | Kind::BadCredentials | Kind::BadSignature | Kind::Expired => 401,
            Kind::WrongProject => 403,
            Kind::NoSuchVersion => 406,
            Kind::MediaType => 415,
            Kind::TooLarge => 413,
            Kind::Invalid => 400,
            Kind::Own(status, _) => *status,
        }
    }
}

/// The `requestId` of the query, if it can be read.
fn request_id(request: &Request) -> Option<String> {
    let pairs = request.query_pairs().ok()?;
    pairs.into_iter().find(|(name, value)| name == "requestId" && !value.is_empty()).map(|(_, value)| value)
}

/// The name of a status.
pub(crate) fn title(status: u16) -> &'static str {
    hyper::StatusCode::from_u16(status).ok().and_then(|s| s.canonical_reason()).unwrap_or("Error")
}
