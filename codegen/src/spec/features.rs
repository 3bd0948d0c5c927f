//! Reading `x-features`: the parts of a large service that are Cargo features of their own.

use std::collections::{BTreeMap, BTreeSet};

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

    /// The schemas that only the operations of one part use, by their names, with that part.
    #[must_use]
    pub fn schema_features(&self) -> BTreeMap<String, &Feature> {
        let mut uses: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for part in std::iter::once(None).chain(self.further_features().iter().map(Some)) {
            let own = self.operations.iter().filter(|operation| self.feature(operation) == part);
            for name in self.reachable(own.flat_map(Operation::schemas)) {
                uses.entry(name).or_default().insert(part.map_or("", |part| &part.name));
            }
        }
        let only = |parts: BTreeSet<&str>| {
            let found = self.further_features().iter().find(|feature| parts.contains(feature.name.as_str()));
            found.filter(|_| parts.len() == 1)
        };
        uses.into_iter().filter_map(|(name, parts)| Some((name, only(parts)?))).collect()
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
