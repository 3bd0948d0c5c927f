//! Reading the file: every fault with line, rule and remedy.

use dbplane_codegen::finding::{Files, Finding};
use dbplane_codegen::spec::Service;
use dbplane_codegen::yaml::{self, Node, Value};

use super::{Deviation, Deviations, NOTE};
use crate::rules;

const KEYS: [&str; 7] = ["rule", "place", "page", "spec", "reason", "source", "date"];
const DATE: &str = r"^(\d{4}(-\d{2}(-\d{2})?)?|undated)$";

/// Reads the entries that belong to some specs.
///
/// # Errors
/// All that is wrong with the file.
pub fn read(file: &str, text: &str, services: &[Service]) -> Result<Deviations, Vec<Finding>> {
    let mut files = Files::default();
    let root = yaml::read(&mut files, file, text).map_err(|finding| vec![finding])?;
    let mut reader = EntryReader { files: &files, services, findings: Vec::new(), entries: Vec::new() };
    if !matches!(root.value, Value::Map(_)) {
        reader.fault("deviation-form", &root, "the file is no mapping of specs to entries");
    }
    for spec in root.entries() {
        if !services.iter().any(|s| s.stem == spec.key) {
            reader.fault("deviation-service", &spec.node, format!("there is no spec `{}`", spec.key));
        }
        if !matches!(spec.node.value, Value::List(_)) {
            reader.fault("deviation-form", &spec.node, format!("`{}` is not a list of entries", spec.key));
        }
        spec.node.items().iter().for_each(|entry| reader.entry(&spec.key, entry));
    }
    if reader.findings.is_empty() { Ok(Deviations { entries: reader.entries }) } else { Err(reader.findings) }
}

struct EntryReader<'r> {
    files: &'r Files,
    services: &'r [Service],
    findings: Vec<Finding>,
    entries: Vec<Deviation>,
}

impl EntryReader<'_> {
    fn fault(&mut self, rule: &'static str, node: &Node, message: impl Into<String>) {
        self.findings.push(Finding::new(rule, self.files.place(node.line), message, rules::remedy(rule)));
    }

    fn entry(&mut self, service: &str, node: &Node) {
        for entry in node.entries().iter().filter(|e| !KEYS.contains(&e.key.as_str())) {
            self.fault("deviation-form", &entry.node, format!("an entry has no key `{}`", entry.key));
        }
        let [rule, page, spec] = ["rule", "page", "spec"].map(|key| self.text(node, key));
        let [_, _] = ["reason", "source"].map(|key| self.text(node, key));
        let date = self.text(node, "date");
        let shaped = regex_lite::Regex::new(DATE).is_ok_and(|r| r.is_match(&date));
        if !date.is_empty() && !shaped {
            self.fault("deviation-date", node.get("date").unwrap_or(node), format!("`{date}` is no date"));
        }
        if !rule.is_empty() && rule != NOTE && !rules::rules().iter().any(|r| r.id == rule) {
            self.fault(
                "deviation-rule",
                node.get("rule").unwrap_or(node),
                format!("there is no rule `{rule}`"),
            );
        }
        let places = self.places(node);
        if rule != NOTE {
            self.operations(service, node, &places);
        }
        let line = self.files.place(node.line);
        self.entries.push(Deviation { line, service: service.to_owned(), rule, places, page, spec });
    }

    /// Text that must be there.
    fn text(&mut self, node: &Node, key: &str) -> String {
        let text = node.get(key).and_then(Node::text).unwrap_or_default().trim().to_owned();
        if text.is_empty() {
            let message = format!("an entry has no text `{key}`");
            self.fault("deviation-form", node.get(key).unwrap_or(node), message);
        }
        text
    }

    /// One place, or a list of them.
    fn places(&mut self, node: &Node) -> Vec<String> {
        let Some(place) = node.get("place") else {
            self.fault("deviation-form", node, "an entry has no `place`");
            return Vec::new();
        };
        let items = if let Value::List(items) = &place.value {
            items.as_slice()
        } else {
            std::slice::from_ref(place)
        };
        let texts: Vec<String> = items.iter().filter_map(Node::text).map(str::to_owned).collect();
        if texts.is_empty() || texts.len() < items.len() || texts.iter().any(|t| t.trim().is_empty()) {
            self.fault("deviation-form", place, "a place is not text");
        }
        texts
    }

    fn operations(&mut self, service: &str, node: &Node, places: &[String]) {
        let Some(spec) = self.services.iter().find(|s| s.stem == service) else { return };
        let methods = ["GET", "PUT", "POST", "DELETE", "PATCH", "page"];
        for place in places {
            let id = place.split(' ').next().unwrap_or_default();
            if !id.contains('*') && !methods.contains(&id) && !spec.operations.iter().any(|o| o.id == id) {
                let message = format!("`{service}` has no operation `{id}`");
                self.fault("deviation-place", node.get("place").unwrap_or(node), message);
            }
        }
    }
}
