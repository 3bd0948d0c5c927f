//! The cloud as its users see it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use tokio::task::JoinHandle;

use crate::ambient::Ambient;
use crate::auth::digest::DigestOptions;
use crate::catalogue::catalogue;
use crate::cloud::{Cloud, Service};
use crate::credentials::Credentials;
use crate::error::StartError;
use crate::journal::{Entry, Listener};
use crate::server;
use crate::vendor::Vendor;

/// A running cloud. It ends when it is dropped.
pub struct FakeCloud {
    cloud: Arc<Cloud>,
    services: BTreeMap<String, ServiceHandle>,
    tasks: Vec<JoinHandle<()>>,
}

/// One service of a running cloud.
pub struct ServiceHandle {
    service: Arc<Service>,
}

/// How a cloud shall start; see [`FakeCloud::builder`].
#[derive(Clone, Default)]
#[must_use]
pub struct Builder {
    now: Option<i64>,
    seed: Option<u64>,
    digest: DigestOptions,
    listener: Option<Listener>,
}

impl Builder {
    /// Stops the clock of the cloud at a moment, in Unix milliseconds. Default: the real clock.
    pub fn now(mut self, unix_millis: i64) -> Self {
        self.now = Some(unix_millis);
        self
    }

    /// Makes credentials, nonces and ids the same in every run. Default: a seed of its own for each cloud.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// What kind of Digest OceanBase Cloud speaks. Default: see [`DigestOptions`].
    pub fn digest(mut self, options: DigestOptions) -> Self {
        self.digest = options;
        self
    }

    /// Tells of every request as it is written down, for example to print it. Default: nobody is told.
    pub fn log(mut self, listener: impl Fn(&Entry) + Send + Sync + 'static) -> Self {
        self.listener = Some(Arc::new(listener));
        self
    }

    /// Starts the cloud on the tokio runtime of the caller.
    ///
    /// # Errors
    /// When a spec cannot be served or no port is free.
    pub async fn start(self) -> Result<FakeCloud, StartError> {
        let cloud = Arc::new(Cloud::new(Ambient::new(self.now, self.seed), self.digest, self.listener));
        let mut fake = FakeCloud { cloud, services: BTreeMap::new(), tasks: Vec::new() };
        let huawei = Credentials::make(Vendor::Huawei, &fake.cloud.ambient);
        for described in catalogue()? {
            let credentials = match described.vendor {
                Vendor::Huawei | Vendor::HuaweiIam => huawei.clone(),
                vendor => Credentials::make(vendor, &fake.cloud.ambient),
            };
            let listener = server::listen().await.map_err(StartError::Listen)?;
            let address = listener.local_addr().map_err(StartError::Listen)?;
            let service = Arc::new(Service {
                stem: described.stem.clone(),
                vendor: described.vendor,
                base_url: format!("http://{address}"),
                credentials,
                described: Arc::clone(described),
            });
            let serving = server::serve(listener, Arc::clone(&fake.cloud), Arc::clone(&service));
            fake.tasks.push(tokio::spawn(serving));
            fake.services.insert(described.stem.clone(), ServiceHandle { service });
        }
        fake.cloud.ambient.settle();
        Ok(fake)
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { now, seed, digest, .. } = self;
        f.debug_struct("Builder")
            .field("now", now)
            .field("seed", seed)
            .field("digest", digest)
            .finish_non_exhaustive()
    }
}

impl FakeCloud {
    /// Starts a cloud with the real clock and random credentials.
    ///
    /// # Errors
    /// When a spec cannot be served or no port is free.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// Settings for a cloud.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// The service with this spec, by the file stem, for example `samsung-mariadb`.
    #[must_use]
    pub fn service(&self, stem: &str) -> Option<&ServiceHandle> {
        self.services.get(stem)
    }

    /// All services, in the order of their names.
    pub fn services(&self) -> impl Iterator<Item = &ServiceHandle> {
        self.services.values()
    }

    /// The clock of the cloud, in Unix milliseconds.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.cloud.ambient.now()
    }

    /// Stops the clock of the cloud at a moment, in Unix milliseconds.
    pub fn set_now(&self, unix_millis: i64) {
        self.cloud.ambient.set_now(unix_millis);
    }

    /// Moves the clock of the cloud by so many milliseconds. One that runs goes on running.
    pub fn advance(&self, millis: i64) {
        self.cloud.ambient.advance(millis);
    }

    /// Makes everything as it was when the cloud had just started: what the services hold, tokens, nonces, clock,
    /// journal. Addresses and credentials stay.
    pub fn reset(&self) {
        self.cloud.reset();
    }

    /// The newest requests, oldest first; at most [`JOURNAL_CAPACITY`](crate::JOURNAL_CAPACITY).
    #[must_use]
    pub fn journal(&self) -> Vec<Entry> {
        copies(&self.cloud.journal.requests_after(0))
    }

    /// The newest writes that took effect, oldest first; at most as many.
    #[must_use]
    pub fn effects(&self) -> Vec<Entry> {
        copies(&self.cloud.journal.effects_after(0))
    }

    /// The tokens that IAM has issued, oldest first, so that a test can search for them.
    #[must_use]
    pub fn tokens(&self) -> Vec<String> {
        self.cloud.tokens.issued()
    }

    /// How many requests came to a service.
    #[must_use]
    pub fn requests(&self, stem: &str) -> u64 {
        self.cloud.journal.counters(stem).requests
    }

    /// How many requests to an operation were good.
    #[must_use]
    pub fn answered(&self, stem: &str, operation_id: &str) -> u64 {
        self.cloud.journal.counters(stem).answered.get(operation_id).copied().unwrap_or(0)
    }

    /// How many requests to a service were refused.
    #[must_use]
    pub fn refused(&self, stem: &str) -> u64 {
        self.cloud.journal.counters(stem).refused
    }
}

fn copies(entries: &[Arc<Entry>]) -> Vec<Entry> {
    entries.iter().map(|entry| Entry::clone(entry)).collect()
}

impl Drop for FakeCloud {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
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

    /// Ids of the operations that the service has, in alphabetical order.
    #[must_use]
    pub fn operations(&self) -> Vec<String> {
        let mut ids: Vec<String> = self.service.described.routes.operations().map(|o| o.id.clone()).collect();
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
