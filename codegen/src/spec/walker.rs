//! Reading helpers: every miss is a finding, nothing stops the reading.

use crate::finding::{Files, Finding, Line};
use crate::yaml::{Entry, Node, Value};

/// The document being read and what was found wrong so far.
pub(super) struct Walker<'d> {
    pub(super) files: &'d Files,
    pub(super) root: &'d Node,
    pub(super) findings: Vec<Finding>,
}

impl<'d> Walker<'d> {
    pub(super) fn report(
        &mut self,
        rule: &'static str,
        line: Line,
        message: impl Into<String>,
        remedy: &str,
    ) {
        self.findings.push(Finding::new(rule, self.files.place(line), message, remedy));
    }

    /// Reports keys outside `known`. Extensions that nobody documented are refused like any other key.
    pub(super) fn known_keys(&mut self, node: &'d Node, what: &str, known: &[&str]) {
        if !matches!(node.value, Value::Map(_)) {
            self.report(
                "not-a-mapping",
                node.line,
                format!("{what} must be a mapping"),
                "write `key: value` lines",
            );
        }
        for entry in node.entries() {
            if !known.contains(&entry.key.as_str()) {
                let (rule, remedy) = refusal(&entry.key);
                let message = format!("{what} has `{}`, which the generator does not take", entry.key);
                self.report(rule, entry.line, message, remedy);
            }
        }
    }

    /// Required text; empty text when it is missing.
    pub(super) fn text(&mut self, node: &'d Node, what: &str, key: &str) -> String {
        match node.get(key).map(|n| (n.line, n.text())) {
            Some((_, Some(text))) if has_words(key, text) => text.trim().to_owned(),
            Some((line, _)) => {
                let message = format!("`{key}` of {what} must be text");
                self.report("text-expected", line, message, "write text, quoted");
                String::new()
            }
            None => {
                let rule = missing_rule(key);
                let remedy = format!("add `{key}:`");
                self.report(rule, node.line, format!("{what} has no `{key}`"), &remedy);
                String::new()
            }
        }
    }

    /// Optional text.
    pub(super) fn optional_text(&mut self, node: &'d Node, what: &str, key: &str) -> Option<String> {
        node.get(key)?;
        Some(self.text(node, what, key)).filter(|t| !t.is_empty())
    }

    /// Optional flag, false when missing.
    pub(super) fn flag(&mut self, node: &'d Node, what: &str, key: &str) -> bool {
        let Some(value) = node.get(key) else { return false };
        value.bool().unwrap_or_else(|| {
            let message = format!("`{key}` of {what} must be true or false");
            self.report("bool-expected", value.line, message, "write true or false, unquoted");
            false
        })
    }

    /// Optional whole number.
    pub(super) fn int(&mut self, node: &'d Node, what: &str, key: &str) -> Option<i64> {
        let value = node.get(key)?;
        let int = value.int();
        if int.is_none() {
            let message = format!("`{key}` of {what} must be a whole number");
            self.report("int-expected", value.line, message, "write a whole number, unquoted");
        }
        int
    }

    /// The items of an optional list.
    pub(super) fn items(&mut self, node: &'d Node, what: &str, key: &str) -> &'d [Node] {
        let Some(list) = node.get(key) else { return &[] };
        if !matches!(list.value, Value::List(_)) {
            let message = format!("`{key}` of {what} must be a list");
            self.report("not-a-list", list.line, message, "write `- item` lines, or `[]` for none");
        }
        list.items()
    }

    /// The texts of an optional list.
    pub(super) fn text_items(&mut self, node: &'d Node, what: &str, key: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for item in self.items(node, what, key) {
            match item.text() {
                Some(text) => texts.push(text.to_owned()),
                None => {
                    let message = format!("an item of `{key}` of {what} must be text");
                    self.report("text-expected", item.line, message, "write text, quoted");
                }
            }
        }
        texts
    }

    /// The entries of an optional mapping.
    pub(super) fn mapping(&mut self, node: &'d Node, what: &str, key: &str) -> &'d [Entry] {
        let Some(map) = node.get(key) else { return &[] };
        if !matches!(map.value, Value::Map(_)) {
            let message = format!("`{key}` of {what} must be a mapping");
            self.report("not-a-mapping", map.line, message, "write `key: value` lines");
        }
        map.entries()
    }

    /// Follows a local `$ref` into `components/<section>`; a node without one stays itself.
    pub(super) fn follow(&mut self, node: &'d Node, section: &str) -> Option<(&'d Node, Option<&'d str>)> {
        let Some(target) = node.get("$ref") else { return Some((node, None)) };
        let text = target.text().unwrap_or_default();
        if node.entries().len() > 1 {
            let message = "keys beside `$ref` are ignored by OpenAPI 3.0".to_owned();
            self.report(
                "ref-siblings",
                node.line,
                message,
                "wrap it: `allOf: [{$ref: ...}]`, or drop the keys",
            );
        }
        let prefix = format!("#/components/{section}/");
        let Some(name) = text.strip_prefix(prefix.as_str()) else {
            let message = format!("`{text}` does not refer into this document's {section}");
            self.report("ref-external", target.line, message, &format!("refer to `{prefix}NAME`"));
            return None;
        };
        let found = self.root.get("components").and_then(|c| c.get(section)).and_then(|s| s.get(name));
        if found.is_none() {
            let message = format!("`{text}` refers to nothing");
            self.report(
                "ref-unknown",
                target.line,
                message,
                &format!("add `{name}` under components/{section}"),
            );
        }
        found.map(|n| (n, Some(name)))
    }
}

/// Whether a text is enough. Titles and descriptions need a letter or digit, not only punctuation.
fn has_words(key: &str, text: &str) -> bool {
    match key {
        "title" | "summary" | "description" => text.contains(char::is_alphanumeric),
        _ => !text.trim().is_empty(),
    }
}

fn missing_rule(key: &str) -> &'static str {
    match key {
        "operationId" => "operation-id-missing",
        "description" => "description-missing",
        "summary" => "summary-missing",
        "url" | "date" => "source-incomplete",
        _ => "key-missing",
    }
}

/// The rule and remedy for a key that is refused; well-known ones say what to write instead.
fn refusal(key: &str) -> (&'static str, &'static str) {
    match key {
        "oneOf" | "anyOf" | "allOf" | "discriminator" => {
            ("composition", "describe one schema; an open set of values is an enum with `x-extensible: true`")
        }
        "not" => ("composition", "only integers take `not: {enum: [...]}`"),
        "readOnly" | "writeOnly" => {
            ("read-write-only", "write one schema for requests and one for responses")
        }
        "exclusiveMinimum" | "exclusiveMaximum" => ("exclusive-limit", "write the nearest inclusive limit"),
        "style" | "explode" | "allowReserved" => {
            ("parameter-style", "drop it; repeat the parameter, or join the values into one string")
        }
        "content" => ("parameter-content", "give the parameter a `schema` of a plain type"),
        "callbacks" | "links" => ("callbacks-links", "drop it; describe it in words"),
        "parameters" => ("path-item-parameters", "list the parameters in every operation"),
        _ if key.starts_with("x-") => ("extension-unknown", "use an extension of specs/README.md"),
        _ => ("keyword-unsupported", "say it in other words, or teach the generator"),
    }
}
