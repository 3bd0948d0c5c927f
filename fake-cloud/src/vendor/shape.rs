//! The shapes of error bodies that the vendors and their gateways were seen to send.
//!
//! Problem: the errors of one service have more shapes than the pages describe: from the service, from its gateway,
//! from an older version, from a proxy in front of them.
//! Default: [`Shape::usual`] is the one that a service uses itself.

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::kind::Vendor;
use crate::base::calendar;
use crate::base::runtime::Runtime;

/// The content of an error, in any shape.
pub(crate) struct ErrorInfo<'s> {
    pub(crate) status: u16,
    /// None for a code that fits shape and status.
    pub(crate) code: Option<&'s str>,
    pub(crate) message: &'s str,
    /// The path of the request.
    pub(crate) path: &'s str,
    /// The clock of the service.
    pub(crate) at: i64,
}

macro_rules! shapes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $vendors:expr;)*) => {
        /// A shape of error bodies. The first line of each variant is its name in JSON.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum Shape {
            $(
                #[doc = concat!("`", $name, "`")]
                ///
                $(#[$doc])*
                #[serde(rename = $name)]
                $variant,
            )*
        }

        impl Shape {
            /// All shapes.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name of the shape in JSON.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            fn vendors(self) -> &'static [Vendor] {
                match self {
                    $(Self::$variant => $vendors,)*
                }
            }
        }
    };
}

const SAMSUNG: &[Vendor] = &[Vendor::Samsung];
const HUAWEI: &[Vendor] = &[Vendor::Huawei, Vendor::HuaweiIam];
const OCEANBASE: &[Vendor] = &[Vendor::OceanBase];
const ANY: &[Vendor] = &[Vendor::Samsung, Vendor::Huawei, Vendor::HuaweiIam, Vendor::OceanBase];

shapes! {
    /// Samsung's services: a list `errors`, `detail` being text.
    SamsungService = "samsung.service", SAMSUNG;
    /// The same with a list as `detail`, for bad values.
    SamsungDetails = "samsung.details", SAMSUNG;
    /// The same with a `response` that names the action, for missing permissions.
    SamsungForbidden = "samsung.forbidden", SAMSUNG;
    /// Samsung's gateway: `timestamp`, `path`, `status`, `error`, `requestId`.
    SamsungGateway = "samsung.gateway", SAMSUNG;
    /// Another product of Samsung: `message`, `code`, `service`, `path`, `requestId`, `timestamp`, `params`.
    SamsungProduct = "samsung.product", SAMSUNG;
    /// A bare list of broken rules with `loc`, `msg`, `type_`, `ctx`.
    SamsungValidation = "samsung.validation", SAMSUNG;
    /// Huawei's services: `error_code`, `error_msg`.
    HuaweiService = "huawei.service", HUAWEI;
    /// The same with `details` and `encoded_authorization_message`, for identity policies.
    HuaweiPolicy = "huawei.policy", HUAWEI;
    /// The same inside `error`, for audit operations of DBSS.
    HuaweiNested = "huawei.nested", HUAWEI;
    /// The same with `errCode` instead of `error_code`.
    HuaweiErrCode = "huawei.errcode", HUAWEI;
    /// `code` and `message`.
    HuaweiCode = "huawei.code", HUAWEI;
    /// IAM: `error` with `code` as a number, `message`, `title`.
    HuaweiIam = "huawei.iam", HUAWEI;
    /// Huawei's gateway: `error_code`, `error_msg`, `request_id`.
    HuaweiGateway = "huawei.gateway", HUAWEI;
    /// `result` with `failed`, also with a success status, for some operations of DBSS.
    HuaweiResult = "huawei.result", HUAWEI;
    /// OceanBase: the envelope of all responses, with `success` false.
    OceanbaseEnvelope = "oceanbase.envelope", OCEANBASE;
    /// The wrapper of a newer page: `successful`, `message`, `data`.
    OceanbaseSuccessful = "oceanbase.successful", OCEANBASE;
    /// The wrapper of another page, with capital letters: `RequestId`, `Data`.
    OceanbaseCapitals = "oceanbase.capitals", OCEANBASE;
    /// `message` alone.
    OceanbaseMessage = "oceanbase.message", OCEANBASE;
    /// `msg` alone.
    OceanbaseMsg = "oceanbase.msg", OCEANBASE;
    /// A page of a proxy.
    Html = "html", ANY;
    /// A line of text.
    Plain = "text", ANY;
    /// No body.
    Empty = "empty", ANY;
}

impl Shape {
    /// The shape that a vendor's services use themselves.
    pub(crate) fn usual(vendor: Vendor) -> Self {
        match vendor {
            Vendor::Samsung => Self::SamsungService,
            Vendor::Huawei => Self::HuaweiService,
            Vendor::HuaweiIam => Self::HuaweiIam,
            Vendor::OceanBase => Self::OceanbaseEnvelope,
        }
    }

    /// Whether a vendor was seen to send it; some shapes belong to all vendors.
    pub(crate) fn is_spoken_by(self, vendor: Option<Vendor>) -> bool {
        vendor.map_or(self.vendors() == ANY, |vendor| self.vendors().contains(&vendor))
    }

    /// An error in this shape; none if the shape is not JSON.
    pub(crate) fn json(self, said: &ErrorInfo<'_>, runtime: &Runtime) -> Option<Json> {
        match self {
            Self::Html | Self::Plain | Self::Empty => None,
            _ if self.vendors() == SAMSUNG => Some(self.samsung(said, runtime)),
            _ if self.vendors() == HUAWEI => Some(self.huawei(said, runtime)),
            _ => Some(self.oceanbase(said, runtime)),
        }
    }

    /// Content type and text of an error in this shape; none if the shape is JSON.
    pub(crate) fn text(self, status: u16, message: &str) -> Option<(&'static str, String)> {
        let title = title(status);
        match self {
            Self::Html => {
                Some(("text/html", format!("<html><head><title>{status} {title}</title></head></html>\n")))
            }
            Self::Plain => Some(("text/plain", format!("{message}\n"))),
            Self::Empty => Some(("", String::new())),
            _ => None,
        }
    }

    fn samsung(self, said: &ErrorInfo<'_>, runtime: &Runtime) -> Json {
        let &ErrorInfo { status, message, path, at, .. } = said;
        let code = said.code.unwrap_or_else(|| samsung_code(status));
        let service = |detail: Json, response: Json| {
            json!({"errors": [{
                "code": code, "detail": detail, "title": title(status), "status": status,
                "request_id": format!("req-{}", runtime.uuid()),
                "global_request_id": format!("req-{}", runtime.uuid()),
                "links": [], "related_resources": [], "response": response,
            }]})
        };
        match self {
            Self::SamsungDetails => service(message.split("; ").collect(), Json::Null),
            Self::SamsungForbidden => {
                let response = json!({"access_level": "write", "action_name": "mariadb:Act",
                    "caused_auths": [], "message": message});
                service(json!(message), response)
            }
            Self::SamsungGateway => json!({"timestamp": calendar::micros(at), "path": path, "status": status,
                "error": title(status), "requestId": runtime.uuid()}),
            Self::SamsungProduct => {
                json!({"message": message, "code": code, "service": "product", "path": path,
                "requestId": runtime.uuid(), "timestamp": calendar::micros(at), "params": []})
            }
            Self::SamsungValidation => {
                json!([{"loc": ["body"], "msg": message, "type_": "value_error", "ctx": {}}])
            }
            _ => service(json!(message), Json::Null),
        }
    }

    fn huawei(self, said: &ErrorInfo<'_>, runtime: &Runtime) -> Json {
        let &ErrorInfo { status, message, .. } = said;
        let code = said.code.unwrap_or_else(|| match self {
            Self::HuaweiGateway => gateway_code(status),
            _ => huawei_code(status),
        });
        match self {
            Self::HuaweiPolicy => json!({"error_code": code, "error_msg": message,
                "details": [{"error_code": code, "error_msg": message}],
                "encoded_authorization_message": runtime.hex(64)}),
            Self::HuaweiNested => json!({"error": {"error_code": code, "error_msg": message}}),
            Self::HuaweiErrCode => json!({"errCode": code, "error_msg": message}),
            Self::HuaweiCode => json!({"code": code, "message": message}),
            Self::HuaweiIam => {
                json!({"error": {"code": status, "message": message, "title": title(status)}})
            }
            Self::HuaweiResult => json!({"result": "failed"}),
            Self::HuaweiGateway => {
                json!({"error_code": code, "error_msg": message, "request_id": runtime.hex(32)})
            }
            _ => json!({"error_code": code, "error_msg": message}),
        }
    }

    fn oceanbase(self, said: &ErrorInfo<'_>, runtime: &Runtime) -> Json {
        let &ErrorInfo { status, message, .. } = said;
        let code = said.code.unwrap_or_else(|| oceanbase_code(status));
        match self {
            Self::OceanbaseSuccessful => json!({"successful": false, "message": message, "data": null}),
            Self::OceanbaseCapitals => json!({"RequestId": runtime.uuid(),
                "Data": [{"Success": false, "ErrorCode": code, "ErrorMessage": message}]}),
            Self::OceanbaseMessage => json!({"message": message}),
            Self::OceanbaseMsg => json!({"msg": message}),
            _ => json!({"success": false, "errorCode": code, "errorMessage": message,
                "requestId": runtime.uuid()}),
        }
    }
}

/// Codes that were seen with a status; others are formed like the known ones.
fn samsung_code(status: u16) -> &'static str {
    match status {
        400 => "ValidationError",
        401 => "Dbaas.Unauthorized.AuthNFailed",
        403 => "Forbidden",
        404 => "NotFound",
        406 => "NoSuchVersion",
        409 => "Dbaas.ValidationError.InvalidServiceState",
        429 => "TooManyRequests",
        _ => "ContactAdminForAssistance",
    }
}

fn huawei_code(status: u16) -> &'static str {
    match status {
        400 => "DBS.200001",
        401 | 403 => "DBS.280056",
        404 => "DBS.200002",
        409 => "DBS.200011",
        429 => "APIGW.0308",
        _ => "DBS.108000",
    }
}

fn gateway_code(status: u16) -> &'static str {
    match status {
        400 => "APIGW.0602",
        401 => "APIGW.0301",
        403 => "APIGW.0302",
        404 => "APIGW.0101",
        405 => "APIGW.0501",
        429 => "APIGW.0308",
        500 => "APIGW.0601",
        503 => "APIGW.0613",
        _ => "APIGW.0201",
    }
}

fn oceanbase_code(status: u16) -> &'static str {
    match status {
        400 => "BadRequest",
        401 => "Privilege.OpenAPI.AuthFailed",
        404 => "NotFound",
        409 => "IllegalOperation.Resource",
        500 => "InternalServerError",
        503 => "ServiceTemporarilyUnavailable",
        _ => "UnknownError",
    }
}

/// The name of a status.
fn title(status: u16) -> &'static str {
    hyper::StatusCode::from_u16(status).ok().and_then(|s| s.canonical_reason()).unwrap_or("Error")
}
