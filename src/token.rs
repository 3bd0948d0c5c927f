//! The token of accepted work, which can be stored and parsed.

mod ids;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::operation::Operation;
use crate::timestamp::Timestamp;

pub(crate) use ids::Ids;

/// Identifies an operation that a service accepted. It contains no secrets and can be stored, to resume the wait later.
///
/// [`Display`](fmt::Display), [`FromStr`](std::str::FromStr) and serde use the same format, one line of JSON.
///
/// ```
/// let line = r#"{"vendor":"huawei","service":"huawei-taurusdb-v3","operation":"RestartProxyInstance","request_id":"job-1","ids":{"instance_id":"i1","job_id":"job-1","proxy_id":"p1"},"goal":["Completed"],"when":"2026-01-15T08:30:00Z"}"#;
/// let token: dbplane::Token = line.parse()?;
/// assert_eq!((token.operation(), token.id("job_id")), ("RestartProxyInstance", Some("job-1")));
/// assert_eq!(token.to_string(), line);
/// # Ok::<_, dbplane::Error>(())
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Token {
    vendor: String,
    service: String,
    operation: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
    ids: Ids,
    #[serde(default)]
    goal: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    when: Option<Timestamp>,
}

impl Token {
    /// Creates a token from known ids, for example from a log.
    ///
    /// `ids` have the same names as in other tokens of the operation.
    #[must_use]
    pub fn new<'i>(operation: &Operation, ids: impl IntoIterator<Item = (&'i str, &'i str)>) -> Self {
        let mut own = Ids::default();
        for (name, id) in ids {
            own.put(name, vec![id.to_owned()]);
        }
        Self::of(operation, own)
    }

    pub(crate) fn of(operation: &Operation, ids: Ids) -> Self {
        let (vendor, _) = operation.service.split_once('-').unwrap_or((operation.service, ""));
        let work = operation.long_running.as_ref();
        let job = work.and_then(|work| {
            work.stages(|name| ids.first(name).is_some()).into_iter().find(|states| states.job)
        });
        let goal = work.map(|work| work.goal().into_iter().map(str::to_owned).collect()).unwrap_or_default();
        Self {
            vendor: vendor.to_owned(),
            service: operation.service.to_owned(),
            operation: operation.id.to_owned(),
            request_id: job.and_then(|job| ids.first(job.id)).map(str::to_owned),
            ids,
            goal,
            when: None,
        }
    }

    /// Adds when it was accepted, and the id of the request where the work has none of its own.
    pub(crate) fn accepted(mut self, request_id: Option<&str>, unix_millis: i64) -> Self {
        self.request_id = self.request_id.or_else(|| request_id.map(str::to_owned));
        self.when = Some(Timestamp::from_unix_millis(unix_millis));
        self
    }

    /// The vendor, for example `samsung`.
    #[must_use]
    pub fn vendor(&self) -> &str {
        &self.vendor
    }

    /// The service, for example `samsung-mariadb-1.3`.
    #[must_use]
    pub fn service(&self) -> &str {
        &self.service
    }

    /// The operation, for example `CreateCluster`.
    #[must_use]
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// The id of the job, request or order that does the work, else the vendor's id of the HTTP request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// The id with this name, for example `cluster_id`.
    #[must_use]
    pub fn id(&self, name: &str) -> Option<&str> {
        self.ids.first(name)
    }

    /// The states that complete the work, or `gone` for a deletion; `*` is any state.
    pub fn goal(&self) -> impl Iterator<Item = &str> {
        self.goal.iter().map(String::as_str)
    }

    /// When the operation was accepted.
    #[must_use]
    pub fn when(&self) -> Option<&Timestamp> {
        self.when.as_ref()
    }

    /// Adds an id that became known later.
    pub(crate) fn learn(&mut self, name: &str, id: String) {
        self.ids.put(name, vec![id]);
    }

    pub(crate) fn ids(&self) -> &Ids {
        &self.ids
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Token({self})")
    }
}
