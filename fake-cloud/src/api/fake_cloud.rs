//! A running cloud, for users of the crate.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::tasks::Tasks;
use crate::cloud::journal::Entry;
use crate::cloud::service::Service;
use crate::cloud::shared::Shared;
use crate::cloud::state::CloudState;
use crate::faults::{FaultError, Rule, RuleState};
use crate::identity::credentials::Credentials;

/// A running cloud. It is stopped when it is dropped.
pub struct FakeCloud {
    state: Arc<CloudState>,
    services: BTreeMap<String, ServiceHandle>,
    control_url: String,
    _tasks: Tasks,
}

/// One service of a running cloud.
pub struct ServiceHandle {
    shared: Arc<Shared>,
    service: Arc<Service>,
}

impl FakeCloud {
    pub(crate) fn new(state: Arc<CloudState>, control_url: String, tasks: Tasks) -> Self {
        let handle = |service: &Arc<Service>| {
            let (shared, service) = (Arc::clone(&state.shared), Arc::clone(service));
            ServiceHandle { shared, service }
        };
        let services = state.services.iter().map(|(stem, service)| (stem.clone(), handle(service))).collect();
        Self { state, services, control_url, _tasks: tasks }
    }

    /// Returns a service, by the file stem of its spec, for example `samsung-mariadb-1.0`.
    #[must_use]
    pub fn service(&self, stem: &str) -> Option<&ServiceHandle> {
        self.services.get(stem)
    }

    /// All services, in the order of their names.
    pub fn services(&self) -> impl Iterator<Item = &ServiceHandle> {
        self.services.values()
    }

    /// Address of the control endpoint, `http://127.0.0.1:port`, for tests in other languages.
    #[must_use]
    pub fn control_url(&self) -> &str {
        &self.control_url
    }

    /// The clock of the cloud, in Unix milliseconds.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.state.shared.runtime.now()
    }

    /// Sets the clock of the cloud to a time in Unix milliseconds, and stops it.
    pub fn set_now(&self, unix_millis: i64) {
        self.state.shared.runtime.set_now(unix_millis);
    }

    /// Moves the clock of the cloud forward. A running clock keeps running.
    pub fn advance(&self, time: Duration) {
        let millis = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
        self.state.shared.runtime.advance(millis);
    }

    /// Resets the cloud to its state after the start: resources, tokens, nonces, clock and journal. Addresses and
    /// credentials do not change; faults are removed.
    pub async fn reset(&self) {
        self.state.reset().await;
    }

    /// Replaces all rules for faults, and waits until ports are open or closed accordingly. The counters of the rules
    /// start at zero.
    ///
    /// # Errors
    /// Lists everything that is wrong with the rules. The previous rules then remain in effect.
    pub async fn set_faults(&self, rules: impl IntoIterator<Item = Rule>) -> Result<(), FaultError> {
        self.state.set_faults(rules.into_iter().collect()).await
    }

    /// Returns the rules for faults, and how often each has fired.
    #[must_use]
    pub fn faults(&self) -> Vec<RuleState> {
        self.state.shared.faults.states()
    }

    /// Returns the latest requests, oldest first, at most [`JOURNAL_CAPACITY`](crate::JOURNAL_CAPACITY).
    #[must_use]
    pub fn journal(&self) -> Vec<Entry> {
        copies(&self.state.shared.journal.requests_after(0))
    }

    /// Returns the latest writes that took effect, oldest first, at most [`JOURNAL_CAPACITY`](crate::JOURNAL_CAPACITY).
    #[must_use]
    pub fn effects(&self) -> Vec<Entry> {
        copies(&self.state.shared.journal.effects_after(0))
    }

    /// The tokens that IAM has issued, oldest first, so that a test can search for them.
    #[must_use]
    pub fn tokens(&self) -> Vec<String> {
        self.state.shared.tokens.issued()
    }

    /// The number of requests to a service.
    #[must_use]
    pub fn requests(&self, stem: &str) -> u64 {
        self.state.shared.journal.counters(stem).requests
    }

    /// The number of accepted requests to an operation.
    #[must_use]
    pub fn accepted(&self, stem: &str, operation_id: &str) -> u64 {
        self.state.shared.journal.counters(stem).accepted.get(operation_id).copied().unwrap_or(0)
    }

    /// The number of refused requests to a service.
    #[must_use]
    pub fn refused(&self, stem: &str) -> u64 {
        self.state.shared.journal.counters(stem).refused
    }
}

fn copies(entries: &[Arc<Entry>]) -> Vec<Entry> {
    entries.iter().map(|entry| Entry::clone(entry)).collect()
}

impl ServiceHandle {
    /// File stem of the service's spec.
    #[must_use]
    pub fn stem(&self) -> &str {
        &self.service.stem
    }

    /// `http://127.0.0.1:port`, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.service.base_url
    }

    /// The credentials that the service accepts.
    #[must_use]
    pub fn credentials(&self) -> &Credentials {
        &self.service.credentials
    }

    /// Ids of all current resources of the service, in alphabetical order, by the name of their parameter:
    /// `cluster_id`, `project_id` and so on. Empty for a service that only returns the examples of its spec.
    ///
    /// After the start there are a few resources, with the ids of the spec's examples.
    #[must_use]
    pub fn inventory(&self) -> BTreeMap<&'static str, Vec<String>> {
        self.service.world.inventory(self.shared.runtime.now())
    }

    /// Ids of the operations of the service, in alphabetical order.
    #[must_use]
    pub fn operations(&self) -> Vec<String> {
        let mut ids: Vec<String> = self.service.spec.routes.operations().map(|o| o.id.clone()).collect();
        ids.sort();
        ids
    }

    /// Ids of the write operations that are not simulated, in alphabetical order. They return the examples of the spec
    /// and change nothing; asynchronous ones complete after some time.
    #[must_use]
    pub fn unmodelled(&self) -> Vec<String> {
        let operations = self.service.spec.routes.operations();
        let unmodelled = operations.filter(|o| !o.reads && !self.service.world.models(&o.id));
        let mut ids: Vec<String> = unmodelled.map(|operation| operation.id.clone()).collect();
        ids.sort();
        ids
    }
}

impl fmt::Debug for ServiceHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Service { stem, base_url, credentials, .. } = &*self.service;
        f.debug_struct("ServiceHandle")
            .field("stem", stem)
            .field("base_url", base_url)
            .field("credentials", credentials)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for FakeCloud {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeCloud").field("services", &self.services).finish_non_exhaustive()
    }
}
