//! Reading `x-states` and `x-long-running`: how work that was accepted is followed to its end.

use super::walker::Walker;
use super::{Kind, Operation, Schema, Service};
use crate::finding::Line;
use crate::yaml::{Node, Value};

/// The goal of an operation that deletes.
pub const GONE: &str = "gone";

/// An entry of `x-states`: an operation whose responses report on a resource or work, and the meaning of its states.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct States {
    /// What it reports on: `cluster`.
    pub name: String,
    /// The operation that is polled.
    pub operation: String,
    /// The name of the id of what it reports on.
    pub id: String,
    /// Whether it reports on the work itself, not on what is worked on.
    pub job: bool,
    /// Parameters of the operation that take an id of another name.
    pub parameters: Vec<(String, String)>,
    /// Path in the response to what it reports on; the whole response without one.
    pub resource: Option<String>,
    /// Path in the response to the state; without one there is nothing to wait for, only to read.
    pub state: Option<String>,
    /// Path in the response to what is being done to each of the things that have a state.
    pub task: Option<String>,
    /// The word of `task` for nothing.
    pub idle: Option<String>,
    /// Path in the response to the progress in percent.
    pub progress: Option<String>,
    /// Path in the response to the reason of a failure.
    pub reason: Option<String>,
    /// Path in the resource to when it was made. Of rows whose id is not known, the first is meant that was made after
    /// the work was accepted.
    pub created: Option<String>,
    /// States of work that goes on.
    pub in_progress: Vec<String>,
    /// States of work that is done; `*` is any state that is not listed elsewhere.
    pub done: Vec<String>,
    /// States of work that failed.
    pub failed: Vec<String>,
    /// States of what does not exist any more.
    pub gone: Vec<String>,
    /// Error codes, or HTTP statuses other than 404, for an id that the service does not know.
    pub unknown: Vec<String>,
    /// Why the service may not know an id that it gave out, and what to do then.
    pub unknown_reason: Option<String>,
    /// The longest pause between two polls, in seconds, by the vendor's advice.
    pub interval: Option<i64>,
}

impl States {
    /// Whether it reports on several things at once.
    #[must_use]
    pub fn is_list(&self) -> bool {
        let path = steps(self.resource.as_deref().unwrap_or_default());
        path.iter().any(|step| matches!(step, Step::Rows(..)))
    }

    /// The names of the ids by which its rows are found.
    #[must_use]
    pub fn rows(&self) -> Vec<String> {
        let path = steps(self.resource.as_deref().unwrap_or_default());
        let ids = path.into_iter().filter_map(|step| match step {
            Step::Row(_, id) | Step::Rows(_, id) => Some(id),
            Step::Property(_) | Step::Every => None,
        });
        ids.collect()
    }
}

/// `x-long-running`: the response means accepted, not done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LongRunning {
    /// Names of ids, and the paths to them in the response. All other ids are those of the request.
    pub ids: Vec<(String, String)>,
    /// Names of ids, and the paths to them in the body of the request; those that are properties of the body itself
    /// need none.
    pub sent: Vec<(String, String)>,
    /// What is polled: the first of these whose id is known.
    pub poll: Vec<States>,
    /// What is read at the end, and polled until it has reached the goal if it has states.
    pub then: Option<States>,
    /// States to reach, or [`GONE`]; those of the last stage where the operation says nothing.
    pub until: Vec<String>,
    /// For how many seconds the state from before may still be shown.
    pub settle: i64,
    /// Whether a response without the id of the work means that nothing had to be done.
    pub optional: bool,
}

impl LongRunning {
    /// The last stage: what is read at the end.
    #[must_use]
    pub fn last(&self) -> Option<&States> {
        self.then.as_ref().or(self.poll.last())
    }

    /// Whether it ends when something does not exist any more.
    #[must_use]
    pub fn deletes(&self) -> bool {
        self.until == [GONE]
    }
}

/// A step of a path in a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A property.
    Property(String),
    /// The row of a list whose property, a dotted path, has the value of an id.
    Row(String, String),
    /// The rows of a list whose property has one of the values of an id.
    Rows(String, String),
    /// Every row of a list.
    Every,
}

/// The steps of a path: `list[property=id].property`, `list[*property=id].property`, `list[*].property`. A property can
/// be two in one, `name@host`.
#[must_use]
pub fn steps(path: &str) -> Vec<Step> {
    let (mut steps, mut rest) = (Vec::new(), path);
    while !rest.is_empty() {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        if end > 0 {
            steps.push(Step::Property(rest.get(..end).unwrap_or_default().to_owned()));
        }
        rest = rest.get(end..).unwrap_or_default();
        if let Some((inside, after)) = rest.strip_prefix('[').and_then(|r| r.split_once(']')) {
            let (own, several) = inside.strip_prefix('*').map_or((inside, false), |own| (own, true));
            let (property, id) = own.split_once('=').unwrap_or((own, own));
            steps.push(match several {
                true if own.is_empty() => Step::Every,
                true => Step::Rows(property.into(), id.into()),
                false => Step::Row(property.into(), id.into()),
            });
            rest = after;
        }
        rest = rest.strip_prefix(['.', '[']).unwrap_or(rest);
    }
    steps
}

impl Service {
    /// The schema under a path of a response, unresolved; the first schema is a named one.
    #[must_use]
    pub fn part(&self, schema: &str, path: &str) -> Option<&Schema> {
        self.inside(self.schemas.get(schema)?, path)
    }

    /// The schema under a path of another, unresolved.
    #[must_use]
    pub fn inside<'s>(&'s self, mut schema: &'s Schema, path: &str) -> Option<&'s Schema> {
        for step in steps(path) {
            schema = match (step, &self.resolve(schema).kind) {
                (Step::Property(name), Kind::Object(all)) => {
                    let property = |name: &str| all.iter().find(|p| p.name == name);
                    let mut parts = name.split('@').map(property).collect::<Option<Vec<_>>>()?.into_iter();
                    &parts.next()?.schema
                }
                (Step::Every, Kind::Array(item)) => item,
                (Step::Row(property, _) | Step::Rows(property, _), Kind::Array(item)) => {
                    let known = |path: &str| self.inside(item, path).is_some();
                    if !property.split('@').all(known) {
                        return None;
                    }
                    item
                }
                _ => return None,
            };
        }
        Some(schema)
    }

    /// The operation of this id.
    #[must_use]
    pub fn operation(&self, id: &str) -> Option<&Operation> {
        self.operations.iter().find(|o| o.id == id)
    }

    /// The entries of `x-states` that operations use, each once, in the order of their use.
    #[must_use]
    pub fn states(&self) -> Vec<&States> {
        let mut all: Vec<&States> = Vec::new();
        for work in self.operations.iter().filter_map(|o| o.long_running.as_ref()) {
            for states in work.poll.iter().chain(&work.then) {
                if !all.contains(&states) {
                    all.push(states);
                }
            }
        }
        all
    }
}

const STATES: &[&str] = &[
    "operation",
    "id",
    "job",
    "parameters",
    "resource",
    "state",
    "task",
    "idle",
    "progress",
    "reason",
    "created",
    "in-progress",
    "done",
    "failed",
    "gone",
    "unknown",
    "unknown-reason",
    "interval",
];
const LONG_RUNNING: &[&str] = &["ids", "sent", "poll", "then", "until", "settle", "optional", "none"];

impl<'d> Walker<'d> {
    /// The entries of the document's `x-states`.
    pub(super) fn states(&mut self) -> Vec<States> {
        let entries = self.mapping(self.root, "the document", "x-states");
        entries.iter().map(|entry| self.states_of(&entry.key, &entry.node)).collect()
    }

    fn states_of(&mut self, name: &str, node: &'d Node) -> States {
        let what = &format!("{name} of x-states");
        self.known_keys(node, what, STATES);
        States {
            name: name.to_owned(),
            operation: self.text(node, what, "operation"),
            id: self.text(node, what, "id"),
            job: self.flag(node, what, "job"),
            parameters: self.pairs(node, what, "parameters"),
            resource: self.optional_text(node, what, "resource"),
            state: self.optional_text(node, what, "state"),
            task: self.optional_text(node, what, "task"),
            idle: self.optional_text(node, what, "idle"),
            progress: self.optional_text(node, what, "progress"),
            reason: self.optional_text(node, what, "reason"),
            created: self.optional_text(node, what, "created"),
            in_progress: self.words(node, what, "in-progress"),
            done: self.words(node, what, "done"),
            failed: self.words(node, what, "failed"),
            gone: self.words(node, what, "gone"),
            unknown: self.words(node, what, "unknown"),
            unknown_reason: self.optional_text(node, what, "unknown-reason"),
            interval: self.int(node, what, "interval"),
        }
    }

    pub(super) fn long_running(&mut self, node: &'d Node, what: &str) -> Option<LongRunning> {
        let work = node.get("x-long-running")?;
        let what = &format!("x-long-running of {what}");
        self.known_keys(work, what, LONG_RUNNING);
        // Says why a job is not followed; the lint wants a reason.
        if self.optional_text(work, what, "none").is_some() {
            return None;
        }
        let poll = self.words(work, what, "poll");
        if poll.is_empty() {
            let message = format!("{what} does not say what is polled");
            self.report("key-missing", work.line, message, "add `poll:` with a name of x-states");
        }
        let then = self.optional_text(work, what, "then");
        Some(LongRunning {
            ids: self.pairs(work, what, "ids"),
            sent: self.pairs(work, what, "sent"),
            poll: poll.iter().filter_map(|name| self.named(work, "poll", name)).collect(),
            then: then.and_then(|name| self.named(work, "then", &name)),
            until: self.words(work, what, "until"),
            settle: self.int(work, what, "settle").unwrap_or(0),
            optional: self.flag(work, what, "optional"),
        })
    }

    fn named(&mut self, work: &'d Node, key: &str, name: &str) -> Option<States> {
        let found = self.root.get("x-states").and_then(|states| states.get(name));
        let Some(node) = found else {
            let line = work.get(key).map_or(work.line, |n| n.line);
            let message = format!("x-states has no entry `{name}`");
            self.report("long-running-unknown", line, message, "name an entry of the document's x-states");
            return None;
        };
        // What is wrong with the entry is reported where the document is read.
        let known = self.findings.len();
        let states = self.states_of(name, node);
        self.findings.truncate(known);
        Some(states)
    }

    /// Texts: one, or a list.
    fn words(&mut self, node: &'d Node, what: &str, key: &str) -> Vec<String> {
        let Some(value) = node.get(key) else { return Vec::new() };
        let items =
            if matches!(value.value, Value::List(_)) { value.items() } else { std::slice::from_ref(value) };
        if items.iter().any(|item| item.text().is_none()) {
            let message = format!("`{key}` of {what} must be text or a list of texts");
            self.report("text-expected", value.line, message, "write words, quoted");
        }
        items.iter().filter_map(Node::text).map(str::to_owned).collect()
    }

    /// Names and texts.
    fn pairs(&mut self, node: &'d Node, what: &str, key: &str) -> Vec<(String, String)> {
        let entries = self.mapping(node, what, key);
        if let Some(other) = entries.iter().find(|e| e.node.text().is_none()) {
            let message = format!("`{}` in `{key}` of {what} must be text", other.key);
            self.report("text-expected", other.line, message, "write text");
        }
        entries.iter().filter_map(|e| Some((e.key.clone(), e.node.text()?.to_owned()))).collect()
    }
}

/// Where a key of an entry of `x-states` stands.
#[must_use]
pub fn line_of(root: &Node, entry: &str, key: &str) -> Line {
    let node = root.get("x-states").and_then(|s| s.get(entry));
    node.and_then(|n| n.get(key)).or(node).map_or(Line::TOP, |n| n.line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_properties_rows_and_every_row() {
        let property = |name: &str| Step::Property(name.to_owned());
        let row = |property: &str, id: &str| Step::Row(property.to_owned(), id.to_owned());
        assert_eq!(steps("a.b"), [property("a"), property("b")]);
        assert_eq!(steps("data[id].x"), [property("data"), row("id", "id"), property("x")]);
        assert_eq!(
            steps("list[proxy.pool_id=proxy_id].proxy"),
            [property("list"), row("proxy.pool_id", "proxy_id"), property("proxy")]
        );
        assert_eq!(steps("s[*].status"), [property("s"), Step::Every, property("status")]);
        let rows = Step::Rows("name@host".to_owned(), "account".to_owned());
        assert_eq!(steps("users[*name@host=account]"), [property("users"), rows]);
        assert_eq!(steps("users[*].name@host"), [property("users"), Step::Every, property("name@host")]);
        assert_eq!(steps("a[b"), [property("a"), property("b")], "the lint finds no such property");
    }
}
