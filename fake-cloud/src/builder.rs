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
use tokio::task::JoinHandle;

use crate::ambient::Ambient;
use crate::auth::digest::DigestOptions;
use crate::catalogue::{Described, catalogue};
use crate::cloud::{Cloud, Service};
use crate::control;
use crate::credentials::Credentials;
use crate::error::StartError;
use crate::fake::FakeCloud;
use crate::faults::Rule;
use crate::host::{self, Host};
use crate::journal::{Entry, Listener};
use crate::nearest::nearest;
use crate::server;
use crate::site::Site;
use crate::vendor::Vendor;
use crate::world::{Guarded, Temper};

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

    /// Lets the services begin with nothing in them. Default: see
    /// [`ServiceHandle::inventory`](crate::ServiceHandle::inventory).
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
        let ambient = Ambient::new(self.now, self.seed);
        let described = chosen(self.services.as_deref())?;
        let cloud = Arc::new(Cloud::new(ambient, self.digest, self.temper, self.listener));
        let (mut services, mut hosts) = (BTreeMap::new(), BTreeMap::new());
        let huawei = Credentials::make(Vendor::Huawei, &cloud.ambient);
        for described in described {
            let credentials = match described.vendor {
                Vendor::Huawei | Vendor::HuaweiIam => huawei.clone(),
                vendor => Credentials::make(vendor, &cloud.ambient),
            };
            let service = |base_url, door, credentials| {
                Arc::new(Service {
                    stem: described.stem.clone(),
                    vendor: described.vendor,
                    base_url,
                    door,
                    credentials,
                    described: Arc::clone(described),
                    world: Guarded::default(),
                })
            };
            let (name, place) = (host::name(&described.stem), hosts.len());
            let service = match hosts.entry(name) {
                Slot::Occupied(mut known) => {
                    let (_, _, host): &mut (_, _, Host) = known.get_mut();
                    let Service { base_url, door, credentials, .. } = &**host.first();
                    let service = service(base_url.clone(), Arc::clone(door), credentials.clone());
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
            services.insert(described.stem.clone(), service);
        }
        cloud.ambient.settle();
        let (listener, address) = listen(self.base_port, hosts.len()).await?;
        let mut tasks = Tasks::default();
        for (listener, address, host) in hosts.into_values() {
            let serving = server::serve(listener, address, Arc::clone(&cloud), Arc::new(host));
            tasks.0.push(tokio::spawn(serving));
        }
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
pub(crate) struct Tasks(Vec<JoinHandle<()>>);

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
