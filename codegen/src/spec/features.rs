//! Reading `x-features`: the parts of a large service that are Cargo features of their own.

use std::collections::BTreeMap;

use super::walker::Walker;
use super::{Feature, Operation, Service, States};

impl Service {
    /// The Cargo feature without which the service is not there: that of its first part, or the service's own.
    #[must_use]
    pub fn base_feature(&self) -> &str {
        self.features.first().map_or(&self.stem, |feature| &feature.cargo)
    }

    /// The parts beside the first.
    #[must_use]
    pub fn further_features(&self) -> &[Feature] {
        self.features.get(1..).unwrap_or_default()
    }

    /// The part of an operation, if it is not the first.
    #[must_use]
    pub fn feature(&self, operation: &Operation) -> Option<&Feature> {
        let tag = operation.tag.as_ref()?;
        let part = self.features.iter().position(|feature| feature.tags.contains(tag))?;
        self.features.get(part).filter(|_| part > 0)
    }

    /// The part that another operation needs where an operation is there: none if it is the first or the same.
    #[must_use]
    pub fn further_feature(&self, operation: &Operation, other: &Operation) -> Option<&Feature> {
        self.feature(other).filter(|feature| Some(*feature) != self.feature(operation))
    }

    /// The part of an entry of `x-states`: that of all operations that use it, else the first.
    #[must_use]
    pub fn states_feature(&self, states: &States) -> Option<&Feature> {
        let uses = |operation: &&Operation| {
            let work = operation.long_running.as_ref();
            work.is_some_and(|work| work.poll.iter().chain(&work.then).any(|used| used == states))
        };
        let mut parts = self.operations.iter().filter(uses).map(|operation| self.feature(operation));
        let first = parts.next()??;
        parts.all(|part| part == Some(first)).then_some(first)
    }

    /// The schemas that only the operations of one further part use, by their names, with that part.
    #[must_use]
    pub fn schema_features(&self) -> BTreeMap<String, &Feature> {
        let mut parts: BTreeMap<String, Option<&Feature>> = BTreeMap::new();
        for part in self.further_features() {
            let own = self.operations.iter().filter(|operation| self.feature(operation) == Some(part));
            for name in self.reachable(own.flat_map(Operation::schemas)) {
                parts.entry(name).and_modify(|known| *known = None).or_insert(Some(part));
            }
        }
        // What no further part uses belongs to the first: also schemas that no operation has, only errors.
        let first = self.operations.iter().filter(|operation| self.feature(operation).is_none());
        let others = self.schemas.keys().filter(|name| !parts.contains_key(*name)).cloned();
        for name in self.reachable(first.flat_map(Operation::schemas).chain(others)) {
            parts.insert(name, None);
        }
        parts.into_iter().filter_map(|(name, part)| Some((name, part?))).collect()
    }
}

impl Walker<'_> {
    /// `x-features` of the document of the service `stem`.
    pub(super) fn features(&mut self, stem: &str) -> Vec<Feature> {
        let mut features = Vec::new();
        let Some(node) = self.root.get("x-features") else { return features };
        for entry in self.mapping(self.root, "the document", "x-features") {
            features.push(Feature {
                name: entry.key.clone(),
                cargo: format!("{stem}-{}", entry.key),
                tags: self.text_items(node, "x-features", &entry.key),
                line: entry.line,
            });
        }
        features
    }
}
