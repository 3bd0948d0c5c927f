//! The parameters of a service: a static for each, which the operations share.

use crate::idents;
use crate::layout::{Code, define};
use crate::limits::{self, Checked};
use crate::spec::{Location, Operation, Parameter, Service};

/// The parameters of a service, each once, with the names of their statics.
pub(crate) struct Parameters(Vec<(String, Code)>);

impl Parameters {
    /// Collects the parameters of all operations, in the order in which they occur.
    pub(crate) fn of(service: &Service, checked: &Checked) -> Self {
        let mut parameters = Self(Vec::new());
        for parameter in service.operations.iter().flat_map(|o| &o.parameters) {
            parameters.add(parameter, definition(service, checked, parameter));
        }
        parameters
    }

    /// Parameters of the same name that differ in anything else are numbered.
    fn add(&mut self, parameter: &Parameter, code: Code) {
        let flat = code.flat();
        if self.0.iter().any(|(_, known)| known.flat() == flat) {
            return;
        }
        let name = idents::of_static(&parameter.name);
        let mut free = name.clone();
        let mut number = 1;
        while self.0.iter().any(|(known, _)| *known == free) {
            number += 1;
            free = format!("{name}_{number}");
        }
        self.0.push((free, code));
    }

    /// Writes the statics.
    pub(crate) fn write(&self) -> Vec<String> {
        self.0
            .iter()
            .map(|(name, code)| define(&format!("pub(super) static {name}: Parameter"), code))
            .collect()
    }

    /// References to the parameters of an operation.
    pub(crate) fn references(
        &self,
        service: &Service,
        checked: &Checked,
        operation: &Operation,
    ) -> Vec<Code> {
        let parameters = operation.parameters.iter().map(|p| definition(service, checked, p).flat());
        let found = parameters.filter_map(|flat| self.0.iter().find(|(_, code)| code.flat() == flat));
        found.map(|(name, _)| Code::text(format!("&parameters::{name}"))).collect()
    }
}

fn definition(service: &Service, checked: &Checked, parameter: &Parameter) -> Code {
    let location = match parameter.location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
    };
    let first = Code::call(&format!("Parameter::{location}"), [Code::literal(&parameter.name)]);
    let mut calls = Vec::new();
    if parameter.required && parameter.location != Location::Path {
        calls.push(Code::text("required()"));
    }
    if parameter.client {
        calls.push(Code::text("of_client()"));
        if let Some(default) = parameter.schema.default.as_ref().and_then(serde_json::Value::as_str) {
            calls.push(Code::call("default", [Code::literal(default)]));
        }
    } else if parameter.generated {
        calls.push(Code::text("generated()"));
    }
    calls
        .extend(limits::check(service, checked, &parameter.schema).map(|check| Code::call("check", [check])));
    if calls.is_empty() { first } else { Code::Chain(Box::new(first), calls) }
}
