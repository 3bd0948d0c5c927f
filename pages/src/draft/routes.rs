//! Operations of a page by their methods and paths.

use std::collections::BTreeMap;

use crate::facts::{Field, Operation, Parameter, Place};

/// The newest version of each operation, and the others: a document has each method and path once.
pub(super) fn newest(all: Vec<&Operation>) -> (Vec<&Operation>, Vec<&Operation>) {
    let number = |o: &Operation| -> Vec<u32> {
        let version = o.version.as_deref().unwrap_or_default();
        version.split('.').filter_map(|part| part.parse().ok()).collect()
    };
    let route = |o: &Operation| (o.path.clone(), o.method.clone());
    let mut last: BTreeMap<(String, String), &Operation> = BTreeMap::new();
    for &operation in &all {
        let newest = last.entry(route(operation)).or_insert(operation);
        if number(operation) >= number(newest) {
            *newest = operation;
        }
    }
    let is_newest = |o: &&Operation| last.get(&route(o)).is_some_and(|newest| std::ptr::eq(*newest, *o));
    all.iter().copied().partition(is_newest)
}

/// The parameters of an operation, with one for each variable of its path. Where the table calls the only one that is left
/// otherwise than the path does, it is the path that is sent.
pub(super) fn placed(operation: &Operation) -> Vec<Parameter> {
    let variables = names_in(&operation.path);
    let is_variable = |p: &Parameter| p.place != Place::Path || variables.contains(&p.field.name.as_str());
    let (mut placed, mut others): (Vec<Parameter>, Vec<Parameter>) =
        operation.parameters.iter().cloned().partition(is_variable);
    let spelling = |name: &str| name.replace(['_', '-'], "").to_lowercase();
    for name in variables {
        if placed.iter().any(|p| p.place == Place::Path && p.field.name == name) {
            continue;
        }
        let alike = others.iter().position(|p| spelling(&p.field.name) == spelling(name));
        let other = alike.or((others.len() == 1).then_some(0)).map(|at| others.remove(at).field);
        let field = Field { name: name.to_owned(), required: Some(true), ..other.unwrap_or_default() };
        placed.push(Parameter { place: Place::Path, sampled: false, field });
    }
    placed
}

/// Method and path in words, without versions and parameters: `post instances proxies`.
pub(super) fn spoken(operation: &Operation) -> String {
    let digit = |c: char| c.is_ascii_digit();
    let version = |part: &str| part.strip_prefix('v').is_some_and(|rest| rest.starts_with(digit));
    let told = |part: &&str| !part.is_empty() && *part != "api" && !part.starts_with('{') && !version(part);
    let mut words = vec![operation.method.to_lowercase()];
    words.extend(operation.path.split('/').filter(told).map(str::to_owned));
    words.join(" ")
}

/// The names of the parameters in a path, each once.
pub(super) fn names_in(path: &str) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in path.split('{').skip(1).filter_map(|part| part.split_once('}')) {
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
