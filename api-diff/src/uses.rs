//! Where the models of a service are used: which operations send and receive them, and at which place of the body.

use std::collections::BTreeMap;
use std::fmt;

use dbplane_codegen::spec::{Kind, Schema, Service};

/// One place where a model is used.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Use {
    /// The operation's id.
    pub operation: String,
    /// Whether it is sent or received.
    pub direction: Direction,
    /// The place in the body, or the parameter: `instance_groups[].role_type`; empty for the whole body.
    pub path: String,
}

/// Whether something is sent or received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// From the caller to the service.
    Request,
    /// From the service to the caller.
    Response,
}

impl Direction {
    /// The word for it in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
        }
    }
}

impl Use {
    /// The same place, one step further in.
    pub(crate) fn inside(&self, name: &str) -> Self {
        let dot = if self.path.is_empty() { "" } else { "." };
        Self { path: format!("{}{dot}{name}", self.path), ..self.clone() }
    }
}

impl fmt::Display for Use {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, direction, path } = self;
        let place = if path.is_empty() { String::new() } else { format!(" `{path}`") };
        write!(f, "{} of {operation}{place}", direction.as_str())
    }
}

/// The uses of every model, by the name of its schema.
pub(crate) fn uses(service: &Service) -> BTreeMap<String, Vec<Use>> {
    let mut walk = Walk { service, within: Vec::new(), found: BTreeMap::new() };
    for operation in &service.operations {
        let start = |direction| Use { operation: operation.id.clone(), direction, path: String::new() };
        for parameter in &operation.parameters {
            walk.schema(&parameter.schema, &start(Direction::Request).inside(&parameter.name));
        }
        if let Some(body) = &operation.body {
            walk.model(&body.schema, &start(Direction::Request));
        }
        if let Some(response) = &operation.success.schema {
            walk.model(response, &start(Direction::Response));
        }
    }
    walk.found
}

struct Walk<'s> {
    service: &'s Service,
    /// The models that the present place lies in, for those that hold themselves.
    within: Vec<&'s str>,
    found: BTreeMap<String, Vec<Use>>,
}

impl<'s> Walk<'s> {
    fn schema(&mut self, schema: &'s Schema, at: &Use) {
        match &schema.kind {
            Kind::Ref(name) => self.model(name, at),
            Kind::Array(item) => self.schema(item, &Use { path: format!("{}[]", at.path), ..at.clone() }),
            _ => {}
        }
    }

    fn model(&mut self, name: &'s str, at: &Use) {
        let Some(schema) = self.service.schemas.get(name) else { return };
        if self.within.contains(&name) {
            return;
        }
        self.found.entry(name.to_owned()).or_default().push(at.clone());
        self.within.push(name);
        match &schema.kind {
            Kind::Object(properties) => {
                properties.iter().for_each(|p| self.schema(&p.schema, &at.inside(&p.name)));
            }
            _ => self.schema(schema, at),
        }
        self.within.pop();
    }
}
