//! A service, and what its parts refer to.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::{Kind, Location, Operation, Parameter, Schema, Wrapper};
use crate::finding::{Files, Line, Place};

/// A service: one document.
#[derive(Debug, Clone)]
pub struct Service {
    /// The file stem, for example `samsung-mariadb-1.0`.
    pub stem: String,
    /// The files as the caller named them.
    pub files: Files,
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.description`.
    pub description: String,
    /// `x-requires`: the services without which this one's client cannot work, by their stems.
    pub requires: Vec<String>,
    /// `x-features`: its parts; none where it is one whole.
    pub features: Vec<Feature>,
    /// The operations, in the order of the document.
    pub operations: Vec<Operation>,
    /// The named schemas.
    pub schemas: BTreeMap<String, Schema>,
    /// The whole document as JSON.
    pub json: Json,
}

/// A part of a service: the operations of some tags. The first part of a service belongs to every other one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feature {
    /// Its name in the document: `backups`.
    pub name: String,
    /// The Cargo feature: `huawei-taurusdb-v3-backups`.
    pub cargo: String,
    /// The tags of its operations.
    pub tags: Vec<String>,
    /// Where it stands.
    pub line: Line,
}

impl Service {
    /// File and number of a line.
    #[must_use]
    pub fn place(&self, line: Line) -> Place {
        self.files.place(line)
    }

    /// The text before the first dash of the stem.
    #[must_use]
    pub fn vendor(&self) -> &str {
        self.stem.split_once('-').map_or(self.stem.as_str(), |(vendor, _)| vendor)
    }

    /// Follows a reference to the schema it names; a schema that is none stays itself.
    #[must_use]
    pub fn resolve<'a>(&'a self, schema: &'a Schema) -> &'a Schema {
        match &schema.kind {
            Kind::Ref(name) => self.schemas.get(name).unwrap_or(schema),
            _ => schema,
        }
    }

    /// The schema under a dotted path of properties of a named schema.
    #[must_use]
    pub fn property(&self, schema: &str, path: &str) -> Option<&Schema> {
        let mut schema = self.schemas.get(schema)?;
        for name in path.split('.') {
            let Kind::Object(properties) = &self.resolve(schema).kind else { return None };
            schema = &properties.iter().find(|p| p.name == name)?.schema;
        }
        Some(self.resolve(schema))
    }

    /// The schema of a query parameter of an operation, or else of a property of its request body.
    #[must_use]
    pub fn requested<'s>(&'s self, operation: &'s Operation, name: &str) -> Option<&'s Schema> {
        let query = |p: &&Parameter| p.name == name && p.location == Location::Query;
        let parameter = operation.parameters.iter().find(query).map(|p| self.resolve(&p.schema));
        parameter.or_else(|| self.property(&operation.body.as_ref()?.schema, name))
    }

    /// The envelope around an operation's response, and the schema of what it holds.
    #[must_use]
    pub fn wrapped<'s>(&'s self, operation: &'s Operation) -> Option<(&'s Wrapper, &'s Schema)> {
        let wrapper = operation.envelope.as_ref()?.wrapper.as_ref()?;
        let response = self.schemas.get(operation.success.schema.as_ref()?)?;
        let Kind::Object(properties) = &response.kind else { return None };
        let data = properties.iter().find(|p| p.name == wrapper.data)?;
        Some((wrapper, &data.schema))
    }

    /// Names of the schemas that a request body can hold.
    #[must_use]
    pub fn request_schemas(&self) -> BTreeSet<String> {
        let bodies = self.operations.iter().filter_map(|o| o.body.as_ref()).map(|b| b.schema.clone());
        self.reachable(bodies)
    }

    /// Names of the schemas that can be reached from the named ones, these included.
    pub fn reachable(&self, from: impl IntoIterator<Item = String>) -> BTreeSet<String> {
        let mut seen = BTreeSet::new();
        let mut queue: Vec<String> = from.into_iter().collect();
        while let Some(name) = queue.pop() {
            if let Some(schema) = self.schemas.get(&name)
                && seen.insert(name)
            {
                references(schema, &mut queue);
            }
        }
        seen
    }
}

impl Operation {
    /// Names of the schemas of its parameters, its request and its response.
    pub(super) fn schemas(&self) -> Vec<String> {
        let body = self.body.as_ref().map(|body| body.schema.clone());
        let mut names: Vec<String> = body.into_iter().chain(self.success.schema.clone()).collect();
        self.parameters.iter().for_each(|parameter| references(&parameter.schema, &mut names));
        names
    }
}

fn references(schema: &Schema, into: &mut Vec<String>) {
    match &schema.kind {
        Kind::Ref(name) => into.push(name.clone()),
        Kind::Array(item) => references(item, into),
        Kind::Object(properties) => properties.iter().for_each(|p| references(&p.schema, into)),
        _ => {}
    }
}
