//! One version of a service: what its spec says, and the Rust that is made of it.

use std::collections::{BTreeMap, BTreeSet};

use dbplane_codegen::finding::Finding;
use dbplane_codegen::names;
use dbplane_codegen::spec::{Kind, Schema, Service};

use crate::face::Face;
use crate::uses::{self, Use};

/// One version of a service.
pub(crate) struct Side<'s> {
    pub(crate) service: &'s Service,
    pub(crate) face: Face,
    /// Schemas that a request body can hold: their models have constructors and setters.
    pub(crate) requests: BTreeSet<String>,
    uses: BTreeMap<String, Vec<Use>>,
}

impl<'s> Side<'s> {
    pub(crate) fn new(service: &'s Service) -> Result<Self, Finding> {
        let (face, requests) = (Face::of(service)?, service.request_schemas());
        Ok(Self { service, face, requests, uses: uses::uses(service) })
    }

    /// The schemas that become structs and enums, by their Rust names.
    pub(crate) fn models(&self) -> BTreeMap<String, &'s str> {
        let models = self.service.schemas.iter();
        let models = models.filter(|(_, s)| matches!(s.kind, Kind::Object(_) | Kind::Enum { .. }));
        models.map(|(name, _)| (names::type_name(name), name.as_str())).collect()
    }

    pub(crate) fn uses(&self, schema: &str) -> &[Use] {
        self.uses.get(schema).map_or(&[], Vec::as_slice)
    }

    /// The model that a type leads to, through lists.
    pub(crate) fn model_of(&self, schema: &'s Schema) -> Option<&'s str> {
        match &schema.kind {
            Kind::Array(item) => self.model_of(item),
            Kind::Ref(name) => match self.service.schemas.get(name)? {
                Schema { kind: Kind::Object(_) | Kind::Enum { .. }, .. } => Some(name),
                other => self.model_of(other),
            },
            _ => None,
        }
    }
}
