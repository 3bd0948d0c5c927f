//! Work that TaurusDB has accepted: a job, followed to its end from its id alone.
//!
//! Problem: a call that changes nothing is answered without a job; a new job is unknown to the service for some
//! seconds; and a job that fails says why only to those who look.
//! Default: no job means done; a job that is not known is waited for during the first half minute; a job that
//! failed or was canceled is an error that says the vendor's reason.
//! Override: [`Wait`], for how often and how long to look.

use std::fmt;
use std::future::Future;

use super::taurusdb_v3::Client;
use super::taurusdb_v3::models::{GetJobInfoDetail, JobResponse, JobStatus};
use crate::client::Call;
use crate::error::text::one_line;
use crate::error::{Error, Kind};
use crate::waiting::{Poll, Status, StatusStream, Wait};

/// How long a job may be unknown after its waiting has begun.
const NEW_MILLIS: i64 = 30_000;

/// What the service says of a job that it does not know.
const NO_SUCH_JOB: &str = "DBS.200543";

/// A job of TaurusDB.
///
/// It can be printed, and made again later from its id with [`Client::work`]. The service remembers jobs for a
/// month.
///
/// ```no_run
/// # async fn example(client: dbplane::huawei::taurusdb_v3::Client) -> Result<(), dbplane::Error> {
/// use dbplane::{Status, Wait};
/// let (instance, proxy) = ("096c0fc43e804757b59946b80dc27f8bin07", "fbece38953e24a2b891488ed2fdf81abpo01");
/// let accepted = client.restart_proxy_instance(instance, proxy).send().await?;
/// let Some(job_id) = &accepted.job_id else { return Ok(()) }; // nothing to do
/// let work = client.work(job_id);
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
    job_id: String,
}

/// How work ended well.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Outcome {
    /// The job is done; this is the last that was seen of it.
    Completed(Box<GetJobInfoDetail>),
    /// There was no job, because there was nothing to do: the proxy had the port already, for example.
    Unchanged,
}

impl Client {
    /// Sends a call that is answered with a job, and follows the job.
    pub(crate) async fn send_and_wait(call: Call, wait: Wait) -> Result<Outcome, Error> {
        let client = Self { core: call.core().clone() };
        let accepted = call.send::<JobResponse>().await?.into_inner();
        match accepted.job_id.filter(|id| !id.is_empty()) {
            Some(job_id) => client.work(job_id).wait(&wait).await,
            None => Ok(Outcome::Unchanged),
        }
    }

    /// A job that was accepted earlier, by the id of its answer.
    pub fn work(&self, job_id: impl Into<String>) -> Work {
        Work { client: self.clone(), job_id: job_id.into() }
    }
}

impl Work {
    /// The id of the job, as the answer told it.
    #[must_use]
    pub fn job_id(&self) -> &str {
        &self.job_id
    }

    /// Waits until it is done.
    ///
    /// # Errors
    /// The job failed ([`Error::is_operation_failed`]; the error says the service's reason), time ran out, or looking
    /// failed too often. The error tells the last state.
    pub fn wait(&self, wait: &Wait) -> impl Future<Output = Result<Outcome, Error>> + use<> {
        self.statuses(wait).done()
    }

    /// Looks again and again, and tells what it sees, until it is done.
    pub fn statuses(&self, wait: &Wait) -> StatusStream<Outcome> {
        let runtime = self.client.core.runtime().clone();
        let known_from = runtime.unix_millis().saturating_add(NEW_MILLIS);
        StatusStream::new(wait.clone(), runtime, Follow { work: self.clone(), known_from })
    }
}

impl fmt::Display for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "job {}", self.job_id)
    }
}

struct Follow {
    work: Work,
    /// From this moment on, the service must know the job.
    known_from: i64,
}

impl Poll<Outcome> for Follow {
    async fn poll(&mut self) -> Result<Status<Outcome>, Error> {
        let Work { client, job_id } = &self.work;
        match client.show_gauss_my_sql_job_info(job_id.as_str()).send().await {
            Ok(answer) => judge(answer.into_inner().job),
            Err(e) if e.code() == Some(NO_SUCH_JOB) && self.is_new() => {
                Ok(Status::InProgress { state: "not known yet".to_owned() })
            }
            Err(e) => Err(e),
        }
    }
}

impl Follow {
    fn is_new(&self) -> bool {
        self.work.client.core.runtime().unix_millis() < self.known_from
    }
}

/// What a job means for the one who waits.
fn judge(job: GetJobInfoDetail) -> Result<Status<Outcome>, Error> {
    match job.status {
        JobStatus::Completed => Ok(Status::Done(Outcome::Completed(Box::new(job)))),
        JobStatus::Failed | JobStatus::Canceled => Err(failed(&job)),
        // Not begun, not done, or new: a word that is not known yet is waited out.
        _ => Ok(Status::InProgress { state: job.status.to_string() }),
    }
}

fn failed(job: &GetJobInfoDetail) -> Error {
    let end = format!("the job {} ({}) ended as {}", job.id, job.name, job.status);
    let reason = job.fail_reason.as_deref().and_then(one_line);
    Error::new(Kind::Failed, reason.map_or(end.clone(), |reason| format!("{end}: {reason}")))
}
