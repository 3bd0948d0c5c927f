//! What is known of an operation before it is called.
//!
//! Each service's module has a static table of these, `samsung::mariadb_1_0::OPERATIONS` for example. The client core reads it to build requests; programs can read it to list what a service offers.

use crate::wire::check::Check;

/// A service: its name and its API version.
#[derive(Debug)]
pub(crate) struct Service {
    /// The spec's file stem, for example `samsung-mariadb-1.0`.
    pub(crate) name: &'static str,
    /// The API version that the spec describes.
    pub(crate) version: &'static str,
    /// Where it is.
    pub(crate) servers: &'static [Server],
    /// What it offers.
    pub(crate) operations: &'static [&'static Operation],
    /// What stands for requests that are no operations, by method and idempotence.
    pub(crate) requests: &'static [Operation],
}

/// An address of a service.
#[derive(Debug)]
pub(crate) struct Server {
    /// The address, with variables in braces.
    pub(crate) url: &'static str,
    /// The variables, and the documented values of each; a variable without values takes any.
    pub(crate) variables: &'static [(&'static str, &'static [&'static str])],
}

/// Where a response says whether the call succeeded, whatever its HTTP status.
#[derive(Debug)]
pub(crate) struct Envelope {
    /// Property that says so.
    pub(crate) success: &'static str,
    /// What the property is then; empty where it is a boolean.
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
    /// HTTP method, upper case.
    pub method: &'static str,
    /// Path template, parameters in braces.
    pub path: &'static str,
    /// The documented success status; any 2xx is taken.
    pub status: u16,
    /// Whether sending it twice leaves the same result as sending it once.
    pub idempotent: bool,
    /// Whether it only reads.
    pub reads: bool,
    /// Whether it is never retried, whatever the options say: it buys something, for example.
    pub single_attempt: bool,
    /// Names of the security schemes it accepts; empty when it needs none.
    pub auth: &'static [&'static str],
    /// Whether its success response is a file, which is read as it arrives.
    pub binary: bool,
    /// How its list is walked, if it returns a list by pages.
    pub paging: Option<Paging>,
    /// How its work is followed, if the response only means "accepted".
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
    /// What an operation is where nothing else is said; the id, title, method, path and page of each are its own.
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

    /// What stands for requests that are no operations; their id is the method. Each of `table` is what most operations
    /// of the service have in common.
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

    /// A GET without parameters that is in no spec: the library itself needs it, around what the spec has.
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

/// Methods of requests that are no operations, whether they are idempotent, and whether they only read.
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

/// How a list is walked.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Paging {
    /// What the request says to begin at a page.
    pub style: PagingStyle,
    /// Query parameter or property of the request body that says where to begin.
    pub number: &'static str,
    /// Query parameter or property of the request body that says how many rows to return.
    pub size: &'static str,
    /// Where the list begins; nothing is sent for it where pages begin after a marker.
    pub first: i64,
    /// How many rows are asked for when the caller does not say.
    pub default_size: i64,
    /// Property of the response that holds the rows, as a dotted path.
    pub items: &'static str,
    /// Property of the response that tells how many rows there are in all, as a dotted path.
    pub total: Option<&'static str>,
    /// Property of the response that tells whether more pages follow, as a dotted path.
    pub more: Option<&'static str>,
}

/// What the request of a paged list says to begin at a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PagingStyle {
    /// The number of the page.
    Page,
    /// The number of rows before the page.
    Offset,
    /// This property of the last row before the page; nothing for the first page.
    Marker(&'static str),
}

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

/// A goal that means "does not exist any more".
pub(crate) const GONE: &str = "gone";

/// How the work of an operation is followed.
#[derive(Debug, Clone, Copy)]
pub struct LongRunning {
    /// Names of ids, and the paths to them in the response; all others are those of the request.
    pub(crate) ids: &'static [(&'static str, &'static [Step])],
    /// Names of ids, and the paths to them in the body of the request; those that are properties of the body itself
    /// need none.
    pub(crate) sent: &'static [(&'static str, &'static [Step])],
    /// What is polled: the first of these whose id is known.
    pub(crate) poll: &'static [&'static States],
    /// What is read at the end, and polled until it has reached the goal if it has a state.
    pub(crate) then: Option<&'static States>,
    /// The states to reach, or [`GONE`]; those of the last stage where there is none.
    pub(crate) until: &'static [&'static str],
    /// For how many seconds the state from before may still be shown.
    pub(crate) settle: u64,
    /// Whether a response without the id of the work means that nothing had to be done.
    pub(crate) optional: bool,
}

impl LongRunning {
    /// How work is followed where nothing else is said.
    pub(crate) const DEFAULT: Self =
        Self { ids: &[], sent: &[], poll: &[], then: None, until: &[], settle: 0, optional: false };

    /// The operation that is polled, for example `ShowRequest`.
    #[must_use]
    pub fn polls(&self) -> &'static str {
        self.poll.first().map_or("", |states| states.operation.id)
    }

    /// Whether the work ends when the resource no longer exists.
    #[must_use]
    pub fn deletes(&self) -> bool {
        self.until == [GONE]
    }

    /// The stages of the work: what is polled, then what is read. Without the id of a job there is only the second.
    /// `known` tells which ids are there.
    pub(crate) fn stages(&self, known: impl Fn(&str) -> bool) -> Vec<&'static States> {
        let polled = self.poll.iter().copied().find(|states| known(states.id));
        polled.into_iter().chain(self.then).collect()
    }

    /// The goal in words, for a token.
    pub(crate) fn goal(&self) -> Vec<&'static str> {
        let last = self.then.or(self.poll.last().copied());
        if self.until.is_empty() {
            last.map_or(&[][..], |last| last.done).to_vec()
        } else {
            self.until.to_vec()
        }
    }

    /// The names of all ids that polling may use.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        self.poll.iter().copied().chain(self.then).flat_map(States::names).collect()
    }
}

/// An operation that is polled, and what its responses mean.
#[derive(Debug)]
pub(crate) struct States {
    /// What it reports on: `cluster`.
    pub(crate) name: &'static str,
    pub(crate) operation: &'static Operation,
    /// The name of the id of what it reports on.
    pub(crate) id: &'static str,
    /// Whether it reports on the work itself, not on what is worked on.
    pub(crate) job: bool,
    /// Parameters that take an id of another name.
    pub(crate) parameters: &'static [(&'static str, &'static str)],
    /// Path to what it reports on; the whole response if empty.
    pub(crate) resource: &'static [Step],
    /// Path to the state, or to several; if empty there is nothing to wait for.
    pub(crate) state: &'static [Step],
    /// Path to what is being done, beside each state; `idle` is the word for nothing.
    pub(crate) task: &'static [Step],
    pub(crate) idle: &'static str,
    pub(crate) progress: &'static [Step],
    pub(crate) reason: &'static [Step],
    /// Path in the resource to when it was made, by which the row is found that the work made where nothing says its id.
    pub(crate) created: &'static [Step],
    pub(crate) in_progress: &'static [&'static str],
    /// `*` is any state that is not listed elsewhere.
    pub(crate) done: &'static [&'static str],
    pub(crate) failed: &'static [&'static str],
    pub(crate) gone: &'static [&'static str],
    /// Error codes and statuses for an id that the service does not know, beside 404.
    pub(crate) unknown: &'static [&'static str],
    /// Why the service may not know an id that it gave out, and what to do then; empty if it always should.
    pub(crate) unknown_reason: &'static str,
    /// The longest pause between two polls, in seconds.
    pub(crate) interval: u64,
}

impl States {
    /// What an entry is where nothing else is said; name, operation and id of each are its own.
    pub(crate) const DEFAULT: Self = Self {
        name: "",
        operation: &Operation::DEFAULT,
        id: "",
        job: false,
        parameters: &[],
        resource: &[],
        state: &[],
        task: &[],
        idle: "",
        progress: &[],
        reason: &[],
        created: &[],
        in_progress: &[],
        done: &[],
        failed: &[],
        gone: &[],
        unknown: &[],
        unknown_reason: "",
        interval: 30,
    };

    /// The name of the id that a parameter takes.
    pub(crate) fn id_of(&self, parameter: &'static str) -> &'static str {
        self.parameters.iter().find(|(known, _)| *known == parameter).map_or(parameter, |(_, id)| id)
    }

    /// The parameters that ids are given to, and the names of the ids.
    pub(crate) fn arguments(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let own = self.operation.parameters.iter().filter(|p| p.source == Source::Caller);
        own.map(|p| (p.name, self.id_of(p.name)))
    }

    /// The names of the ids that polling may use.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        self.arguments().map(|(_, id)| id).chain(self.own()).collect()
    }

    /// The names of the ids without which it can't be polled, or its resource not be found.
    pub(crate) fn needed(&self) -> impl Iterator<Item = &'static str> {
        let required = self.operation.parameters.iter().filter(|p| p.required && p.source == Source::Caller);
        required.map(|p| self.id_of(p.name)).chain(self.own())
    }

    /// Its own id, and those of rows.
    fn own(&self) -> impl Iterator<Item = &'static str> {
        let rows = self.resource.iter().chain(self.state).filter_map(|step| match step {
            Step::Row(_, id) | Step::Rows(_, id) => Some(*id),
            Step::Property(_) | Step::Every => None,
        });
        rows.chain([self.id])
    }
}

/// A step of a path in a response. A property can be two in one, `name@host`: their texts, joined like the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// A property.
    Property(&'static str),
    /// The row of a list whose property, a dotted path, has the value of an id; the first row without such an id.
    Row(&'static str, &'static str),
    /// The rows of a list whose property has one of the values of an id.
    #[allow(dead_code)] // few services need it
    Rows(&'static str, &'static str),
    /// Every row of a list.
    Every,
}
