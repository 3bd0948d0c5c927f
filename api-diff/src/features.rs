//! The Cargo features of a service, compared.
//!
//! The feature of a service enables those of the services that it requires. Each part has a Cargo feature. The feature of the first part, the base feature, is enabled by those of all other
//! parts, and the feature of the service enables them all. Parts are matched by their names in the spec, and operations
//! are compared by the part that they belong to.

use std::collections::BTreeSet;

use dbplane_codegen::finding::Line;
use dbplane_codegen::spec::{Feature, Operation, Service};

use crate::call::Call;
use crate::differ::{Differ, Subject};
use crate::pairs::one_to_one;
use crate::rules;

/// Notes how the features of a service differ; `operations` are those that both versions have.
pub(crate) fn compare(differ: &mut Differ<'_, '_>, operations: &[(&Operation, &Operation)]) {
    let (a, b) = (differ.old.service, differ.new.service);
    required(differ, a, b);
    let rule = match (a.features.as_slice(), b.features.as_slice()) {
        ([], []) => return,
        ([], _) => rules::SERVICE_SPLIT,
        (_, []) => rules::SERVICE_MERGED,
        _ => {
            let parts = Parts::find(a, b, operations);
            parts.named(differ);
            operations.iter().for_each(|both| parts.operation(differ, *both));
            return;
        }
    };
    let line = |service: &Service| Some(service.features.first().map_or(Line::TOP, |first| first.line));
    let subject = Subject { name: b.stem.clone(), old: line(a), new: line(b), ..Subject::default() };
    differ.note(rule, &subject, format!("({})", listed(a.features.iter().chain(&b.features))));
}

/// Notes the services that are required by one version only.
fn required(differ: &mut Differ<'_, '_>, a: &Service, b: &Service) {
    let line = Some(Line::TOP);
    let subject = Subject { name: b.stem.clone(), old: line, new: line, ..Subject::default() };
    for (rule, from, of) in [(rules::REQUIRES_ADDED, a, b), (rules::REQUIRES_REMOVED, b, a)] {
        let missing = of.requires.iter().filter(|stem| !from.requires.contains(stem));
        let missing: Vec<_> = missing.map(|stem| format!("`{stem}`")).collect();
        if !missing.is_empty() {
            differ.note(rule, &subject, format!("({})", missing.join(", ")));
        }
    }
}

/// The parts of both versions.
struct Parts<'p> {
    old: &'p Service,
    new: &'p Service,
    /// An old part and the new part of the same name, or of its new name.
    kept: Vec<(&'p Feature, &'p Feature)>,
    /// The parts of each operation that both versions have.
    operations: Vec<(&'p Feature, &'p Feature)>,
}

impl<'p> Parts<'p> {
    fn find(old: &'p Service, new: &'p Service, operations: &[(&Operation, &Operation)]) -> Self {
        let operations: Vec<_> =
            operations.iter().filter_map(|(a, b)| Some((part(old, a)?, part(new, b)?))).collect();
        let has = |service: &Service, name: &str| service.features.iter().any(|part| part.name == name);
        let moved: BTreeSet<_> = operations
            .iter()
            .filter(|(a, b)| !has(new, &a.name) && !has(old, &b.name))
            .map(|(a, b)| (a.name.clone(), b.name.clone()))
            .collect();
        let renamed = one_to_one(&moved);
        let now = |a: &Feature| renamed.get(&a.name).unwrap_or(&a.name).clone();
        let same = |a: &'p Feature| Some((a, new.features.iter().find(|b| b.name == now(a))?));
        Self { old, new, kept: old.features.iter().filter_map(same).collect(), operations }
    }

    /// Notes the Cargo features that were added, removed or renamed.
    fn named(&self, differ: &mut Differ<'_, '_>) {
        let subject = |old: Option<&Feature>, new: Option<&Feature>| Subject {
            name: new.or(old).map_or_else(String::new, |part| part.cargo.clone()),
            old: old.map(|part| part.line),
            new: new.map(|part| part.line),
            ..Subject::default()
        };
        for (a, b) in self.kept.iter().filter(|(a, b)| a.name != b.name) {
            let detail = format!("from `{}`", a.cargo);
            differ.note(rules::FEATURE_RENAMED, &subject(Some(a), Some(b)), detail);
        }
        for a in self.old.features.iter().filter(|a| !self.kept.iter().any(|(kept, _)| kept == a)) {
            let targets = self.operations.iter().filter(|(from, _)| *from == a).map(|(_, to)| *to);
            let targets = self.new.features.iter().filter(|b| targets.clone().any(|to| to == *b));
            let detail = Some(listed(targets)).filter(|names| !names.is_empty());
            let detail = detail.map(|names| format!("(operations moved to {names})"));
            differ.note(rules::FEATURE_REMOVED, &subject(Some(a), None), detail.unwrap_or_default());
        }
        for b in self.new.features.iter().filter(|b| !self.kept.iter().any(|(_, kept)| kept == b)) {
            differ.note(rules::FEATURE_ADDED, &subject(None, Some(b)), "");
        }
    }

    /// Notes that programs which enable some feature have lost or gained an operation. An operation of the base
    /// feature is available with every feature.
    fn operation(&self, differ: &mut Differ<'_, '_>, (a, b): (&Operation, &Operation)) {
        let Some((was, is)) = part(self.old, a).zip(part(self.new, b)) else { return };
        let same = self.kept.contains(&(was, is));
        let base = (self.old.features.first() == Some(was), self.new.features.first() == Some(is));
        let rule = match (same, base) {
            (_, (true, true)) | (true, (false, false)) => return,
            (true, (true, false)) => rules::FEATURE_BASE_LOST,
            (true, (false, true)) => rules::FEATURE_BASE_GAINED,
            (false, (_, true)) => rules::OPERATION_BASE_FEATURE,
            (false, (_, false)) => rules::OPERATION_FEATURE,
        };
        if same {
            let (old, new) = (Some(was.line), Some(is.line));
            let subject = Subject { name: is.cargo.clone(), old, new, ..Subject::default() };
            differ.note(rule, &subject, "");
        } else {
            let call = Call { subject: Subject::operation(Some(a), Some(b)), a, b };
            call.note(differ, rule, [], format!("from `{}` to `{}`", was.cargo, is.cargo));
        }
    }
}

/// The part of an operation.
fn part<'p>(service: &'p Service, operation: &Operation) -> Option<&'p Feature> {
    service.feature(operation).or(service.features.first())
}

fn listed<'p>(parts: impl Iterator<Item = &'p Feature>) -> String {
    parts.map(|part| format!("`{}`", part.cargo)).collect::<Vec<_>>().join(", ")
}
