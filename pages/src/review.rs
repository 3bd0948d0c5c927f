//! A review of pages: what differs, less what is explained; and what changed since the pages were reviewed.

use std::collections::BTreeSet;

use dbplane_codegen::spec::Service;

use crate::check::{Checked, check};
use crate::deviations::Deviations;
use crate::drift::Drift;
use crate::facts::Page;
use crate::lock::Lock;

/// What a review of pages found out.
#[derive(Debug)]
pub struct Review {
    /// What nobody has explained.
    pub findings: Vec<Drift>,
    /// Findings that a reviewer accepted when the page was recorded.
    pub accepted: Vec<Drift>,
    /// How many differences are explained.
    pub explained: usize,
    /// How many operations of specs were looked at.
    pub operations: usize,
    /// What checking each page found out.
    pub checked: Vec<Checked>,
}

/// Reviews pages.
#[must_use]
pub fn review(pages: &[Page], services: &[Service], deviations: &Deviations, lock: &Lock) -> Review {
    let checked: Vec<Checked> = pages.iter().map(|page| check(page, services)).collect();
    let seen: BTreeSet<_> = checked.iter().flat_map(|c| c.seen.iter().cloned()).collect();
    // An entry whose finding may stand in a part that was not read is not stale.
    let unread: BTreeSet<_> = checked.iter().flat_map(|c| c.unread.iter().cloned()).collect();
    let judged: BTreeSet<_> = seen.difference(&unread).cloned().collect();
    let drifts: Vec<Drift> = checked.iter().flat_map(|c| c.drifts.iter().cloned()).collect();
    let all = drifts.len();
    let mut open = deviations.explain(drifts, &judged, services);
    let explained = all - open.iter().filter(|f| f.rule != "deviation-stale").count();
    let mut accepted = Vec::new();
    for (page, checked) in pages.iter().zip(&checked) {
        let told: Vec<&Drift> = open.iter().filter(|f| f.page.file == page.file).collect();
        let changed = lock.drifts(page, checked, &told);
        let is_accepted = |drift: &Drift| drift.page.file == page.file && lock.accepts(page, checked, drift);
        let (known, rest): (Vec<Drift>, Vec<Drift>) = open.into_iter().partition(is_accepted);
        accepted.extend(known);
        open = rest;
        open.extend(changed);
    }
    Review { findings: open, accepted, explained, operations: seen.len(), checked }
}
