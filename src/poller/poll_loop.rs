//! The loop of a wait: pause, poll, evaluate.

use std::time::Duration;

use serde_json::Value;

use super::accepted::{Accepted, resource_id};
use super::judge::{End, Seen, judge};
use super::made;
use super::outcome::Outcome;
use super::poll::poll;
use super::status::Status;
use super::wait::Wait;
use crate::error::text::{one_line, shown};
use crate::error::{Error, Kind};
use crate::operation::{GONE, LongRunning, Operation, States};
use crate::runtime::Runtime;
use crate::timestamp::Timestamp;

/// For how long the service may not know new work.
const UNKNOWN: Duration = Duration::from_secs(28);

/// The maximum number of responses in a row that can't be decoded.
const UNREADABLE: u32 = 10;

/// A wait in progress.
pub(super) struct PollLoop<R> {
    accepted: Accepted<R>,
    wait: Wait,
    stages: Vec<&'static States>,
    stage: usize,
    /// The number of polls of this stage; if it is zero, there is no pause, unless it is the first stage.
    number: u32,
    /// All times are of the monotonic clock.
    begun: Duration,
    known: Duration,
    /// The last state, and when it was first seen.
    last: Option<(String, i64)>,
    /// Whether the service knew the work in a poll.
    seen: bool,
    /// Whether a state before the goal was seen.
    moved: bool,
    unreadable: u32,
    /// The time at which the service accepted the work, by its own clock.
    since: Option<i64>,
    /// The error of the last failed poll.
    trouble: Option<Error>,
    requests: u32,
    ended: bool,
}

impl<R> PollLoop<R> {
    pub(super) fn new(accepted: Accepted<R>, wait: Wait) -> Self {
        let work = accepted.operation.and_then(|o| o.long_running.as_ref());
        let stages =
            work.map(|work| work.stages(|name| accepted.token.id(name).is_some())).unwrap_or_default();
        let begun = accepted.core.runtime().elapsed();
        let requests = accepted.requests;
        let (stage, number, unreadable) = (0, 0, 0);
        let (last, trouble, seen, moved, ended) = (None, None, false, false, false);
        Self {
            accepted,
            wait,
            stages,
            stage,
            number,
            begun,
            known: begun,
            last,
            seen,
            moved,
            unreadable,
            since: None,
            trouble,
            requests,
            ended,
        }
    }

    /// The next status; none after the last.
    pub(super) async fn next(&mut self) -> Option<Result<Status<R>, Error>> {
        if self.ended {
            return None;
        }
        let status = self.step().await;
        self.ended = !matches!(status, Ok(Status::InProgress { .. }));
        Some(status)
    }

    async fn step(&mut self) -> Result<Status<R>, Error> {
        let (operation, work) = self.operation()?;
        if let Some(why) = self.runtime().lacks_tokio() {
            return Err(self.error(operation, Kind::Configuration, why.to_owned()));
        }
        loop {
            let Some(states) = self.stages.get(self.stage).copied() else {
                let message = "the token has no id that can be polled";
                return Err(self.error(operation, Kind::Configuration, message.to_owned()));
            };
            self.pause(operation, states).await?;
            let left = self.wait.timeout.saturating_sub(self.passed());
            let poll = poll(&self.accepted.core, states, &self.accepted.token);
            let runtime = self.runtime();
            let Some((polled, requests)) = runtime.within(left, poll).await else {
                return Err(self.timeout(operation));
            };
            self.requests = self.requests.saturating_add(requests);
            let seen = match polled {
                Err(e) if is_unknown(states, &e) => {
                    self.trouble = Some(e);
                    Seen::Missing
                }
                Err(e) => {
                    self.forgive(operation, e)?;
                    continue;
                }
                Ok(pages) => self.judge(work, states, &pages),
            };
            if let Some(status) = self.take(operation, work, states, seen)? {
                return Ok(status);
            }
        }
    }

    fn operation(&self) -> Result<(&'static Operation, &'static LongRunning), Error> {
        let work = self.accepted.operation.and_then(|o| Some((o, o.long_running.as_ref()?)));
        work.ok_or_else(|| {
            let Accepted { token, core, .. } = &self.accepted;
            let remedy = if token.service() == core.service().name {
                "enable the Cargo feature that has this operation, or that of the whole service"
            } else {
                "resume it with a client of that service"
            };
            let (service, operation) = (token.service(), token.operation());
            let message = format!(
                "the token is of {service} {operation}, which this client ({core:?}) can't wait for; {remedy}"
            );
            Error::new(Kind::Configuration, message)
        })
    }

    fn runtime(&self) -> Runtime {
        self.accepted.core.runtime().clone()
    }

    fn passed(&self) -> Duration {
        self.runtime().elapsed().saturating_sub(self.begun)
    }

    /// Pauses before a poll; the first poll after a completed stage has no pause.
    async fn pause(&mut self, operation: &'static Operation, states: &States) -> Result<(), Error> {
        let runtime = self.runtime();
        if self.stage > 0 && self.number == 0 || !states.job && states.state.is_empty() && self.number == 0 {
            self.number = 1;
            return Ok(());
        }
        let mut pause = self.wait.pause(self.number, states.interval, &runtime);
        self.number = self.number.saturating_add(1);
        let asked = self.trouble.as_ref().and_then(Error::retry_after).unwrap_or_default();
        pause = pause.max(asked);
        if self.last.as_ref().is_some_and(|(state, _)| state == "unknown") {
            pause = pause.min(UNKNOWN.saturating_sub(runtime.elapsed().saturating_sub(self.known)));
        }
        if self.passed().saturating_add(pause) >= self.wait.timeout {
            return Err(self.timeout(operation));
        }
        runtime.sleep(pause).await;
        Ok(())
    }

    fn judge(&mut self, work: &LongRunning, states: &'static States, pages: &[Value]) -> Seen {
        if let Some(id) = made::unknown(states, self.accepted.token.ids()) {
            match made::made(states, pages, self.accepted.token.ids(), self.since) {
                Some(made) => self.accepted.token.learn(id, made),
                None => return Seen::Missing,
            }
        }
        let token = &self.accepted.token;
        let goal: Vec<&str> = token.goal().collect();
        let last = self.stage + 1 == self.stages.len();
        let gone = last && goal == [GONE];
        let goal = if last && !states.job { goal } else { states.done.to_vec() };
        let seen = judge(states, pages, token.ids(), &goal, gone);
        let early = self.passed() < Duration::from_secs(work.settle);
        match seen {
            // It may still be the previous state.
            Seen::Reached(_) if last && !self.moved && early => {
                let state = goal.first().copied().unwrap_or_default();
                Seen::InProgress(state.to_owned(), None)
            }
            seen => seen,
        }
    }

    /// The result of a poll as a status; none if the next stage follows.
    fn take(
        &mut self,
        operation: &'static Operation,
        work: &LongRunning,
        states: &'static States,
        seen: Seen,
    ) -> Result<Option<Status<R>>, Error> {
        let last = self.stage + 1 == self.stages.len();
        let gone = last && self.accepted.token.goal().eq([GONE]);
        if seen != Seen::Missing {
            (self.seen, self.trouble) = (true, None);
            self.known = self.runtime().elapsed();
        }
        match seen {
            Seen::Missing if gone => self.done(operation, "gone", Value::Null),
            Seen::Missing => self.missing(operation, states).map(Some),
            Seen::InProgress(state, percent) => {
                self.moved |= !work.goal().contains(&state.as_str());
                self.unreadable = 0;
                Ok(Some(self.in_progress(state, percent)))
            }
            Seen::Failed(state, reason) => {
                let end = format!("{} ended in the state {state}", self.what(states));
                let reason = reason.and_then(|reason| one_line(&reason));
                let message = reason.map_or_else(|| end.clone(), |reason| format!("{end}: {reason}"));
                Err(self.error(operation, Kind::Failed, message))
            }
            Seen::Reached(job) if !last => {
                self.since = made::created(states, &job);
                (self.stage, self.number, self.seen) = (self.stage + 1, 0, false);
                Ok(None)
            }
            Seen::Reached(resource) => self.done(operation, states.name, resource),
        }
    }

    /// The last status; a resource that can't be read is read again.
    fn done(
        &mut self,
        operation: &'static Operation,
        name: &'static str,
        resource: Value,
    ) -> Result<Option<Status<R>>, Error> {
        let token = self.accepted.token.clone();
        let unchanged = operation.long_running.as_ref().is_some_and(|work| {
            work.optional && !work.poll.iter().any(|states| token.id(states.id).is_some())
        });
        match (self.accepted.make)(&End { name, resource }) {
            Ok(resource) => {
                let resource_id = resource_id(Some(operation), &token).map(str::to_owned);
                Ok(Some(Status::Done(Outcome { resource, resource_id, token, unchanged })))
            }
            Err(e) => self.forgive(operation, e).map(|()| None),
        }
    }

    /// The service does not know it, or no longer knows it.
    fn missing(&mut self, operation: &'static Operation, states: &States) -> Result<Status<R>, Error> {
        let unknown = self.runtime().elapsed().saturating_sub(self.known);
        if unknown < UNKNOWN {
            return Ok(self.in_progress("unknown".to_owned(), None));
        }
        let what = self.what(states);
        if self.seen {
            return Err(self.error(operation, Kind::Failed, format!("{what} no longer exists")));
        }
        let mut message = format!("{what} is unknown to the service after {} s", UNKNOWN.as_secs());
        if !states.unknown_reason.is_empty() {
            message = format!("{message}: {}", states.unknown_reason);
        }
        Err(self.error(operation, Kind::Poll, message))
    }

    /// The name of what is polled, in messages.
    fn what(&self, states: &States) -> String {
        match self.accepted.token.id(states.id) {
            Some(id) => format!("the {} {}", states.name, shown(id)),
            None => format!("the {} that it made", states.name),
        }
    }

    /// A retry of the poll may succeed: after an error of the network or the service, too many calls, or one response
    /// that can't be decoded.
    fn forgive(&mut self, operation: &'static Operation, error: Error) -> Result<(), Error> {
        let unreadable = error.is_decode();
        self.unreadable = if unreadable { self.unreadable.saturating_add(1) } else { 0 };
        let transient = error.is_transient() || error.status() == Some(408);
        let again = transient || unreadable && self.unreadable < UNREADABLE;
        self.trouble = Some(error);
        if again {
            return Ok(());
        }
        Err(self.error(operation, Kind::Poll, "its progress can't be read".to_owned()))
    }

    fn in_progress(&mut self, state: String, percent: Option<u8>) -> Status<R> {
        let now = self.runtime().unix_millis();
        let since = self.last.take().filter(|(known, _)| *known == state).map_or(now, |(_, since)| since);
        self.last = Some((state.clone(), since));
        Status::InProgress { state, percent, since: Timestamp::from_unix_millis(since) }
    }

    fn timeout(&mut self, operation: &'static Operation) -> Error {
        let message = format!("it is not done within {} s, and continues", self.wait.timeout.as_secs_f64());
        self.error(operation, Kind::Timeout, message)
    }

    /// The error of a wait, with the accepted work.
    fn error(&mut self, operation: &'static Operation, kind: Kind, message: String) -> Error {
        let last = self.last.take().filter(|(state, _)| state != "unknown");
        let last = last.map(|(state, _)| format!("; the last state was {}", shown(&state)));
        let message = format!("the service accepted the request, but {message}{}", last.unwrap_or_default());
        let error = Error::new(kind, message)
            .with_requests_sent(self.requests, true)
            .with_accepted(operation, self.accepted.token.clone());
        match self.trouble.take() {
            Some(trouble) => error.with_source(trouble),
            None => error,
        }
    }
}

/// Whether the error says that the service does not know the id.
fn is_unknown(states: &States, error: &Error) -> bool {
    let code = error.code().is_some_and(|code| states.unknown.contains(&code));
    let status = error.status().filter(|status| *status >= 400);
    code || error.is_not_found() || status.is_some_and(|s| states.unknown.contains(&s.to_string().as_str()))
}
