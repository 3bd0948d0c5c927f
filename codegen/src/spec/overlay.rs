//! Overlays: documents of changes to another document, in OpenAPI Overlay 1.0.
//!
//! Problem: a new version of a service, or its sister, differs from what is described already in a few places; a
//! second whole spec hides which, and the two drift apart.
//! Default: `extends` names the spec beside the overlay, or another overlay. The actions are applied in their order,
//! to the nodes that a JSONPath selects: mappings are merged, lists appended to, values replaced, or what is selected
//! goes. What comes from the overlay keeps the overlay's lines.
//! An action that selects nothing is a finding, and each gives its reason and its source. The source of the whole
//! overlay serves for the actions that give none.

use super::example_values;
use super::target::{PathStep, Target, at};
use super::walker::Walker;
use crate::finding::{Files, Finding, Line};
use crate::yaml::{Entry, Node, Value};

/// How the name of an overlay's file ends.
pub const ENDING: &str = ".overlay.yaml";
/// The longest target that is read.
const MAX_TARGET: usize = 1_000;
/// The most values that a document may hold once it is changed.
const MAX_NODES: usize = 1_000_000;

/// An overlay as it was read.
pub(super) struct Overlay<'d> {
    files: &'d Files,
    /// The spec or overlay that it changes: the name of a file beside it.
    pub(super) extends: &'d str,
    actions: Vec<Action<'d>>,
    /// `x-example-values`: values of examples that another product has in their place.
    example_values: &'d [Entry],
}

/// One change.
struct Action<'d> {
    line: Line,
    text: &'d str,
    target: Target,
    /// What comes; without it, what is selected goes.
    update: Option<&'d Node>,
}

/// Reads an overlay.
///
/// # Errors
/// All that is wrong with it, as far as the overlay alone tells.
pub(super) fn read<'d>(files: &'d Files, root: &'d Node) -> Result<Overlay<'d>, Vec<Finding>> {
    let mut walker = Walker { files, root, findings: Vec::new() };
    let known = ["overlay", "info", "extends", "x-source", "x-example-values", "actions"];
    walker.known_keys(root, "the overlay", &known);
    let version = walker.text(root, "the overlay", "overlay");
    if !version.is_empty() && !version.starts_with("1.0.") {
        let line = root.get("overlay").map_or(root.line, |n| n.line);
        let message = format!("Overlay {version} is not understood");
        walker.report("overlay-version", line, message, "write the overlay in OpenAPI Overlay 1.0.0");
    }
    if let Some(info) = walker.present(root, "the overlay", "info") {
        walker.known_keys(info, "info", &["title", "version"]);
        walker.text(info, "info", "title");
        walker.text(info, "info", "version");
    }
    let extends = walker.extends(root);
    if root.get("x-source").is_some() {
        walker.source(root, "the overlay");
    }
    walker.present(root, "the overlay", "actions");
    let actions = walker.items(root, "the overlay", "actions");
    let actions = actions.iter().filter_map(|node| walker.action(node)).collect();
    let example_values = walker.texts(root, "x-example-values");
    if walker.findings.is_empty() {
        Ok(Overlay { files, extends, actions, example_values })
    } else {
        Err(walker.findings)
    }
}

impl<'d> Walker<'d> {
    fn present(&mut self, node: &'d Node, what: &str, key: &str) -> Option<&'d Node> {
        if node.get(key).is_none() {
            self.report("key-missing", node.line, format!("{what} has no `{key}`"), &format!("add `{key}:`"));
        }
        node.get(key)
    }

    fn extends(&mut self, root: &'d Node) -> &'d str {
        self.text(root, "the overlay", "extends");
        let Some((node, name)) = root.get("extends").and_then(|n| Some((n, n.text()?.trim()))) else {
            return "";
        };
        if name.contains(['/', '\\', ':']) || !name.ends_with(".yaml") {
            let message = format!("`{name}` is not the name of a spec or an overlay beside this one");
            let remedy = "name the file alone: `samsung-mariadb-1.0.yaml`";
            self.report("overlay-extends", node.line, message, remedy);
        }
        name
    }

    /// An optional mapping from text to text.
    fn texts(&mut self, root: &'d Node, key: &str) -> &'d [Entry] {
        let entries = self.mapping(root, "the overlay", key);
        entries.iter().for_each(|entry| _ = self.text(root.get(key).unwrap_or(root), key, &entry.key));
        entries
    }

    fn action(&mut self, node: &'d Node) -> Option<Action<'d>> {
        let what = "an action";
        self.known_keys(node, what, &["target", "description", "x-source", "update", "remove"]);
        let text = self.text(node, what, "target");
        let what = if text.is_empty() { what.to_owned() } else { format!("the action on {text}") };
        self.text(node, &what, "description");
        if node.get("x-source").is_some() || self.root.get("x-source").is_none() {
            self.source(node, &what);
        }
        let removes = self.flag(node, &what, "remove");
        let update = node.get("update");
        if removes == update.is_some() {
            let message = format!("{what} must either update or remove");
            self.report("overlay-action", node.line, message, "write `update:` or `remove: true`");
        }
        let target = self.target(node.get("target")?, removes)?;
        let text = node.get("target")?.text()?.trim();
        Some(Action { line: node.line, text, target, update })
    }

    /// A path can ask for a search that takes for ever, so the means for that are left out.
    fn target(&mut self, node: &'d Node, removes: bool) -> Option<Target> {
        let text = node.text()?.trim();
        let why = match () {
            () if text.is_empty() => return None,
            () if text.len() > MAX_TARGET => format!("has more than {MAX_TARGET} characters"),
            () if text == "$" && removes => "selects the whole document".to_owned(),
            () if text.contains("..") => "has `..`, which does not say what it selects".to_owned(),
            () if text.contains('(') => "has parentheses or a function".to_owned(),
            () => match Target::parse(text) {
                Ok(path) => return Some(path),
                Err(e) => format!("is invalid JSONPath: {e}"),
            },
        };
        let shown: String = text.replace(char::is_control, " ").chars().take(MAX_TARGET).collect();
        let message = format!("the target {shown} {why}");
        let remedy = "write the path from the root, names with other characters than letters, digits and `_` in \
                      quotes, as in $['x-states'].thing.done (RFC 9535)";
        self.report("overlay-target", node.line, message, remedy);
        None
    }
}

impl Overlay<'_> {
    /// Changes a document.
    ///
    /// # Errors
    /// The actions that select nothing, or something that they can't change.
    pub(super) fn apply(&self, root: &mut Node) -> Result<(), Vec<Finding>> {
        let mut findings = Vec::new();
        for action in &self.actions {
            if let Err((rule, why, remedy)) = action.apply(root) {
                let message = format!("the target {} {why}", action.text);
                findings.push(Finding::new(rule, self.files.place(action.line), message, remedy));
            }
        }
        for entry in self.example_values {
            if !example_values::replace(root, &entry.key, &entry.node) {
                let message = format!("no example has the value `{}`", entry.key);
                let remedy = "correct the value, or drop the line";
                findings.push(Finding::new("overlay-match", self.files.place(entry.line), message, remedy));
            }
        }
        if findings.is_empty() { Ok(()) } else { Err(findings) }
    }
}

/// Why an action can't be carried out: rule, what the target does, remedy.
type Refusal = (&'static str, &'static str, &'static str);

fn refuse(rule: &'static str, why: &'static str, remedy: &'static str) -> Result<(), Refusal> {
    Err((rule, why, remedy))
}

impl Action<'_> {
    fn apply(&self, root: &mut Node) -> Result<(), Refusal> {
        let places = self.target.places(root);
        if places.is_empty() {
            return refuse("overlay-match", "selects nothing", "correct the path, or drop the action");
        }
        if let Some(update) = self.update
            && count(root) + places.len().saturating_mul(count(update)) > MAX_NODES
        {
            return refuse(
                "overlay-size",
                "makes the document too large",
                "select less, or update with less",
            );
        }
        // From the last to the first, so that the indices before stay what they are.
        for place in places.iter().rev() {
            match (self.update, place.split_last()) {
                (Some(update), _) => at(root, place).map_or(Ok(()), |node| add(node, update))?,
                (None, Some((last, above))) => {
                    if let Some(node) = at(root, above) {
                        remove(node, last);
                    }
                }
                (None, None) => {}
            }
        }
        Ok(())
    }
}

fn count(node: &Node) -> usize {
    let inner = node.entries().iter().map(|e| &e.node).chain(node.items());
    inner.map(count).sum::<usize>() + 1
}

fn remove(node: &mut Node, step: &PathStep) {
    match (step, &mut node.value) {
        (PathStep::Key(key), Value::Map(entries)) => entries.retain(|e| e.key != *key),
        (PathStep::Index(index), Value::List(items)) if *index < items.len() => _ = items.remove(*index),
        _ => {}
    }
}

/// An update of what was selected: a mapping is merged, one more item is appended to a list.
fn add(node: &mut Node, update: &Node) -> Result<(), Refusal> {
    match (&mut node.value, &update.value) {
        (Value::Map(entries), Value::Map(more)) => merge(entries, more),
        (Value::Map(_), _) => {
            return refuse("overlay-action", "selects a mapping", "update it with a mapping");
        }
        (Value::List(_), Value::List(_)) => {
            let remedy = "update it with one item, or the mapping around it with a list";
            return refuse("overlay-action", "selects a list", remedy);
        }
        (Value::List(items), _) => items.push(update.clone()),
        _ => return refuse("overlay-action", "selects a plain value", "select the mapping around it"),
    }
    Ok(())
}

fn merge(entries: &mut Vec<Entry>, more: &[Entry]) {
    for new in more {
        match entries.iter_mut().find(|e| e.key == new.key) {
            None => entries.push(new.clone()),
            Some(known) => match (&mut known.node.value, &new.node.value) {
                (Value::Map(inner), Value::Map(more)) => merge(inner, more),
                (Value::List(items), Value::List(more)) => items.extend(more.iter().cloned()),
                _ => *known = new.clone(),
            },
        }
    }
}
