//! How a cloud starts: its settings, its ports, its tasks.
//!
//! Default: all services on free ports, the real clock, random credentials, a small inventory, no faults.
//! Override: the setters of [`Builder`].

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;
use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;

use super::error::StartError;
use super::fake_cloud::FakeCloud;
use super::tasks::Tasks;
use crate::base::nearest::nearest;
use crate::base::runtime::Runtime;
use crate::cloud::journal::{Entry, Listener};
use crate::cloud::service::Service;
use crate::cloud::shared::Shared;
use crate::cloud::state::CloudState;
use crate::control;
use crate::faults::Rule;
use crate::identity::credentials::Credentials;
use crate::identity::digest_options::DigestOptions;
use crate::serve::host::{self, Host};
use crate::server;
use crate::spec::catalogue::{ServiceSpec, catalogue};
use crate::vendor::Vendor;
use crate::world::contract::WorldOptions;
use crate::world::locked::LockedWorld;

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
    world_options: WorldOptions,
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
        self.world_options.pace = i64::try_from(pace.as_millis()).unwrap_or(i64::MAX);
        self
    }

    /// Lets the services begin with nothing in them. Default: see
    /// [`ServiceHandle::inventory`](crate::ServiceHandle::inventory).
    pub fn empty(mut self) -> Self {
        self.world_options.empty = true;
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
    /// the ports after it. Versions of a service share a port. Default: free ports.
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
        let runtime = Runtime::new(self.now, self.seed);
        let spec = chosen(self.services.as_deref())?;
        let shared = Arc::new(Shared::new(runtime, self.digest, self.world_options, self.listener));
        let (mut services, mut hosts) = (BTreeMap::new(), BTreeMap::new());
        let huawei = Credentials::make(Vendor::Huawei, &shared.runtime);
        for spec in spec {
            let credentials = match spec.vendor {
                Vendor::Huawei | Vendor::HuaweiIam => huawei.clone(),
                vendor => Credentials::make(vendor, &shared.runtime),
            };
            let service = |base_url, gate, credentials| {
                Arc::new(Service {
                    stem: spec.stem.clone(),
                    vendor: spec.vendor,
                    base_url,
                    gate,
                    credentials,
                    spec: Arc::clone(spec),
                    world: LockedWorld::default(),
                })
            };
            let (name, place) = (host::name(&spec.stem), hosts.len());
            let service = match hosts.entry(name) {
                Slot::Occupied(mut known) => {
                    let (_, _, host): &mut (_, _, Host) = known.get_mut();
                    let Service { base_url, gate, credentials, .. } = &**host.first();
                    let service = service(base_url.clone(), Arc::clone(gate), credentials.clone());
                    host.add(Arc::clone(&service));
                    service
                }
                Slot::Vacant(slot) => {
                    let (listener, address) = listen(self.base_port, place).await?;
                    let service = service(format!("http://{address}"), Arc::default(), credentials);
                    slot.insert((listener, address, Host::new(Arc::clone(&service))));
                    service
                }
            };
            services.insert(spec.stem.clone(), service);
        }
        shared.runtime.settle();
        let (listener, address) = listen(self.base_port, hosts.len()).await?;
        let mut tasks = Tasks::default();
        for (listener, address, host) in hosts.into_values() {
            let serving = server::serve(listener, address, Arc::clone(&shared), Arc::new(host));
            tasks.spawn(serving);
        }
        let state = Arc::new(CloudState { shared, services });
        state.begin();
        state.set_faults(self.faults).await.map_err(StartError::Faults)?;
        tasks.spawn(control::serve(listener, address, Arc::clone(&state)));
        Ok(FakeCloud::new(state, format!("http://{address}"), tasks))
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
fn chosen(stems: Option<&[String]>) -> Result<Vec<&'static Arc<ServiceSpec>>, StartError> {
    let all = catalogue().map_err(StartError::Spec)?;
    let Some(stems) = stems else { return Ok(all.iter().collect()) };
    if let Some(wrong) = stems.iter().find(|stem| all.iter().all(|spec| spec.stem != **stem)) {
        let near = nearest(wrong, all.iter().map(|spec| spec.stem.as_str()));
        return Err(StartError::Service(format!("there is no service `{wrong}`; {near}")));
    }
    Ok(all.iter().filter(|spec| stems.contains(&spec.stem)).collect())
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
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { now, seed, digest, world_options, .. } = self;
        f.debug_struct("Builder")
            .field("now", now)
            .field("seed", seed)
            .field("digest", digest)
            .field("world_options", world_options)
            .finish_non_exhaustive()
    }
}
