//! One operation: title, route, parameters, bodies, statuses; then its examples.

use super::context::{Context, Role, is_protocol_header};
use super::examples;
use super::fields::{self, Group, SpecField};
use super::spec::{credential_headers, error_schema, is_common_response, location};
use super::target::{Target, shape};
use crate::drift::{Drift, Severity};
use crate::facts::{self, Body, Operation, Page, Parameter, Place, Response};

pub(super) fn compare(page: &Page, operation: &Operation, target: &Target<'_>, drifts: &mut Vec<Drift>) {
    let mut context = Context { page, operation, target, drifts: Vec::new() };
    context.route();
    for place in [Place::Path, Place::Query, Place::Header] {
        context.parameters(place);
    }
    context.moved();
    context.request();
    context.statuses();
    for response in &operation.responses {
        context.response(response);
    }
    examples::compare(&mut context);
    if operation.unread {
        context.drop_doubtful();
    }
    drifts.append(&mut context.drifts);
}

impl Context<'_> {
    fn route(&mut self) {
        let (page, spec) = (self.operation, self.target.operation);
        let lines = (page.line, spec.line);
        if page.method != spec.method {
            let says = (page.method.clone(), spec.method.clone());
            self.add("method-changed", Severity::Breaking, lines, "", says);
        }
        if shape(&page.path) != shape(&spec.path) {
            self.add("path-changed", Severity::Breaking, lines, "", (page.path.clone(), spec.path.clone()));
        }
        if let Some(title) = page.title.as_ref().filter(|title| **title != spec.summary) {
            let says = (format!("`{title}`"), format!("`{}`", spec.summary));
            self.add("title-changed", Severity::Documentation, lines, "", says);
        }
        self.variables();
        self.deprecation();
    }

    /// Variables of the path that have another name there, though the table of parameters has the spec's.
    fn variables(&mut self) {
        let (page, spec) = (self.operation, self.target.operation);
        if shape(&page.path) != shape(&spec.path) {
            return;
        }
        for (new, old) in variables(&page.path).into_iter().zip(variables(&spec.path)) {
            let listed = page.parameters.iter().any(|p| p.place == Place::Path && p.field.name == new);
            if new != old && !listed {
                let says = (format!("`{{{new}}}` in the path"), format!("`{{{old}}}`"));
                let lines = (page.line, spec.line);
                self.add("variable-renamed", Severity::Documentation, lines, &format!("path {old}"), says);
            }
        }
    }

    fn deprecation(&mut self) {
        let (page, spec) = (self.operation, self.target.operation);
        if page.deprecated == spec.deprecated.is_some() {
            return;
        }
        let state = page.state.as_ref().map(|state| format!(", state {state}")).unwrap_or_default();
        let until = page.until.as_ref().map(|until| format!(", served until {until}")).unwrap_or_default();
        let word = |deprecated: bool| if deprecated { "deprecated" } else { "not deprecated" };
        let says =
            (format!("{}{state}{until}", word(page.deprecated)), word(spec.deprecated.is_some()).to_owned());
        self.add("deprecated-changed", Severity::Compatible, (page.line, spec.line), "", says);
    }

    fn parameters(&mut self, place: Place) {
        let credentials = credential_headers(self.target.service);
        let page: Vec<&Parameter> = self.operation.parameters.iter().filter(|p| p.place == place).collect();
        let credential = |p: &&&Parameter| {
            let name = p.field.name.to_ascii_lowercase();
            place == Place::Header && (credentials.contains(&name) || is_protocol_header(&name))
        };
        let page: Vec<&Parameter> = page.iter().filter(|p| !credential(p)).copied().collect();
        let fields: Vec<&facts::Field> = page.iter().map(|p| &p.field).collect();
        let sampled: Vec<&str> = page.iter().filter(|p| p.sampled).map(|p| p.field.name.as_str()).collect();
        let spec = self.target.operation.parameters.iter().filter(|p| location(p) == place);
        let spec: Vec<SpecField<'_>> = spec.map(SpecField::parameter).collect();
        let group = Group {
            rules: ["parameter-added", "parameter-removed", "parameter-renamed"],
            request: true,
            path: format!("{} ", facts::place(place)),
            line: self.operation.line,
            spec_line: self.target.operation.line,
            sampled: &sampled,
            body: None,
            depth: 0,
        };
        fields::compare(self, &group, &fields, &spec);
    }

    /// A parameter that is new in one place and gone from another has moved.
    fn moved(&mut self) {
        let places = |rule| {
            let places = self.drifts.iter().filter(move |d| d.rule == rule);
            places.map(|d| d.place.clone()).collect::<Vec<_>>()
        };
        let name = |place: &str| place.rsplit(' ').next().unwrap_or_default().to_owned();
        let (added, removed) = (places("parameter-added"), places("parameter-removed"));
        for new in &added {
            let Some(old) = removed.iter().find(|old| name(old) == name(new)) else { continue };
            let spec = self.drifts.iter().find(|d| d.place == *old).and_then(|d| d.spec.clone());
            self.drifts.retain(|d| !(d.place == *old && d.rule == "parameter-removed"));
            if let Some(drift) =
                self.drifts.iter_mut().find(|d| d.place == *new && d.rule == "parameter-added")
            {
                drift.rule = "parameter-moved";
                drift.severity = Severity::Breaking;
                drift.spec = spec;
                let stands = |place: &str| place.split(' ').rev().nth(1).unwrap_or_default().to_owned();
                (drift.page_says, drift.spec_says) = (stands(new), stands(old));
            }
        }
    }

    fn request(&mut self) {
        let schema = self.target.operation.body.as_ref().map(|body| body.schema.as_str());
        self.body(Role::Request, self.operation.line, self.operation.request.as_ref(), schema);
    }

    fn statuses(&mut self) {
        let spec = self.target.operation;
        let stated: Vec<(usize, u16)> =
            self.operation.responses.iter().filter_map(|r| Some((r.line, r.status?))).collect();
        if stated.is_empty() {
            return;
        }
        let success = |status: u16| (200..300).contains(&status);
        let known = |status: u16| {
            spec.errors
                .iter()
                .any(|e| e.status == status.to_string() || e.status == format!("{}XX", status / 100))
        };
        let wanted = spec.success.status;
        let has_success = stated.iter().any(|(_, s)| *s == wanted);
        for (line, status) in &stated {
            let lines = (*line, spec.line);
            let place = format!("status {status}");
            if success(*status) && *status != wanted && !has_success {
                let says = (status.to_string(), wanted.to_string());
                self.add("status-changed", Severity::Compatible, lines, &place, says);
            } else if *status != wanted && !known(*status) {
                let says = (status.to_string(), "nothing".to_owned());
                self.add("status-added", Severity::Compatible, lines, &place, says);
            }
        }
        for status in spec.errors.iter().map(|error| &error.status) {
            let on_page =
                |(_, s): &(usize, u16)| s.to_string() == *status || format!("{}XX", s / 100) == *status;
            let common = || is_common_response(self.target.service, spec, status);
            if !stated.iter().any(on_page) && !common() {
                let says = ("nothing".to_owned(), status.clone());
                let lines = (self.operation.line, spec.line);
                self.add("status-removed", Severity::Documentation, lines, &format!("status {status}"), says);
            }
        }
    }

    fn response(&mut self, response: &Response) {
        let spec = self.target.operation;
        let known = |status: u16| spec.errors.iter().any(|e| e.status == status.to_string());
        match response.status {
            Some(status) if !response.is_success() => {
                let schema = error_schema(self.target.service, spec, status);
                // A list of statuses says nothing of the bodies that most operations share.
                let common = || is_common_response(self.target.service, spec, &status.to_string());
                let listed = response.body.is_none() && common();
                if known(status) && !listed && (response.body.is_none() || schema.is_some()) {
                    self.body(Role::Error(status), response.line, response.body.as_ref(), schema);
                }
            }
            _ => {
                self.body(
                    Role::Response,
                    response.line,
                    response.body.as_ref(),
                    spec.success.schema.as_deref(),
                );
            }
        }
    }

    fn body(&mut self, role: Role, line: usize, page: Option<&Body>, schema: Option<&str>) {
        let spec_line = self.target.operation.line;
        let place = role.word();
        match (page, schema) {
            (None, None) => {}
            (Some(body), None) => {
                let severity = if role == Role::Request { Severity::Breaking } else { Severity::Compatible };
                let says = (body.schema.clone().unwrap_or_else(|| "a body".to_owned()), "no body".to_owned());
                self.add("body-added", severity, (body.line, spec_line), &place, says);
            }
            (None, Some(name)) => {
                let severity =
                    if matches!(role, Role::Error(_)) { Severity::Documentation } else { Severity::Breaking };
                let says = ("no body".to_owned(), name.to_owned());
                self.add("body-removed", severity, (line, spec_line), &place, says);
            }
            (Some(body), Some(name)) => fields::compare_body(self, role, body, name),
        }
    }
}

/// The names in a path template.
fn variables(path: &str) -> Vec<&str> {
    path.split('{').skip(1).filter_map(|part| part.split('}').next()).collect()
}
