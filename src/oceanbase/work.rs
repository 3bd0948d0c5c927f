//! Work on instances, tenants, addresses and private links, followed by their status.
//!
//! Problem: the service has no operation that reports on work, so what is worked on has to be looked at; and right
//! after a change its status may still be the ONLINE from before.
//! Default: each operation knows its [`Goal`]. After a change ONLINE counts once another status was seen, or after
//! a minute without one. A status without a meaning here is waited out; one that is bad ends the wait.
//! Override: [`Client::work`] with another goal, and [`Wait`] for how often and how long.

use std::fmt;

use super::cloud_v2::Client;
use super::cloud_v2::models::TenantConnection;
use crate::client::{Call, ParsedResponse};
use crate::error::{Error, Kind};
use crate::waiting::{Poll, Status, StatusStream, Wait};

/// A change that has not shown after this time was done before the first look.
const UNSEEN_MS: i64 = 60_000;

/// What work is done on, by its ids.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Subject {
    /// An instance, its nodes and its proxies.
    #[non_exhaustive]
    Instance {
        /// The instance.
        instance_id: String,
    },
    /// A tenant.
    #[non_exhaustive]
    Tenant {
        /// The instance.
        instance_id: String,
        /// The tenant.
        tenant_id: String,
    },
    /// An address of a tenant.
    #[non_exhaustive]
    Address {
        /// The instance.
        instance_id: String,
        /// The tenant.
        tenant_id: String,
        /// The address.
        address_id: String,
    },
    /// A private link of a tenant.
    #[non_exhaustive]
    PrivateLink {
        /// The instance.
        instance_id: String,
        /// The tenant.
        tenant_id: String,
        /// The address; without one the primary private address.
        address_id: Option<String>,
    },
}

impl Subject {
    /// An instance, its nodes and its proxies.
    pub fn instance(id: impl Into<String>) -> Self {
        Self::Instance { instance_id: id.into() }
    }

    /// A tenant of an instance.
    pub fn tenant(instance_id: impl Into<String>, id: impl Into<String>) -> Self {
        Self::Tenant { instance_id: instance_id.into(), tenant_id: id.into() }
    }

    /// An address of a tenant.
    pub fn address(
        instance_id: impl Into<String>,
        tenant_id: impl Into<String>,
        id: impl Into<String>,
    ) -> Self {
        Self::Address { instance_id: instance_id.into(), tenant_id: tenant_id.into(), address_id: id.into() }
    }

    /// A private link of a tenant: of this address, or of the primary private one.
    pub fn private_link(
        instance_id: impl Into<String>,
        tenant_id: impl Into<String>,
        address_id: Option<String>,
    ) -> Self {
        Self::PrivateLink { instance_id: instance_id.into(), tenant_id: tenant_id.into(), address_id }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Instance { instance_id } => write!(f, "instance {instance_id}"),
            Self::Tenant { tenant_id, .. } => write!(f, "tenant {tenant_id}"),
            Self::Address { address_id, .. } => write!(f, "address {address_id}"),
            Self::PrivateLink { address_id: Some(id), .. } => write!(f, "private link {id}"),
            Self::PrivateLink { tenant_id, .. } => write!(f, "private link of tenant {tenant_id}"),
        }
    }
}

/// Where work leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Goal {
    /// ONLINE, from another status: something new, or something started.
    Online,
    /// ONLINE again, after a change.
    Changed,
    /// STOPPED.
    Stopped,
    /// Not PENDING_CREATE any more: a private link service that is open but has no connection yet.
    Opened,
    /// Deleted, or not there.
    Gone,
}

/// How work ended well.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// It has reached its goal, in this status.
    Steady(String),
    /// It is not there any more.
    Gone,
}

/// Work that the service has accepted.
///
/// It can be made again later from the ids of its [`Subject`] with [`Client::work`].
///
/// ```no_run
/// # async fn example(client: dbplane::oceanbase::cloud_v2::Client) -> Result<(), dbplane::Error> {
/// use dbplane::oceanbase::{Goal, Subject, cloud_v2::models::ModifyInstanceNodeNumRequest};
/// use dbplane::{Status, Wait};
///
/// client.modify_instance_node_num("ob317v4uif", ModifyInstanceNodeNumRequest::new(6)).send().await?;
/// let work = client.work(Subject::instance("ob317v4uif"), Goal::Changed);
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
    client: Client,
    subject: Subject,
    goal: Goal,
}

impl Client {
    /// Sends a call that is answered before its work is done, and follows the work.
    pub(crate) async fn send_and_wait(call: Call, wait: Wait) -> Result<Outcome, Error> {
        let client = Self { core: call.core().clone() };
        let answer = call.fetch().await?;
        let subject = subject_of(&call, &answer).ok_or_else(|| {
            let message = "the answer names nothing to wait for, as after a dry run";
            Error::new(Kind::Decode, message).with_operation(answer.operation())
        })?;
        client.work(subject, goal_of(answer.operation().id)).wait(&wait).await
    }

    /// Work that was accepted earlier: what it is done on, and where it leads to.
    pub fn work(&self, subject: Subject, goal: Goal) -> Work {
        Work { client: self.clone(), subject, goal }
    }
}

impl Work {
    /// What it is done on.
    #[must_use]
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// Where it leads to.
    #[must_use]
    pub fn goal(&self) -> Goal {
        self.goal
    }

    /// Waits until it is done.
    ///
    /// # Errors
    /// What is worked on is in a bad status or not there, time ran out, or looking failed too often. The error
    /// tells the last status.
    pub async fn wait(&self, wait: &Wait) -> Result<Outcome, Error> {
        self.statuses(wait).done().await
    }

    /// Looks again and again, and tells what it sees, until it is done.
    pub fn statuses(&self, wait: &Wait) -> StatusStream<Outcome> {
        let runtime = self.client.core.runtime().clone();
        let start = runtime.unix_millis();
        StatusStream::new(wait.clone(), runtime, Follow { work: self.clone(), start, moved: false })
    }

    /// The status as the service writes it, or `None` if the answer has none.
    async fn status(&self) -> Result<Option<String>, Error> {
        let client = &self.client;
        match &self.subject {
            Subject::Instance { instance_id } => {
                let answer = client.describe_instance(instance_id).send().await?.into_inner();
                Ok(answer.data.status.map(|status| status.to_string()))
            }
            Subject::Tenant { instance_id, tenant_id } => {
                let answer = client.describe_tenant(instance_id, tenant_id).send().await?.into_inner();
                Ok(answer.data.status.map(|status| status.to_string()))
            }
            Subject::Address { instance_id, tenant_id, address_id } => {
                let call = client.describe_tenant_address(instance_id, tenant_id, address_id);
                Ok(address_status(call.send().await?.into_inner().data))
            }
            Subject::PrivateLink { instance_id, tenant_id, address_id } => {
                let mut call = client.describe_tenant_private_link(instance_id, tenant_id);
                if let Some(id) = address_id {
                    call = call.address_id(id);
                }
                Ok(call.send().await?.into_inner().data.into_iter().next().and_then(address_status))
            }
        }
    }
}

fn address_status(address: TenantConnection) -> Option<String> {
    address.address_status.map(|status| status.to_string())
}

/// What a call works on: ids that the answer tells count before those that the call was given.
fn subject_of(call: &Call, answer: &ParsedResponse) -> Option<Subject> {
    let told = |name: &str| answer.get::<String>(&format!("data.{name}"));
    let id = |name| told(name).or_else(|| call.text(name).map(str::to_owned));
    let (instance_id, tenant_id) = (id("instanceId")?, id("tenantId"));
    match answer.operation().long_running?.poll? {
        "describeTenant" => Some(Subject::Tenant { instance_id, tenant_id: tenant_id? }),
        "describeTenantAddress" => {
            Some(Subject::Address { instance_id, tenant_id: tenant_id?, address_id: id("addressId")? })
        }
        "describeTenantPrivateLink" => {
            Some(Subject::PrivateLink { instance_id, tenant_id: tenant_id?, address_id: id("addressId") })
        }
        _ => Some(Subject::Instance { instance_id }),
    }
}

/// Where the work of an operation leads to.
fn goal_of(operation: &str) -> Goal {
    match operation {
        "createInstance" | "startCluster" | "createTenant" | "createTenantAddress" => Goal::Online,
        "confirmPrivatelinkConnection" => Goal::Online,
        "createPrivateLinkService" | "createReadonlyPrivatelink" => Goal::Opened,
        "stopCluster" => Goal::Stopped,
        "deleteInstance" | "deleteTenant" | "deleteTenantAddress" | "deletePrivatelinkEndpoint" => Goal::Gone,
        _ => Goal::Changed,
    }
}

struct Follow {
    work: Work,
    /// When the looking began.
    start: i64,
    /// Another status than ONLINE was seen.
    moved: bool,
}

impl Poll<Outcome> for Follow {
    async fn poll(&mut self) -> Result<Status<Outcome>, Error> {
        let Work { client, subject, goal } = &self.work;
        let status = match self.work.status().await {
            Err(e) if *goal == Goal::Gone && is_gone(&e) => return Ok(Status::Done(Outcome::Gone)),
            Ok(None) if *goal == Goal::Gone => return Ok(Status::Done(Outcome::Gone)),
            status => status?.unwrap_or_default(),
        };
        let shown = self.moved || client.core.runtime().unix_millis() - self.start >= UNSEEN_MS;
        self.moved |= status != "ONLINE";
        judge(*goal, status, shown)
            .map_err(|status| Error::new(Kind::Failed, format!("the {subject} ended in the status {status}")))
    }
}

/// The service says so by a status of HTTP, or only by its code.
fn is_gone(error: &Error) -> bool {
    error.is_not_found() || error.code() == Some("NotFound")
}

/// What a status means for the one who waits; an error holds one that is bad. `shown` says that a change is no
/// longer still to come.
fn judge(goal: Goal, status: String, shown: bool) -> Result<Status<Outcome>, String> {
    let good = match goal {
        Goal::Online => status == "ONLINE",
        Goal::Changed => status == "ONLINE" && shown,
        Goal::Stopped => status == "STOPPED",
        Goal::Opened => !matches!(status.as_str(), "" | "PENDING_CREATE"),
        Goal::Gone if matches!(status.as_str(), "DELETED" | "CLOSED") => {
            return Ok(Status::Done(Outcome::Gone));
        }
        // It may well go from a bad status to its end.
        Goal::Gone => return Ok(Status::InProgress { state: status }),
    };
    let bad = matches!(status.as_str(), "ABNORMAL" | "OFFLINE" | "DELETED") || status.ends_with("_CLOSED");
    match (bad, good) {
        (true, _) => Err(status),
        (_, true) => Ok(Status::Done(Outcome::Steady(status))),
        _ => Ok(Status::InProgress { state: status }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generated::oceanbase_cloud_v2::OPERATIONS;

    #[test]
    fn a_status_means_something_else_for_each_goal() {
        let steady = |status: &str| Ok(Status::Done(Outcome::Steady(status.to_owned())));
        let working = |status: &str| Ok(Status::InProgress { state: status.to_owned() });
        for (goal, status, shown, expected) in [
            (Goal::Online, "PENDING_CREATE", false, working("PENDING_CREATE")),
            (Goal::Online, "ONLINE", false, steady("ONLINE")),
            (Goal::Online, "STOPPED", false, working("STOPPED")),
            (Goal::Online, "A_NEW_WORD", true, working("A_NEW_WORD")),
            (Goal::Changed, "ONLINE", false, working("ONLINE")),
            (Goal::Changed, "ONLINE", true, steady("ONLINE")),
            (Goal::Changed, "PROXY_SERVICE_SPEC_MODIFYING", true, working("PROXY_SERVICE_SPEC_MODIFYING")),
            (Goal::Changed, "ABNORMAL", true, Err("ABNORMAL".to_owned())),
            (Goal::Changed, "PREPAID_EXPIRE_CLOSED", true, Err("PREPAID_EXPIRE_CLOSED".to_owned())),
            (Goal::Stopped, "PENDING_STOP", true, working("PENDING_STOP")),
            (Goal::Stopped, "ONLINE", true, working("ONLINE")),
            (Goal::Stopped, "STOPPED", false, steady("STOPPED")),
            (Goal::Opened, "", false, working("")),
            (Goal::Opened, "PENDING_CREATE", false, working("PENDING_CREATE")),
            (Goal::Opened, "CREATED", false, steady("CREATED")),
            (Goal::Opened, "DELETED", false, Err("DELETED".to_owned())),
            (Goal::Gone, "ONLINE", true, working("ONLINE")),
            (Goal::Gone, "OFFLINE", true, working("OFFLINE")),
            (Goal::Gone, "DELETED", true, Ok(Status::Done(Outcome::Gone))),
        ] {
            assert_eq!(judge(goal, status.to_owned(), shown), expected, "{goal:?} {status} {shown}");
        }
    }

    /// A new operation that starts work must be thought about: what it leads to is not in the spec.
    #[test]
    fn every_operation_that_starts_work_has_its_goal() {
        let ids = |goal| {
            let works = OPERATIONS.iter().filter(|o| o.long_running.is_some() && goal_of(o.id) == goal);
            works.map(|o| o.id).collect::<Vec<_>>()
        };
        let changed = ["modifyInstanceNodeNum", "modifyInstanceSpec", "modifyOdpClusterSpec", "updateTenant"];
        assert_eq!(ids(Goal::Changed), [&changed[..], &["modifyTenantPrimaryZone"]].concat());
        let online = ["createInstance", "startCluster", "createTenant", "createTenantAddress"];
        assert_eq!(ids(Goal::Online), [&online[..], &["confirmPrivatelinkConnection"]].concat());
        assert_eq!(ids(Goal::Stopped), ["stopCluster"]);
        assert_eq!(ids(Goal::Opened), ["createPrivateLinkService", "createReadonlyPrivatelink"]);
        let gone = ["deleteInstance", "deleteTenant", "deleteTenantAddress", "deletePrivatelinkEndpoint"];
        assert_eq!(ids(Goal::Gone), gone);
    }
}
