//! A request that the control endpoint refuses.

use hyper::StatusCode;

/// The status, and the reason as text.
#[derive(Debug)]
pub(super) struct Refused(pub(super) StatusCode, pub(super) String);

/// The request itself is wrong.
pub(super) fn bad(problem: impl Into<String>) -> Refused {
    Refused(StatusCode::BAD_REQUEST, problem.into())
}
