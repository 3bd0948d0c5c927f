//! Examples of a page against the schemas of the spec.

use std::collections::{BTreeSet, HashSet};
use std::fmt::{self, Write as _};

use dbplane_codegen::finding::Line;
use dbplane_codegen::lint::conform::{Mismatch, mismatches};
use dbplane_codegen::spec::{Kind, Schema, Service};
use serde_json::Value as Json;

use super::context::{Context, Role};
use super::spec::{error_schema, location, omitted};
use crate::drift::{Drift, Severity};
use crate::facts::{self, Example};

/// The longest value that a message shows.
const SHOWN: usize = 60;

pub(super) fn compare(context: &mut Context<'_>) {
    let told = Told::by(&context.drifts);
    path_values(context, &told);
    let mut seen = BTreeSet::new();
    let (spec, service) = (context.target.operation, context.target.service);
    for example in &context.operation.examples {
        let (role, schema) = match example.response {
            None => (Role::Request, spec.body.as_ref().map(|b| b.schema.as_str())),
            Some(Some(status)) if !(200..300).contains(&status) => {
                (Role::Error(status), error_schema(service, spec, status))
            }
            Some(_) => (Role::Response, spec.success.schema.as_deref()),
        };
        if let Some(name) = schema {
            body(context, &told, &mut seen, (role, name, example));
        }
    }
}

/// The values that the sample address has in the places of path parameters.
fn path_values(context: &mut Context<'_>, told: &Told) {
    for parameter in context.operation.parameters.iter().filter(|p| p.place == facts::Place::Path) {
        let field = &parameter.field;
        let spec = context.target.operation.parameters.iter();
        let Some(spec) = spec.clone().find(|s| location(s) == parameter.place && s.name == field.name) else {
            continue;
        };
        // A masked value is no example of a pattern.
        let Some(example) = field.example.as_ref().filter(|e| !e.contains('*')) else { continue };
        let place = format!("path {}", field.name);
        if told.of(context, &place) {
            continue;
        }
        let value = Json::from(example.as_str());
        for mismatch in mismatches(context.target.service, &spec.schema, &value) {
            let says = (format!("`{example}`"), format!("that it {}", mismatch.message));
            let lines = (field.line, spec.schema.line);
            context.add("example-mismatch", Severity::Documentation, lines, &place, says);
        }
    }
}

/// Compares an example with its schema. What is `seen` already, in another item of a list or in another example, is not
/// told again.
fn body(
    context: &mut Context<'_>,
    told: &Told,
    seen: &mut BTreeSet<(String, String)>,
    (role, name, example): (Role, &str, &Example),
) {
    let service = context.target.service;
    let Some(schema) = service.schemas.get(name) else { return };
    let left_out = omitted(service, name);
    for mismatch in mismatches(service, schema, &example.value) {
        let (path, missing) = (dotted(&mismatch.pointer), missing(&mismatch));
        let path = match missing {
            Some(name) if path.is_empty() => name.to_owned(),
            Some(name) => format!("{path}.{name}"),
            None => path,
        };
        let place = format!("{} {path}", role.word());
        let place = place.trim_end();
        let value = example.value.pointer(&mismatch.pointer).filter(|_| missing.is_none());
        let page_says = value.map_or_else(|| "nothing".to_owned(), shown);
        if left_out.contains(&path.as_str())
            || told.of(context, place)
            || !seen.insert((place.to_owned(), page_says.clone()))
        {
            continue;
        }
        let key = mismatch.pointer.rsplit('/').find(|token| token.parse::<usize>().is_err());
        let line = key.and_then(|key| example.lines.get(key)).copied().unwrap_or(example.line);
        let says = (page_says, format!("that it {}", mismatch.message));
        let spec_line = line_at(service, schema, &mismatch.pointer);
        context.add("example-mismatch", Severity::Documentation, (line, spec_line), place, says);
    }
}

/// The places about which something was found before examples were looked at.
struct Told {
    places: HashSet<String>,
    /// The new names of what was found to be renamed, with what holds them.
    renamed: HashSet<String>,
}

impl Told {
    fn by(drifts: &[Drift]) -> Self {
        let places = drifts.iter().map(|drift| drift.place.clone()).collect();
        let renamed = drifts.iter().filter(|d| d.rule.ends_with("-renamed") && d.page_says.len() > 2);
        let new_place = |drift: &Drift| {
            let cut = drift.place.rfind(['.', ' ']).map_or(0, |at| at + 1);
            let before = drift.place.get(..cut)?;
            Some(format!("{before}{}", drift.page_says.trim_matches('`')))
        };
        Self { places, renamed: renamed.filter_map(new_place).collect() }
    }

    /// Whether something was found about a place, or about what holds it.
    fn of(&self, context: &Context<'_>, place: &str) -> bool {
        let place = format!("{} {place}", context.target.operation.id);
        let mut ends = place.match_indices(['.', '[']).map(|(at, _)| at).chain([place.len()]);
        ends.any(|end| place.get(..end).is_some_and(|holder| self.places.contains(holder)))
            || self.renamed.contains(&place)
    }
}

/// The line of the schema that describes what a pointer points to.
fn line_at<'s>(service: &'s Service, mut schema: &'s Schema, pointer: &str) -> Line {
    let mut line = schema.line;
    for token in pointer.split('/').skip(1) {
        let inner = match &service.resolve(schema).kind {
            Kind::Object(properties) => properties.iter().find(|p| p.name == token).map(|p| &p.schema),
            Kind::Array(item) => Some(&**item),
            _ => None,
        };
        let Some(inner) = inner else { break };
        (schema, line) = (inner, inner.line);
    }
    line
}

/// `/rows/0/name` becomes `rows[].name`.
fn dotted(pointer: &str) -> String {
    let mut path = String::new();
    for token in pointer.split('/').skip(1) {
        if token.parse::<usize>().is_ok() {
            path.push_str("[]");
        } else {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(&token.replace("~1", "/").replace("~0", "~"));
        }
    }
    path
}

/// The property that an object lacks, if that is what does not fit.
fn missing(mismatch: &Mismatch) -> Option<&str> {
    mismatch.message.strip_prefix("lacks `")?.split('`').next()
}

fn shown(value: &Json) -> String {
    let mut start = Start(String::new());
    let whole = write!(start, "{value}").is_ok();
    let Start(text) = start;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("`{}...`", &text[..end]),
        None if whole => format!("`{text}`"),
        None => format!("`{text}...`"),
    }
}

/// A text that takes the beginning of what is written: an example may have megabytes.
struct Start(String);

impl fmt::Write for Start {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if self.0.len() > 4 * SHOWN {
            return Err(fmt::Error);
        }
        self.0.push_str(text);
        Ok(())
    }
}
