//! Where the clients of two versions of a service send, by the servers of their specs.
//!
//! A client is given values of all variables of a server, such as a region. The server that lists them has the address;
//! where all servers with these variables have one form, the form takes other values as well.

use std::collections::{BTreeMap, BTreeSet};

use dbplane_codegen::finding::Line;
use dbplane_codegen::spec::Service;
use serde_json::Value as Json;

use crate::change::Rule;
use crate::differ::{Differ, Subject};
use crate::rules;

/// What stands for a value that no server lists.
const OTHER: &str = "(any other)";
/// The most combinations of values that are looked at.
const MOST: usize = 10_000;
/// The most combinations that a message names.
const NAMED: usize = 3;

/// A server: its address, and the values that each of its variables is listed with.
struct Server<'s> {
    url: &'s str,
    variables: BTreeMap<&'s str, Vec<&'s str>>,
}

/// Values by the names of variables.
type Given<'s> = BTreeMap<&'s str, &'s str>;

/// Compares the addresses that both versions have for every combination of values that one of them lists.
pub(crate) fn compare(differ: &mut Differ<'_, '_>) {
    let (a, b) = (differ.old.service, differ.new.service);
    let (old, new) = (servers(a), servers(b));
    let mut found: BTreeMap<&str, (&'static Rule, Vec<String>)> = BTreeMap::new();
    for given in combinations(old.iter().chain(&new)) {
        let values: Vec<_> = given.iter().map(|(name, value)| format!("{name} {value}")).collect();
        let place = if values.is_empty() { "every client".to_owned() } else { values.join(", ") };
        let (rule, detail) = match (address(&old, &given), address(&new, &given)) {
            (Some(old), Some(new)) if old != new => {
                (rules::SERVER_CHANGED, format!("{place}: `{new}` instead of `{old}`"))
            }
            (Some(old), None) => (rules::SERVER_REMOVED, format!("{place}: `{old}`")),
            (None, Some(new)) => (rules::SERVER_ADDED, format!("{place}: `{new}`")),
            _ => continue,
        };
        found.entry(rule.id).or_insert((rule, Vec::new())).1.push(detail);
    }
    let subject =
        Subject { name: b.stem.clone(), old: Some(Line::TOP), new: Some(Line::TOP), ..Subject::default() };
    for (rule, mut details) in found.into_values() {
        let more = details.len().saturating_sub(NAMED);
        details.truncate(NAMED);
        let more = if more > 0 { format!("; and {more} more") } else { String::new() };
        differ.note(rule, &subject, format!("({}{more})", details.join("; ")));
    }
}

fn servers(service: &Service) -> Vec<Server<'_>> {
    let list = service.json["servers"].as_array().into_iter().flatten();
    list.map(|server| {
        let variables = server["variables"].as_object().into_iter().flatten();
        let variables = variables.map(|(name, variable)| (name.as_str(), listed(variable))).collect();
        Server { url: server["url"].as_str().unwrap_or_default(), variables }
    })
    .collect()
}

/// The values that a variable is listed with.
fn listed(variable: &Json) -> Vec<&str> {
    variable["enum"].as_array().into_iter().flatten().filter_map(Json::as_str).collect()
}

/// Every combination of values that a server lists, and for each variable a value that none lists.
fn combinations<'s>(servers: impl Iterator<Item = &'s Server<'s>>) -> BTreeSet<Given<'s>> {
    let mut listed: BTreeMap<Vec<&str>, BTreeMap<&str, BTreeSet<&str>>> = BTreeMap::new();
    for server in servers {
        let values = listed.entry(server.variables.keys().copied().collect()).or_default();
        for (name, list) in &server.variables {
            values.entry(name).or_default().extend(list.iter().copied().chain([OTHER]));
        }
    }
    let mut all = BTreeSet::new();
    for values in listed.into_values() {
        let mut given = vec![Given::new()];
        for (name, list) in &values {
            let with = |given: &Given<'s>, value| given.clone().into_iter().chain([(*name, value)]).collect();
            given = given
                .iter()
                .flat_map(|given| list.iter().map(|value| with(given, *value)))
                .take(MOST)
                .collect();
        }
        all.extend(given);
    }
    all
}

/// The address for some values, as clients choose it.
fn address(servers: &[Server<'_>], given: &Given<'_>) -> Option<String> {
    let fits = |server: &&Server<'_>| server.variables.keys().eq(given.keys());
    let fitting: Vec<_> = servers.iter().filter(fits).collect();
    let lists = |server: &&&Server<'_>| {
        server.variables.iter().all(|(name, values)| {
            values.is_empty() || given.get(name).is_some_and(|value| values.contains(value))
        })
    };
    let rule = || fitting.first().filter(|first| fitting.iter().all(|other| other.url == first.url));
    let server = fitting.iter().find(lists).or_else(rule)?;
    let filled = |url: String, (name, value): (&&str, &&str)| match *value {
        OTHER => url,
        value => url.replace(&format!("{{{name}}}"), value),
    };
    Some(given.iter().fold(server.url.to_owned(), filled))
}
