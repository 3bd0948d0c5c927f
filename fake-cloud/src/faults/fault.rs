//! The kinds of faults.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::error::ErrorResponse;

/// A fault that is applied to a request.
///
/// In JSON, a fault is a name, or an object with the name and settings: `"reset_after"`,
/// `{"latency": {"millis": 200}}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Fault {
    /// No fault, for use in a script.
    Pass,
    /// The request is carried out, and the response is delayed by this time, in real time.
    Latency {
        /// Milliseconds, at most an hour.
        millis: u64,
    },
    /// The port is closed as long as the rule exists, and open connections are closed. Only for rules without an
    /// operation.
    Refuse,
    /// The connection is reset; the request is not carried out.
    ResetBefore,
    /// The request is carried out, and the connection is reset without a response.
    ResetAfter,
    /// The body of the response is sent byte by byte, and the connection is then closed.
    Trickle {
        /// Milliseconds of real time before each byte, at most a minute.
        millis: u64,
    },
    /// The connection is closed in the middle of the body of the response.
    Truncate,
    /// The body is the first half of the correct JSON, in a complete HTTP response.
    CutJson,
    /// The body is another text, with the status and headers of the correct response.
    Garbage {
        /// The text, at most a mebibyte; it may be empty.
        text: String,
    },
    /// The response has another content type.
    ContentType {
        /// The value of `Content-Type`.
        value: String,
    },
    /// An error response.
    Error(ErrorResponse),
    /// The token of the request has expired. Only for services of Huawei Cloud; applies to requests with a token.
    ExpiredToken,
    /// The nonce of the request is stale. Only for OceanBase Cloud; applies to requests that respond to a challenge.
    StaleNonce,
    /// The clock of the service is wrong for this request and in the `Date` header of its response.
    ClockSkew {
        /// How far it is ahead, in milliseconds; negative for behind.
        millis: i64,
    },
    /// The asynchronous work of the request fails. The resource gets the service's state for a failure. An existing
    /// proxy of TaurusDB does not change; a new one fails. Applies to asynchronous operations.
    FailedWork,
    /// All enums of the response have unknown values.
    UnknownEnum,
    /// All objects of the response have an unknown field.
    ExtraFields,
    /// The response is the same as the previous response of the operation, such as a repeated page.
    RepeatedPage,
}

impl From<ErrorResponse> for Fault {
    fn from(response: ErrorResponse) -> Self {
        Self::Error(response)
    }
}

impl Fault {
    /// Whether rules after the one with this fault see the request too.
    pub(super) fn adds_up(&self) -> bool {
        match self {
            Self::Pass | Self::Latency { .. } | Self::ContentType { .. } | Self::ClockSkew { .. } => true,
            Self::UnknownEnum | Self::ExtraFields | Self::RepeatedPage => true,
            Self::ExpiredToken | Self::StaleNonce | Self::FailedWork => true,
            Self::Refuse | Self::ResetBefore | Self::ResetAfter | Self::Trickle { .. } => false,
            Self::Truncate | Self::CutJson | Self::Garbage { .. } | Self::Error(_) => false,
        }
    }
}

impl fmt::Display for Fault {
    /// The name of the fault in JSON, with its main number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pass => f.write_str("pass"),
            Self::Latency { millis } => write!(f, "latency of {millis} ms"),
            Self::Refuse => f.write_str("refuse"),
            Self::ResetBefore => f.write_str("reset_before"),
            Self::ResetAfter => f.write_str("reset_after"),
            Self::Trickle { millis } => write!(f, "trickle of {millis} ms a byte"),
            Self::Truncate => f.write_str("truncate"),
            Self::CutJson => f.write_str("cut_json"),
            Self::Garbage { .. } => f.write_str("garbage"),
            Self::ContentType { value } => write!(f, "content_type {value}"),
            Self::Error(response) => write!(f, "error {}", response.status),
            Self::ExpiredToken => f.write_str("expired_token"),
            Self::StaleNonce => f.write_str("stale_nonce"),
            Self::ClockSkew { millis } => write!(f, "clock_skew of {millis} ms"),
            Self::FailedWork => f.write_str("failed_work"),
            Self::UnknownEnum => f.write_str("unknown_enum"),
            Self::ExtraFields => f.write_str("extra_fields"),
            Self::RepeatedPage => f.write_str("repeated_page"),
        }
    }
}
