//! Holds what pages state against what the specs say.

pub(crate) mod context;
mod examples;
mod fields;
mod operation;
pub(crate) mod spec;
mod target;

use std::collections::BTreeSet;

use dbplane_codegen::finding::Place;
use dbplane_codegen::spec::Service;

use crate::drift::{Drift, Severity};
use crate::facts::{Operation, Page};
use target::{Index, Target};

/// What checking a page found out.
#[derive(Debug, Default)]
pub struct Checked {
    /// Everything that differs, in the order of the page.
    pub drifts: Vec<Drift>,
    /// The operations that were looked at, as stem and id.
    pub seen: BTreeSet<(String, String)>,
    /// The operations whose pages were not read wholly.
    pub unread: BTreeSet<(String, String)>,
    /// Addresses that the specs name as the source of these operations.
    pub sources: BTreeSet<String>,
}

/// Checks one page against all specs.
#[must_use]
pub fn check(page: &Page, services: &[Service]) -> Checked {
    let index = Index::new(page.family, services);
    let mut checked = Checked::default();
    let mut whole: Vec<&Service> = Vec::new();
    for found in &page.operations {
        match index.find(found) {
            Some(target) => {
                operation::compare(page, found, &target, &mut checked.drifts);
                let id = (target.service.stem.clone(), target.operation.id.clone());
                if found.unread {
                    checked.unread.insert(id.clone());
                }
                checked.seen.insert(id);
                checked.sources.insert(target.operation.source.url.clone());
                let named = found.product.is_some() && found.version.is_some();
                if page.whole && named && !whole.iter().any(|s| s.stem == target.service.stem) {
                    whole.push(target.service);
                }
            }
            None => checked.drifts.push(added(page, found)),
        }
    }
    // What a heading or a table that was not read may hide is not gone.
    if !page.gaps.iter().any(|gap| gap.rule == "unread") {
        whole.into_iter().for_each(|service| removed(page, service, &mut checked));
    }
    let mut in_order: Vec<&Operation> = page.operations.iter().collect();
    in_order.sort_by_key(|operation| operation.line);
    for gap in &page.gaps {
        let until = in_order.partition_point(|operation| operation.line <= gap.line);
        let before = until.checked_sub(1).and_then(|at| in_order.get(at));
        checked.drifts.push(gap_drift(page, gap, before.and_then(|operation| index.find(operation))));
    }
    checked.drifts.sort_by(|a, b| (&a.page, a.rule, &a.place).cmp(&(&b.page, b.rule, &b.place)));
    checked
}

/// The operations of a page that no spec has.
pub(crate) fn unknown<'p>(page: &'p Page, services: &[Service]) -> Vec<&'p Operation> {
    let index = Index::new(page.family, services);
    page.operations.iter().filter(|o| index.find(o).is_none()).collect()
}

fn added(page: &Page, operation: &Operation) -> Drift {
    let title = operation.title.as_ref().map(|t| format!(" ({t})")).unwrap_or_default();
    let product = operation.product.clone().unwrap_or_else(|| page.family.vendor().to_owned());
    let version = operation.version.as_ref().map(|v| format!(" {v}")).unwrap_or_default();
    Drift {
        rule: "operation-added",
        severity: Severity::Compatible,
        page: Place::new(&page.file, operation.line),
        spec: None,
        service: String::new(),
        place: format!("{} {}", operation.method, operation.path),
        page_says: format!("{product}{version} has this operation{title}"),
        spec_says: "nothing".to_owned(),
    }
}

/// Operations that the page, which lists all, no longer has.
fn removed(page: &Page, service: &Service, checked: &mut Checked) {
    for operation in &service.operations {
        let cut = page.gaps.iter().any(|g| g.rule == "page-cut" && g.message.contains(&operation.summary));
        if cut || !checked.seen.insert((service.stem.clone(), operation.id.clone())) {
            continue;
        }
        checked.drifts.push(Drift {
            rule: "operation-removed",
            severity: Severity::Breaking,
            page: Place::new(&page.file, 1),
            spec: Some(service.place(operation.line)),
            service: service.stem.clone(),
            place: operation.id.clone(),
            page_says: "nothing".to_owned(),
            spec_says: format!("{} {}", operation.method, operation.path),
        });
    }
}

/// A gap in the page, told under the operation in which it lies.
fn gap_drift(page: &Page, gap: &crate::facts::Gap, target: Option<Target<'_>>) -> Drift {
    let operation = target.as_ref().map_or("", |t: &Target<'_>| t.operation.id.as_str());
    Drift {
        rule: gap.rule,
        severity: Severity::Documentation,
        page: Place::new(&page.file, gap.line),
        spec: target.as_ref().map(|t| t.service.place(t.operation.line)),
        service: target.as_ref().map(|t| t.service.stem.clone()).unwrap_or_default(),
        place: format!("{operation} page").trim().to_owned(),
        page_says: gap.message.clone(),
        spec_says: "nothing about it".to_owned(),
    }
}
