//! The journal: the latest requests, the latest writes that took effect, and counters.
//!
//! Problem: a test needs to know what the client sent, why the cloud refused it and what it changed, even if the
//! response does not say so or was lost.
//! Default: the latest [`CAPACITY`] requests are kept, and as many writes that took effect, so that reads do not
//! displace writes. Counters are never truncated; a reset sets them to zero.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;

use crate::base::calendar;

/// Maximum number of requests, and of effects, in the journal.
pub const CAPACITY: usize = 10_000;
/// Longer methods, targets and problems are truncated, in bytes, because they come from the caller.
const TEXT_LIMIT: usize = 2_000;

/// One request.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Entry {
    /// Number of the request, counted from 1 over all services.
    pub number: u64,
    /// Time at which it was received, by the clock of the cloud, in Unix milliseconds.
    pub at: i64,
    /// File stem of the service's spec.
    pub service: String,
    /// Operation of the request; `None` if no operation matches.
    pub operation: Option<String>,
    /// HTTP method.
    pub method: String,
    /// Request target as it was sent, truncated if it is long.
    pub target: String,
    /// Status of the response; `None` if the connection ended without a response.
    pub status: Option<u16>,
    /// Reason why it was refused; `None` if it was accepted.
    pub problem: Option<String>,
    /// Warnings about a request that was accepted.
    pub warnings: Vec<String>,
    /// Fault that was applied; `None` if there was none.
    pub fault: Option<String>,
    /// Whether it was a write that was carried out, even if its response was lost.
    pub took_effect: bool,
}

impl fmt::Display for Entry {
    /// One line of text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.operation.as_deref().unwrap_or("-");
        write!(f, "{} {} {operation} ", calendar::millis(self.at), self.service)?;
        write!(f, "{} {} ", self.method, self.target.escape_debug())?;
        match self.status {
            Some(status) => write!(f, "{status}")?,
            None => f.write_str("no response")?,
        }
        f.write_str(if self.took_effect { ", took effect" } else { "" })?;
        if let Some(fault) = &self.fault {
            write!(f, ", fault: {fault}")?;
        }
        for warning in &self.warnings {
            write!(f, ", odd: {}", warning.escape_debug())?;
        }
        match &self.problem {
            Some(problem) => write!(f, ", refused: {}", problem.escape_debug()),
            None => Ok(()),
        }
    }
}

/// The counters of a service.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Counters {
    pub(crate) requests: u64,
    pub(crate) refused: u64,
    pub(crate) faults: u64,
    pub(crate) effects: u64,
    /// Accepted requests by operation.
    pub(crate) accepted: BTreeMap<String, u64>,
}

impl Counters {
    fn count(&mut self, entry: &Entry, good: bool) {
        self.requests += 1;
        self.refused += u64::from(entry.problem.is_some());
        self.faults += u64::from(entry.fault.is_some());
        self.effects += u64::from(entry.took_effect);
        if let (true, Some(operation)) = (good, &entry.operation) {
            add(&mut self.accepted, operation, |count| *count += 1);
        }
    }
}

/// Changes the value of a key; the key is only copied if it is new.
fn add<V: Default>(map: &mut BTreeMap<String, V>, key: &str, change: impl FnOnce(&mut V)) {
    match map.get_mut(key) {
        Some(value) => change(value),
        None => change(map.entry(key.to_owned()).or_default()),
    }
}

/// A bounded list; a new entry replaces the oldest.
#[derive(Debug, Default)]
struct RecentEntries(VecDeque<Arc<Entry>>);

impl RecentEntries {
    fn push(&mut self, entry: Arc<Entry>) {
        if self.0.len() >= CAPACITY {
            self.0.pop_front();
        }
        self.0.push_back(entry);
    }

    fn after(&self, number: u64) -> Vec<Arc<Entry>> {
        let begin = self.0.partition_point(|entry| entry.number <= number);
        self.0.iter().skip(begin).cloned().collect()
    }
}

#[derive(Debug, Default)]
struct JournalState {
    last: u64,
    requests: RecentEntries,
    effects: RecentEntries,
    counters: BTreeMap<String, Counters>,
}

/// Receives each request as it is recorded.
pub(crate) type Listener = Arc<dyn Fn(&Entry) + Send + Sync>;

#[derive(Default)]
pub(crate) struct Journal {
    state: Mutex<JournalState>,
    listener: Option<Listener>,
}

impl Journal {
    pub(crate) fn new(listener: Option<Listener>) -> Self {
        Self { state: Mutex::default(), listener }
    }

    fn with<T>(&self, look: impl FnOnce(&mut JournalState) -> T) -> T {
        look(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Records a request and assigns its number. `good` means that the operation was carried out.
    pub(crate) fn write(&self, mut entry: Entry, good: bool) {
        let texts = [&mut entry.method, &mut entry.target];
        texts.into_iter().chain(&mut entry.problem).chain(&mut entry.warnings).for_each(cut);
        let entry = self.with(|state| {
            state.last += 1;
            entry.number = state.last;
            add(&mut state.counters, &entry.service, |counters| counters.count(&entry, good));
            let entry = Arc::new(entry);
            if entry.took_effect {
                state.effects.push(Arc::clone(&entry));
            }
            state.requests.push(Arc::clone(&entry));
            entry
        });
        if let Some(listener) = &self.listener {
            listener(&entry);
        }
    }

    /// The requests after this number, oldest first.
    pub(crate) fn requests_after(&self, number: u64) -> Vec<Arc<Entry>> {
        self.with(|state| state.requests.after(number))
    }

    /// The same for writes that took effect.
    pub(crate) fn effects_after(&self, number: u64) -> Vec<Arc<Entry>> {
        self.with(|state| state.effects.after(number))
    }

    /// The counters of a service.
    pub(crate) fn counters(&self, service: &str) -> Counters {
        self.with(|state| state.counters.get(service).cloned().unwrap_or_default())
    }

    /// Removes all entries and resets the counters.
    pub(crate) fn clear(&self) {
        self.with(|state| *state = JournalState::default());
    }
}

/// Shortens a text that is too long.
fn cut(text: &mut String) {
    if text.len() > TEXT_LIMIT {
        let end = (0..=TEXT_LIMIT).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text.truncate(end);
        text.push_str("...");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(number: usize) -> Entry {
        Entry {
            service: "s".to_owned(),
            operation: Some("o".to_owned()),
            method: "PUT".to_owned(),
            target: format!("/{number}"),
            status: Some(200),
            ..Entry::default()
        }
    }

    #[test]
    fn old_entries_go_and_counters_stay() {
        let journal = Journal::default();
        for number in 0..CAPACITY + 5 {
            let good = number.is_multiple_of(2);
            journal.write(Entry { problem: (!good).then(|| "no".to_owned()), ..entry(number) }, good);
        }
        let kept = journal.requests_after(0);
        assert_eq!((kept.len(), kept[0].target.as_str(), kept[0].number), (CAPACITY, "/5", 6));
        let counters = journal.counters("s");
        assert_eq!(counters.requests, CAPACITY as u64 + 5);
        assert_eq!(counters.accepted["o"] + counters.refused, counters.requests);
        assert_eq!(journal.requests_after(CAPACITY as u64 + 4).len(), 1);
    }

    #[test]
    fn reads_do_not_push_out_what_took_effect() {
        let journal = Journal::default();
        journal.write(Entry { took_effect: true, ..entry(0) }, true);
        (0..CAPACITY).for_each(|number| journal.write(entry(number), true));
        assert!(journal.requests_after(0).iter().all(|entry| !entry.took_effect));
        assert_eq!(journal.effects_after(0).len(), 1);
        journal.clear();
        assert_eq!((journal.effects_after(0).len(), journal.counters("s").requests), (0, 0));
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        let journal = Journal::default();
        let long = "\u{e9}".repeat(TEXT_LIMIT);
        journal.write(
            Entry { target: format!("/{long}"), method: long.clone(), problem: Some(long), ..entry(0) },
            false,
        );
        let kept = journal.requests_after(0).remove(0);
        assert!(kept.target.ends_with("\u{e9}...") && kept.target.len() <= TEXT_LIMIT + 3);
        assert!(kept.method.len() <= TEXT_LIMIT + 3);
        assert!(kept.problem.as_ref().unwrap().len() <= TEXT_LIMIT + 3);
    }

    #[test]
    fn a_line_says_everything() {
        let told = Entry {
            at: 1_768_465_800_123,
            took_effect: true,
            fault: Some("reset_after (rule 1)".to_owned()),
            ..entry(1)
        };
        assert_eq!(
            Entry { status: None, ..told }.to_string(),
            "2026-01-15T08:30:00.123Z s o PUT /1 no response, took effect, fault: reset_after (rule 1)"
        );
        let refused = Entry { operation: None, problem: Some("a\nb".to_owned()), ..entry(1) };
        assert_eq!(refused.to_string(), "1970-01-01T00:00:00.000Z s - PUT /1 200, refused: a\\nb");
    }
}
