//! A review of pages: what differs, less what is explained; and pages that changed in what no rule compares.

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
    let drifts: Vec<Drift> = checked.iter().flat_map(|c| c.drifts.iter().cloned()).collect();
    let all = drifts.len();
    let mut findings = deviations.explain(drifts, &seen, services);
    let explained = all - findings.iter().filter(|f| f.rule != "deviation-stale").count();
    for (page, checked) in pages.iter().zip(&checked) {
        if !findings.iter().any(|f| f.page.file == page.file) {
            findings.extend(lock.drift(page, checked));
        }
    }
    Review { findings, explained, operations: seen.len(), checked }
}
