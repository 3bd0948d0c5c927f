//! One address, and behind it all versions of a service that are on offer there.
//!
//! Problem: a version of an API has a spec of its own and shares the address with the others; a header says which one
//! is meant.
//! Default: specs whose stems differ in a version alone (`samsung-mariadb-1.0`, `samsung-mariadb-1.3`) share an address
//! and credentials. A version that is not on offer is answered with 406, and the root tells anybody which ones are.
//! Each version has a world of its own.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::cloud::service::Service;
use crate::message::request::Request;
use crate::spec::catalogue::VERSION;
use crate::vendor::Vendor;

/// The services at one address; there is at least one.
pub(crate) struct Host {
    first: Arc<Service>,
    others: Vec<Arc<Service>>,
}

impl Host {
    pub(crate) fn new(first: Arc<Service>) -> Self {
        Self { first, others: Vec::new() }
    }

    /// One more version. The first one stays first.
    pub(crate) fn add(&mut self, service: Arc<Service>) {
        self.others.push(service);
    }

    pub(crate) fn first(&self) -> &Arc<Service> {
        &self.first
    }

    fn services(&self) -> impl Iterator<Item = &Arc<Service>> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// The service that a request means. One that means none gets the first, which refuses it.
    pub(crate) fn choose(&self, request: &Request) -> &Arc<Service> {
        let asked = request.header(VERSION).ok().flatten();
        let meant = self.services().find(|service| asked.is_some() && asked == service.spec.version());
        meant.unwrap_or(&self.first)
    }

    /// The versions on offer, if that is what a request asks for. The newest is current.
    pub(crate) fn versions(&self, request: &Request) -> Option<Json> {
        if self.first.vendor != Vendor::Samsung || request.method != "GET" || request.path() != "/" {
            return None;
        }
        let number = |service: &Arc<Service>| Some(service.spec.version()?.split_once(' ')?.1.to_owned());
        let mut numbers: Vec<String> = self.services().filter_map(number).collect();
        let parts = |text: &str| text.split('.').filter_map(|part| part.parse().ok()).collect::<Vec<u32>>();
        numbers.sort_by_key(|number| std::cmp::Reverse(parts(number)));
        let row = |(place, number): (usize, &String)| {
            json!({
                "id": format!("v{number}"),
                "links": [{"href": format!("{}/", self.first.base_url), "rel": "self"}],
                "status": if place == 0 { "CURRENT" } else { "SUPPORTED" },
            })
        };
        Some(json!({"versions": numbers.iter().enumerate().map(row).collect::<Vec<_>>()}))
    }
}

/// The name that the versions of a service share: its stem without the version, which comes last.
pub(crate) fn name(stem: &str) -> &str {
    stem.rsplit_once('-').map_or(stem, |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn a_version_is_no_part_of_the_name() {
        assert_eq!(name("samsung-mariadb-1.3"), "samsung-mariadb");
        assert_eq!(name("samsung-mariadb-1.0"), "samsung-mariadb");
        assert_eq!(name("huawei-iam-v3"), "huawei-iam");
    }
}
