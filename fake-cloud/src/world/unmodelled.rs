//! Operations that no world simulates: they return the examples of the spec, and their work ends after some time.
//!
//! Problem: a client that waits for a write needs a job that exists, ends, and can fail, also if the effect of the
//! write is not simulated.
//! Default: `x-long-running` and `x-states` of the spec say where ids and states are. A write gets the ids of its
//! request, and new ones for the others in its example. For [`UNITS`] units of the cloud's pace, polls show it in
//! progress; then it is done, created resources can be read, and deleted ones can't. With a fault, the job fails, or,
//! if there is no job, the resource gets a failed state. Nothing else changes in the service. A list has the rows of
//! the example, in pages. Unknown ids of resources and jobs are refused.

mod followed;
mod pages;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};

use dbplane_codegen::spec::{Location, LongRunning, States};
use serde_json::Value as Json;

use super::contract::{Inventory, WorldContext};
use super::place::{self, Ids};
use super::request::WorldRequest;
use super::work::{REMEMBERED, Work};
use crate::base::runtime::Runtime;
use crate::message::refusal::{Refusal, RefusalKind};
use crate::message::response::Response;
use crate::spec::operation::Operation;
use followed::{Followed, resource};

/// The duration of work, in units of the cloud's pace.
const UNITS: i64 = 2;

/// All work of operations that no world simulates.
#[derive(Default)]
pub(super) struct UnmodelledWork {
    states: Vec<States>,
    pace: i64,
    followed: VecDeque<Followed>,
}

impl UnmodelledWork {
    pub(super) fn new(start: &WorldContext<'_>) -> Self {
        let (pace, followed) = (start.world_options.pace, VecDeque::new());
        Self { states: start.spec.states.clone(), pace, followed }
    }

    /// Processes an operation that no world simulates.
    ///
    /// # Errors The request names something that does not exist.
    pub(super) fn response(
        &mut self,
        call: &WorldRequest<'_>,
        inventory: &Inventory,
    ) -> Result<Response, Refusal> {
        self.refuse_unknown(call, inventory)?;
        Ok(match &call.operation.long_running {
            Some(work) => self.accept(call, work),
            None => pages::page(call),
        })
    }

    /// Whether a request reads a resource that such work created, and that no world has.
    pub(super) fn is_made(&self, call: &WorldRequest<'_>) -> bool {
        let newest = |states| self.find(states, asked(states, call)?);
        self.read_by(call.operation).filter_map(newest).any(|followed| followed.made)
    }

    /// Shows such work in the response to a read. A resource that is missing in the response of a world no longer
    /// exists, unless the work created it.
    ///
    /// # Errors The request names a deleted resource.
    pub(super) fn show(
        &self,
        call: &WorldRequest<'_>,
        response: &mut Response,
        modelled: bool,
    ) -> Result<(), Refusal> {
        let Some(body) = &mut response.body else { return Ok(()) };
        for states in self.read_by(call.operation) {
            let asked = asked(states, call);
            for followed in self.all(states).filter(|followed| followed.fits(asked, call)) {
                if modelled && !followed.made && place::lacks(body, resource(states), &followed.ids) {
                    continue;
                }
                if !followed.is_gone(call.now) {
                    followed.show(states, body, call.now);
                } else if !place::remove(body, resource(states), &followed.ids) {
                    return Err(unknown(states, &followed.work.on));
                }
            }
        }
        Ok(())
    }

    /// The entries that an operation reports for.
    fn read_by(&self, operation: &Operation) -> impl Iterator<Item = &States> {
        self.states.iter().filter(|states| states.operation == operation.id)
    }

    /// The newest work that is visible in a resource.
    fn find(&self, states: &States, id: &str) -> Option<&Followed> {
        self.followed.iter().rev().find(|known| known.states == states.name && known.work.on == id)
    }

    /// The newest work of each resource of a kind.
    fn all(&self, states: &States) -> impl Iterator<Item = &Followed> {
        let known = self.followed.iter().filter(|known| known.states == states.name);
        known.map(|known| (known.work.on.as_str(), known)).collect::<BTreeMap<_, _>>().into_values()
    }

    /// # Errors The request names a job that was not started, or an unknown resource of the world.
    fn refuse_unknown(&self, call: &WorldRequest<'_>, inventory: &Inventory) -> Result<(), Refusal> {
        for states in self.read_by(call.operation).filter(|states| states.job) {
            if let Some(id) = asked(states, call).filter(|id| self.find(states, id).is_none()) {
                return Err(unknown(states, id));
            }
        }
        for (name, ids) in inventory {
            let Some(id) = call.accepted.values.get(*name) else { continue };
            let newest = self.followed.iter().rev().find(|known| known.work.on == *id);
            if !newest.map_or(ids.contains(id), |known| !known.is_gone(call.now)) {
                return Err(Refusal::not_found(format!("{name}: {id} does not exist")));
            }
        }
        Ok(())
    }

    /// Starts work, and returns the response with its ids.
    fn accept(&mut self, call: &WorldRequest<'_>, work: &LongRunning) -> Response {
        let mut response = call.example();
        let made = response.body.as_mut().map(|body| make_ids(call, work, body)).unwrap_or_default();
        let ids = |states: &States| match made.get(&states.id) {
            Some(id) => vec![id.clone()],
            None => sent(call, &states.id),
        };
        let polled = work.poll.iter().find(|states| !ids(states).is_empty());
        let has_job = polled.is_some_and(|states| states.job);
        let stages: Vec<&States> = polled.into_iter().chain(&work.then).collect();
        for (number, states) in stages.iter().enumerate() {
            let last = number + 1 == stages.len();
            for id in ids(states) {
                let mut progress = Work::new("", &id, call.id(), call.now, self.pace.saturating_mul(UNITS));
                progress.fails = call.fails;
                let goal = if last && !work.until.is_empty() { &work.until } else { &states.done };
                let followed = Followed {
                    states: states.name.clone(),
                    ids: named(call, &made, states, &id),
                    work: progress,
                    made: made.contains_key(&states.id)
                        || self.find(states, &id).is_some_and(|known| known.made),
                    has_job,
                    goal: goal.clone(),
                    deletes: last && work.deletes(),
                };
                self.remember(followed);
            }
        }
        response
    }

    fn remember(&mut self, followed: Followed) {
        if self.followed.len() >= REMEMBERED {
            self.followed.pop_front();
        }
        self.followed.push_back(followed);
    }
}

/// Writes the ids of work into its response: those of the request, and new ones, which are returned.
fn make_ids(call: &WorldRequest<'_>, work: &LongRunning, body: &mut Json) -> Ids {
    let mut made = Ids::new();
    for (name, path) in &work.ids {
        let is_job = work.poll.iter().any(|states| states.job && states.id == *name);
        let given = sent(call, name).into_iter().next().filter(|_| !is_job);
        place::change(body, path, &Ids::new(), |value| {
            let new = || another(&place::plain(value), call.runtime);
            let id = given.clone().unwrap_or_else(new);
            *value = place::like(value, id.clone());
            if given.is_none() {
                made.insert(name.clone(), id);
            }
        });
    }
    made
}

/// An id of the same form with other digits. Digits at the end do not change if there are others, because they can mean
/// the kind of resource.
fn another(id: &str, runtime: &Runtime) -> String {
    let is_digit = |c: char| c.is_ascii_digit();
    let front = id.trim_end_matches(is_digit);
    let (front, kind) = if front.contains(is_digit) { id.split_at(front.len()) } else { (id, "") };
    if !front.contains(is_digit) {
        return runtime.uuid();
    }
    let mut digits = runtime.text(b"123456789", front.len()).into_bytes().into_iter().map(char::from);
    let changed: String =
        front.chars().map(|c| if is_digit(c) { digits.next().unwrap_or(c) } else { c }).collect();
    changed + kind
}

/// The values of a request for a name: at the path that the spec has for it, of a parameter, or else of a property of
/// the body.
fn sent(call: &WorldRequest<'_>, name: &str) -> Vec<String> {
    let paths = call.operation.long_running.iter().flat_map(|work| &work.sent);
    if let Some((_, path)) = paths.into_iter().find(|(known, _)| known == name) {
        return place::read(call.body(), path);
    }
    let values = match (call.accepted.values.get(name), call.body().get(name)) {
        (Some(value), _) => vec![value.clone()],
        (None, Some(Json::Array(values))) => values.iter().map(place::plain).collect(),
        (None, value) => value.map(place::plain).into_iter().collect(),
    };
    values.into_iter().filter(|value| !value.is_empty()).collect()
}

/// All ids by which a resource is found in responses.
fn named(call: &WorldRequest<'_>, made: &Ids, states: &States, id: &str) -> Ids {
    let body = call.body().as_object().into_iter().flatten().map(|(name, value)| (name, place::plain(value)));
    let body = body.filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name.clone(), value));
    let mut ids: Ids = body.chain(call.accepted.values.clone()).chain(made.clone()).collect();
    ids.insert(states.id.clone(), id.to_owned());
    ids
}

/// The id of a poll.
fn asked<'a>(states: &States, call: &WorldRequest<'a>) -> Option<&'a str> {
    let takes = |parameter: &str| {
        let id = states.parameters.iter().find(|(known, _)| known == parameter).map(|(_, id)| id.as_str());
        id.unwrap_or(parameter) == states.id
    };
    call.text(&call.operation.parameters.iter().find(|known| takes(&known.name))?.name)
}

/// A refusal for an unknown id, with the code of the spec for it.
fn unknown(states: &States, id: &str) -> Refusal {
    let problem = format!("there is no {} {id}", states.name);
    let (statuses, codes): (Vec<_>, Vec<_>) =
        states.unknown.iter().partition(|code| code.parse::<u16>().is_ok());
    let status = statuses.first().and_then(|status| status.parse().ok()).unwrap_or(404);
    match codes.first() {
        Some(code) => Refusal::new(RefusalKind::UnknownId(status, (*code).clone()), problem),
        None => Refusal::not_found(problem),
    }
}

impl Followed {
    /// Whether a poll is for it: by its id, or with a list that contains it.
    fn fits(&self, asked: Option<&str>, call: &WorldRequest<'_>) -> bool {
        let parameters = call.operation.parameters.iter().filter(|known| known.location == Location::Path);
        let mut above =
            parameters.filter_map(|known| Some((known.name.as_str(), self.ids.get(&known.name)?)));
        match asked {
            Some(id) => self.work.on == id,
            None => above.all(|(name, id)| call.path(name) == id),
        }
    }
}
