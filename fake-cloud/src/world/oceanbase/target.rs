//! Resources with a status, and the work on them.

use serde_json::Value as Json;

use super::OceanBase;
use super::refusals::illegal;
use super::states::{ABNORMAL, DELETED};
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;
use crate::world::request::WorldRequest;
use crate::world::work::{Transition, Work};

/// The private links of an address.
pub(super) const LINKS: &str = "/privateLinkList";

/// An instance, a tenant, an address of a tenant, or a private link of an address.
#[derive(Clone)]
pub(super) struct Target {
    pub(super) instance: String,
    pub(super) tenant: Option<String>,
    pub(super) address: Option<String>,
    /// The endpoint of a private link.
    pub(super) endpoint: Option<String>,
}

impl Target {
    pub(super) fn instance(id: &str) -> Self {
        Self { instance: id.to_owned(), tenant: None, address: None, endpoint: None }
    }

    pub(super) fn tenant(call: &WorldRequest<'_>, id: &str) -> Self {
        Self { tenant: Some(id.to_owned()), ..Self::instance(call.path("instanceId")) }
    }

    pub(super) fn address(call: &WorldRequest<'_>, id: &str) -> Self {
        Self { address: Some(id.to_owned()), ..Self::tenant(call, call.path("tenantId")) }
    }

    pub(super) fn link(call: &WorldRequest<'_>, address: &str, endpoint: &str) -> Self {
        Self { endpoint: Some(endpoint.to_owned()), ..Self::address(call, address) }
    }

    fn key(&self) -> String {
        let parts =
            [Some(&self.instance), self.tenant.as_ref(), self.address.as_ref(), self.endpoint.as_ref()];
        parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("/")
    }

    pub(super) fn field(&self) -> &'static str {
        match (&self.address, &self.endpoint) {
            (_, Some(_)) => "/privateLinkStatus",
            (Some(_), None) => "/addressStatus",
            (None, None) => "/status",
        }
    }
}

/// The index of the private link of an endpoint among those of its address.
pub(super) fn position(address: &Json, endpoint: &str) -> Option<usize> {
    address.items(LINKS).iter().position(|link| link.text("/privateLinkEndpointId") == endpoint)
}

impl OceanBase {
    fn address_of(&mut self, target: &Target) -> Option<&mut Json> {
        let tenant = self.instances.get_mut(&target.instance)?.tenants.get_mut(target.tenant.as_ref()?)?;
        let id = target.address.as_ref()?;
        tenant.addresses.iter_mut().find(|row| row.text("/addressId") == id)
    }

    /// The record with the status of a target.
    pub(super) fn record(&mut self, target: &Target) -> Option<&mut Json> {
        match (&target.tenant, &target.address, &target.endpoint) {
            (_, _, Some(endpoint)) => {
                let row = self.address_of(target)?;
                let place = position(row, endpoint)?;
                row.items_mut(LINKS).get_mut(place)
            }
            (_, Some(_), None) => self.address_of(target),
            (Some(tenant), None, None) => {
                Some(&mut self.instances.get_mut(&target.instance)?.tenants.get_mut(tenant)?.detail)
            }
            (None, None, None) => Some(&mut self.instances.get_mut(&target.instance)?.detail),
        }
    }

    pub(super) fn show(&mut self, target: &Target, status: &str) {
        if let Some(record) = self.record(target) {
            record.put(target.field(), status);
        }
    }

    /// Starts work, if the status allows it and no other work is in progress. At its end, `change` is applied, and
    /// deleted resources are removed. Failed work changes nothing, and its target becomes ABNORMAL.
    pub(super) fn accept(
        &mut self,
        call: &WorldRequest<'_>,
        target: Target,
        rule: &'static Transition,
        change: impl FnOnce(&mut Self) + Send + 'static,
    ) -> Result<(), Refusal> {
        let key = target.key();
        if let Some(work) = self.works.on(&key) {
            return Err(illegal(format!("{} of {key} is still in progress", work.operation)));
        }
        let field = target.field();
        let status = self.record(&target).map(|record| record.text(field).to_owned()).unwrap_or_default();
        if !rule.allows(&status) {
            let from = rule.from.join(" or ");
            return Err(illegal(format!("{} needs {from}; {key} is {status}", rule.operation)));
        }
        let mut work = Work::new(call.runtime.uuid(), key, rule.operation, call.now, rule.millis(self.pace));
        work.fails = call.fails;
        let (begun, fails) = (target.clone(), call.fails);
        self.works.accept(
            work,
            move |world, _| world.show(&begun, rule.during),
            move |world, _| {
                if fails {
                    return world.show(&target, ABNORMAL);
                }
                change(world);
                world.show(&target, rule.after);
                if rule.after == DELETED {
                    world.remove(&target);
                }
            },
        );
        Ok(())
    }

    /// Removes what is deleted, with all its parts.
    fn remove(&mut self, target: &Target) {
        let Some(id) = &target.tenant else {
            self.instances.remove(&target.instance);
            return;
        };
        let Some(instance) = self.instances.get_mut(&target.instance) else { return };
        let Some(tenant) = instance.tenants.get_mut(id) else { return };
        match (&target.address, &target.endpoint) {
            (Some(_), Some(endpoint)) => {
                let links = self.address_of(target).and_then(|row| row.pointer_mut(LINKS)?.as_array_mut());
                if let Some(links) = links {
                    links.retain(|link| link.text("/privateLinkEndpointId") != endpoint);
                }
            }
            (Some(address), None) => tenant.addresses.retain(|row| row.text("/addressId") != address),
            _ => drop(instance.tenants.remove(id)),
        }
    }
}
