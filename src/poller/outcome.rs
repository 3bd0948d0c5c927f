//! The result of accepted work: the resource, or that it no longer exists.

use std::ops::Deref;

use super::judge::End;
use crate::error::{Error, Kind};
use crate::token::Token;
use crate::wire::decode::{self, Decode};

/// The result of a completed operation: the resource in its current state, and ids.
///
/// Derefs to the resource, so fields are read directly.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome<R> {
    pub(super) resource: R,
    pub(super) resource_id: Option<String>,
    pub(super) token: Token,
    pub(super) unchanged: bool,
}

impl<R> Outcome<R> {
    /// Returns the resource without the ids.
    #[must_use]
    pub fn into_inner(self) -> R {
        self.resource
    }

    /// The id of the job, request or order that did the work, else the vendor's id of the HTTP request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.token.request_id()
    }

    /// The id of the resource. For a create operation, it is the new resource.
    #[must_use]
    pub fn resource_id(&self) -> Option<&str> {
        self.resource_id.as_deref()
    }

    /// Whether the service had nothing to do, for example because the proxy already had the port.
    #[must_use]
    pub fn is_unchanged(&self) -> bool {
        self.unchanged
    }

    /// The token of the work.
    #[must_use]
    pub fn token(&self) -> &Token {
        &self.token
    }
}

impl<R> Deref for Outcome<R> {
    type Target = R;

    fn deref(&self) -> &R {
        &self.resource
    }
}

/// The result of a delete operation: the resource no longer exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gone;

/// Decodes the result as a type.
pub(crate) fn resource<R: Decode>(end: &End) -> Result<R, Error> {
    decode::decode(&end.resource.to_string())
        .map_err(|misfit| Error::new(Kind::Decode, format!("the {} can't be read, {misfit}", end.name)))
}

/// The end of a delete.
#[allow(clippy::unnecessary_wraps)] // one of several functions of the same type
pub(crate) fn gone(_: &End) -> Result<Gone, Error> {
    Ok(Gone)
}
