//! A cloud with all its services: what the crate and the control endpoint both use.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::service::Service;
use super::shared::Shared;
use crate::faults::check::{self, Offered, OfferedOperation};
use crate::faults::{FaultError, Rule};
use crate::spec::operation::Operation;

/// A cloud with all its services, by the file stems of their specs.
pub(crate) struct CloudState {
    pub(crate) shared: Arc<Shared>,
    pub(crate) services: BTreeMap<String, Arc<Service>>,
}

impl CloudState {
    /// Replaces all rules, and waits until the ports are open or closed accordingly.
    ///
    /// # Errors
    /// Lists everything that is wrong with the rules. The previous rules then remain in effect.
    pub(crate) async fn set_faults(&self, rules: Vec<Rule>) -> Result<(), FaultError> {
        let offered: Vec<Offered<'_>> = self.services.values().map(|service| offered(service)).collect();
        check::check(&rules, &offered)?;
        self.shared.faults.set(rules);
        self.move_gates().await;
        Ok(())
    }

    /// Resets everything to the state after the start, without faults. Addresses and credentials do not change.
    pub(crate) async fn reset(&self) {
        self.shared.reset();
        self.begin();
        self.move_gates().await;
    }

    /// Creates or resets the worlds of all services.
    pub(crate) fn begin(&self) {
        self.services.values().for_each(|service| service.begin(&self.shared));
    }

    async fn move_gates(&self) {
        for service in self.services.values() {
            // Versions of a service share a port.
            let mut behind = self.services.values().filter(|other| Arc::ptr_eq(&other.gate, &service.gate));
            service.gate.set(!behind.any(|other| self.shared.faults.closes(&other.stem))).await;
        }
    }
}

fn offered<'s>(service: &'s Service) -> Offered<'s> {
    let operation = |o: &'s Arc<Operation>| OfferedOperation {
        id: &o.id,
        reads: o.reads,
        works: o.long_running.is_some(),
    };
    let operations = service.spec.routes.operations().map(operation).collect();
    Offered { stem: &service.stem, vendor: service.vendor, operations }
}
