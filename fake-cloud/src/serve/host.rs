//! One address with all versions of a service that it offers.
//!
//! Problem: each version of an API has its own spec, but all share an address; a header selects the version.
//! Default: specs whose stems differ only in the version (`samsung-mariadb-1.0`, `samsung-mariadb-1.3`) share an
//! address and credentials. For a version that is not offered, the response is 406; the root lists the offered versions
//! without authentication. Each version has its own world.

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

    /// The service that a request selects; if it selects none, the first one, which refuses it.
    pub(crate) fn choose(&self, request: &Request) -> &Arc<Service> {
        let asked = request.header(VERSION).ok().flatten();
        let meant = self.services().find(|service| asked.is_some() && asked == service.spec.version());
        meant.unwrap_or(&self.first)
    }

    /// The offered versions, if the request is for them. The newest is the current one.
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
