//! Parameters of an operation, compared.

use std::collections::BTreeMap;

use dbplane_codegen::names::field_name;
use dbplane_codegen::spec::{Location, Operation, Parameter};

use crate::call::{Call, path_shape};
use crate::change::Rule;
use crate::differ::{Differ, Subject};
use crate::rules;
use crate::uses::{Direction, Use};
use crate::value;

/// Notes how the parameters of an operation differ.
pub(crate) fn compare(differ: &mut Differ<'_, '_>, call: &Call<'_>) {
    let renamed = renamed_in_path(call.a, call.b);
    let name_now = |p: &Parameter| {
        let name = field_name(&p.rust_name);
        renamed.get(&name).filter(|_| p.location == Location::Path).cloned().unwrap_or(name)
    };
    for b in &call.b.parameters {
        match call.a.parameters.iter().find(|a| name_now(a) == field_name(&b.rust_name)) {
            Some(a) => both(differ, call, a, b),
            None => {
                let subject = subject(call, None, Some(b));
                differ.note(added(b), &subject, "");
            }
        }
    }
    for a in &call.a.parameters {
        if !call.b.parameters.iter().any(|b| name_now(a) == field_name(&b.rust_name)) {
            let rule = if a.client { rules::CLIENT_PARAMETER_REMOVED } else { rules::PARAMETER_REMOVED };
            let subject = subject(call, Some(a), None);
            differ.note(rule, &subject, "");
        }
    }
    order(differ, call, &renamed);
}

/// Path parameters that have another name at the same place of the same path, by their Rust names.
fn renamed_in_path(old: &Operation, new: &Operation) -> BTreeMap<String, String> {
    if path_shape(&old.path) != path_shape(&new.path) {
        return BTreeMap::new();
    }
    let rust = |operation: &Operation, name: &str| {
        let mut parameters = operation.parameters.iter().filter(|p| p.location == Location::Path);
        field_name(parameters.find(|p| p.name == name).map_or(name, |p| &p.rust_name))
    };
    let pairs = in_path(&old.path).zip(in_path(&new.path)).map(|(a, b)| (rust(old, a), rust(new, b)));
    pairs.filter(|(a, b)| a != b).collect()
}

/// The names in a path template, in their order.
fn in_path(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name)
}

/// An argument of the call, rather than a setter.
fn is_argument(parameter: &Parameter) -> bool {
    !parameter.client && parameter.required && !parameter.generated
}

fn subject(call: &Call<'_>, old: Option<&Parameter>, new: Option<&Parameter>) -> Subject {
    let name = new.or(old).map_or("", |p| p.name.as_str());
    let line = |p: Option<&Parameter>| p.map(|p| p.line);
    let item = |p: &Parameter| {
        if is_argument(p) { call.client() } else { call.builder(&field_name(&p.rust_name)) }
    };
    let mut items: Vec<_> = old.into_iter().chain(new).filter(|p| !p.client).map(item).collect();
    items.dedup();
    let part = call.subject.part(name, line(old), line(new)).with_items(items);
    if !old.into_iter().chain(new).all(|p| p.client) {
        return part;
    }
    let at = Use { operation: call.b.id.clone(), direction: Direction::Request, path: name.to_owned() };
    Subject { name: name.to_owned(), uses: vec![at], ..part }
}

fn added(parameter: &Parameter) -> &'static Rule {
    match parameter {
        Parameter { client: true, .. } => rules::CLIENT_PARAMETER_ADDED,
        Parameter { generated: true, .. } => rules::PARAMETER_GENERATED_ADDED,
        _ if is_argument(parameter) => rules::PARAMETER_REQUIRED_ADDED,
        _ => rules::PARAMETER_ADDED,
    }
}

/// A parameter that is in both versions.
fn both(differ: &mut Differ<'_, '_>, call: &Call<'_>, a: &Parameter, b: &Parameter) {
    let subject = subject(call, Some(a), Some(b));
    match (a.client, b.client) {
        (false, true) => differ.note(rules::PARAMETER_TO_CLIENT, &subject, ""),
        (true, false) if is_argument(b) => differ.note(rules::PARAMETER_TO_CALL, &subject, ""),
        (true, false) => differ.note(rules::PARAMETER_TO_SETTER, &subject, ""),
        (true, true) => asked_of_the_client(differ, &subject, a, b),
        (false, false) => asked_of_the_caller(differ, call, &subject, a, b),
    }
    if a.location != b.location {
        let detail = format!("({} instead of {})", place(b.location), place(a.location));
        differ.note(rules::PARAMETER_MOVED, &subject, detail);
    }
    if field_name(&a.rust_name) != field_name(&b.rust_name) {
        differ.note(rules::PATH_PARAMETER_RENAMED, &subject, format!("from `{}`", a.name));
    } else if a.name != b.name && a.location != Location::Path {
        differ.note(rules::PARAMETER_RESPELT, &subject, format!("(`{}` instead of `{}`)", b.name, a.name));
    }
    value::limits(differ, &subject, (&a.schema, &b.schema));
    let example = value::examples(differ, (&a.schema, &b.schema));
    if a.description != b.description || example {
        differ.note(rules::PARAMETER_DESCRIBED, &subject, "");
    }
}

fn asked_of_the_client(differ: &mut Differ<'_, '_>, subject: &Subject, a: &Parameter, b: &Parameter) {
    let defaults = value::defaults(differ, (&a.schema, &b.schema));
    if a.required != b.required || defaults.is_some() {
        differ.note(rules::CLIENT_PARAMETER_CHANGED, subject, defaults.unwrap_or_default());
    }
}

fn asked_of_the_caller(
    differ: &mut Differ<'_, '_>,
    call: &Call<'_>,
    subject: &Subject,
    a: &Parameter,
    b: &Parameter,
) {
    let types = (type_of(differ, call, a, true), type_of(differ, call, b, false));
    match (is_argument(a), is_argument(b)) {
        (false, true) => differ.note(rules::PARAMETER_REQUIRED, subject, ""),
        (true, false) => differ.note(rules::PARAMETER_OPTIONAL, subject, ""),
        _ if differ.pairs.rename(&types.0) != types.1 => {
            let detail = format!("from `{}` to `{}`", types.0, types.1);
            differ.note(rules::PARAMETER_TYPE, subject, detail);
        }
        _ if a.generated != b.generated => differ.note(rules::PARAMETER_GENERATED, subject, ""),
        _ => {}
    }
    if let Some(detail) = value::defaults(differ, (&a.schema, &b.schema)) {
        differ.note(rules::DEFAULT, subject, detail);
    }
}

/// The Rust type that a caller gives for a parameter.
fn type_of(differ: &Differ<'_, '_>, call: &Call<'_>, parameter: &Parameter, old: bool) -> String {
    let argument = is_argument(parameter);
    let name = field_name(&parameter.rust_name);
    let paths = if argument { call.client() } else { call.builder(&name) };
    let (side, path) = if old { (differ.old, paths.0) } else { (differ.new, paths.1) };
    let arguments = side.face.arguments(&path);
    let found = arguments.iter().find(|(known, _)| !argument || *known == name);
    found.map_or_else(String::new, |(_, ty)| ty.clone())
}

fn place(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
    }
}

/// Whether the arguments that stayed changed places.
fn order(differ: &mut Differ<'_, '_>, call: &Call<'_>, renamed: &BTreeMap<String, String>) {
    let client = call.client();
    let now = |name: &str| renamed.get(name).cloned().unwrap_or_else(|| name.to_owned());
    let old: Vec<_> = differ.old.face.arguments(&client.0).iter().map(|(name, _)| now(name)).collect();
    let new: Vec<_> = differ.new.face.arguments(&client.1).iter().map(|(name, _)| name.clone()).collect();
    if value::reordered(&old, &new) {
        differ.note(rules::ARGUMENT_ORDER, &call.subject.clone().with_items([client]), "");
    }
}
