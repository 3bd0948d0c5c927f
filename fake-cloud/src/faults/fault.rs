//! What can go wrong.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::error::ErrorResponse;

/// One thing that goes wrong.
///
/// In JSON it is a name, or an object of name and settings: `"reset_after"`, `{"latency": {"millis": 200}}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Fault {
    /// Nothing goes wrong; a place in a script.
    Pass,
    /// The request is carried out and its response comes so much later, in real time.
    Latency {
        /// Milliseconds, at most an hour.
        millis: u64,
    },
    /// The port is closed for as long as the rule stands, and open connections end. For whole services only.
    Refuse,
    /// The connection is reset; the request is not carried out.
    ResetBefore,
    /// The request is carried out; then the connection is reset instead of a response.
    ResetAfter,
    /// The body of the response comes one byte after the other; then the connection ends.
    Trickle {
        /// Milliseconds of real time before each byte, at most a minute.
        millis: u64,
    },
    /// The connection ends in the middle of the body of the response.
    Truncate,
    /// The body is the first half of the right JSON, and whole as far as HTTP goes.
    CutJson,
    /// The body is another text under the status and headers of the right response.
    Garbage {
        /// The text, at most a mebibyte; it may be empty.
        text: String,
    },
    /// The response says that its body is something else.
    ContentType {
        /// The value of `Content-Type`.
        value: String,
    },
    /// Another answer than the right one.
    Error(ErrorResponse),
    /// The token of the request has expired. For services of Huawei Cloud; hits requests with a token.
    ExpiredToken,
    /// The nonce of the request is stale. For OceanBase Cloud; hits requests with a response to a challenge.
    StaleNonce,
    /// The clock of the service is wrong while it looks at the request, and in the `Date` of its response.
    ClockSkew {
        /// How far it is ahead, in milliseconds; negative for behind.
        millis: i64,
    },
    /// The work that the request begins fails at its end. What was made or changed is left in the state that the
    /// service has for that; a proxy of TaurusDB stays as it was, or fails if it was new. Hits what begins work.
    FailedWork,
    /// All enums of the response have values that no page lists.
    UnknownEnum,
    /// All objects of the response have a field that no page lists.
    ExtraFields,
    /// The response is the one before it to the same operation, once more: a page that repeats itself.
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
    /// The name of the fault in JSON, with the figure that matters most.
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
