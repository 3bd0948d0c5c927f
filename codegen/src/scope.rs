//! What a file of generated code holds: a whole service, or what belongs to one of its features.

use std::collections::BTreeMap;

use crate::spec::{Feature, Operation, Schema, Service, States};

/// A service, and the part of it that is written.
pub(crate) struct Scope<'s> {
    pub(crate) service: &'s Service,
    /// The part; none for the first, which every other one needs.
    pub(crate) feature: Option<&'s Feature>,
    /// The part of each schema that does not belong to the first.
    schemas: BTreeMap<String, &'s Feature>,
}

impl<'s> Scope<'s> {
    /// The parts of a service: the first, then one for each further feature.
    pub(crate) fn all(service: &'s Service) -> Vec<Self> {
        let schemas = service.schema_features();
        let further = service.further_features().iter().map(Some);
        let parts = std::iter::once(None).chain(further);
        parts.map(|feature| Self { service, feature, schemas: schemas.clone() }).collect()
    }

    /// Its operations, in the order of the document.
    pub(crate) fn operations(&self) -> impl Iterator<Item = &'s Operation> {
        self.service.operations.iter().filter(|operation| self.service.feature(operation) == self.feature)
    }

    /// Its schemas, by name.
    pub(crate) fn schemas(&self) -> impl Iterator<Item = (&'s String, &'s Schema)> {
        self.service.schemas.iter().filter(|(name, _)| self.has(name))
    }

    /// Whether the schema of this name belongs to it.
    pub(crate) fn has(&self, schema: &str) -> bool {
        self.schemas.get(schema).copied() == self.feature
    }

    /// Its entries of `x-states`, in the order of their use.
    pub(crate) fn states(&self) -> impl Iterator<Item = &'s States> {
        let all = self.service.states().into_iter();
        all.filter(|states| self.service.states_feature(states) == self.feature)
    }
}

/// The attribute of what is there only with a feature.
pub(crate) fn condition(feature: &Feature) -> String {
    format!("#[cfg(feature = {:?})]", feature.cargo)
}
