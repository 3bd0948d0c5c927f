//! How the work of an operation is polled, from its spec.
//!
//! Problem: an operation's response only means "accepted", and each service reports on the work in its own way.
//! Default: the spec's `x-long-running` and `x-states`, as static tables. Override: none.

use super::Operation;
use super::parameter::Source;

/// A goal that means "does not exist any more".
pub(crate) const GONE: &str = "gone";

/// How the work of an operation is polled.
#[derive(Debug, Clone, Copy)]
pub struct LongRunning {
    /// Names of ids, and the paths to them in the response; all others are those of the request.
    pub(crate) ids: &'static [(&'static str, &'static [Step])],
    /// Names of ids, and the paths to them in the body of the request; direct properties of the body need no path.
    pub(crate) sent: &'static [(&'static str, &'static [Step])],
    /// The operations for polling: the first whose id is known is used.
    pub(crate) poll: &'static [&'static States],
    /// The operation that is read at the end, and polled until the goal is reached if it has a state.
    pub(crate) then: Option<&'static States>,
    /// The states to reach, or [`GONE`]; those of the last stage if there are none.
    pub(crate) until: &'static [&'static str],
    /// For how many seconds the previous state may still be returned.
    pub(crate) settle: u64,
    /// Whether a response without the id of the work means that nothing had to be done.
    pub(crate) optional: bool,
}

impl LongRunning {
    /// The defaults of polling.
    pub(crate) const DEFAULT: Self =
        Self { ids: &[], sent: &[], poll: &[], then: None, until: &[], settle: 0, optional: false };

    /// The operation that is polled, for example `ShowRequest`.
    #[must_use]
    pub fn polls(&self) -> &'static str {
        self.poll.first().map_or("", |states| states.operation.id)
    }

    /// Whether the work ends when the resource no longer exists.
    #[must_use]
    pub fn deletes(&self) -> bool {
        self.until == [GONE]
    }

    /// The stages of the work: the operation for polling, then the one that is read at the end. Without the id of a
    /// job, there is only the second. `known` returns whether an id is known.
    pub(crate) fn stages(&self, known: impl Fn(&str) -> bool) -> Vec<&'static States> {
        let polled = self.poll.iter().copied().find(|states| known(states.id));
        polled.into_iter().chain(self.then).collect()
    }

    /// The goal as texts, for a token.
    pub(crate) fn goal(&self) -> Vec<&'static str> {
        let last = self.then.or(self.poll.last().copied());
        if self.until.is_empty() {
            last.map_or(&[][..], |last| last.done).to_vec()
        } else {
            self.until.to_vec()
        }
    }

    /// The names of all ids that polling may use.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        self.poll.iter().copied().chain(self.then).flat_map(States::names).collect()
    }
}

/// An operation that is polled, and the meaning of its responses.
#[derive(Debug)]
pub(crate) struct States {
    /// The kind of the resource: `cluster`.
    pub(crate) name: &'static str,
    pub(crate) operation: &'static Operation,
    /// The name of the id of the resource.
    pub(crate) id: &'static str,
    /// Whether it reports on the work itself instead of a resource.
    pub(crate) job: bool,
    /// Parameters for an id with another name.
    pub(crate) parameters: &'static [(&'static str, &'static str)],
    /// Path to the resource; the whole response if empty.
    pub(crate) resource: &'static [Step],
    /// Path to the state, or to several; if empty there is nothing to wait for.
    pub(crate) state: &'static [Step],
    /// Path to the current task, in addition to each state; `idle` is the value for no task.
    pub(crate) task: &'static [Step],
    pub(crate) idle: &'static str,
    pub(crate) progress: &'static [Step],
    pub(crate) reason: &'static [Step],
    /// Path in the resource to its time of creation, by which the row that the work created is found if no response has
    /// its id.
    pub(crate) created: &'static [Step],
    pub(crate) in_progress: &'static [&'static str],
    /// `*` is any state that is not listed elsewhere.
    pub(crate) done: &'static [&'static str],
    pub(crate) failed: &'static [&'static str],
    pub(crate) gone: &'static [&'static str],
    /// Error codes and statuses for an unknown id, in addition to 404.
    pub(crate) unknown: &'static [&'static str],
    /// Why the service may not know an id that it returned, and what to do then; empty if it always should.
    pub(crate) unknown_reason: &'static str,
    /// The longest pause between two polls, in seconds.
    pub(crate) interval: u64,
}

impl States {
    /// The defaults of an entry, except for its name, operation and id.
    pub(crate) const DEFAULT: Self = Self {
        name: "",
        operation: &Operation::DEFAULT,
        id: "",
        job: false,
        parameters: &[],
        resource: &[],
        state: &[],
        task: &[],
        idle: "",
        progress: &[],
        reason: &[],
        created: &[],
        in_progress: &[],
        done: &[],
        failed: &[],
        gone: &[],
        unknown: &[],
        unknown_reason: "",
        interval: 30,
    };

    /// The name of the id of a parameter.
    pub(crate) fn id_of(&self, parameter: &'static str) -> &'static str {
        self.parameters.iter().find(|(known, _)| *known == parameter).map_or(parameter, |(_, id)| id)
    }

    /// The parameters for ids, and the names of the ids.
    pub(crate) fn arguments(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let own = self.operation.parameters.iter().filter(|p| p.source == Source::Caller);
        own.map(|p| (p.name, self.id_of(p.name)))
    }

    /// The names of the ids that polling may use.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        self.arguments().map(|(_, id)| id).chain(self.own()).collect()
    }

    /// The names of the ids that polling, or finding the resource, requires.
    pub(crate) fn needed(&self) -> impl Iterator<Item = &'static str> {
        let required = self.operation.parameters.iter().filter(|p| p.required && p.source == Source::Caller);
        required.map(|p| self.id_of(p.name)).chain(self.own())
    }

    /// Its own id, and those of rows.
    fn own(&self) -> impl Iterator<Item = &'static str> {
        let rows = self.resource.iter().chain(self.state).filter_map(|step| match step {
            Step::Row(_, id) | Step::Rows(_, id) => Some(*id),
            Step::Property(_) | Step::Every => None,
        });
        rows.chain([self.id])
    }
}

/// A step of a path in a response. A property can be two, `name@host`: their texts, joined in the same way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// A property.
    Property(&'static str),
    /// The row of a list whose property, a dotted path, has the value of an id; the first row without such an id.
    Row(&'static str, &'static str),
    /// The rows of a list whose property has one of the values of an id.
    #[allow(dead_code)] // few services need it
    Rows(&'static str, &'static str),
    /// Every row of a list.
    Every,
}
