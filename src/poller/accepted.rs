//! What was accepted, and what became of it.

use std::fmt;
use std::ops::Deref;

use serde_json::Value;

use super::judge::End;
use super::path::{plain, text};
use super::status::StatusStream;
use super::token::{Ids, Token};
use super::wait::Wait;
use crate::client::{Call, Core};
use crate::error::{Error, Kind};
use crate::operation::Operation;
use crate::wire::decode::{self, Decode};

/// An operation that the service has accepted, and that may still be in progress.
///
/// ```no_run
/// # async fn example(client: dbplane::samsung::mariadb_1_0::Client) -> Result<(), dbplane::Error> {
/// use dbplane::{Status, Wait};
/// let accepted = client.restart_cluster("109a585ae67b4e8482fdafc8a4a5be74").start().await?;
/// println!("to resume later: {}", accepted.token());
/// let mut states = accepted.states(&Wait::default());
/// while let Some(status) = states.try_next().await? {
///     match status {
///         Status::InProgress { state, percent, .. } => println!("{state} {percent:?}"),
///         Status::Done(cluster) => println!("{} is {}", cluster.name, cluster.service_state),
///         _ => {}
///     }
/// }
/// # Ok(()) }
/// ```
#[must_use = "the operation may still be in progress; wait for it, or keep its token"]
pub struct Accepted<R> {
    pub(super) core: Core,
    /// The write; none if the token is not of this service.
    pub(super) operation: Option<&'static Operation>,
    pub(super) token: Token,
    pub(super) make: fn(&End) -> Result<R, Error>,
    /// The requests that the write took.
    pub(super) requests: u32,
}

impl<R> Clone for Accepted<R> {
    fn clone(&self) -> Self {
        let Self { core, operation, token, make, requests } = self;
        let (core, token) = (core.clone(), token.clone());
        Self { core, operation: *operation, token, make: *make, requests: *requests }
    }
}

impl<R> Accepted<R> {
    pub(crate) fn resume(
        core: &Core,
        operations: &[&'static Operation],
        token: Token,
        make: fn(&End) -> Result<R, Error>,
    ) -> Self {
        let mine = |o: &&&'static Operation| o.id == token.operation() && o.service == token.service();
        let operation = operations.iter().find(mine).copied().filter(|o| o.long_running.is_some());
        Self { core: core.clone(), operation, token, make, requests: 0 }
    }

    /// What identifies the work: store it to resume the wait later, also in another process.
    #[must_use]
    pub fn token(&self) -> &Token {
        &self.token
    }

    /// The id of the job or request that does the work, or else the vendor's id of the request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.token.request_id()
    }

    /// The id of the resource; for a create, of the new one.
    #[must_use]
    pub fn resource_id(&self) -> Option<&str> {
        resource_id(self.operation, &self.token)
    }
}

impl<R: Send + 'static> Accepted<R> {
    /// Waits until the work is done, and reads the resource.
    ///
    /// Cancel safe: dropping the future ends the polling, not the work. Wait again, or resume from the token.
    ///
    /// # Errors
    /// The work failed ([`Error::is_operation_failed`]), time ran out ([`Error::is_timeout`]), or its progress can't be
    /// read; [`source`](std::error::Error::source) is the error of the poll then. Each has [`Error::is_accepted`] and
    /// [`Error::accepted`], the token.
    pub fn wait(
        &self,
        wait: &Wait,
    ) -> impl Future<Output = Result<Outcome<R>, Error>> + Send + 'static + use<R> {
        self.states(wait).done()
    }

    /// Polls and reports each state until the work is done.
    pub fn states(&self, wait: &Wait) -> StatusStream<R> {
        StatusStream::new(self.clone(), wait.clone())
    }
}

impl<R> fmt::Debug for Accepted<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Accepted({})", self.token)
    }
}

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

    /// The id of the job or request that did the work, or else the vendor's id of the request.
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

/// Sends a write and keeps what identifies the work.
pub(crate) async fn start<R>(call: Call, make: fn(&End) -> Result<R, Error>) -> Result<Accepted<R>, Error> {
    let (core, operation) = (call.core().clone(), call.operation());
    let requested = call.clone();
    let response = call.send::<Value>().await?;
    let ids = identify(operation, &requested, &response)
        .map_err(|e| e.with_operation(operation).with_requests_sent(response.requests_sent(), true))?;
    let now = core.runtime().unix_millis();
    let token = Token::of(operation, ids).accepted(response.request_id(), now);
    let requests = response.requests_sent();
    Ok(Accepted { core, operation: Some(operation), token, make, requests })
}

/// Sends a write and waits for the end.
pub(crate) async fn send_and_wait<R: Send + 'static>(
    call: Call,
    wait: Wait,
    make: fn(&End) -> Result<R, Error>,
) -> Result<Outcome<R>, Error> {
    start(call, make).await?.wait(&wait).await
}

/// The ids of the work: those of the response, then those of the request.
fn identify(operation: &Operation, request: &Call, response: &Value) -> Result<Ids, Error> {
    let mut ids = Ids::default();
    let Some(work) = &operation.long_running else { return Ok(ids) };
    for (name, path) in work.ids {
        if let Some(id) = text(response, path, &ids) {
            ids.put(name, vec![id]);
        }
    }
    for name in work.names() {
        let own = work.ids.iter().any(|(known, _)| *known == name);
        let given = request.values(name).into_iter().filter_map(plain).collect::<Vec<_>>();
        if !own && !given.is_empty() {
            ids.put(name, given);
        }
    }
    let missing = work.ids.iter().find(|(name, _)| ids.first(name).is_none());
    match missing {
        Some((name, _)) if !work.optional => {
            let message =
                format!("the response has no {name}, so there is nothing to wait for, as after a dry run");
            Err(Error::new(Kind::Decode, message))
        }
        _ => Ok(ids),
    }
}

pub(super) fn resource_id<'t>(operation: Option<&Operation>, token: &'t Token) -> Option<&'t str> {
    let work = operation?.long_running.as_ref()?;
    let mut stages = work.stages(token.ids()).into_iter();
    let named = stages.rfind(|states| !states.job && token.id(states.id).is_some()).map(|states| states.id);
    // Where the resource itself is not polled, the response may still name it.
    let jobs: Vec<_> = work.poll.iter().filter(|states| states.job).map(|states| states.id).collect();
    let told = work.ids.iter().map(|(name, _)| *name).find(|name| !jobs.contains(name));
    token.id(named.or(told)?)
}
