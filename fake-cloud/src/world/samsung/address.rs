//! Addresses: their format, and which are in use or free.

use std::collections::BTreeSet;
use std::net::IpAddr;

use super::Samsung;
use crate::message::refusal::Refusal;
use crate::world::fields::Fields;

/// Whether all sources are addresses or networks in CIDR notation.
pub(super) fn check_sources(sources: &[&str]) -> Result<(), Refusal> {
    match sources.iter().find(|source| !is_network(source)) {
        Some(wrong) => {
            Err(Refusal::invalid(format!("`{wrong}` is neither an address nor a network such as 10.0.0.0/8")))
        }
        None => Ok(()),
    }
}

fn is_network(text: &str) -> bool {
    let (address, length) = text.split_once('/').map_or((text, None), |(a, l)| (a, Some(l)));
    let bits = match address.parse() {
        Ok(IpAddr::V4(_)) => 32,
        Ok(IpAddr::V6(_)) => 128,
        Err(_) => return false,
    };
    length.is_none_or(|length| length.parse().is_ok_and(|length: u32| length <= bits))
}

/// The addresses of servers that are in use.
pub(super) struct Addresses(BTreeSet<String>);

impl Addresses {
    pub(super) fn of(world: &Samsung) -> Self {
        let servers = world.clusters.values().flat_map(|cluster| cluster.servers());
        let virtual_ones = world.clusters.values().map(|cluster| cluster.detail.text("/virtual_ip_address"));
        let used = servers.map(|server| server.text("/service_ip_address")).chain(virtual_ones);
        Self(used.filter(|address| !address.is_empty()).map(bare).collect())
    }

    /// Assigns an address: the requested one, or a free one for an empty text.
    ///
    /// # Errors It is not an address, or in use.
    pub(super) fn take(&mut self, asked: &str) -> Result<String, Refusal> {
        let address = if asked.is_empty() { self.free() } else { bare(asked) };
        if address.parse::<IpAddr>().is_err() {
            return Err(Refusal::invalid(format!("`{asked}` is no address")));
        }
        if !self.0.insert(address.clone()) {
            return Err(Refusal::invalid(format!("the address {address} is already in use")));
        }
        Ok(address)
    }

    fn free(&self) -> String {
        let mut all = (10..=255).flat_map(|net| (100..=250).map(move |host| format!("192.168.{net}.{host}")));
        all.find(|address| !self.0.contains(address)).unwrap_or_default()
    }
}

/// Older pages have addresses of servers with `/32`.
fn bare(address: &str) -> String {
    address.strip_suffix("/32").unwrap_or(address).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_addresses_or_networks() {
        assert!(
            check_sources(&["192.168.10.1/32", "10.0.0.0/8", "1.2.3.4", "fd00::/64", "0.0.0.0/0"]).is_ok()
        );
        for wrong in ["", "192.168.10.1/33", "300.1.1.1", "host", "1.2.3.4/", "1.2.3.4/x", "1.2.3/8"] {
            assert!(check_sources(&["1.2.3.4", wrong]).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_address_is_taken_once() {
        let mut addresses = Addresses(BTreeSet::new());
        assert_eq!(addresses.take("192.168.10.10/32").unwrap(), "192.168.10.10");
        assert!(addresses.take("192.168.10.10").is_err() && addresses.take("x").is_err());
        let free = addresses.take("").unwrap();
        assert!(free.parse::<IpAddr>().is_ok() && free != addresses.take("").unwrap());
    }
}
