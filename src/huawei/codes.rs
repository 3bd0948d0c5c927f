//! Error codes of Huawei Cloud, to compare [`Error::code`](crate::Error::code) with.
//!
//! `APIGW` codes come from the gateway in front of all services, `DBS` codes from TaurusDB and `DBSS` codes from DBSS.
//! The vendor has more codes, and adds some without notice.
//!
//! ```
//! use dbplane::huawei::codes;
//! # let error = dbplane::Error::service(409, "DBS.200019", "");
//! if error.code().is_some_and(|code| codes::BUSY.contains(&code)) {
//!     println!("another operation is in progress: try again in a minute");
//! }
//! # else { panic!("the code is known") }
//! ```

/// The codes of TaurusDB, with status 409, for an instance with another operation in progress or in an abnormal state.
/// The same call can succeed later.
pub const BUSY: &[&str] = &[
    OPERATION_IN_PROGRESS,
    "DBS.200011",
    "DBS.200047",
    "DBS.201014",
    "DBS.201015",
    "DBS.201202",
    "DBS.212006",
    "DBS.216011",
    "DBS.05000084",
];

/// 409: another operation is in progress on the instance; see also [`BUSY`].
pub const OPERATION_IN_PROGRESS: &str = "DBS.200019";

/// 400: a parameter is not valid. `DBS.200001` and `DBS.290000` mean the same.
pub const INVALID_PARAMETER: &str = "DBS.280001";

/// 400: the value of a parameter is out of its range.
pub const VALUE_OUT_OF_RANGE: &str = "DBS.200461";

/// 400: the database port is not valid.
pub const INVALID_PORT: &str = "DBS.280364";

/// 400: the number of records to return is not valid.
pub const INVALID_LIMIT: &str = "DBS.280439";

/// 400: the status of the instance does not allow the operation.
pub const STATUS_FORBIDS: &str = "DBS.200086";

/// 400: the job does not exist. A new job can be queried only after some seconds.
pub const JOB_NOT_FOUND: &str = "DBS.200543";

/// 400: the proxy instance does not exist.
pub const PROXY_NOT_FOUND: &str = "DBS.270024";

/// 400: the instance has several proxies, and the request does not specify one.
pub const PROXY_NOT_CHOSEN: &str = "DBS.270027";

/// 403: the instance does not exist, or the caller may not see it. `DBS.280015` means the same.
pub const NOT_VISIBLE: &str = "DBS.200044";

/// 403: the token is not valid. Unlike the gateway, the service does not respond with 401.
pub const INVALID_TOKEN: &str = "DBS.280056";

/// 404: the instance does not exist. `DBS.200045` and `DBS.201028` mean the same.
pub const INSTANCE_NOT_FOUND: &str = "DBS.200002";

/// 409: the operation is not allowed for the type or the status of the instance.
pub const NOT_ALLOWED: &str = "DBS.280406";

/// 500: the service failed. `DBS.108002` and `DBS.108005` mean the same.
pub const SERVER_FAILED: &str = "DBS.108000";

/// 404: the API does not exist: the host or the path is wrong.
pub const GATEWAY_API_NOT_FOUND: &str = "APIGW.0101";

/// 401: the signature or the token is wrong.
pub const GATEWAY_UNAUTHORIZED: &str = "APIGW.0301";

/// 403: the identity may not call the API.
pub const GATEWAY_FORBIDDEN: &str = "APIGW.0302";

/// 401: the token must be renewed, or is of another region. The client renews it once.
pub const GATEWAY_TOKEN_EXPIRED: &str = "APIGW.0307";

/// 429: too many calls.
pub const GATEWAY_THROTTLED: &str = "APIGW.0308";

/// 403: the project is not available.
pub const GATEWAY_PROJECT_NOT_AVAILABLE: &str = "APIGW.0310";

/// 403: the address of the caller is not in the allowlist.
pub const GATEWAY_ADDRESS_FORBIDDEN: &str = "APIGW.0402";

/// 500: the gateway failed.
pub const GATEWAY_FAILED: &str = "APIGW.0601";

/// 503: the gateway can't reach IAM.
pub const GATEWAY_IAM_UNREACHABLE: &str = "APIGW.0613";

/// 400: the instance of DBSS could not be started.
pub const DBSS_START_FAILED: &str = "DBSS.10020130";

/// 400: the instance of DBSS could not be stopped.
pub const DBSS_STOP_FAILED: &str = "DBSS.10020131";

/// 400: the instance of DBSS could not be restarted.
pub const DBSS_RESTART_FAILED: &str = "DBSS.10020132";

/// 401: DBSS does not accept the token.
pub const DBSS_INVALID_TOKEN: &str = "DBSS.10020100";

/// 404: the resource of DBSS does not exist.
pub const DBSS_NOT_FOUND: &str = "DBSS.10021004";
