//! The cloud as its users see it.

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::ambient::Ambient;
use crate::auth::digest::DigestOptions;
use crate::catalogue::{Described, catalogue};
use crate::cloud::{Cloud, Service};
use crate::control;
use crate::credentials::Credentials;
use crate::door::Door;
use crate::error::StartError;
use crate::faults::{FaultError, Rule, RuleState};
use crate::journal::{Entry, Listener};
use crate::nearest::nearest;
use crate::server;
use crate::site::Site;
use crate::vendor::Vendor;
use crate::world::{Guarded, Temper};

/// A running cloud. It ends when it is dropped.
pub struct FakeCloud {
    site: Arc<Site>,
    services: BTreeMap<String, ServiceHandle>,
    control_url: String,
    _tasks: Tasks,
}

/// One service of a running cloud.
pub struct ServiceHandle {
    cloud: Arc<Cloud>,
    service: Arc<Service>,
}

/// How a cloud shall start; see [`FakeCloud::builder`].
#[derive(Clone, Default)]
#[must_use]
pub struct Builder {
    now: Option<i64>,
    seed: Option<u64>,
    digest: DigestOptions,
    services: Option<Vec<String>>,
    base_port: u16,
    faults: Vec<Rule>,
    listener: Option<Listener>,
    temper: Temper,
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

    /// How long a unit of work takes on the cloud's clock: changing a setting takes one, making a cluster five.
    /// Default: one second. With zero, work is done as soon as somebody looks.
    pub fn pace(mut self, pace: Duration) -> Self {
        self.temper.pace = i64::try_from(pace.as_millis()).unwrap_or(i64::MAX);
        self
    }

    /// Lets the services begin with nothing in them. Default: see [`ServiceHandle::inventory`].
    pub fn empty(mut self) -> Self {
        self.temper.empty = true;
        self
    }

    /// Tells of every request as it is written down, for example to print it. Default: nobody is told.
    pub fn log(mut self, listener: impl Fn(&Entry) + Send + Sync + 'static) -> Self {
        self.listener = Some(Arc::new(listener));
        self
    }

    /// Only these services, by the file stems of their specs. Default: all.
    pub fn services<S: Into<String>>(mut self, stems: impl IntoIterator<Item = S>) -> Self {
        self.services = Some(stems.into_iter().map(Into::into).collect());
        self
    }

    /// The port of the first service; the others, in the order of their names, and then the control endpoint get
    /// the ports after it. Default: free ports.
    pub fn base_port(mut self, port: u16) -> Self {
        self.base_port = port;
        self
    }

    /// What shall go wrong from the start. Default: nothing.
    pub fn faults(mut self, rules: impl IntoIterator<Item = Rule>) -> Self {
        self.faults = rules.into_iter().collect();
        self
    }

    /// Starts the cloud on the tokio runtime of the caller.
    ///
    /// # Errors
    /// When a spec cannot be served, a service does not exist, a rule makes no sense or no port is free.
    pub async fn start(self) -> Result<FakeCloud, StartError> {
        let ambient = Ambient::new(self.now, self.seed);
        let described = chosen(self.services.as_deref())?;
        let cloud = Arc::new(Cloud::new(ambient, self.digest, self.temper, self.listener));
        let (mut services, mut tasks) = (BTreeMap::new(), Tasks::default());
        let huawei = Credentials::make(Vendor::Huawei, &cloud.ambient);
        for described in described {
            let credentials = match described.vendor {
                Vendor::Huawei | Vendor::HuaweiIam => huawei.clone(),
                vendor => Credentials::make(vendor, &cloud.ambient),
            };
            let (listener, address) = listen(self.base_port, services.len()).await?;
            let service = Arc::new(Service {
                stem: described.stem.clone(),
                vendor: described.vendor,
                base_url: format!("http://{address}"),
                door: Door::default(),
                credentials,
                described: Arc::clone(described),
                world: Guarded::default(),
            });
            let serving = server::serve(listener, address, Arc::clone(&cloud), Arc::clone(&service));
            tasks.0.push(tokio::spawn(serving));
            services.insert(described.stem.clone(), service);
        }
        cloud.ambient.settle();
        let (listener, address) = listen(self.base_port, services.len()).await?;
        let site = Arc::new(Site { cloud, services });
        site.begin();
        site.set_faults(self.faults).await.map_err(StartError::Faults)?;
        tasks.0.push(tokio::spawn(control::serve(listener, address, Arc::clone(&site))));
        Ok(FakeCloud::new(site, format!("http://{address}"), tasks))
    }
}

/// Opens the `number`-th port from a base, or a free one.
async fn listen(base: u16, number: usize) -> Result<(TcpListener, SocketAddr), StartError> {
    let port = match base {
        0 => Some(0),
        base => u16::try_from(number).ok().and_then(|number| base.checked_add(number)),
    };
    let out_of_range = || std::io::Error::other(format!("there is no port {number} above {base}"));
    let port = port.ok_or_else(|| StartError::Listen(out_of_range()))?;
    let opened = server::listen(port).await.and_then(|listener| {
        let address = listener.local_addr()?;
        Ok((listener, address))
    });
    opened.map_err(StartError::Listen)
}

/// The services of these names, or all.
fn chosen(stems: Option<&[String]>) -> Result<Vec<&'static Arc<Described>>, StartError> {
    let all = catalogue()?;
    let Some(stems) = stems else { return Ok(all.iter().collect()) };
    if let Some(wrong) = stems.iter().find(|stem| all.iter().all(|described| described.stem != **stem)) {
        let near = nearest(wrong, all.iter().map(|described| described.stem.as_str()));
        return Err(StartError::Service(format!("there is no service `{wrong}`; {near}")));
    }
    Ok(all.iter().filter(|described| stems.contains(&described.stem)).collect())
}

/// Tasks that end with the cloud, also with one that could not start.
#[derive(Default)]
struct Tasks(Vec<JoinHandle<()>>);

impl Drop for Tasks {
    fn drop(&mut self) {
        self.0.iter().for_each(JoinHandle::abort);
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { now, seed, digest, temper, .. } = self;
        f.debug_struct("Builder")
            .field("now", now)
            .field("seed", seed)
            .field("digest", digest)
            .field("temper", temper)
            .finish_non_exhaustive()
    }
}

impl FakeCloud {
    fn new(site: Arc<Site>, control_url: String, tasks: Tasks) -> Self {
        let handle = |service: &Arc<Service>| {
            let (cloud, service) = (Arc::clone(&site.cloud), Arc::clone(service));
            ServiceHandle { cloud, service }
        };
        let services = site.services.iter().map(|(stem, service)| (stem.clone(), handle(service))).collect();
        Self { site, services, control_url, _tasks: tasks }
    }

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

    /// Address of the control endpoint, `http://127.0.0.1:port`, for tests in other languages.
    #[must_use]
    pub fn control_url(&self) -> &str {
        &self.control_url
    }

    /// The clock of the cloud, in Unix milliseconds.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.site.cloud.ambient.now()
    }

    /// Stops the clock of the cloud at a moment, in Unix milliseconds.
    pub fn set_now(&self, unix_millis: i64) {
        self.site.cloud.ambient.set_now(unix_millis);
    }

    /// Moves the clock of the cloud by so many milliseconds. One that runs goes on running.
    pub fn advance(&self, millis: i64) {
        self.site.cloud.ambient.advance(millis);
    }

    /// Makes everything as it was when the cloud had just started: what the services hold, tokens, nonces, clock,
    /// journal. Addresses and credentials stay, faults go.
    pub async fn reset(&self) {
        self.site.reset().await;
    }

    /// Puts other rules for faults in the place of all, and waits until the ports are open or closed as they say.
    /// Rules count from the beginning.
    ///
    /// # Errors
    /// All that is wrong with the rules; then those from before stay.
    pub async fn set_faults(&self, rules: impl IntoIterator<Item = Rule>) -> Result<(), FaultError> {
        self.site.set_faults(rules.into_iter().collect()).await
    }

    /// The rules for faults, and how often each has fired.
    #[must_use]
    pub fn faults(&self) -> Vec<RuleState> {
        self.site.cloud.faults.states()
    }

    /// The newest requests, oldest first; at most [`JOURNAL_CAPACITY`](crate::JOURNAL_CAPACITY).
    #[must_use]
    pub fn journal(&self) -> Vec<Entry> {
        copies(&self.site.cloud.journal.requests_after(0))
    }

    /// The newest writes that took effect, oldest first; at most as many.
    #[must_use]
    pub fn effects(&self) -> Vec<Entry> {
        copies(&self.site.cloud.journal.effects_after(0))
    }

    /// The tokens that IAM has issued, oldest first, so that a test can search for them.
    #[must_use]
    pub fn tokens(&self) -> Vec<String> {
        self.site.cloud.tokens.issued()
    }

    /// How many requests came to a service.
    #[must_use]
    pub fn requests(&self, stem: &str) -> u64 {
        self.site.cloud.journal.counters(stem).requests
    }

    /// How many requests to an operation were good.
    #[must_use]
    pub fn answered(&self, stem: &str, operation_id: &str) -> u64 {
        self.site.cloud.journal.counters(stem).answered.get(operation_id).copied().unwrap_or(0)
    }

    /// How many requests to a service were refused.
    #[must_use]
    pub fn refused(&self, stem: &str) -> u64 {
        self.site.cloud.journal.counters(stem).refused
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

    /// Ids of all that exists in the service now, in the order of their names, by the parameter that takes them:
    /// `cluster_id`, `project_id` and so on. Empty for a service that only answers with the examples of its spec.
    ///
    /// At the start it is a small inventory to work on; its ids are those of the spec's examples.
    #[must_use]
    pub fn inventory(&self) -> BTreeMap<&'static str, Vec<String>> {
        self.service.world.inventory(self.cloud.ambient.now())
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
