//! The meaning of a response: a success status is a result; a redirect or another status is an error.

use reqwest::StatusCode;
use reqwest::header::LOCATION;

use super::raw_response::RawResponse;
use super::retry_after::{RetryAfter, retry_after};
use super::{error_body, trace};
use crate::error::text::shown;
use crate::error::{Error, Kind};
use crate::runtime::Runtime;

/// A success status is a result; a redirect or another status is an error.
pub(super) fn classify(reply: RawResponse, runtime: &Runtime) -> Result<RawResponse, Error> {
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if status.is_success() {
        return Ok(reply);
    }
    let mask = reply.mask();
    let request_id = reply.request_id();
    if status.is_redirection() {
        let target = reply.headers.get(LOCATION).map(|l| mask.hide(&String::from_utf8_lossy(l.as_bytes())));
        // Its query may contain secrets.
        let target = target.map(|target| shown(target.split(['?', '#']).next().unwrap_or_default()));
        let message = match target {
            Some(target) => format!(
                "the service redirects to {target}; credentials are not sent there, so check the base URL"
            ),
            None => {
                format!("the service responded with {}, which is no response to this request", reply.status)
            }
        };
        return Err(Error::new(Kind::Redirect, message).with_response(reply.status, request_id, reply.body));
    }
    let mut error =
        Error::responded(reply.status, error_body::read_masked(&reply.body, &mask), reply.body.clone());
    if let Some(RetryAfter { wait, readable }) = retry_after(&reply.headers, runtime) {
        if !readable {
            trace::unreadable_retry_after(wait);
        }
        error = error.with_retry_after(wait, readable);
    }
    Err(error.with_response(reply.status, request_id, reply.body))
}
