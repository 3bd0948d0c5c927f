//! The progress of work in the responses to polls.

use dbplane_codegen::spec::States;
use serde_json::Value as Json;

use crate::world::place::{self, Ids};
use crate::world::work::{Phase, Work};

/// The reason for work that fails because of a fault.
const REASON: &str = "The work failed.";

/// A place where work is visible: its job, or its resource.
pub(super) struct Followed {
    /// The entry of `x-states` that reports on it.
    pub(super) states: String,
    pub(super) work: Work,
    /// All ids by which it is found in responses.
    pub(super) ids: Ids,
    /// Whether the work created it, so that no world has it.
    pub(super) made: bool,
    /// Whether a job reports the progress of the work.
    pub(super) has_job: bool,
    /// The states to reach.
    pub(super) goal: Vec<String>,
    pub(super) deletes: bool,
}

/// Path to the resource that an entry reports on.
pub(super) fn resource(states: &States) -> &str {
    states.resource.as_deref().unwrap_or_default()
}

impl Followed {
    fn is_done(&self, now: i64) -> bool {
        self.work.phase(now) == Phase::Done
    }

    pub(super) fn is_gone(&self, now: i64) -> bool {
        self.deletes && !self.work.fails && self.is_done(now)
    }

    /// Writes its id and its state into a response.
    pub(super) fn show(&self, states: &States, body: &mut Json, now: i64) {
        let write = |body: &mut Json, path: &Option<String>, value: &dyn Fn(&Json) -> Option<String>| {
            let Some(path) = path else { return };
            place::change(body, path, &self.ids, |place| {
                if let Some(value) = value(place) {
                    *place = place::like(place, value);
                }
            });
        };
        place::change(body, resource(states), &self.ids, |thing| {
            let name = [states.id.as_str(), "id"].into_iter().find(|name| thing.get(*name).is_some());
            if let Some(id) = name.and_then(|name| thing.get_mut(name)) {
                *id = place::like(id, self.work.on.clone());
            }
        });
        write(body, &states.state, &|state| self.state(states, &place::plain(state), now));
        write(body, &states.task, &|_| states.idle.clone());
        write(body, &states.progress, &|shown| Some(self.progress(shown, now)));
        if self.work.fails && self.is_done(now) {
            write(body, &states.reason, &|_| Some(REASON.to_owned()));
        }
    }

    /// The state to show; none to keep the present one.
    fn state(&self, states: &States, shown: &str, now: i64) -> Option<String> {
        // An existing resource keeps its state while a job reports the progress, and after a failed job.
        let tells = states.job || !self.has_job;
        match self.work.phase(now) {
            Phase::Done if self.work.fails && tells => states.failed.first().cloned(),
            Phase::Done if self.work.fails => None,
            Phase::Done if self.is_reached(states, shown) => None,
            Phase::Done => self.goal.iter().find(|state| *state != "*").cloned(),
            _ if !tells && !self.made => None,
            Phase::Running if states.job => states.in_progress.get(1).or(states.in_progress.first()).cloned(),
            Phase::Waiting | Phase::Running => states.in_progress.first().cloned(),
        }
    }

    fn is_reached(&self, states: &States, shown: &str) -> bool {
        let is = |list: &[String]| list.iter().any(|state| state == shown);
        let elsewhere = is(&states.in_progress) || is(&states.failed) || is(&states.gone);
        is(&self.goal) || self.goal.iter().any(|state| state == "*") && !elsewhere
    }

    /// The progress in percent, in the form of the example.
    fn progress(&self, shown: &Json, now: i64) -> String {
        let whole = (self.work.ends - self.work.begins).max(1);
        let percent = (now - self.work.begins).clamp(0, whole) * 100 / whole;
        if shown.is_number() { percent.to_string() } else { format!("{percent}%") }
    }
}
