//! Asynchronous work.
//!
//! Problem: the response to a write is sent before the write is completed. Its effect is visible later, and a job or
//! request shows its progress. No thread waits: the next request carries out what is due.
//! Default: work waits for the first quarter of its time, at most 20 seconds, and runs for the rest. The latest
//! [`REMEMBERED`] completed ones can be queried.
//!
//! The tables of the state machines consist of [`Transition`]s.

use std::collections::VecDeque;

/// The maximum number of completed work that is kept.
pub(crate) const REMEMBERED: usize = 1_000;

/// States of a resource, as the vendor names them.
pub(crate) type States = &'static [&'static str];

/// The effect of an operation on the state of a resource.
#[derive(Debug)]
pub(crate) struct Transition {
    pub(crate) operation: &'static str,
    /// The states in which it is allowed.
    pub(crate) from: States,
    /// The state of the resource while the work runs.
    pub(crate) during: &'static str,
    /// The state at the end.
    pub(crate) after: &'static str,
    /// The duration of the work, in units of the cloud's pace.
    pub(crate) takes: u32,
}

impl Transition {
    /// Whether the operation is allowed in a state.
    pub(crate) fn allows(&self, state: &str) -> bool {
        self.from.contains(&state)
    }

    /// The duration of the work, in milliseconds.
    pub(crate) fn millis(&self, pace: i64) -> i64 {
        pace.saturating_mul(i64::from(self.takes))
    }
}

/// The maximum time before work becomes visible, in milliseconds, because clients stop polling for unknown work.
const LONGEST_START: i64 = 20_000;

/// A change of a world, and the time at which it is applied.
pub(crate) type Effect<W> = Box<dyn FnOnce(&mut W, i64) + Send>;

/// The phase of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Accepted, not started.
    Waiting,
    /// Started.
    Running,
    /// Done.
    Done,
}

/// Work that can be queried.
#[derive(Debug, Clone)]
pub(crate) struct Work {
    pub(crate) id: String,
    /// Id of the resource.
    pub(crate) on: String,
    pub(crate) operation: String,
    /// The times at which it is accepted, becomes visible, and ends, in Unix milliseconds.
    pub(crate) accepted: i64,
    pub(crate) begins: i64,
    pub(crate) ends: i64,
    /// Whether it fails.
    pub(crate) fails: bool,
}

impl Work {
    /// Work that is accepted now and has this duration in milliseconds.
    pub(crate) fn new(
        id: impl Into<String>,
        on: impl Into<String>,
        operation: &str,
        now: i64,
        millis: i64,
    ) -> Self {
        let (begins, ends) =
            (now.saturating_add((millis / 4).min(LONGEST_START)), now.saturating_add(millis));
        let (id, on, operation) = (id.into(), on.into(), operation.to_owned());
        Self { id, on, operation, accepted: now, begins, ends, fails: false }
    }

    pub(crate) fn phase(&self, now: i64) -> Phase {
        match now {
            _ if now >= self.ends => Phase::Done,
            _ if now >= self.begins => Phase::Running,
            _ => Phase::Waiting,
        }
    }
}

struct Pending<W> {
    work: Work,
    begin: Option<Effect<W>>,
    end: Effect<W>,
}

impl<W> Pending<W> {
    fn next(&self) -> i64 {
        if self.begin.is_some() { self.work.begins } else { self.work.ends }
    }
}

/// All work of a world, completed and in progress.
pub(crate) struct WorkQueue<W> {
    pending: Vec<Pending<W>>,
    done: VecDeque<Work>,
}

impl<W> Default for WorkQueue<W> {
    fn default() -> Self {
        Self { pending: Vec::new(), done: VecDeque::new() }
    }
}

impl<W> WorkQueue<W> {
    /// Starts work. `begin` is applied when it becomes visible, `end` when it is completed.
    pub(crate) fn accept(
        &mut self,
        work: Work,
        begin: impl FnOnce(&mut W, i64) + Send + 'static,
        end: impl FnOnce(&mut W, i64) + Send + 'static,
    ) {
        self.pending.push(Pending { work, begin: Some(Box::new(begin)), end: Box::new(end) });
    }

    /// The next effect that is due, and its time, in the order of acceptance.
    pub(crate) fn due(&mut self, now: i64) -> Option<(Effect<W>, i64)> {
        let due = self.pending.iter().enumerate().filter(|(_, pending)| pending.next() <= now);
        let (place, at) =
            due.map(|(place, pending)| (place, pending.next())).min_by_key(|(place, at)| (*at, *place))?;
        if let Some(begin) = self.pending.get_mut(place)?.begin.take() {
            return Some((begin, at));
        }
        let Pending { work, end, .. } = self.pending.remove(place);
        self.remember(work);
        Some((end, at))
    }

    /// Adds completed work.
    pub(crate) fn remember(&mut self, work: Work) {
        if self.done.len() >= REMEMBERED {
            self.done.pop_front();
        }
        self.done.push_back(work);
    }

    /// Work in progress on a resource.
    pub(crate) fn on(&self, thing: &str) -> Option<&Work> {
        self.pending.iter().map(|pending| &pending.work).find(|work| work.on == thing)
    }

    /// Work by its id.
    pub(crate) fn find(&self, id: &str) -> Option<&Work> {
        self.all().find(|work| work.id == id)
    }

    /// All work, in progress first, then the latest first.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Work> {
        self.pending.iter().rev().map(|pending| &pending.work).chain(self.done.iter().rev())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Diary = Vec<(&'static str, i64)>;

    fn run(works: &mut WorkQueue<Diary>, diary: &mut Diary, now: i64) {
        while let Some((effect, at)) = works.due(now) {
            effect(diary, at);
        }
    }

    fn note(text: &'static str) -> impl FnOnce(&mut Diary, i64) + Send + 'static {
        move |diary, at| diary.push((text, at))
    }

    #[test]
    fn effects_come_in_their_order_and_at_their_moments_however_late_one_looks() {
        let (mut works, mut diary) = (WorkQueue::default(), Diary::new());
        works.accept(Work::new("1", "x", "Slow", 0, 100), note("slow begins"), note("slow ends"));
        works.accept(Work::new("2", "y", "Quick", 10, 20), note("quick begins"), note("quick ends"));
        run(&mut works, &mut diary, 14);
        assert!(diary.is_empty());
        run(&mut works, &mut diary, 1_000);
        assert_eq!(
            diary,
            [("quick begins", 15), ("slow begins", 25), ("quick ends", 30), ("slow ends", 100)]
        );
        assert_eq!(works.all().map(|work| work.id.as_str()).collect::<Vec<_>>(), ["1", "2"]);
    }

    #[test]
    fn work_without_length_is_done_at_the_next_look() {
        let (mut works, mut diary) = (WorkQueue::default(), Diary::new());
        works.accept(Work::new("1", "x", "Now", 5, 0), note("begins"), note("ends"));
        assert!(works.on("x").is_some());
        run(&mut works, &mut diary, 5);
        assert_eq!(diary, [("begins", 5), ("ends", 5)]);
        assert!(works.on("x").is_none() && works.find("1").is_some_and(|w| w.phase(5) == Phase::Done));
    }

    #[test]
    fn phases_follow_the_clock() {
        let work = Work::new("1", "x", "Slow", 1_000, 400);
        let phases = [1_000, 1_099, 1_100, 1_399, 1_400].map(|now| work.phase(now));
        assert_eq!(phases, [Phase::Waiting, Phase::Waiting, Phase::Running, Phase::Running, Phase::Done]);
    }

    #[test]
    fn old_work_is_forgotten() {
        let mut works: WorkQueue<Diary> = WorkQueue::default();
        for number in 0..REMEMBERED + 1 {
            works.remember(Work::new(number.to_string(), "x", "o", 0, 0));
        }
        assert!(works.find("0").is_none() && works.find("1").is_some());
        assert_eq!(works.all().count(), REMEMBERED);
    }
}
