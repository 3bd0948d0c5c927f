//! A service with its address and credentials.

use std::sync::Arc;

use super::port_gate::PortGate;
use super::shared::Shared;
use crate::identity::credentials::Credentials;
use crate::spec::catalogue::ServiceSpec;
use crate::vendor::Vendor;
use crate::world::contract::WorldContext;
use crate::world::locked::LockedWorld;

/// One service of a cloud.
pub(crate) struct Service {
    pub(crate) stem: String,
    pub(crate) vendor: Vendor,
    pub(crate) base_url: String,
    pub(crate) gate: Arc<PortGate>,
    pub(crate) credentials: Credentials,
    pub(crate) spec: Arc<ServiceSpec>,
    pub(crate) world: LockedWorld,
}

impl Service {
    pub(crate) fn new(
        spec: &Arc<ServiceSpec>,
        base_url: String,
        gate: Arc<PortGate>,
        credentials: Credentials,
    ) -> Arc<Self> {
        let (stem, vendor) = (spec.stem.clone(), spec.vendor);
        let (spec, world) = (Arc::clone(spec), LockedWorld::default());
        Arc::new(Self { stem, vendor, base_url, gate, credentials, spec, world })
    }

    /// Creates the world of the service, or resets it.
    pub(crate) fn begin(&self, shared: &Shared) {
        self.world.begin(&WorldContext {
            spec: &self.spec,
            credentials: &self.credentials,
            base_url: &self.base_url,
            runtime: &shared.runtime,
            tokens: &shared.tokens,
            world_options: shared.world_options,
        });
    }
}
