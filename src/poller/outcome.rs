//! How accepted work ended: the resource, or that it no longer exists.

use std::ops::Deref;

use super::judge::End;
use crate::error::{Error, Kind};
use crate::token::Token;
use crate::wire::decode::{self, Decode};

/// How an operation succeeded: the resource as the service shows it now, and the ids.
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
    /// The resource alone.
    #[must_use]
    pub fn into_inner(self) -> R {
        self.resource
    }

    /// The id of the job, request or order that did the work, or else the vendor's id of the request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.token.request_id()
    }

    /// The id of the resource; for a create, of the new one.
    #[must_use]
    pub fn resource_id(&self) -> Option<&str> {
        self.resource_id.as_deref()
    }

    /// Whether the service had nothing to do: the proxy had the port already, for example.
    #[must_use]
    pub fn is_unchanged(&self) -> bool {
        self.unchanged
    }

    /// What identified the work.
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

/// The end of a delete: the resource no longer exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gone;

/// Reads what is at the end as a type.
pub(crate) fn resource<R: Decode>(end: &End) -> Result<R, Error> {
    decode::decode(&end.resource.to_string())
        .map_err(|misfit| Error::new(Kind::Decode, format!("the {} can't be read, {misfit}", end.name)))
}

/// The end of a delete.
#[allow(clippy::unnecessary_wraps)] // one of several functions of the same type
pub(crate) fn gone(_: &End) -> Result<Gone, Error> {
    Ok(Gone)
}
