//! Names: each must become a Rust identifier, and no two the same one.
//!
//! progenitor takes names that become equal and writes code that does not compile; our own emitter would too.

use std::collections::HashMap;

use heck::ToSnakeCase;

use super::Report;
use super::view::{Site, Standing, View};
use crate::finding::Line;
use crate::names::{field_name, type_name, variant_name};
use crate::spec::{Kind, Parameter};
use crate::yaml::Node;

/// What Rust's prelude has: generated code and the macros that it calls use these by their bare names.
const PRELUDE: &str = "AsMut AsRef AsyncFn AsyncFnMut AsyncFnOnce Box Clone Copy Debug Default DoubleEndedIterator Drop Eq \
    Err ExactSizeIterator Extend Fn FnMut FnOnce From FromIterator Future Hash Into IntoFuture IntoIterator Iterator None \
    Ok Option Ord PartialEq PartialOrd Result Self Send Sized Some String Sync ToOwned ToString TryFrom TryInto Unpin \
    Vec";
/// What modules of models import, or find in the lowered document, and what users import beside them.
const MODELS: &str = "Call Core DbplaneSecret DbplaneTimestamp Deserialize EnvelopeModel Error Map Response Secret \
    Serialize Timestamp Value";
/// What modules of operations import.
const BUILDERS: &str = "Call CallOptions Core Enveloped Error Items Pages Plan Response Secret";
/// Methods of a client, and statics of a service, that are no operations.
const METHODS: &[&str] = &["new", "builder", "clone", "operations", "service", "common", "read", "resume"];
/// Methods and arguments of an operation that are no parameters.
const PARAMETERS: &[&str] = &[
    "new",
    "body",
    "with_options",
    "send",
    "start",
    "send_and_wait",
    "items",
    "pages",
    "clone",
    "core",
    "call",
];
/// Methods of a model that are no setters.
const SETTERS: &[&str] = &["new", "clone", "default", "eq", "fmt"];

/// What to do about a vendor's name that cannot stay as it is.
const RENAME: &str = "give it a name for Rust: `x-rust-name: other_name`";

/// What a vendor's name is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// An operation.
    Operation,
    /// A parameter of an operation.
    Parameter,
    /// A property of an object.
    Property,
    /// A schema.
    Schema,
}

/// Whether a name cannot stay as it is in Rust: generated code needs it for itself, or it yields no identifier.
#[must_use]
pub fn is_reserved(kind: Named, name: &str) -> bool {
    let plain = name.is_ascii() && name.to_snake_case().starts_with(|c: char| c.is_ascii_lowercase());
    match kind {
        Named::Operation => {
            !plain || is_taken(&type_name(name), BUILDERS) || METHODS.contains(&field_name(name).as_str())
        }
        Named::Parameter => !plain || PARAMETERS.contains(&field_name(name).as_str()),
        Named::Property => model_field(name).is_none_or(|field| SETTERS.contains(&field.as_str())),
        Named::Schema => !plain || is_taken(&type_name(name), MODELS),
    }
}

/// Whether a type of this name would hide one that its module uses.
fn is_taken(name: &str, imported: &str) -> bool {
    PRELUDE.split(' ').chain(imported.split(' ')).any(|taken| taken == name)
}

pub(super) fn check(view: &View<'_>, report: &mut Report<'_>) {
    operations(view, report);
    schemas(view, report);
    parameters(view, report);
    for site in &view.sites {
        misplaced(site, report);
        match &site.schema.kind {
            Kind::Object(_) => properties(view, site, report),
            Kind::Enum { .. } => values(site, report),
            _ => {}
        }
    }
}

fn operations(view: &View<'_>, report: &mut Report<'_>) {
    let mut types: HashMap<String, &str> = HashMap::new();
    for call in &view.calls {
        let (id, rust) = (call.operation.id.as_str(), call.operation.rust_name.as_str());
        let named = call.node.get("x-rust-name").or(call.node.get("operationId"));
        let line = named.map_or(call.operation.line, |n| n.line);
        if id.is_empty() || unusable(rust, "operation id", line, report) {
            continue;
        }
        let name = type_name(rust);
        if is_taken(&name, BUILDERS) || METHODS.contains(&field_name(rust).as_str()) {
            reserved("operation id", rust, line, RENAME, report);
        }
        match types.get(name.as_str()) {
            Some(other) if *other == id => {
                let message = format!("the operation id `{id}` stands twice");
                report.add("operation-id-duplicate", line, message, "give one of the two another id");
            }
            Some(other) => {
                let message = format!("the operation ids `{other}` and `{id}` both become `{name}`");
                report.add("operation-id-collision", line, message, RENAME);
            }
            None => {
                types.insert(name, id);
            }
        }
    }
}

fn schemas(view: &View<'_>, report: &mut Report<'_>) {
    let mut types: HashMap<String, &str> = HashMap::new();
    for site in view.sites.iter().filter(|s| matches!(s.standing, Standing::Named)) {
        let (id, line) = (site.what.as_str(), site.schema.line);
        if unusable(id, "schema name", line, report) {
            continue;
        }
        let name = type_name(id);
        if is_taken(&name, MODELS) {
            let remedy = "choose another name, for example with the service's before it";
            reserved("schema name", id, line, remedy, report);
        }
        if let Some(other) = types.insert(name.clone(), id) {
            let message = format!("the schemas `{other}` and `{id}` both become `{name}`");
            report.add("schema-collision", line, message, "rename one of the two");
        }
    }
}

fn parameters(view: &View<'_>, report: &mut Report<'_>) {
    for call in &view.calls {
        let mut seen: HashMap<String, &Parameter> = HashMap::new();
        for (parameter, node) in &call.parameters {
            let (id, rust, line) =
                (parameter.name.as_str(), parameter.rust_name.as_str(), line_of(node, "name"));
            if id.is_empty() || unusable(rust, "parameter", line, report) {
                continue;
            }
            let name = field_name(rust);
            if PARAMETERS.contains(&name.as_str()) {
                let message = format!("the parameter `{id}` is called like a method of every operation");
                report.add("parameter-collision", line, message, RENAME);
            }
            let other = seen.insert(rust.to_snake_case(), parameter);
            // One that is listed twice is a finding of its own.
            if let Some(other) = other.filter(|o| o.name != id || o.location != parameter.location) {
                let (operation, other) = (&call.operation.id, &other.name);
                let message =
                    format!("{operation}: the parameters `{other}` and `{id}` both become `{name}`");
                report.add("parameter-collision", line, message, RENAME);
            }
        }
    }
}

fn properties(view: &View<'_>, site: &Site<'_>, report: &mut Report<'_>) {
    let Kind::Object(properties) = &site.schema.kind else { return };
    let sent = view.service.request_schemas().contains(&site.what);
    let mut seen: HashMap<String, &str> = HashMap::new();
    for property in properties {
        let (id, line) = (property.name.as_str(), property.schema.line);
        let Some(name) = model_field(&property.rust_name) else {
            no_identifier("property", id, line, report);
            continue;
        };
        if sent && !property.required && SETTERS.contains(&name.as_str()) {
            let message = format!("the property `{id}` is called like a method of every model");
            report.add("property-collision", line, message, RENAME);
        }
        if let Some(other) = seen.insert(name.clone(), id) {
            let message = format!("{}: the properties `{other}` and `{id}` both become `{name}`", site.what);
            report.add("property-collision", line, message, RENAME);
        }
    }
}

/// Schemas have names of our own choice, and items and parameters' schemas have none.
fn misplaced(site: &Site<'_>, report: &mut Report<'_>) {
    if !matches!(site.standing, Standing::Property(_)) && site.node.get("deprecated").is_some() {
        let message = format!("{} is deprecated, but is no property", site.what);
        let remedy = "set `deprecated` on a property, a parameter or an operation";
        report.add("replaced-by-unknown", site.line("deprecated"), message, remedy);
    }
    if !matches!(site.standing, Standing::Property(_)) && site.node.get("x-rust-name").is_some() {
        let message = format!("{} has an `x-rust-name`, but is no property", site.what);
        let remedy = "set it on a property, a parameter or an operation; a schema is called otherwise itself";
        report.add("rust-name", site.line("x-rust-name"), message, remedy);
    }
}

fn values(site: &Site<'_>, report: &mut Report<'_>) {
    // Every generated enum has a variant for values that nobody knew.
    let mut seen = HashMap::from([("UnknownValue".to_owned(), "(unknown)")]);
    for value in site.node.get("enum").map(Node::items).unwrap_or_default() {
        let Some(text) = value.text() else { continue };
        let Some(name) = variant_name(text) else {
            let message = format!("the value `{text}` of {} yields no Rust identifier", site.what);
            report.add(
                "enum-value-name",
                value.line,
                message,
                "make it a string without `enum`, or drop the value",
            );
            continue;
        };
        if let Some(other) = seen.insert(name.clone(), text) {
            let message = format!("{}: the values `{other}` and `{text}` both become `{name}`", site.what);
            report.add("enum-collision", value.line, message, "make it a string without `enum`, or drop one");
        }
    }
}

/// The field that progenitor makes of a property name.
fn model_field(name: &str) -> Option<String> {
    if !name.is_ascii() || !name.contains(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let snake = match name {
        "+1" => "plus1".to_owned(),
        "-1" => "minus1".to_owned(),
        _ => name.replace('\'', "").to_snake_case(),
    };
    Some(if snake.starts_with(|c: char| c.is_ascii_digit()) { format!("x{snake}") } else { snake })
}

/// The longest name: rustdoc writes a file for each, and file systems end at 255 bytes.
const LONGEST: usize = 100;

/// Reports a name that yields no plain identifier.
fn unusable(name: &str, what: &str, line: Line, report: &mut Report<'_>) -> bool {
    let snake = name.to_snake_case();
    let usable = name.is_ascii() && snake.starts_with(|c: char| c.is_ascii_lowercase());
    if !usable {
        no_identifier(what, name, line, report);
    } else if name.len() > LONGEST {
        let message = format!("the {what} `{name}` is longer than {LONGEST} characters");
        report.add("name-unusable", line, message, "give it a shorter name, or a shorter `x-rust-name`");
    }
    !usable || name.len() > LONGEST
}

fn no_identifier(what: &str, name: &str, line: Line, report: &mut Report<'_>) {
    let message = format!("the {what} `{name}` yields no Rust identifier");
    report.add(
        "name-unusable",
        line,
        message,
        "begin it with an ASCII letter, go on with letters, digits, `_`, `-`, or give it an `x-rust-name`",
    );
}

fn reserved(what: &str, name: &str, line: Line, remedy: &str, report: &mut Report<'_>) {
    let message = format!("the {what} `{name}` is taken: generated code uses it for something else");
    report.add("name-reserved", line, message, remedy);
}

fn line_of(node: &Node, key: &str) -> Line {
    node.get(key).map_or(node.line, |n| n.line)
}
