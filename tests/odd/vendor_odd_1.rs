mod client {
#![allow(unused_imports)] // the same in every service

use super::{models, operations, table};
use crate::client::Core;
use crate::poller::{self, End};
use crate::{Accepted, Error, Method, Request, Secret, Token};

/// Client for Odd 1.
///
/// What vendors do.
///
/// rust
/// this_is_not_rust();
///
///
/// Cheap to clone; clones share connections, credentials and settings.
#[derive(Clone, Debug)]
pub struct Client {
    pub(crate) core: Core,
}

impl Client {
    /// Puts a node.
    ///
    /// See [`operations::PutFuture`] for parameters, limits, errors and an example.
    #[doc(alias("Future", "put future", "put"))]
    pub fn put_future(&self, self_: impl Into<String>, body: models::Node) -> operations::PutFuture {
        operations::PutFuture::new(&self.core, self_.into(), body)
    }

    /// Reads the other one \[first\] of \`List\<T\>, see <http://example.com/hash>.
    ///
    /// See [`operations::Display`] for parameters, limits, errors and an example.
    #[doc(alias = "Hash")]
    #[deprecated(note = "use `put_future` instead")]
    pub fn display(&self) -> operations::Display {
        operations::Display::new(&self.core)
    }

    /// Lists lines, each page after the last line of the page before it.
    ///
    /// See [`operations::ListLines`] for parameters, limits, errors and an example.
    #[doc(alias("Lines", "list line"))]
    pub fn list_lines(&self, body: models::LineQuery) -> operations::ListLines {
        operations::ListLines::new(&self.core, body)
    }

    /// Builds a request that this library has no operation for; see [`Request`].
    pub fn request(&self, method: Method, path: impl Into<String>) -> Request {
        Request::new(&self.core, method, path.into())
    }
}
}
#[cfg(feature = "testing")]
mod examples {
#![allow(unused_imports)] // the same in every service

use super::models;
use crate::wire::examples::examples;

examples! {
    Line = r#"{}"#,
    Lines = r#"{}"#,
    Node = r#"{}"#,
    Pair = r#"{}"#,
    Send1 = r#"{}"#,
}
}
mod limits {
#![allow(unused_imports)] // the same in every service

use crate::wire::check::Check;
use crate::wire::relation::Relation;

pub(crate) static LINE_QUERY: Check = Check::object(&[("limit", &Check::integer(1, 100))]);

pub(crate) static NODE: Check = Check::object(&[
    ("child", &NODE),
    ("perhaps", &NODE),
    ("children", &Check::list(0, usize::MAX).of(&NODE)),
    ("grid", &Check::list(0, usize::MAX).of(&Check::list(0, usize::MAX).of(&NODE))),
    ("other", &PAIR),
    ("into", &Check::any_text().matching("^[`x]*$")),
    ("state", &Check::one_of(&["Self", "1", "a b", "none", "Ok", "line\nbreak", "tick`"])),
]);

pub(crate) static PAIR: Check = Check::object(&[("first", &NODE), ("second", &PAIR)]);
}
/// Request and response types.
pub mod models {
#![allow(unused_imports)] // the same in every service

use serde_json::{Map, Value};

use crate::wire::enveloped::EnvelopeModel;
use crate::wire::{model, open_enum};
use crate::{Secret, Timestamp};

/// A line.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Line {
    /// Its number.
    pub line_num: Option<String>,
}

model! { Line { optional: [line_num] } }

/// What is listed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct LineQuery {
    /// Lines per page. Limits: 1 to 100.
    pub limit: i64,
    /// The line after which the page begins.
    pub line_num: Option<String>,
}

impl LineQuery {
    /// Creates a `LineQuery` with the required fields.
    pub fn new(limit: i64) -> Self {
        Self { limit, line_num: None }
    }

    /// Sets `line_num`.
    #[must_use]
    pub fn line_num(mut self, value: impl Into<String>) -> Self {
        self.line_num = Some(value.into());
        self
    }
}

model! { LineQuery { required: [limit], optional: [line_num] } }

/// A page of lines.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Lines {
    /// The lines.
    pub lines: Vec<Line>,
}

model! { Lines { defaulted: [lines] } }

/// Refers to itself, and nothing of it is required.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Node {
    /// A value.
    pub value: Option<String>,
    /// A default.
    ///
    /// Deprecated: use `value` instead.
    #[doc(alias = "default")]
    pub preset: Option<String>,
    /// Refers to itself, and nothing of it is required.
    pub child: Option<Box<Node>>,
    /// Or null.
    pub perhaps: Option<Box<Node>>,
    /// More of them.
    pub children: Option<Vec<Node>>,
    /// Lists of lists.
    pub grid: Option<Vec<Vec<Node>>>,
    /// Refers to what refers to it.
    pub other: Option<Pair>,
    /// A keyword.
    pub fn_: Option<i64>,
    /// Another.
    pub self_: Option<String>,
    /// A method of a trait. Limits: matches `` ^[`x]*$ ``. Example: `""`.
    pub into: Option<String>,
    /// Values that are odd names.
    pub state: Option<State>,
}

impl Node {
    /// Creates an empty `Node`.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets `value`.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// Sets `default`.
    #[deprecated(note = "use `value` instead")]
    #[must_use]
    pub fn preset(mut self, value: impl Into<String>) -> Self {
        self.preset = Some(value.into());
        self
    }

    /// Sets `child`.
    #[must_use]
    pub fn child(mut self, value: impl Into<Box<Node>>) -> Self {
        self.child = Some(value.into());
        self
    }

    /// Sets `perhaps`.
    #[must_use]
    pub fn perhaps(mut self, value: impl Into<Box<Node>>) -> Self {
        self.perhaps = Some(value.into());
        self
    }

    /// Sets `children`.
    #[must_use]
    pub fn children(mut self, value: impl IntoIterator<Item = Node>) -> Self {
        self.children = Some(value.into_iter().collect());
        self
    }

    /// Sets `grid`.
    #[must_use]
    pub fn grid(mut self, value: impl IntoIterator<Item = Vec<Node>>) -> Self {
        self.grid = Some(value.into_iter().collect());
        self
    }

    /// Sets `other`.
    #[must_use]
    pub fn other(mut self, value: impl Into<Pair>) -> Self {
        self.other = Some(value.into());
        self
    }

    /// Sets `fn`.
    #[must_use]
    pub fn fn_(mut self, value: i64) -> Self {
        self.fn_ = Some(value);
        self
    }

    /// Sets `Self`.
    #[must_use]
    pub fn self_(mut self, value: impl Into<String>) -> Self {
        self.self_ = Some(value.into());
        self
    }

    /// Sets `into`.
    #[must_use]
    pub fn into(mut self, value: impl Into<String>) -> Self {
        self.into = Some(value.into());
        self
    }

    /// Sets `state`.
    #[must_use]
    pub fn state(mut self, value: impl Into<State>) -> Self {
        self.state = Some(value.into());
        self
    }
}

model! {
    Node {
        optional: [
            value, preset = "default", child, perhaps, children, grid, other, fn_ = "fn", self_ = "Self",
            into, state,
        ],
    }
}

/// Refers to what refers to it.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Pair {
    /// Refers to itself, and nothing of it is required.
    pub first: Option<Box<Node>>,
    /// Refers to what refers to it.
    pub second: Option<Box<Pair>>,
}

impl Pair {
    /// Creates an empty `Pair`.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets `first`.
    #[must_use]
    pub fn first(mut self, value: impl Into<Box<Node>>) -> Self {
        self.first = Some(value.into());
        self
    }

    /// Sets `second`.
    #[must_use]
    pub fn second(mut self, value: impl Into<Box<Pair>>) -> Self {
        self.second = Some(value.into());
        self
    }
}

model! { Pair { optional: [first, second] } }

/// Refers to itself in a response.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Send1 {
    /// Refers to itself in a response.
    pub next: Option<Box<Send1>>,
    /// All.
    pub all: Vec<Send1>,
}

model! { Send1 { optional: [next], defaulted: [all] } }

/// Values that are odd names.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum State {
    /// `Self`
    Self_,
    /// `1`
    V1,
    /// `a b`
    AB,
    /// `none`
    None,
    /// `Ok`
    Ok,
    /// `line\nbreak`
    LineBreak,
    /// `` tick` ``
    Tick,
    /// Unknown value, as returned by the service.
    UnknownValue(String),
}

open_enum! {
    State {
        Self_ = "Self", V1 = "1", AB = "a b", None = "none", Ok = "Ok", LineBreak = "line\nbreak",
        Tick = "tick`",
    }
}
}
/// Builders of the operations.
pub mod operations {
#![allow(unused_imports)] // the same in every service

use super::{Client, models, table};
use crate::builder::operation;
use crate::client::{Call, Core};
use crate::poller::{gone, resource};
use crate::{CallOptions, Enveloped, Secret};

/// Puts a node.
///
///
/// neither is this
///
///
/// - nor this
///
/// Built by [`Client::put_future`]. `PUT /v1/nodes/{self}`, success status 200. Idempotent. The vendor's operation ID is `Future`. Constants for error codes: [`vendor::codes`](crate::vendor::codes).
///
/// # Arguments
/// - `self`: The node.
/// - `body` ([`models::Node`]): Refers to itself, and nothing of it is required. Nested models: [`Pair`](models::Pair).
///
/// Source: [Future](https://example.com/future), Odd, page of 2026-01-01.
///
/// # Example
/// ```rust,no_run
/// use dbplane::vendor::odd_1::models;
/// # async fn example(client: dbplane::vendor::odd_1::Client) -> Result<(), dbplane::Error> {
///
/// let body = models::Node::new();
/// let response = client.put_future("self", body).send().await?;
/// println!("{response:?}");
/// # Ok(()) }
/// ```
#[must_use = "an operation does nothing until it is sent"]
pub struct PutFuture(pub(crate) Call);

impl PutFuture {
    pub(crate) fn new(core: &Core, self_: String, body: models::Node) -> Self {
        let mut call = Call::new(core, &table::PUT_FUTURE);
        call.set("self", self_);
        call.set_body(&body);
        Self(call)
    }

    /// Whether.
    pub fn deliver(mut self, value: bool) -> Self {
        self.0.set("send", value);
        self
    }

    /// What \`kind.
    ///
    /// Deprecated: use `match` instead.
    #[deprecated(note = "use `match_` instead")]
    pub fn type_(mut self, value: impl Into<String>) -> Self {
        self.0.set("type", value.into());
        self
    }

    /// What kind.
    pub fn match_(mut self, value: impl Into<String>) -> Self {
        self.0.set("match", value.into());
        self
    }
}

operation! { PutFuture -> models::Node }

/// Reads the other one \[first\] of \`List\<T\>, see <http://example.com/hash>.
///
/// \# A \<b\> \\\[x\] \&lt; and or
///
/// Deprecated: use [`PutFuture`] instead.
///
/// Built by [`Client::display`]. `GET /v1/hash`, success status 200. Read-only. Constants for error codes: [`vendor::codes`](crate::vendor::codes).
///
/// Source: [Hash](https://example.com/hash), Odd, page of 2026-01-01.
///
/// # Example
/// ```rust,no_run
/// # #[allow(deprecated)]
/// # async fn example(client: dbplane::vendor::odd_1::Client) -> Result<(), dbplane::Error> {
/// let response = client.display().send().await?;
/// println!("{response:?}");
/// # Ok(()) }
/// ```
#[must_use = "an operation does nothing until it is sent"]
pub struct Display(pub(crate) Call);

impl Display {
    pub(crate) fn new(core: &Core) -> Self {
        Self(Call::new(core, &table::DISPLAY))
    }
}

operation! { Display -> models::Send1 }

/// Lists lines, each page after the last line of the page before it.
///
/// Built by [`Client::list_lines`]. `POST /v1/lines`, success status 200. Read-only. Constants for error codes: [`vendor::codes`](crate::vendor::codes).
///
/// # Arguments
/// - `body` ([`models::LineQuery`]): What is listed.
///
/// Source: [Lines](https://example.com/lines), Odd, page of 2026-01-01.
///
/// # Example
/// ```rust,no_run
/// use dbplane::vendor::odd_1::models;
/// # async fn example(client: dbplane::vendor::odd_1::Client) -> Result<(), dbplane::Error> {
///
/// let body = models::LineQuery::new(0);
/// let mut rows = client.list_lines(body).items();
/// while let Some(row) = rows.try_next().await? {
///     println!("{row:?}");
/// }
/// # Ok(()) }
/// ```
#[must_use = "an operation does nothing until it is sent"]
pub struct ListLines(pub(crate) Call);

impl ListLines {
    pub(crate) fn new(core: &Core, body: models::LineQuery) -> Self {
        let mut call = Call::new(core, &table::LIST_LINES);
        call.set_body(&body);
        Self(call)
    }
}

operation! { ListLines -> models::Lines, list(table::LIST_LINES_PAGING) -> models::Line }
}
mod parameters {
#![allow(unused_imports)] // the same in every service

use crate::operation::Parameter;
use crate::wire::check::Check;

pub(super) static SELF: Parameter = Parameter::path("self");
pub(super) static SEND: Parameter = Parameter::query("send");
pub(super) static TYPE: Parameter = Parameter::query("type");
pub(super) static MATCH: Parameter = Parameter::query("match");
}
mod table {
#![allow(unused_imports)] // the same in every service

use super::{limits, parameters};
use crate::operation::{
    self, Envelope, LongRunning, Operation, Paging, PagingStyle, Server, Service, States, Step,
};

/// Every operation of the service, in the order of the spec.
pub static OPERATIONS: &[&Operation] = &[&PUT_FUTURE, &DISPLAY, &LIST_LINES];

pub(crate) static SERVICE: Service = Service {
    name: "vendor-odd-1",
    version: "1",
    servers: &[Server { url: "https://odd.example.com", variables: &[] }],
    operations: OPERATIONS,
    requests: &REQUESTS,
};

/// What most operations of the service have in common.
const COMMON: Operation = Operation { service: "vendor-odd-1", auth: &[], ..Operation::DEFAULT };

/// The same for those that only read.
const READ: Operation = Operation { idempotent: true, reads: true, ..COMMON };

/// What stands for requests that are no operations.
static REQUESTS: [Operation; operation::REQUESTS.len()] =
    Operation::requests([COMMON; operation::REQUESTS.len()]);

pub(crate) static PUT_FUTURE: Operation = Operation {
    id: "Future",
    title: "Future",
    method: "PUT",
    path: "/v1/nodes/{self}",
    idempotent: true,
    page: "https://example.com/future",
    parameters: &[&parameters::SELF, &parameters::SEND, &parameters::TYPE, &parameters::MATCH],
    body: Some(&limits::NODE),
    ..COMMON
};

pub(crate) static DISPLAY: Operation = Operation {
    id: "Display",
    title: "Hash",
    method: "GET",
    path: "/v1/hash",
    page: "https://example.com/hash",
    ..READ
};

pub(crate) const LIST_LINES_PAGING: Paging = Paging {
    style: PagingStyle::Marker("line_num"),
    number: "line_num",
    size: "limit",
    first: 0,
    default_size: 100,
    items: "lines",
    total: None,
    more: None,
};

pub(crate) static LIST_LINES: Operation = Operation {
    id: "ListLines",
    title: "Lines",
    method: "POST",
    path: "/v1/lines",
    paging: Some(LIST_LINES_PAGING),
    page: "https://example.com/lines",
    body: Some(&limits::LINE_QUERY),
    ..READ
};
}
pub use self::client::Client;
pub use self::table::OPERATIONS;
pub(crate) use self::table::SERVICE;
