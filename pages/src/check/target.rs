//! Which operation of which spec a page is about.

use std::collections::HashMap;

use dbplane_codegen::spec::{self, Service};

use crate::facts::{Family, Operation};

/// The operation of a spec that belongs to one of a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target<'s> {
    pub(super) service: &'s Service,
    pub(super) operation: &'s spec::Operation,
}

/// The operations of one vendor, by method and path and by title.
pub(super) struct Index<'s> {
    family: Family,
    by_route: HashMap<(String, String), Vec<Target<'s>>>,
    by_title: HashMap<&'s str, Vec<Target<'s>>>,
}

impl<'s> Index<'s> {
    pub(super) fn new(family: Family, services: &'s [Service]) -> Self {
        let mut index = Self { family, by_route: HashMap::new(), by_title: HashMap::new() };
        for service in services.iter().filter(|s| s.vendor() == family.vendor()) {
            for operation in &service.operations {
                let target = Target { service, operation };
                let route = (operation.method.clone(), shape(&operation.path));
                index.by_route.entry(route).or_default().push(target);
                index.by_title.entry(&operation.summary).or_default().push(target);
            }
        }
        index
    }

    /// By method and path; else by the title, if only one operation has it. Where the page names product and
    /// version, only a spec of that product and version will do.
    pub(super) fn find(&self, page: &Operation) -> Option<Target<'s>> {
        let suits = |target: &&Target<'s>| self.suits(page, target.service);
        let route = (page.method.clone(), shape(&page.path));
        if let Some(found) = self.by_route.get(&route).and_then(|targets| targets.iter().find(suits)) {
            return Some(*found);
        }
        let mut titled = self.by_title.get(page.title.as_deref()?)?.iter().filter(suits);
        titled.next().filter(|_| titled.next().is_none()).copied()
    }

    /// Whether a service has the product and the version that a page names. A version in a path is none of a product.
    fn suits(&self, page: &Operation, service: &Service) -> bool {
        let version = page.version.as_ref().is_none_or(|version| *version == service.version);
        match &page.product {
            Some(product) => service.stem.split('-').nth(1) == Some(product.as_str()) && version,
            None => version || self.family != Family::Samsung,
        }
    }
}

/// A path without the names of its parameters.
pub(super) fn shape(path: &str) -> String {
    let parts = path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part });
    parts.collect::<Vec<_>>().join("/")
}
