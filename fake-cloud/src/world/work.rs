//! Work that was accepted and takes time.
//!
//! Problem: a write is answered before it is done. What it changes shows later, and a job or request tells how
//! far it has come. No thread waits for that: whoever looks next lets happen what is due.
//! Default: a piece of work waits for the first quarter of its time, 20 seconds at most, and runs for the rest. The newest
//! [`REMEMBERED`] finished ones can still be asked for.
//!
//! The tables of a service's state machine are made of [`Transition`]s.

use std::collections::VecDeque;

/// How many finished pieces of work are remembered.
pub(crate) const REMEMBERED: usize = 1_000;

/// States of a thing, in the words of the vendor.
pub(crate) type States = &'static [&'static str];

/// What an operation does to the state of a thing. States are the vendor's words.
#[derive(Debug)]
pub(crate) struct Transition {
    pub(crate) operation: &'static str,
    /// The states in which it is allowed.
    pub(crate) from: States,
    /// The state that the thing shows while the work runs.
    pub(crate) during: &'static str,
    /// The state that it shows at the end.
    pub(crate) after: &'static str,
    /// How long the work takes, in units of the cloud's pace.
    pub(crate) takes: u32,
}

impl Transition {
    /// Whether the operation is allowed in a state.
    pub(crate) fn allows(&self, state: &str) -> bool {
        self.from.contains(&state)
    }

    /// How long the work takes, in milliseconds.
    pub(crate) fn millis(&self, pace: i64) -> i64 {
        pace.saturating_mul(i64::from(self.takes))
    }
}

/// The longest time before work starts to show, in milliseconds. Clients give up on work that they can't find.
const LONGEST_START: i64 = 20_000;

/// A change of a world, and the moment at which it happens.
pub(crate) type Effect<W> = Box<dyn FnOnce(&mut W, i64) + Send>;

/// Where a piece of work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Accepted, not begun.
    Waiting,
    /// Begun.
    Running,
    /// Done.
    Done,
}

/// A piece of work as it can be asked for.
#[derive(Debug, Clone)]
pub(crate) struct Work {
    pub(crate) id: String,
    /// Id of the thing that is worked on.
    pub(crate) on: String,
    pub(crate) operation: String,
    /// When it was accepted, starts to show, and ends; Unix milliseconds.
    pub(crate) accepted: i64,
    pub(crate) begins: i64,
    pub(crate) ends: i64,
    /// Whether it comes to nothing.
    pub(crate) fails: bool,
}

impl Work {
    /// Work that is accepted now and takes so many milliseconds.
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

/// All work of a world, done and to be done.
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
    /// Takes work on. `begin` happens when it starts to show, `end` when it is done.
    pub(crate) fn accept(
        &mut self,
        work: Work,
        begin: impl FnOnce(&mut W, i64) + Send + 'static,
        end: impl FnOnce(&mut W, i64) + Send + 'static,
    ) {
        self.pending.push(Pending { work, begin: Some(Box::new(begin)), end: Box::new(end) });
    }

    /// The next effect that is due by now, and its moment; what came first comes first.
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

    /// Adds work that is done.
    pub(crate) fn remember(&mut self, work: Work) {
        if self.done.len() >= REMEMBERED {
            self.done.pop_front();
        }
        self.done.push_back(work);
    }

    /// Unfinished work on a thing.
    pub(crate) fn on(&self, thing: &str) -> Option<&Work> {
        self.pending.iter().map(|pending| &pending.work).find(|work| work.on == thing)
    }

    /// Work by its id.
    pub(crate) fn find(&self, id: &str) -> Option<&Work> {
        self.all().find(|work| work.id == id)
    }

    /// All work that is known, unfinished first, then the newest first.
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
