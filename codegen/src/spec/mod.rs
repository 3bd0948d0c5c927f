//! What a spec says, in the few words that the generator needs.
//!
//! [`read`] is a closed world: every keyword that is not understood is a finding, so nothing is silently
//! dropped on the way from the page to the wire.

mod document;
mod example_values;
mod expand;
mod extensions;
mod features;
mod limits;
mod open;
mod operation;
mod overlay;
pub mod polling;
mod relations;
mod schema;
mod service;
mod target;
mod walker;

use serde_json::Value as Json;

pub use document::read;
pub use open::Document;
pub use overlay::ENDING as OVERLAY;
pub use polling::{LongRunning, States, Step, steps};
pub use relations::Relation;
pub use service::{Feature, Service};

use crate::finding::Line;

/// Methods of HTTP that operations use, as keys of a path.
const METHODS: &[&str] = &["get", "put", "post", "delete", "patch"];

/// `x-envelope`: where a response tells success, code, text and request id, whatever its HTTP status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// Property that says whether the call succeeded.
    pub success: String,
    /// What that property is when it did; empty where it is a boolean.
    pub success_values: Vec<String>,
    /// Property with the vendor's error code.
    pub code: Option<String>,
    /// Property with the vendor's error text.
    pub message: Option<String>,
    /// Property with the vendor's request id.
    pub request_id: Option<String>,
    /// What is around every response.
    pub wrapper: Option<Wrapper>,
}

/// The `wrapper` of an envelope: the responses hold its properties, and one with what the operation returns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrapper {
    /// Name of the schema with the envelope's own properties.
    pub schema: String,
    /// The property with what the operation returns.
    pub data: String,
}

/// One operation.
#[derive(Debug, Clone)]
pub struct Operation {
    /// `operationId`.
    pub id: String,
    /// What its Rust names are made of: `x-rust-name`, or the id.
    pub rust_name: String,
    /// Line of the operation.
    pub line: Line,
    /// Upper-case HTTP method.
    pub method: String,
    /// Path template, as it is sent.
    pub path: String,
    /// The path's key in the document: with a fragment where operations share method and path.
    pub key: String,
    /// Title of the vendor's page.
    pub summary: String,
    /// What it does.
    pub description: String,
    /// Parameters, in the order of the document.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// The one success response.
    pub success: Success,
    /// Documented errors.
    pub errors: Vec<DocumentedError>,
    /// `x-codes`: the error codes that belong to this operation, beside those of its error responses.
    pub codes: Vec<Codes>,
    /// Names of the accepted security schemes; empty for none.
    pub security: Vec<String>,
    /// Whether a repeat leaves the same result.
    pub idempotent: bool,
    /// Whether it only reads: a GET, or one with `x-read-only`.
    pub reads: bool,
    /// `x-single-attempt`: never sent a second time, whatever became of the first.
    pub single_attempt: bool,
    /// `x-charged`: it costs money; the client's method that tells whether it was carried out, or `none`.
    pub charged: Option<String>,
    /// `deprecated`: the vendor advises against its use.
    pub deprecated: Option<Deprecation>,
    /// `x-source`.
    pub source: Source,
    /// `x-paging`.
    pub paging: Option<Paging>,
    /// `x-long-running`.
    pub long_running: Option<LongRunning>,
    /// `x-response-header`.
    pub response_header: Option<ResponseHeader>,
    /// `x-envelope`, its own or the document's.
    pub envelope: Option<Envelope>,
    /// The first of `tags`: the group that the docs list it in.
    pub tag: Option<String>,
    /// `x-see`: what is usually called before and after it.
    pub see: See,
}

/// An error response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentedError {
    /// The status, or `4XX` and `5XX`.
    pub status: String,
    /// What it means.
    pub meaning: String,
    /// `x-codes`: the error codes that come with it.
    pub codes: Vec<Codes>,
}

/// Error codes that mean the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codes {
    /// Their constant in the vendor's module `codes`.
    pub constant: String,
    /// The codes as the service sends them.
    pub codes: Vec<String>,
}

/// `x-see` of an operation: other operations by their ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct See {
    /// What must have been called, or what returns the values to call it with.
    pub before: Vec<String>,
    /// What usually follows.
    pub after: Vec<String>,
}

/// `deprecated: true`, with what to use instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deprecation {
    /// `x-replaced-by`: the vendor's name of what to use instead, of the same kind and in the same place.
    pub replaced_by: Option<String>,
}

/// `x-source`: the page that the facts come from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// Address of the page.
    pub url: String,
    /// A date, `YYYY-MM-DD`.
    pub date: String,
    /// What the date is.
    pub date_of: DateOf,
}

/// What the date of a source is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DateOf {
    /// It is printed on the page.
    #[default]
    Page,
    /// The day the API version came into force; the page prints none.
    Version,
    /// The day the page was read; it prints none.
    Reading,
}

/// `x-paging`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paging {
    /// `page`, `offset` or `marker`.
    pub style: String,
    /// Query parameter or property of the request body that says where to begin.
    pub number: String,
    /// Query parameter or property of the request body that says how many.
    pub size: String,
    /// The first page's number.
    pub first: i64,
    /// Path of response properties to the rows.
    pub items: String,
    /// Path of response properties to the number of all rows.
    pub total: Option<String>,
    /// Path of response properties to a flag: more pages follow.
    pub more: Option<String>,
    /// Property of a row after which the next page begins; with the style `marker` only.
    pub marker: Option<String>,
}

/// `x-response-header`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseHeader {
    /// The header's name.
    pub name: String,
    /// Whether its value is a secret.
    pub secret: bool,
}

/// Where a parameter stands in the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
}

/// One parameter.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Line of the parameter, which operations may share.
    pub line: Line,
    /// Its name on the wire.
    pub name: String,
    /// What its Rust name is made of: `x-rust-name`, or the name.
    pub rust_name: String,
    /// Where it stands.
    pub location: Location,
    /// Whether the vendor requires it.
    pub required: bool,
    /// What it means.
    pub description: String,
    /// Its type and limits.
    pub schema: Schema,
    /// `x-client-parameter`: set once on the client.
    pub client: bool,
    /// `x-generated`: made by the library when the caller gives none.
    pub generated: bool,
    /// `x-see`: the operations that return its value, by their ids.
    pub see: Vec<String>,
    /// `deprecated`: the vendor advises against its use.
    pub deprecated: Option<Deprecation>,
}

/// The request body: always JSON, always required, always a named schema.
#[derive(Debug, Clone)]
pub struct Body {
    /// Name of the schema.
    pub schema: String,
    /// What is sent.
    pub description: String,
    /// An example.
    pub example: Option<Json>,
}

/// The success response.
#[derive(Debug, Clone, Default)]
pub struct Success {
    /// The status.
    pub status: u16,
    /// Name of the body's schema; none for an empty body, and for a file.
    pub schema: Option<String>,
    /// Whether the body is a file: bytes that are not JSON.
    pub binary: bool,
    /// An example.
    pub example: Option<Json>,
}

/// A schema: a type, whether it may be null, and its limits.
#[derive(Debug, Clone)]
pub struct Schema {
    /// Line of the schema.
    pub line: Line,
    /// The type.
    pub kind: Kind,
    /// May be `null`.
    pub nullable: bool,
    /// What it means.
    pub description: String,
    /// The vendor's limits.
    pub limits: Limits,
    /// `x-relations`, with their lines.
    pub relations: Vec<(Line, Relation)>,
    /// The vendor's default.
    pub default: Option<Json>,
    /// An example.
    pub example: Option<Json>,
    /// `x-secret`.
    pub secret: bool,
    /// `x-copy-of`.
    pub copy_of: Option<String>,
    /// `x-json-text`: a list that travels as JSON in a string.
    pub json_text: bool,
}

/// A type.
#[derive(Debug, Clone)]
pub enum Kind {
    /// An object with named properties.
    Object(Vec<Property>),
    /// An object with any properties.
    Map,
    /// A list.
    Array(Box<Schema>),
    /// Text; the flag says that it is a point in time.
    Text {
        /// `format: date-time`.
        time: bool,
    },
    /// Text out of a list of values.
    Enum {
        /// The values.
        values: Vec<String>,
        /// `x-extensible`: unknown values may be sent.
        extensible: bool,
    },
    /// A whole number.
    Integer {
        /// `format: int32`; otherwise 64 bits.
        small: bool,
    },
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// `x-any`: any JSON value.
    Any,
    /// A named schema.
    Ref(String),
}

/// A property of an object.
#[derive(Debug, Clone)]
pub struct Property {
    /// Its JSON name.
    pub name: String,
    /// What its Rust name is made of: `x-rust-name`, or the name.
    pub rust_name: String,
    /// Whether the object requires it.
    pub required: bool,
    /// Its place in the object's `required`, which is its place among a constructor's arguments.
    pub rank: usize,
    /// `deprecated`: the vendor advises against its use.
    pub deprecated: Option<Deprecation>,
    /// Its type and limits.
    pub schema: Schema,
}

/// The limits of a value; each is `None` (or empty) where the vendor states none.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs)]
pub struct Limits {
    pub minimum: Option<f64>,
    pub maximum: Option<f64>,
    pub multiple_of: Option<i64>,
    pub excluded: Vec<i64>,
    pub min_length: Option<i64>,
    pub max_length: Option<i64>,
    pub pattern: Option<String>,
    pub min_items: Option<i64>,
    pub max_items: Option<i64>,
}
