//! The spec that a drafted operation belongs to, and what its operations have in common with it.

use std::collections::{BTreeMap, BTreeSet};

use dbplane_codegen::lint::conform::mismatches;
use dbplane_codegen::spec::{Kind, Operation as SpecOperation, Schema, Service};
use serde_json::Value as Json;

use crate::facts::{Operation, Page, Place};
use crate::yaml::Node;

/// A spec, and its operations, those with the most alike paths first.
pub(super) struct Home<'s> {
    pub(super) service: &'s Service,
    beside: Vec<&'s SpecOperation>,
}

impl<'s> Home<'s> {
    /// The spec of the page's product and version, or the one whose pages stand in the same folder.
    pub(super) fn find(page: &Page, operation: &Operation, services: &[&'s Service]) -> Option<Self> {
        let folder = |url: &str| url.rsplit_once('/').map(|(folder, _)| folder.to_owned());
        let here = page.url.as_deref().and_then(folder);
        let service = services.iter().find(|service| match (&operation.product, &operation.version) {
            (Some(product), Some(version)) => service.stem.ends_with(&format!("-{product}-{version}")),
            _ => here.is_some() && service.operations.iter().any(|o| folder(&o.source.url) == here),
        })?;
        let mut beside: Vec<&SpecOperation> = service.operations.iter().collect();
        beside.sort_by_key(|o| {
            std::cmp::Reverse((alike(&o.path, &operation.path), o.method == operation.method))
        });
        Some(Self { service, beside })
    }

    /// The parameter of the components that an operation nearby refers to.
    pub(super) fn parameter(&self, place: Place, name: &str) -> Option<String> {
        let all = self.service.json.get("components")?.get("parameters")?;
        self.beside.iter().find_map(|operation| {
            let references = self.raw(operation)?.get("parameters")?.as_array()?;
            references.iter().filter_map(|p| p.get("$ref")?.as_str()?.rsplit('/').next()).find_map(
                |reference| {
                    let known = all.get(reference)?;
                    let same = known.get("name")?.as_str()?.eq_ignore_ascii_case(name)
                        && known.get("in")?.as_str()? == crate::facts::place(place);
                    same.then(|| reference.to_owned())
                },
            )
        })
    }

    /// The responses of errors that the operation nearby has.
    pub(super) fn errors(&self) -> Vec<(String, Node)> {
        let nearest =
            self.beside.first().and_then(|operation| self.raw(operation)?.get("responses")?.as_object());
        let errors = nearest.into_iter().flatten().filter(|(status, _)| status.starts_with(['4', '5']));
        errors.map(|(status, response)| (status.clone(), Node::from(response))).collect()
    }

    /// How the work of an operation nearby is followed that answers with the same schema and needs no other ids.
    pub(super) fn long_running(&self, path: &str, schema: &str) -> Option<Node> {
        let known = |o: &SpecOperation| {
            super::routes::names_in(&o.path).iter().all(|name| super::routes::names_in(path).contains(name))
        };
        let answers = |o: &&&SpecOperation| o.success.schema.as_deref() == Some(schema) && known(o);
        self.beside.iter().filter(answers).find_map(|o| self.raw(o)?.get("x-long-running").map(Node::from))
    }

    /// The schema of a response nearby that has just these properties.
    pub(super) fn response(&self, names: &[&str]) -> Option<&'s str> {
        let same = |name: &&str| {
            let schemas = self.service.json.get("components").and_then(|c| c.get("schemas"));
            let properties = schemas.and_then(|s| s.get(name)?.get("properties")?.as_object());
            properties
                .is_some_and(|p| p.len() == names.len() && names.iter().all(|name| p.contains_key(*name)))
        };
        self.beside.iter().filter_map(|o| o.success.schema.as_deref()).find(same)
    }

    /// The tags of the operation nearby.
    pub(super) fn tags(&self) -> Option<Node> {
        self.raw(self.beside.first()?)?.get("tags").map(Node::from)
    }

    /// Whether a schema of the spec takes a value.
    pub(super) fn takes(&self, schema: &str, value: &Json) -> bool {
        self.service
            .schemas
            .get(schema)
            .is_some_and(|schema| mismatches(self.service, schema, value).is_empty())
    }

    /// The schemas of the spec, with the names of their properties or their values.
    pub(super) fn schemas(&self) -> BTreeMap<String, BTreeSet<String>> {
        let parts = |schema: &Schema| match &schema.kind {
            Kind::Object(properties) => properties.iter().map(|p| p.name.clone()).collect(),
            Kind::Enum { values, .. } => values.iter().cloned().collect(),
            _ => BTreeSet::new(),
        };
        self.service.schemas.iter().map(|(name, schema)| (name.clone(), parts(schema))).collect()
    }

    fn raw(&self, operation: &SpecOperation) -> Option<&'s Json> {
        self.service.json.get("paths")?.get(&operation.key)?.get(operation.method.to_lowercase())
    }
}

/// How many leading parts two paths have in common; a variable is like any other.
fn alike(a: &str, b: &str) -> usize {
    let same = |(a, b): &(&str, &str)| a == b || a.starts_with('{') && b.starts_with('{');
    a.split('/').zip(b.split('/')).take_while(same).count()
}
