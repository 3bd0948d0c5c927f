//! The target of an overlay's action: a JSONPath, evaluated on the nodes of a document.
//!
//! The path library works on JSON values. Most targets begin with names, as in `$.paths['/v1/things'].get`, and only what
//! is below those names is converted.

use serde_json_path::{JsonPath, ParseError, PathElement};

use crate::yaml::{Node, Value};

/// The nodes that an action changes.
pub(super) struct Target {
    /// The names that it begins with.
    names: Vec<String>,
    /// The rest, from what the names lead to.
    rest: JsonPath,
}

/// The way from a node to one inside it.
pub(super) type Place = Vec<PathStep>;

/// A step from a node to one inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PathStep {
    Key(String),
    Index(usize),
}

impl Target {
    pub(super) fn parse(text: &str) -> Result<Self, ParseError> {
        JsonPath::parse(text)?; // an error is about the whole path
        let (names, rest) = names(text);
        Ok(Self { names, rest: JsonPath::parse(&format!("${rest}"))? })
    }

    /// Where it leads in a document.
    pub(super) fn places(&self, root: &Node) -> Vec<Place> {
        let Some(node) = self.names.iter().try_fold(root, |node, name| node.get(name)) else {
            return Vec::new();
        };
        let json = node.to_json();
        let names = || self.names.iter().cloned().map(PathStep::Key);
        let located = self.rest.query_located(&json);
        located.locations().map(|rest| names().chain(rest.iter().map(step)).collect()).collect()
    }
}

/// The names that a path begins with, and what follows them.
fn names(text: &str) -> (Vec<String>, &str) {
    let mut names = Vec::new();
    let mut rest = text.strip_prefix('$').unwrap_or(text);
    while let Some((name, after)) = name(rest) {
        names.push(name.to_owned());
        rest = after;
    }
    (names, rest)
}

/// The name that a path begins with, as `.name` or `['name']` without escapes; none for any other selector.
fn name(path: &str) -> Option<(&str, &str)> {
    if let Some(path) = path.strip_prefix('.') {
        let end = path.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(path.len());
        let (name, after) = path.split_at(end);
        // Letters outside of ASCII and blanks are left to the library.
        let ends = after.is_empty() || after.starts_with(['.', '[']);
        return (ends && !name.is_empty()).then_some((name, after));
    }
    let path = path.strip_prefix("['")?;
    let (name, after) = path.split_at(path.find(['\'', '\\'])?);
    Some((name, after.strip_prefix("']")?))
}

fn step(element: &PathElement<'_>) -> PathStep {
    match element {
        PathElement::Name(name) => PathStep::Key((*name).to_owned()),
        PathElement::Index(index) => PathStep::Index(*index),
    }
}

/// The node at a place.
pub(super) fn at<'n>(root: &'n mut Node, place: &[PathStep]) -> Option<&'n mut Node> {
    place.iter().try_fold(root, |node, step| match (step, &mut node.value) {
        (PathStep::Key(key), Value::Map(entries)) => {
            entries.iter_mut().find(|e| e.key == *key).map(|e| &mut e.node)
        }
        (PathStep::Index(index), Value::List(items)) => items.get_mut(*index),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Files;

    const DOCUMENT: &str = "\
a: {b: [1, {c: 2}, {c: 3, d: 4}], \"it's\": 5, é: 6}
paths: {/v1/things: {get: {tags: [x]}}, /v1: {get: {}, post: {}}}
";

    #[test]
    fn names_are_taken_off_the_front_and_nothing_else() {
        let taken = |text| (names(text).0.join(" "), names(text).1);
        assert_eq!(taken("$.a.b[1].c"), ("a b".to_owned(), "[1].c"));
        assert_eq!(taken("$.paths['/v1/things'].get"), ("paths /v1/things get".to_owned(), ""));
        for other in
            ["$.*", "$[0]", "$[*]", "$.é", "$ .a", "$['it\\'s']", "$[\"a\"]", "$['a','b']", "$['a' ]"]
        {
            assert_eq!(taken(other), (String::new(), other.strip_prefix('$').unwrap()), "{other}");
        }
    }

    #[test]
    fn it_leads_where_the_whole_path_leads() {
        let root = crate::yaml::read(&mut Files::default(), "x.yaml", DOCUMENT).unwrap();
        let json = root.to_json();
        for text in [
            "$.a",
            "$.a.b",
            "$.a.b[1].c",
            "$.a.b[*].c",
            "$.a.b[?@.c == 3].d",
            "$.a.b[-1]",
            "$.a['it\\'s']",
            "$.a.é",
            "$['a']['b'][0]",
            "$.a['b','é']",
            "$.paths['/v1/things'].get.tags[0]",
            "$.paths.*.get",
            "$.paths[*][*]",
            "$.none.b",
            "$.a.none",
            "$.a.b.c",
            "$ .a .b",
            "$.paths['/v1'] .get",
        ] {
            let whole = JsonPath::parse(text).unwrap();
            let located = whole.query_located(&json);
            let places: Vec<Place> = located.locations().map(|l| l.iter().map(step).collect()).collect();
            assert_eq!(Target::parse(text).unwrap().places(&root), places, "{text}");
        }
        for wrong in ["$.a[", "$..", "a.b", "$['a'", ""] {
            assert!(Target::parse(wrong).is_err(), "{wrong}");
        }
    }
}
