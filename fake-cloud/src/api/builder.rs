//! Start of a cloud: its settings, ports and tasks.
//!
//! Default: all services on free ports, the real clock, random credentials, a small inventory, no faults.
//! Override: the setters of [`Builder`].

use std::collections::BTreeMap;
use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use super::error::StartError;
use super::fake_cloud::FakeCloud;
use super::ports::{CONTROL, OpenPort, Ports};
use super::tasks::Tasks;
use crate::base::nearest::nearest;
use crate::base::runtime::Runtime;
use crate::cloud::journal::{Entry, Listener};
use crate::cloud::service::Service;
use crate::cloud::shared::Shared;
use crate::cloud::state::CloudState;
use crate::control::{self, Guard};
use crate::faults::Rule;
use crate::identity::credentials::Credentials;
use crate::identity::digest_options::DigestOptions;
use crate::serve::host::{self, Host};
use crate::server;
use crate::spec::catalogue::{ServiceSpec, catalogue};
use crate::vendor::Vendor;
use crate::world::contract::WorldOptions;

/// Builds a [`FakeCloud`]; see [`FakeCloud::builder`].
#[derive(Clone, Default)]
#[must_use]
pub struct Builder {
    now: Option<i64>,
    seed: Option<u64>,
    digest: DigestOptions,
    services: Option<Vec<String>>,
    ports: Ports,
    chosen_ports: Vec<(String, u16)>,
    faults: Vec<Rule>,
    listener: Option<Listener>,
    world_options: WorldOptions,
}

impl Builder {
    /// Sets the clock of the cloud to a time in Unix milliseconds, and stops it. Default: the real clock.
    pub fn now(mut self, unix_millis: i64) -> Self {
        self.now = Some(unix_millis);
        self
    }

    /// Sets the seed of credentials, nonces and ids, so that they are the same in every run. Default: a random seed.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Sets the Digest challenges of OceanBase Cloud. Default: see [`DigestOptions`].
    pub fn digest(mut self, options: DigestOptions) -> Self {
        self.digest = options;
        self
    }

    /// Sets the duration of a unit of work on the cloud's clock. Changing a setting takes one unit, creating a cluster
    /// five. Default: one second. With zero, work is done immediately.
    pub fn pace(mut self, pace: Duration) -> Self {
        self.world_options.pace = i64::try_from(pace.as_millis()).unwrap_or(i64::MAX);
        self
    }

    /// Starts the services without resources. Default: see
    /// [`ServiceHandle::inventory`](crate::ServiceHandle::inventory).
    pub fn empty(mut self) -> Self {
        self.world_options.empty = true;
        self
    }

    /// Sets a function that is called with each entry of the journal, for example to print it. Default: none.
    pub fn log(mut self, listener: impl Fn(&Entry) + Send + Sync + 'static) -> Self {
        self.listener = Some(Arc::new(listener));
        self
    }

    /// Starts only these services, by the file stems of their specs. Default: all.
    pub fn services<S: Into<String>>(mut self, stems: impl IntoIterator<Item = S>) -> Self {
        self.services = Some(stems.into_iter().map(Into::into).collect());
        self
    }

    /// Sets the port of the first service. The other services, in the order of their names, and the control endpoint
    /// use the ports after it. Versions of a service share a port. Default: free ports.
    pub fn base_port(mut self, port: u16) -> Self {
        self.ports.base = port;
        self
    }

    /// Sets the faults from the start. Default: none.
    pub fn faults(mut self, rules: impl IntoIterator<Item = Rule>) -> Self {
        self.faults = rules.into_iter().collect();
        self
    }

    /// Sets the port of a service, by the file stem of its spec, or of the control endpoint, by `control`. Versions of
    /// a service share a port. Default: see [`Builder::base_port`].
    pub fn port(mut self, name: impl Into<String>, port: u16) -> Self {
        self.chosen_ports.push((name.into(), port));
        self
    }

    /// Sets the address to listen on. Default: 127.0.0.1, which only this machine can reach. Use another address only
    /// in containers: anyone who can connect can use the cloud and read its credentials, which are valid nowhere else.
    pub fn listen(mut self, address: IpAddr) -> Self {
        self.ports.listen = address;
        self
    }

    /// Sets the host name in the addresses for clients. Default: the address to listen on, or `localhost` if that is
    /// all addresses.
    pub fn host(mut self, name: impl Into<String>) -> Self {
        self.ports.host = Some(name.into());
        self
    }

    /// Starts the cloud on the tokio runtime of the caller.
    ///
    /// # Errors
    /// A spec can't be served, a service does not exist, a rule is not valid, or a port can't be opened.
    pub async fn start(mut self) -> Result<FakeCloud, StartError> {
        let specs = chosen(self.services.as_deref())?;
        self.fix_ports(&specs)?;
        let runtime = Runtime::new(self.now, self.seed);
        let shared = Arc::new(Shared::new(runtime, self.digest, self.world_options, self.listener));
        let (services, hosts) = opened(&self.ports, &specs, &shared).await?;
        shared.runtime.settle();
        let control = self.ports.open(CONTROL, hosts.len()).await?;
        let mut tasks = Tasks::default();
        for (port, host) in hosts {
            tasks.spawn(server::serve(port.listener, port.address, Arc::clone(&shared), Arc::new(host)));
        }
        let state = Arc::new(CloudState { shared, services });
        state.begin();
        state.set_faults(self.faults).await.map_err(StartError::Faults)?;
        let guard = Guard::new(control.address, self.ports.host.as_deref());
        tasks.spawn(control::serve(control.listener, guard, Arc::clone(&state)));
        Ok(FakeCloud::new(state, control.base_url, tasks))
    }

    /// Sorts the chosen ports under the names of their services.
    fn fix_ports(&mut self, specs: &[&'static Arc<ServiceSpec>]) -> Result<(), StartError> {
        for (name, port) in std::mem::take(&mut self.chosen_ports) {
            let known = || specs.iter().map(|spec| spec.stem.as_str()).chain([CONTROL]);
            if !known().any(|known| known == name) {
                let near = nearest(&name, known());
                return Err(StartError::Service(format!(
                    "there is no service `{name}` to choose a port for; {near}"
                )));
            }
            let host = if name == CONTROL { CONTROL } else { host::name(&name) };
            self.ports.fixed.insert(host.to_owned(), port);
        }
        Ok(())
    }
}

/// Services by their stems, and the hosts that they are behind with their ports.
type Opened = (BTreeMap<String, Arc<Service>>, Vec<(OpenPort, Host)>);

/// Opens the ports of all services.
async fn opened(
    ports: &Ports,
    specs: &[&'static Arc<ServiceSpec>],
    shared: &Shared,
) -> Result<Opened, StartError> {
    let (mut services, mut hosts) = (BTreeMap::new(), Vec::<(OpenPort, Host)>::new());
    let huawei = Credentials::make(Vendor::Huawei, &shared.runtime);
    for spec in specs.iter().copied() {
        let credentials = match spec.vendor {
            Vendor::Huawei | Vendor::HuaweiIam => huawei.clone(),
            vendor => Credentials::make(vendor, &shared.runtime),
        };
        let name = host::name(&spec.stem);
        let known = hosts.iter_mut().find(|(_, host)| host::name(&host.first().stem) == name);
        let service = if let Some((_, host)) = known {
            // The host of another version of the same service, if there is one.
            let Service { base_url, gate, credentials, .. } = &**host.first();
            let service = Service::new(spec, base_url.clone(), Arc::clone(gate), credentials.clone());
            host.add(Arc::clone(&service));
            service
        } else {
            let port = ports.open(name, hosts.len()).await?;
            let service = Service::new(spec, port.base_url.clone(), Arc::default(), credentials);
            hosts.push((port, Host::new(Arc::clone(&service))));
            service
        };
        services.insert(spec.stem.clone(), service);
    }
    Ok((services, hosts))
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
    /// A spec can't be served, or no port is free.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// Returns a builder with the default settings.
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
