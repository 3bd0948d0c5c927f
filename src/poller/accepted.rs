//! Accepted work.

use std::fmt;

use super::judge::End;
use crate::client::Core;
use crate::error::Error;
use crate::operation::Operation;
use crate::token::Token;

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
    /// The number of requests of the write.
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

    /// The token of the work. Store it to resume the wait later or in another process.
    #[must_use]
    pub fn token(&self) -> &Token {
        &self.token
    }

    /// The id of the job, request or order that does the work, else the vendor's id of the HTTP request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.token.request_id()
    }

    /// The id of the resource. For a create operation, it is the new resource.
    #[must_use]
    pub fn resource_id(&self) -> Option<&str> {
        resource_id(self.operation, &self.token)
    }
}

impl<R> fmt::Debug for Accepted<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Accepted({})", self.token)
    }
}

pub(super) fn resource_id<'t>(operation: Option<&Operation>, token: &'t Token) -> Option<&'t str> {
    let work = operation?.long_running.as_ref()?;
    let mut stages = work.stages(|name| token.id(name).is_some()).into_iter();
    let named = stages.rfind(|states| !states.job && token.id(states.id).is_some()).map(|states| states.id);
    // If the resource itself is not polled, the response can still contain its id.
    let jobs: Vec<_> = work.poll.iter().filter(|states| states.job).map(|states| states.id).collect();
    let told = work.ids.iter().map(|(name, _)| *name).find(|name| !jobs.contains(name));
    token.id(named.or(told)?)
}
