//! What is being compared, and what was found.

use dbplane_codegen::finding::{self, Line};
use dbplane_codegen::spec::{Kind, Service};

use super::target::Target;
use crate::drift::{Drift, Severity};
use crate::facts::{Operation, Page};

/// How deep the properties of a schema are looked for.
const DEPTH: usize = 12;

/// Headers that belong to HTTP itself or carry credentials; no spec describes them.
const PROTOCOL: [&str; 9] = [
    "content-type",
    "content-length",
    "accept",
    "host",
    "user-agent",
    "accept-encoding",
    "authorization",
    "connection",
    "transfer-encoding",
];

/// One operation of a page and of a spec, and what was found about them.
pub(super) struct Context<'a> {
    pub(super) page: &'a Page,
    pub(super) operation: &'a Operation,
    pub(super) target: &'a Target<'a>,
    pub(super) drifts: Vec<Drift>,
}

/// Which body of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Request,
    Response,
    Error(u16),
}

impl Role {
    pub(super) fn word(self) -> String {
        match self {
            Role::Request => "request".to_owned(),
            Role::Response => "response".to_owned(),
            Role::Error(status) => format!("error {status}"),
        }
    }
}

impl Context<'_> {
    /// Adds what differs; `place` follows the operation's id.
    pub(super) fn add(
        &mut self,
        rule: &'static str,
        severity: Severity,
        (page_line, spec_line): (usize, Line),
        place: &str,
        (page_says, spec_says): (String, String),
    ) {
        let Target { service, operation } = self.target;
        self.drifts.push(Drift {
            rule,
            severity,
            page: finding::Place::new(&self.page.file, page_line),
            spec: Some(service.place(spec_line)),
            service: service.stem.clone(),
            place: format!("{} {place}", operation.id).trim().to_owned(),
            page_says,
            spec_says,
        });
    }

    /// Drops what follows from facts that are missing on a page that was not read wholly: nothing may be called
    /// removed, and what has the name of something else of the operation may only stand in the wrong place.
    pub(super) fn drop_doubtful(&mut self) {
        let Target { service, operation } = self.target;
        let mut names: Vec<&str> = operation.parameters.iter().map(|p| p.name.as_str()).collect();
        let bodies =
            [operation.body.as_ref().map(|b| b.schema.as_str()), operation.success.schema.as_deref()];
        bodies.into_iter().flatten().for_each(|schema| property_names(service, schema, &mut names, 0));
        self.drifts.retain(|drift| {
            let name = drift.place.rsplit([' ', '.']).next().unwrap_or_default();
            let misplaced = names.contains(&name) || drift.rule == "body-added" || is_protocol_header(name);
            let gone = ["-removed", "-moved", "-renamed"].iter().any(|end| drift.rule.ends_with(end));
            !(gone || drift.rule.ends_with("-added") && misplaced)
        });
    }
}

/// Whether a header belongs to HTTP itself.
pub(crate) fn is_protocol_header(name: &str) -> bool {
    PROTOCOL.contains(&name.to_ascii_lowercase().as_str())
}

/// The names of a schema's properties at any depth.
fn property_names<'s>(service: &'s Service, schema: &str, names: &mut Vec<&'s str>, depth: usize) {
    let Some(schema) = service.schemas.get(schema).filter(|_| depth < DEPTH) else { return };
    let Kind::Object(properties) = &schema.kind else { return };
    for property in properties {
        let new = !names.contains(&property.name.as_str());
        names.push(&property.name);
        if let Some(inner) = super::spec::object_name(service, &property.schema).filter(|_| new) {
            property_names(service, inner, names, depth + 1);
        }
    }
}
