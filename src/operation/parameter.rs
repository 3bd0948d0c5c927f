//! A parameter of an operation: where it stands, who gives it, and what it may be.
//!
//! Problem: most parameters differ from others by one or two properties. Default: optional, from the caller, unchecked.
//! Override: each method of [`Parameter`], in generated tables.

use crate::wire::check::Check;

/// Where a parameter stands in the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Location {
    Path,
    Query,
    Header,
}

/// Who gives a parameter its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// The caller of the operation.
    Caller,
    /// The client, once for all operations.
    Client,
    /// The caller, or else the library makes a random UUID.
    Generated,
}

/// A parameter of an operation.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) location: Location,
    pub(crate) source: Source,
    pub(crate) required: bool,
    /// What a client parameter is when the client was given none.
    pub(crate) default: Option<&'static str>,
    pub(crate) check: Option<&'static Check>,
}

/// What generated tables are written with.
#[allow(dead_code)] // which of them the tables need depends on the services
impl Parameter {
    /// A parameter in the path; it is always required.
    pub(crate) const fn path(name: &'static str) -> Self {
        Self::new(name, Location::Path, true)
    }

    /// A parameter in the query.
    pub(crate) const fn query(name: &'static str) -> Self {
        Self::new(name, Location::Query, false)
    }

    /// A parameter in a header.
    pub(crate) const fn header(name: &'static str) -> Self {
        Self::new(name, Location::Header, false)
    }

    const fn new(name: &'static str, location: Location, required: bool) -> Self {
        Self { name, location, source: Source::Caller, required, default: None, check: None }
    }

    /// The same parameter, without which nothing is sent.
    pub(crate) const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// The same parameter, given once to the client.
    pub(crate) const fn of_client(self) -> Self {
        Self { source: Source::Client, ..self }
    }

    /// The same parameter, made by the library where the caller gives none.
    pub(crate) const fn generated(self) -> Self {
        Self { source: Source::Generated, ..self }
    }

    /// The same parameter, with a value for clients that were given none.
    pub(crate) const fn default(self, value: &'static str) -> Self {
        Self { default: Some(value), ..self }
    }

    /// The same parameter, whose value is checked.
    pub(crate) const fn check(self, check: &'static Check) -> Self {
        Self { check: Some(check), ..self }
    }
}
