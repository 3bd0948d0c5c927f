//! A cloud with all its services: what the crate and the control endpoint both do to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::cloud::{Cloud, Service};
use crate::faults::{self, FaultError, Offered, Rule};

/// A cloud with all its services, by the file stems of their specs.
pub(crate) struct Site {
    pub(crate) cloud: Arc<Cloud>,
    pub(crate) services: BTreeMap<String, Arc<Service>>,
}

impl Site {
    /// Puts other rules in the place of all, and waits until the ports are open and closed as they say.
    ///
    /// # Errors
    /// All that is wrong with the rules; then those from before stay.
    pub(crate) async fn set_faults(&self, rules: Vec<Rule>) -> Result<(), FaultError> {
        let offered: Vec<Offered<'_>> = self.services.values().map(|service| offered(service)).collect();
        faults::check(&rules, &offered)?;
        self.cloud.faults.set(rules);
        self.move_doors().await;
        Ok(())
    }

    /// Everything as it was when the cloud had just started, without faults; addresses and credentials stay.
    pub(crate) async fn reset(&self) {
        self.cloud.reset();
        self.begin();
        self.move_doors().await;
    }

    /// Lets the worlds of all services begin.
    pub(crate) fn begin(&self) {
        self.services.values().for_each(|service| service.begin(&self.cloud));
    }

    async fn move_doors(&self) {
        for service in self.services.values() {
            // Versions of a service share a door.
            let mut behind = self.services.values().filter(|other| Arc::ptr_eq(&other.door, &service.door));
            service.door.set(!behind.any(|other| self.cloud.faults.closes(&other.stem))).await;
        }
    }
}

fn offered(service: &Service) -> Offered<'_> {
    let operations = service.described.routes.operations().map(|o| (o.id.as_str(), o.reads)).collect();
    Offered { stem: &service.stem, vendor: service.vendor, operations }
}
