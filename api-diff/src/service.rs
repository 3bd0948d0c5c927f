//! Two versions of services, compared.

use std::collections::BTreeMap;

use dbplane_codegen::finding::{Finding, Line};
use dbplane_codegen::spec::{Operation, Service};

use crate::change::{Change, Rule};
use crate::differ::{Differ, Subject};
use crate::pairs::Pairs;
use crate::rules;
use crate::side::Side;
use crate::{addresses, features, model, operation};

/// Every difference between two versions of services, the worst first, then in the order of the new documents.
///
/// Services are matched by their stems, which name their modules. One of each side is compared whatever it is
/// called: so are two versions of one service that live side by side.
///
/// # Errors
/// What the generator refused of a document that passed the lint.
pub fn compare(old: &[Service], new: &[Service]) -> Result<Vec<Change>, Finding> {
    let mut changes = Vec::new();
    if let ([a], [b]) = (old, new) {
        changes = versions(a, b)?;
    } else {
        let old: BTreeMap<_, _> = old.iter().map(|s| (s.stem.as_str(), s)).collect();
        let new: BTreeMap<_, _> = new.iter().map(|s| (s.stem.as_str(), s)).collect();
        for (stem, a) in &old {
            match new.get(stem) {
                Some(b) => changes.extend(versions(a, b)?),
                None => changes.push(whole(rules::SERVICE_REMOVED, a, true)),
            }
        }
        let added = new.iter().filter(|(stem, _)| !old.contains_key(*stem));
        changes.extend(added.map(|(_, b)| whole(rules::SERVICE_ADDED, b, false)));
    }
    changes.sort_by(|a, b| {
        let place = |c: &Change| (c.new.is_none(), c.new.clone(), c.old.clone());
        b.rule.impact.cmp(&a.rule.impact).then_with(|| place(a).cmp(&place(b)))
    });
    Ok(changes)
}

/// A service that is in one version only.
fn whole(rule: &'static Rule, service: &Service, gone: bool) -> Change {
    let place = Some(service.place(Line::TOP));
    let (old, new) = if gone { (place, None) } else { (None, place) };
    let subject = service.stem.clone();
    Change {
        rule,
        subject,
        instead_of: None,
        detail: String::new(),
        items: Vec::new(),
        uses: Vec::new(),
        old,
        new,
    }
}

fn versions(old: &Service, new: &Service) -> Result<Vec<Change>, Finding> {
    let (old, new) = (Side::new(old)?, Side::new(new)?);
    let matched = operation::matched(&old, &new);
    let both: Vec<(&Operation, &Operation)> = matched.iter().filter_map(|(a, b)| (*a).zip(*b)).collect();
    let pairs = Pairs::find(&old, &new, &both);
    let mut differ = Differ::new(&old, &new, &pairs);
    differ.document();
    features::compare(&mut differ, &both);
    for pair in matched {
        operation::compare(&mut differ, pair);
    }
    model::compare(&mut differ);
    differ.note_unexplained();
    Ok(differ.changes)
}

impl Differ<'_, '_> {
    fn document(&mut self) {
        let (a, b) = (self.old.service, self.new.service);
        let name = b.stem.clone();
        let subject = Subject { name, old: Some(Line::TOP), new: Some(Line::TOP), ..Subject::default() };
        let before = self.changes.len();
        addresses::compare(self);
        let told = self.changes.len() > before;
        let words = |s: &Service| {
            let servers = s.json.get("servers").filter(|_| !told).cloned();
            (s.title.clone(), s.version.clone(), s.description.clone(), servers)
        };
        if words(a) != words(b) {
            let detail = if a.version == b.version {
                String::new()
            } else {
                format!("(version {} instead of {})", b.version, a.version)
            };
            self.note(rules::SERVICE_DESCRIBED, &subject, detail);
        }
    }
}
