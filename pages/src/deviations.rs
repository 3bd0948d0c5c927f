//! Where specs deviate from their pages on purpose, in one reviewed file beside the specs.
//!
//! Problem: a page can be wrong, or say less than is known, and a check that always finds the same things is not
//! read. An entry explains the findings of one rule at some places, and only as long as both sides say what the
//! reviewer has seen: when the page or the spec changes once more, the finding is back. An entry that explains
//! nothing any more is itself a finding, if the page of its place was given. Entries with the rule `note` are for
//! readers; nothing checks them.

mod read;

use std::collections::BTreeSet;

use dbplane_codegen::finding::Place;
use dbplane_codegen::spec::Service;

use crate::drift::{Drift, Severity};

pub use read::read;

/// The rule of entries that no program can check.
pub const NOTE: &str = "note";

/// The entries, in the order of the file.
#[derive(Debug, Clone, Default)]
pub struct Deviations {
    entries: Vec<Deviation>,
}

/// One entry: where, what each side says, why, and how that is known.
#[derive(Debug, Clone)]
struct Deviation {
    line: Place,
    service: String,
    rule: String,
    /// Places of findings; a `*` stands for anything, as in what the two sides say.
    places: Vec<String>,
    page: String,
    spec: String,
}

impl Deviations {
    /// The findings that no entry explains, and the entries that explain nothing. `seen` are the operations whose
    /// pages were given, as stem and id.
    #[must_use]
    pub fn explain(
        &self,
        drifts: Vec<Drift>,
        seen: &BTreeSet<(String, String)>,
        services: &[Service],
    ) -> Vec<Drift> {
        let mut used = BTreeSet::new();
        let mut left = Vec::new();
        for drift in drifts {
            let entries = self.entries.iter().enumerate().filter(|(_, entry)| entry.suits(&drift));
            let places =
                entries.flat_map(|(at, entry)| entry.places_of(&drift).map(move |place| (at, place)));
            let places: Vec<_> = places.collect();
            if places.is_empty() {
                left.push(drift);
            } else {
                used.extend(places);
            }
        }
        for (at, entry) in self.entries.iter().enumerate().filter(|(_, entry)| entry.rule != NOTE) {
            let judged = |place: &&String| entry.is_judged(place, seen, services);
            for place in entry.places.iter().filter(judged).filter(|place| !used.contains(&(at, *place))) {
                left.push(entry.stale(place));
            }
        }
        left
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl Deviation {
    fn suits(&self, drift: &Drift) -> bool {
        let service = drift.service.is_empty() || drift.service == self.service;
        service
            && drift.rule == self.rule
            && matches(&self.page, &drift.page_says)
            && matches(&self.spec, &drift.spec_says)
    }

    fn places_of<'d>(&'d self, drift: &Drift) -> impl Iterator<Item = &'d String> {
        self.places.iter().filter(|place| matches(place, &drift.place))
    }

    /// Whether the pages were given from which one could see that the entry explains something.
    fn is_judged(&self, place: &str, seen: &BTreeSet<(String, String)>, services: &[Service]) -> bool {
        let was_seen = |id: &str| seen.contains(&(self.service.clone(), id.to_owned()));
        let operation = place.split(' ').next().unwrap_or_default();
        let service = services.iter().find(|s| s.stem == self.service);
        let known = service.is_some_and(|s| s.operations.iter().any(|o| o.id == operation));
        if known {
            was_seen(operation)
        } else {
            service.is_some_and(|s| s.operations.iter().all(|o| was_seen(&o.id)))
        }
    }

    fn stale(&self, place: &str) -> Drift {
        Drift {
            rule: "deviation-stale",
            severity: Severity::Documentation,
            page: self.line.clone(),
            spec: None,
            service: self.service.clone(),
            place: place.to_owned(),
            page_says: "nothing that this entry explains".to_owned(),
            spec_says: format!("that `{}` is explained here", self.rule),
        }
    }
}

/// Whether a text is what a pattern says, in which `*` stands for any text.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(first) else { return false };
    let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    for part in middle.split('*') {
        match text.find(part) {
            Some(at) => text = text.get(at + part.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    text.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn stars_stand_for_anything() {
        for (pattern, text, is) in [
            ("a", "a", true),
            ("a", "ab", false),
            ("*", "", true),
            ("a*", "ab", true),
            ("*b", "ab", true),
            ("a*c*e", "abcde", true),
            ("a*c*e", "abde", false),
            ("* header Scp-*", "List header Scp-Key", true),
            ("ab*ba", "aba", false),
            ("`********`", "`********`", true),
        ] {
            assert_eq!(matches(pattern, text), is, "{pattern} {text}");
        }
    }
}
