//! Extensions: what they name must be there, and be of the type that they need.

use std::collections::HashMap;

use serde_json::{Value as Json, json};

use super::Report;
use super::conform::mismatches;
use super::view::{Call, Role, Site, Standing, View};
use crate::finding::Line;
use crate::spec::{Deprecation, Kind, Location, Parameter};
use crate::yaml::Node;

pub(super) fn check(view: &View<'_>, report: &mut Report<'_>) {
    for call in &view.calls {
        paging(view, call, report);
        envelope(view, call, report);
        for (parameter, node) in &call.parameters {
            generated(view, parameter, node, report);
        }
    }
    replacements(view, report);
    copies(view, report);
    json_texts(view, report);
    secrets(view, report);
    clients(view, report);
}

fn line_of(node: &Node, extension: &str, key: &str) -> Line {
    let outer = node.get(extension);
    outer.and_then(|o| o.get(key)).or(outer).map_or(node.line, |n| n.line)
}

fn paging(view: &View<'_>, call: &Call<'_>, report: &mut Report<'_>) {
    let Some(paging) = &call.operation.paging else { return };
    let mut miss = |key: &str, message: String| {
        let line = line_of(call.node, "x-paging", key);
        report.add(
            "paging-unknown",
            line,
            message,
            "name what the operation has, in the type that paging needs",
        );
    };
    let integer = |k: &Kind| matches!(k, Kind::Integer { .. });
    let text = |k: &Kind| matches!(k, Kind::Text { time: false });
    let counts: fn(&Kind) -> bool = if paging.marker.is_some() { text } else { integer };
    for (key, name, fits) in [("number", &paging.number, counts), ("size", &paging.size, integer)] {
        if !view.service.requested(call.operation, name).is_some_and(|s| fits(&s.kind)) {
            let id = &call.operation.id;
            miss(key, format!("{id} has no query parameter or body property `{name}` of the right type"));
        }
    }
    let response = call.operation.success.schema.as_deref().unwrap_or_default();
    if let Some(marker) = &paging.marker {
        let row = view.property(response, &paging.items).and_then(|list| match &list.kind {
            Kind::Array(item) => Some(&item.kind),
            _ => None,
        });
        let value =
            row.and_then(|row| if let Kind::Ref(name) = row { view.property(name, marker) } else { None });
        if !value.is_some_and(|s| text(&s.kind) || integer(&s.kind)) {
            miss("marker", format!("the rows of {} have no text or integer `{marker}`", call.operation.id));
        }
    }
    if !view.property(response, &paging.items).is_some_and(|s| matches!(s.kind, Kind::Array(_))) {
        miss("items", format!("the response of {} has no list `{}`", call.operation.id, paging.items));
    }
    let flag = |k: &Kind| matches!(k, Kind::Boolean);
    let mut told = |key: &str, path: &Option<String>, name: &str, fits: fn(&Kind) -> bool| {
        if let Some(path) = path
            && !view.property(response, path).is_some_and(|s| fits(&s.kind))
        {
            miss(key, format!("the response of {} has no {name} `{path}`", call.operation.id));
        }
    };
    told("total", &paging.total, "integer", integer);
    told("more", &paging.more, "flag", flag);
}

/// A value of ours must fit where the vendor wants one.
fn generated(view: &View<'_>, parameter: &Parameter, node: &Node, report: &mut Report<'_>) {
    if !parameter.generated {
        return;
    }
    let uuid = json!("00000000-0000-4000-8000-000000000000");
    let fits = mismatches(view.service, &parameter.schema, &uuid).is_empty();
    if parameter.location == Location::Path || parameter.client || !fits {
        let line = node.get("x-generated").map_or(node.line, |n| n.line);
        let message = format!("the parameter `{}` cannot hold a generated UUID", parameter.name);
        report.add(
            "generated-type",
            line,
            message,
            "generate only strings in query or header that belong to the call",
        );
    }
}

/// What is used instead of something deprecated is there, and is not deprecated or the same thing.
fn replacements(view: &View<'_>, report: &mut Report<'_>) {
    let remedy = "name another operation, a property of the same schema or a parameter of the same operation";
    let mut miss = |what: &str, name: &str, line: Line| {
        let message =
            format!("{what} is replaced by `{name}`, which does not exist beside it or is deprecated");
        report.add("replaced-by-unknown", line, message, remedy);
    };
    let name_of = |d: &Option<Deprecation>| d.as_ref().and_then(|d| d.replaced_by.clone());
    for call in &view.calls {
        let operation = call.operation;
        let good = |id: &str| view.service.operation(id).is_some_and(|o| o.deprecated.is_none());
        if let Some(id) = name_of(&operation.deprecated).filter(|id| !good(id)) {
            miss(&operation.id, &id, line_of(call.node, "x-replaced-by", ""));
        }
        for (parameter, node) in &call.parameters {
            let good =
                |name: &str| operation.parameters.iter().any(|p| p.name == name && p.deprecated.is_none());
            if let Some(name) = name_of(&parameter.deprecated).filter(|name| !good(name)) {
                miss(
                    &format!("the parameter `{}`", parameter.name),
                    &name,
                    line_of(node, "x-replaced-by", ""),
                );
            }
        }
    }
    for (schema, owner) in &view.service.schemas {
        let Kind::Object(properties) = &owner.kind else { continue };
        for property in properties {
            let good = |name: &str| properties.iter().any(|p| p.name == name && p.deprecated.is_none());
            if let Some(name) = name_of(&property.deprecated).filter(|name| !good(name)) {
                miss(&format!("{schema}.{}", property.name), &name, property.schema.line);
            }
        }
    }
}

fn copies(view: &View<'_>, report: &mut Report<'_>) {
    for site in &view.sites {
        let Some(name) = &site.schema.copy_of else { continue };
        let fault = match site.standing {
            Standing::Property(owner) => copy_fault(view, owner, name),
            _ => Some("is no property".to_owned()),
        };
        let text = matches!(view.service.resolve(site.schema).kind, Kind::Text { time: false });
        let fault = fault.or_else(|| (!text).then(|| "is no plain string".to_owned()));
        if let Some(fault) = fault {
            let message = format!("{} copies `{name}`, but {fault}", site.what);
            report.add(
                "copy-of-unknown",
                site.line("x-copy-of"),
                message,
                "name a path parameter; copy into strings of a request body",
            );
        }
    }
}

fn copy_fault(view: &View<'_>, owner: &str, name: &str) -> Option<String> {
    let mut users =
        view.calls.iter().filter(|c| c.operation.body.as_ref().is_some_and(|b| b.schema == owner)).peekable();
    if users.peek().is_none() {
        return Some(format!("{owner} is not the body of a request"));
    }
    let has =
        |c: &&Call<'_>| c.operation.parameters.iter().any(|p| p.name == name && p.location == Location::Path);
    users.find(|c| !has(c)).map(|c| format!("{} has no such path parameter", c.operation.id))
}

/// In a request the library writes the text of the body's own properties, and looks no further in.
fn json_texts(view: &View<'_>, report: &mut Report<'_>) {
    let sent = view.service.request_schemas();
    let is_body =
        |name: &str| view.calls.iter().any(|c| c.operation.body.as_ref().is_some_and(|b| b.schema == name));
    for site in view.sites.iter().filter(|s| s.schema.json_text) {
        let fits = match site.standing {
            Standing::Property(owner) => is_body(owner) || !sent.contains(owner),
            _ => false,
        };
        if !fits {
            let message = format!("{} cannot be sent as JSON in a string", site.what);
            report.add(
                "json-text-place",
                site.line("x-json-text"),
                message,
                "mark only lists that are properties of a request body itself, or of a response",
            );
        }
    }
}

fn secrets(view: &View<'_>, report: &mut Report<'_>) {
    for site in &view.sites {
        let target = view.service.resolve(site.schema);
        let text = matches!(target.kind, Kind::Text { time: false });
        if matches!(site.standing, Standing::Parameter) && target.secret && text && !in_header(view, site) {
            let message = format!("{} is a secret, which would end up in logs of addresses", site.what);
            let remedy = "describe credentials by securitySchemes, or drop `x-secret`";
            report.add("secret-type", site.line("x-secret"), message, remedy);
        } else if site.schema.secret && !text {
            let message = format!("{} is a secret, but no plain string", site.what);
            report.add(
                "secret-type",
                site.line("x-secret"),
                message,
                "make it a string without `enum` and `format`",
            );
        }
    }
}

/// Whether a parameter's schema is that of a header which each call sets.
fn in_header(view: &View<'_>, site: &Site<'_>) -> bool {
    let parameters = view.calls.iter().flat_map(|c| &c.parameters);
    let mut its = parameters.filter(|(p, _)| std::ptr::eq(&p.schema, site.schema));
    its.all(|(p, _)| p.location == Location::Header && !p.client)
}

fn envelope(view: &View<'_>, call: &Call<'_>, report: &mut Report<'_>) {
    let Some(envelope) = &call.operation.envelope else { return };
    let named = [Some(&envelope.success), envelope.code.as_ref(), envelope.message.as_ref()];
    let names: Vec<_> = named.into_iter().chain([envelope.request_id.as_ref()]).flatten().collect();
    for media in call.media.iter().filter(|m| m.role == Role::Success) {
        let Some(schema) = view.service.schemas.get(&media.name) else { continue };
        for name in names.iter().filter(|n| view.property(&media.name, n).is_none()) {
            let message = format!("{} lacks `{name}`, which x-envelope names", media.name);
            report.add("envelope-unknown", schema.line, message, "add the property, or correct x-envelope");
        }
        let Some(success) = view.property(&media.name, &envelope.success) else { continue };
        let values = &envelope.success_values;
        let (fits, remedy) = match &success.kind {
            Kind::Boolean => (values.is_empty(), "drop `success-values`"),
            Kind::Enum { values: known, .. } => (
                !values.is_empty() && values.iter().all(|v| known.contains(v)),
                "name values of the enum in `success-values`",
            ),
            Kind::Text { .. } | Kind::Integer { .. } => (!values.is_empty(), "add `success-values`"),
            _ => (false, "name a boolean, a text or a whole number"),
        };
        if !fits {
            let message =
                format!("`{}` of {} does not tell success as x-envelope says", envelope.success, media.name);
            report.add("envelope-unknown", schema.line, message, remedy);
        }
    }
}

/// The client holds one value for a name, so the name means one thing.
fn clients(view: &View<'_>, report: &mut Report<'_>) {
    let mut known: HashMap<&str, Json> = HashMap::new();
    for (parameter, node) in view.calls.iter().flat_map(|c| &c.parameters).filter(|(p, _)| p.client) {
        let schema = node.get("schema").map(meaning).unwrap_or_default();
        let first = known.entry(parameter.name.as_str()).or_insert_with(|| schema.clone());
        if *first != schema {
            let message = format!("the client parameter `{}` has another schema elsewhere", parameter.name);
            report.add(
                "client-parameter",
                node.line,
                message,
                "describe it once, under components/parameters",
            );
        }
    }
}

/// A schema without its words.
fn meaning(node: &Node) -> Json {
    let mut json = node.to_json();
    if let Json::Object(map) = &mut json {
        map.retain(|key, _| key != "description" && key != "example");
    }
    json
}
