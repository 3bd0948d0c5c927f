//! The static description of operations.
//!
//! Problem: building, checking, retrying, paging and polling need facts of the operation. Default: a static table for
//! each service, for example `samsung::mariadb_1_0::OPERATIONS`, which the generator writes; programs can read it to
//! list what a service offers. Override: none.

mod long_running;
mod parameter;

pub use long_running::LongRunning;
pub(crate) use long_running::{GONE, States, Step};
pub(crate) use parameter::{Location, Parameter, Source};

use crate::wire::check::Check;

/// A service: its name and its API version.
#[derive(Debug)]
pub(crate) struct Service {
    /// The spec's file stem, for example `samsung-mariadb-1.0`.
    pub(crate) name: &'static str,
    /// The API version that the spec describes.
    pub(crate) version: &'static str,
    /// The addresses.
    pub(crate) servers: &'static [Server],
    /// The operations.
    pub(crate) operations: &'static [&'static Operation],
    /// Entries for requests that are not operations, by method and idempotence.
    pub(crate) requests: &'static [Operation],
}

/// An address of a service.
#[derive(Debug)]
pub(crate) struct Server {
    /// The address, with variables in braces.
    pub(crate) url: &'static str,
    /// The variables, and the documented values of each; a variable without values accepts any.
    pub(crate) variables: &'static [(&'static str, &'static [&'static str])],
}

/// The property of a response that says whether the call succeeded, regardless of the HTTP status.
#[derive(Debug)]
pub(crate) struct Envelope {
    /// The property.
    pub(crate) success: &'static str,
    /// Its values on success; empty if it is a boolean.
    pub(crate) values: &'static [&'static str],
    pub(crate) request_id: Option<&'static str>,
}

/// An operation of a service.
#[derive(Debug)]
#[non_exhaustive]
pub struct Operation {
    /// The vendor's id, for example `ListClusters`.
    pub id: &'static str,
    /// The service it belongs to, for example `samsung-mariadb-1.0`.
    pub service: &'static str,
    /// Title of the vendor's page.
    pub title: &'static str,
    /// HTTP method, in uppercase.
    pub method: &'static str,
    /// Path template, with parameters in braces.
    pub path: &'static str,
    /// The documented success status; any 2xx is accepted.
    pub status: u16,
    /// Whether sending it twice has the same result as sending it once.
    pub idempotent: bool,
    /// Whether it only reads.
    pub reads: bool,
    /// Whether it is never retried, regardless of options, for example because it costs money.
    pub single_attempt: bool,
    /// Names of the accepted security schemes; empty if it needs no authentication.
    pub auth: &'static [&'static str],
    /// Whether its success response is a file, which is read as it arrives.
    pub binary: bool,
    /// How its list is paged, if it returns a list in pages.
    pub paging: Option<Paging>,
    /// How its work is followed, if it is asynchronous.
    pub long_running: Option<LongRunning>,
    /// The vendor's page.
    pub page: &'static str,
    pub(crate) parameters: &'static [&'static Parameter],
    pub(crate) body: Option<&'static Check>,
    /// Body properties that repeat a path parameter, with the parameter's name.
    pub(crate) copies: &'static [(&'static str, &'static str)],
    pub(crate) envelope: Option<Envelope>,
    /// Body properties that are lists here and JSON in a string on the wire.
    pub(crate) json_texts: &'static [&'static str],
}

impl Operation {
    /// The defaults of an operation, except for its id, title, method, path and page.
    pub(crate) const DEFAULT: Self = Self {
        id: "",
        service: "",
        title: "",
        method: "GET",
        path: "",
        status: 200,
        idempotent: false,
        reads: false,
        single_attempt: false,
        auth: &[],
        binary: false,
        paging: None,
        long_running: None,
        page: "",
        parameters: &[],
        body: None,
        copies: &[],
        envelope: None,
        json_texts: &[],
    };

    /// Entries for requests that are not operations; their id is the method. `table` has what most operations of the
    /// service have in common.
    pub(crate) const fn requests(mut table: [Self; REQUESTS.len()]) -> [Self; REQUESTS.len()] {
        let mut at = 0;
        while at < table.len() {
            let (method, idempotent, reads) = REQUESTS[at];
            table[at].id = method;
            table[at].title = "A request that the library has no operation for";
            table[at].method = method;
            table[at].idempotent = idempotent;
            table[at].reads = reads;
            at += 1;
        }
        table
    }

    /// A GET without parameters that is in no spec, which the library itself needs.
    #[allow(dead_code)] // few services need one
    pub(crate) const fn aside(
        service: &'static str,
        id: &'static str,
        path: &'static str,
        auth: &'static [&'static str],
        page: &'static str,
    ) -> Self {
        Self { id, service, title: id, path, idempotent: true, reads: true, auth, page, ..Self::DEFAULT }
    }
}

/// Methods of requests that are not operations, whether they are idempotent, and whether they only read.
pub(crate) const REQUESTS: [(&str, bool, bool); 10] = [
    ("GET", true, true),
    ("HEAD", true, true),
    ("POST", false, false),
    ("POST", true, false),
    ("PUT", false, false),
    ("PUT", true, false),
    ("PATCH", false, false),
    ("PATCH", true, false),
    ("DELETE", false, false),
    ("DELETE", true, false),
];

/// How a list is paged.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Paging {
    /// How a request selects a page.
    pub style: PagingStyle,
    /// Query parameter or property of the request body that selects the page.
    pub number: &'static str,
    /// Query parameter or property of the request body for the page size.
    pub size: &'static str,
    /// Value for the first page; not sent if pages start after a marker.
    pub first: i64,
    /// Default page size.
    pub default_size: i64,
    /// Property of the response that holds the rows, as a dotted path.
    pub items: &'static str,
    /// Property of the response that holds the total number of rows, as a dotted path.
    pub total: Option<&'static str>,
    /// Property of the response that says whether more pages follow, as a dotted path.
    pub more: Option<&'static str>,
}

/// How the request of a paged list selects a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PagingStyle {
    /// The number of the page.
    Page,
    /// The number of rows to skip.
    Offset,
    /// The value of this property in the last row of the previous page; not sent for the first page.
    Marker(&'static str),
}
