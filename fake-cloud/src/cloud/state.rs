//! A cloud with all its services: what the crate and the control endpoint both do to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::service::Service;
use super::shared::Shared;
use crate::faults::check::{self, Offered};
use crate::faults::{FaultError, Rule};

/// A cloud with all its services, by the file stems of their specs.
pub(crate) struct CloudState {
    pub(crate) shared: Arc<Shared>,
    pub(crate) services: BTreeMap<String, Arc<Service>>,
}

impl CloudState {
    /// Puts other rules in the place of all, and waits until the ports are open and closed as they say.
    ///
    /// # Errors
    /// All that is wrong with the rules; then those from before stay.
    pub(crate) async fn set_faults(&self, rules: Vec<Rule>) -> Result<(), FaultError> {
        let offered: Vec<Offered<'_>> = self.services.values().map(|service| offered(service)).collect();
        check::check(&rules, &offered)?;
        self.shared.faults.set(rules);
        self.move_doors().await;
        Ok(())
    }

    /// Everything as it was when the cloud had just started, without faults; addresses and credentials stay.
    pub(crate) async fn reset(&self) {
        self.shared.reset();
        self.begin();
        self.move_doors().await;
    }

    /// Lets the worlds of all services begin.
    pub(crate) fn begin(&self) {
        self.services.values().for_each(|service| service.begin(&self.shared));
    }

    async fn move_doors(&self) {
        for service in self.services.values() {
            // Versions of a service share a door.
            let mut behind = self.services.values().filter(|other| Arc::ptr_eq(&other.gate, &service.gate));
            service.gate.set(!behind.any(|other| self.shared.faults.closes(&other.stem))).await;
        }
    }
}

fn offered(service: &Service) -> Offered<'_> {
    let operations = service.spec.routes.operations().map(|o| (o.id.as_str(), o.reads)).collect();
    Offered { stem: &service.stem, vendor: service.vendor, operations }
}
