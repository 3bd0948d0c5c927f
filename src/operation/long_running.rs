//! How the work of an operation is followed, as its spec says.
//!
//! Problem: an operation's response only means "accepted", and each service tells of the work elsewhere and in its own
//! words. Default: what the spec's `x-long-running` and `x-states` say, as static tables. Override: none.

use super::Operation;
use super::parameter::Source;

/// A goal that means "does not exist any more".
pub(crate) const GONE: &str = "gone";

/// How the work of an operation is followed.
#[derive(Debug, Clone, Copy)]
pub struct LongRunning {
    /// Names of ids, and the paths to them in the response; all others are those of the request.
    pub(crate) ids: &'static [(&'static str, &'static [Step])],
    /// Names of ids, and the paths to them in the body of the request; those that are properties of the body itself
    /// need none.
    pub(crate) sent: &'static [(&'static str, &'static [Step])],
    /// What is polled: the first of these whose id is known.
    pub(crate) poll: &'static [&'static States],
    /// What is read at the end, and polled until it has reached the goal if it has a state.
    pub(crate) then: Option<&'static States>,
    /// The states to reach, or [`GONE`]; those of the last stage where there is none.
    pub(crate) until: &'static [&'static str],
    /// For how many seconds the state from before may still be shown.
    pub(crate) settle: u64,
    /// Whether a response without the id of the work means that nothing had to be done.
    pub(crate) optional: bool,
}

impl LongRunning {
    /// How work is followed where nothing else is said.
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

    /// The stages of the work: what is polled, then what is read. Without the id of a job there is only the second.
    /// `known` tells which ids are there.
    pub(crate) fn stages(&self, known: impl Fn(&str) -> bool) -> Vec<&'static States> {
        let polled = self.poll.iter().copied().find(|states| known(states.id));
        polled.into_iter().chain(self.then).collect()
    }

    /// The goal in words, for a token.
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

/// An operation that is polled, and what its responses mean.
#[derive(Debug)]
pub(crate) struct States {
    /// What it reports on: `cluster`.
    pub(crate) name: &'static str,
    pub(crate) operation: &'static Operation,
    /// The name of the id of what it reports on.
    pub(crate) id: &'static str,
    /// Whether it reports on the work itself, not on what is worked on.
    pub(crate) job: bool,
    /// Parameters that take an id of another name.
    pub(crate) parameters: &'static [(&'static str, &'static str)],
    /// Path to what it reports on; the whole response if empty.
    pub(crate) resource: &'static [Step],
    /// Path to the state, or to several; if empty there is nothing to wait for.
    pub(crate) state: &'static [Step],
    /// Path to what is being done, beside each state; `idle` is the word for nothing.
    pub(crate) task: &'static [Step],
    pub(crate) idle: &'static str,
    pub(crate) progress: &'static [Step],
    pub(crate) reason: &'static [Step],
    /// Path in the resource to when it was made, by which the row is found that the work made where nothing says its id.
    pub(crate) created: &'static [Step],
    pub(crate) in_progress: &'static [&'static str],
    /// `*` is any state that is not listed elsewhere.
    pub(crate) done: &'static [&'static str],
    pub(crate) failed: &'static [&'static str],
    pub(crate) gone: &'static [&'static str],
    /// Error codes and statuses for an id that the service does not know, beside 404.
    pub(crate) unknown: &'static [&'static str],
    /// Why the service may not know an id that it gave out, and what to do then; empty if it always should.
    pub(crate) unknown_reason: &'static str,
    /// The longest pause between two polls, in seconds.
    pub(crate) interval: u64,
}

impl States {
    /// What an entry is where nothing else is said; name, operation and id of each are its own.
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

    /// The name of the id that a parameter takes.
    pub(crate) fn id_of(&self, parameter: &'static str) -> &'static str {
        self.parameters.iter().find(|(known, _)| *known == parameter).map_or(parameter, |(_, id)| id)
    }

    /// The parameters that ids are given to, and the names of the ids.
    pub(crate) fn arguments(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let own = self.operation.parameters.iter().filter(|p| p.source == Source::Caller);
        own.map(|p| (p.name, self.id_of(p.name)))
    }

    /// The names of the ids that polling may use.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        self.arguments().map(|(_, id)| id).chain(self.own()).collect()
    }

    /// The names of the ids without which it can't be polled, or its resource not be found.
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

/// A step of a path in a response. A property can be two in one, `name@host`: their texts, joined like the name.
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
