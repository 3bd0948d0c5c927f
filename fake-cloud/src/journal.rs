//! What happened: a bounded list of requests and counters that are never dropped.
//!
//! Problem: a test wants to know what the client really sent and why the cloud refused it; the vendor's error
//! body does not tell. Every request leaves an entry, and a refused one says its problem in plain words.
//! Default: the newest [`CAPACITY`] entries are kept; counters count for ever.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, PoisonError};

/// How many entries are kept.
pub const CAPACITY: usize = 10_000;

/// One request.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// File stem of the service's spec.
    pub service: String,
    /// Operation that was called; none if the request fits none.
    pub operation: Option<String>,
    /// HTTP method.
    pub method: String,
    /// Request target as it was sent.
    pub target: String,
    /// Status of the answer.
    pub status: u16,
    /// Why it was refused, in plain words; none for a good request.
    pub problem: Option<String>,
}

#[derive(Debug, Default)]
struct Counters {
    requests: u64,
    refused: u64,
    answered: BTreeMap<String, u64>,
}

#[derive(Debug, Default)]
struct State {
    entries: VecDeque<Entry>,
    counters: BTreeMap<String, Counters>,
}

#[derive(Debug, Default)]
pub(crate) struct Journal {
    state: Mutex<State>,
}

impl Journal {
    fn with<T>(&self, look: impl FnOnce(&mut State) -> T) -> T {
        look(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn write(&self, entry: Entry) {
        self.with(|state| {
            let counters = state.counters.entry(entry.service.clone()).or_default();
            counters.requests += 1;
            match (&entry.problem, &entry.operation) {
                (None, Some(operation)) => *counters.answered.entry(operation.clone()).or_default() += 1,
                _ => counters.refused += 1,
            }
            if state.entries.len() >= CAPACITY {
                state.entries.pop_front();
            }
            state.entries.push_back(entry);
        });
    }

    pub(crate) fn entries(&self) -> Vec<Entry> {
        self.with(|state| state.entries.iter().cloned().collect())
    }

    pub(crate) fn requests(&self, service: &str) -> u64 {
        self.with(|state| state.counters.get(service).map_or(0, |c| c.requests))
    }

    pub(crate) fn refused(&self, service: &str) -> u64 {
        self.with(|state| state.counters.get(service).map_or(0, |c| c.refused))
    }

    pub(crate) fn answered(&self, service: &str, operation: &str) -> u64 {
        let count = |c: &Counters| c.answered.get(operation).copied();
        self.with(|state| state.counters.get(service).and_then(count).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_entries_go_and_counters_stay() {
        let journal = Journal::default();
        for number in 0..CAPACITY + 5 {
            journal.write(Entry {
                service: "s".to_owned(),
                operation: Some("o".to_owned()),
                method: "GET".to_owned(),
                target: format!("/{number}"),
                status: 200,
                problem: (number % 2 == 0).then(|| "no".to_owned()),
            });
        }
        assert_eq!(journal.entries().len(), CAPACITY);
        assert_eq!(journal.entries()[0].target, "/5");
        assert_eq!(journal.requests("s"), CAPACITY as u64 + 5);
        assert_eq!(journal.answered("s", "o") + journal.refused("s"), journal.requests("s"));
    }
}
