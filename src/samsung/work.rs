//! Work that MariaDB has accepted: followed to its end, from its two ids alone.
//!
//! Problem: the request can be done while the cluster still changes, and a look at the cluster right after the
//! call sees the state from before. So the request is followed first, and then the cluster, until it is steady.

use std::fmt;

use super::mariadb::Client;
use super::mariadb::models::{AsyncResponse, ServiceState};
use crate::client::Call;
use crate::error::{Error, Kind};
use crate::waiting::{Look, Status, Statuses, Wait};

/// Work that the service has accepted.
///
/// It can be printed, and made again later from its two ids with [`Client::work`].
///
/// ```no_run
/// # async fn example(client: dbplane::samsung::mariadb::Client) -> Result<(), dbplane::Error> {
/// use dbplane::{Status, Wait};
/// let accepted = client.restart_cluster("109a585ae67b4e8482fdafc8a4a5be74").send().await?;
/// let work = client.work(&accepted.request_id, &accepted.resource.id);
/// let mut statuses = work.statuses(&Wait::default());
/// while let Some(status) = statuses.try_next().await? {
///     match status {
///         Status::Working { state } => println!("still {state}"),
///         Status::Done(outcome) => println!("done: {outcome:?}"),
///         _ => {}
///     }
/// }
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
pub struct Work {
    client: Client,
    request_id: String,
    resource_id: String,
}

/// How work ended well.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// The cluster is steady, in this state.
    Steady(ServiceState),
    /// No cluster has this id: as after a delete, or where the service named something else than a cluster.
    Gone,
}

impl Client {
    /// Sends a call that is answered before its work is done, and follows the work.
    pub(crate) async fn send_and_wait(call: Call, wait: Wait) -> Result<Outcome, Error> {
        let client = Self { core: call.core().clone() };
        let accepted = call.send::<AsyncResponse>().await?.into_inner();
        client.work(accepted.request_id, accepted.resource.id).wait(&wait).await
    }

    /// Work that was accepted earlier, by the ids of its answer.
    pub fn work(&self, request_id: impl Into<String>, resource_id: impl Into<String>) -> Work {
        Work { client: self.clone(), request_id: request_id.into(), resource_id: resource_id.into() }
    }
}

impl Work {
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
    pub fn statuses(&self, wait: &Wait) -> Statuses<Outcome> {
        let ambient = self.client.core.ambient().clone();
        Statuses::new(wait.clone(), ambient, Follow { work: self.clone(), request_done: false })
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

impl Look<Outcome> for Follow {
    async fn look(&mut self) -> Result<Status<Outcome>, Error> {
        let Work { client, request_id, resource_id } = &self.work;
        if !self.request_done {
            let state = client.show_request(request_id.as_str()).send().await?.into_inner().state;
            match state.as_str() {
                // Skipped work left nothing to do.
                "COMPLETED" | "SKIPPED" => self.request_done = true,
                "FAILED" => return Err(failed(&format!("request {request_id}"), &state)),
                // The vendor's own sample shows a word that its list lacks, so any other means: not done.
                _ => return Ok(Status::Working { state }),
            }
        }
        match client.show_cluster(resource_id.as_str()).send().await {
            Ok(cluster) => judge(resource_id, cluster.into_inner().service_state),
            Err(e) if e.is_not_found() => Ok(Status::Done(Outcome::Gone)),
            Err(e) => Err(e),
        }
    }
}

/// What a cluster's state means for the one who waits.
fn judge(id: &str, state: ServiceState) -> Result<Status<Outcome>, Error> {
    match state {
        ServiceState::Running | ServiceState::Stopped => Ok(Status::Done(Outcome::Steady(state))),
        ServiceState::Terminated => Ok(Status::Done(Outcome::Gone)),
        ServiceState::Error | ServiceState::Failed | ServiceState::Unknown => {
            Err(failed(&format!("cluster {id}"), state.as_str()))
        }
        // Transitional, or new: a word that is not known yet is waited out.
        other => Ok(Status::Working { state: other.to_string() }),
    }
}

fn failed(what: &str, state: &str) -> Error {
    Error::new(Kind::Failed, format!("the {what} ended in the state {state}"))
}
