//! Work that a service has accepted: followed to its end, from its two ids alone.
//!
//! Problem: the request can be done while the cluster still changes, and a look at the cluster right after the
//! call sees the state from before. So the request is followed first, and then the cluster, until it is steady.

use std::fmt;
use std::sync::Arc;

use crate::auth::BoxFuture;
use crate::client::{Call, Core};
use crate::error::{Error, Kind};
use crate::waiting::{Poll, Status, StatusStream, Wait};
use crate::wire::model;

/// What a client can tell of work: the same two calls for every product and version.
pub(crate) trait Progress: fmt::Debug + Send + Sync {
    /// What the client is made of.
    fn core(&self) -> &Core;
    /// The state of a request.
    fn request_state<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<String, Error>>;
    /// The state of a cluster.
    fn cluster_state<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<String, Error>>;
}

/// Work that the service has accepted.
///
/// It can be printed, and made again later from its two ids with `work` of a client.
///
/// ```no_run
/// # async fn example(client: dbplane::samsung::mariadb_1_0::Client) -> Result<(), dbplane::Error> {
/// use dbplane::{Status, Wait};
/// let accepted = client.restart_cluster("109a585ae67b4e8482fdafc8a4a5be74").send().await?;
/// let work = client.work(&accepted.request_id, &accepted.resource.id);
/// let mut statuses = work.statuses(&Wait::default());
/// while let Some(status) = statuses.try_next().await? {
///     match status {
///         Status::InProgress { state } => println!("still {state}"),
///         Status::Done(outcome) => println!("done: {outcome:?}"),
///         _ => {}
///     }
/// }
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
pub struct Work {
    client: Arc<dyn Progress>,
    request_id: String,
    resource_id: String,
}

/// How work ended well.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// The cluster is steady, and runs.
    Running,
    /// The cluster is steady, and stands still.
    Stopped,
    /// No cluster has this id: as after a delete, or where the service named something else than a cluster.
    Gone,
}

/// The answer of a call whose work goes on.
#[derive(Debug)]
struct Accepted {
    request_id: String,
    resource: Resource,
}

model! { Accepted { required: [request_id, resource] } }

#[derive(Debug)]
struct Resource {
    id: String,
}

model! { Resource { required: [id] } }

/// Sends a call that is answered before its work is done, and follows the work.
pub(super) async fn send_and_wait(
    client: impl Progress + 'static,
    call: Call,
    wait: Wait,
) -> Result<Outcome, Error> {
    let Accepted { request_id, resource } = call.send::<Accepted>().await?.into_inner();
    Work::new(client, request_id, resource.id).wait(&wait).await
}

impl Work {
    pub(super) fn new(client: impl Progress + 'static, request_id: String, resource_id: String) -> Self {
        Self { client: Arc::new(client), request_id, resource_id }
    }

    /// The id of the request, as the answer told it.
    #[must_use]
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// The id of what it works on: a cluster; for a create, the new one.
    #[must_use]
    pub fn resource_id(&self) -> &str {
        &self.resource_id
    }

    /// Waits until it is done.
    ///
    /// # Errors
    /// The work failed, the cluster is in a bad state, time ran out, or looking failed too often. The error
    /// tells the last state.
    pub async fn wait(&self, wait: &Wait) -> Result<Outcome, Error> {
        self.statuses(wait).done().await
    }

    /// Looks again and again, and tells what it sees, until it is done.
    pub fn statuses(&self, wait: &Wait) -> StatusStream<Outcome> {
        let runtime = self.client.core().runtime().clone();
        StatusStream::new(wait.clone(), runtime, Follow { work: self.clone(), request_done: false })
    }
}

impl fmt::Display for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "request {} on {}", self.request_id, self.resource_id)
    }
}

struct Follow {
    work: Work,
    request_done: bool,
}

impl Poll<Outcome> for Follow {
    async fn poll(&mut self) -> Result<Status<Outcome>, Error> {
        let Work { client, request_id, resource_id } = &self.work;
        if !self.request_done {
            let state = client.request_state(request_id).await?;
            match state.as_str() {
                // Skipped work left nothing to do.
                "COMPLETED" | "SKIPPED" => self.request_done = true,
                "FAILED" => return Err(failed(&format!("request {request_id}"), &state)),
                // The vendor's own sample shows a word that its list lacks, so any other means: not done.
                _ => return Ok(Status::InProgress { state }),
            }
        }
        match client.cluster_state(resource_id).await {
            Ok(state) => judge(resource_id, state),
            Err(e) if e.is_not_found() => Ok(Status::Done(Outcome::Gone)),
            Err(e) => Err(e),
        }
    }
}

/// What a cluster's state means for the one who waits.
fn judge(id: &str, state: String) -> Result<Status<Outcome>, Error> {
    match state.as_str() {
        "RUNNING" => Ok(Status::Done(Outcome::Running)),
        "STOPPED" => Ok(Status::Done(Outcome::Stopped)),
        "TERMINATED" => Ok(Status::Done(Outcome::Gone)),
        "ERROR" | "FAILED" | "UNKNOWN" => Err(failed(&format!("cluster {id}"), &state)),
        // Transitional, or new: a word that is not known yet is waited out.
        _ => Ok(Status::InProgress { state }),
    }
}

fn failed(what: &str, state: &str) -> Error {
    Error::new(Kind::Failed, format!("the {what} ended in the state {state}"))
}
