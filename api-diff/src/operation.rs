//! Operations, compared.

use std::collections::BTreeSet;

use dbplane_codegen::names::{field_name, type_name};
use dbplane_codegen::spec::{LongRunning, Operation};

use crate::call::{Call, path_shape};
use crate::differ::{Differ, Subject};
use crate::face::Face;
use crate::parameter;
use crate::rules;
use crate::side::Side;

/// An operation of the old version and one of the new; either may be missing.
pub(crate) type Match<'s> = (Option<&'s Operation>, Option<&'s Operation>);

/// The operations of both versions: those of the same Rust name, then those at the same address, then the rest.
pub(crate) fn matched<'s>(old: &Side<'s>, new: &Side<'s>) -> Vec<Match<'s>> {
    let named = |o: &Operation, among: &'s [Operation]| {
        among.iter().find(|other| type_name(&other.rust_name) == type_name(&o.rust_name))
    };
    let gone: Vec<_> =
        old.service.operations.iter().filter(|o| named(o, &new.service.operations).is_none()).collect();
    let mut renamed = BTreeSet::new();
    let mut matched: Vec<Match<'s>> = Vec::new();
    for b in &new.service.operations {
        let a = named(b, &old.service.operations).or_else(|| {
            gone.iter().copied().find(|a| address(a) == address(b)).inspect(|a| {
                renamed.insert(a.id.as_str());
            })
        });
        matched.push((a, Some(b)));
    }
    let removed = gone.into_iter().filter(|a| !renamed.contains(a.id.as_str()));
    matched.extend(removed.map(|a| (Some(a), None)));
    matched
}

/// Method and path, whatever the parameters are called; operations may share the path that is sent, but not its key.
fn address(operation: &Operation) -> String {
    format!("{} {}", operation.method, path_shape(&operation.key))
}

/// Notes how two operations differ.
pub(crate) fn compare(differ: &mut Differ<'_, '_>, (old, new): Match<'_>) {
    let subject = Subject::operation(old, new);
    match (old, new) {
        (Some(a), Some(b)) => {
            let call = Call { subject, a, b };
            call.identity(differ);
            call.facts(differ);
            parameter::compare(differ, &call);
            call.bodies(differ);
            call.streams(differ);
            call.work(differ);
        }
        (Some(_), None) => differ.note(rules::OPERATION_REMOVED, &subject, ""),
        (None, Some(_)) => differ.note(rules::OPERATION_ADDED, &subject, ""),
        (None, None) => {}
    }
}

/// The old name of a renamed operation: its id, or its Rust name where the id is the same.
fn renamed_from(old: &Operation, new: &Operation) -> String {
    if old.id == new.id { field_name(&old.rust_name) } else { old.id.clone() }
}

/// The variant for the result of a wait that is resumed from a token.
fn resumed(operation: &Operation) -> String {
    let last = operation.long_running.as_ref().filter(|work| !work.deletes()).and_then(LongRunning::last);
    format!("Resource::{}", last.map_or_else(|| "Gone".to_owned(), |states| type_name(&states.name)))
}

impl Call<'_> {
    fn identity(&self, differ: &mut Differ<'_, '_>) {
        let Self { subject, a, b } = self;
        if type_name(&a.rust_name) != type_name(&b.rust_name) {
            differ.note(rules::OPERATION_RENAMED, subject, format!("from `{}`", renamed_from(a, b)));
        } else if a.id != b.id {
            self.note(differ, rules::OPERATION_RESPELT, [], format!("(`{}` instead of `{}`)", b.id, a.id));
        }
        if address(a) != address(b) {
            let detail = format!("(`{} {}` instead of `{} {}`)", b.method, b.path, a.method, a.path);
            self.note(differ, rules::OPERATION_ADDRESS, [], detail);
        }
    }

    /// The properties of the operation, and its description.
    fn facts(&self, differ: &mut Differ<'_, '_>) {
        let Self { a, b, .. } = self;
        let flag = |before: bool, now: bool, gained, lost| match (before, now) {
            (false, true) => Some(gained),
            (true, false) => Some(lost),
            _ => None,
        };
        let changed = |differs: bool, rule| differs.then_some(rule);
        let words = |o: &Operation| (o.summary.clone(), o.description.clone(), o.tag.clone());
        let found = [
            flag(
                a.deprecated.is_some(),
                b.deprecated.is_some(),
                rules::OPERATION_DEPRECATED,
                rules::OPERATION_REVIVED,
            ),
            flag(a.idempotent, b.idempotent, rules::REPEAT_GAINED, rules::REPEAT_LOST),
            flag(a.single_attempt, b.single_attempt, rules::SINGLE_ATTEMPT, rules::SEVERAL_ATTEMPTS),
            changed(a.reads != b.reads, rules::READS),
            changed(a.envelope != b.envelope, rules::ENVELOPE),
            changed(a.errors != b.errors, rules::ERRORS),
            changed(a.response_header != b.response_header, rules::RESPONSE_HEADER),
            changed(a.charged != b.charged, rules::CHARGED),
            changed(words(a) != words(b), rules::OPERATION_DESCRIBED),
            changed(a.source != b.source, rules::SOURCE),
        ];
        for rule in found.into_iter().flatten() {
            self.note(differ, rule, [], "");
        }
        if a.security != b.security {
            let list = |names: &[String]| if names.is_empty() { "none".to_owned() } else { names.join(", ") };
            let detail = format!("({} instead of {})", list(&b.security), list(&a.security));
            self.note(differ, rules::SECURITY, [], detail);
        }
        if a.success.status != b.success.status {
            let detail = format!("({} instead of {})", b.success.status, a.success.status);
            self.note(differ, rules::STATUS, [], detail);
        }
    }

    /// The bodies of request and response.
    fn bodies(&self, differ: &mut Differ<'_, '_>) {
        let body = |o: &Operation| o.body.as_ref().map(|b| type_name(&b.schema));
        let instead = |old: &str, new: &str| format!("(`{new}` instead of `{old}`)");
        match (body(self.a), body(self.b)) {
            (None, Some(new)) => self.note(differ, rules::BODY_ADDED, [self.client()], format!("(`{new}`)")),
            (Some(old), None) => {
                self.note(differ, rules::BODY_REMOVED, [self.client()], format!("(`{old}`)"))
            }
            (Some(old), Some(new)) if differ.pairs.rename(&old) != new => {
                self.note(differ, rules::BODY_REPLACED, [self.client()], instead(&old, &new));
            }
            _ => {}
        }
        let response = |o: &Operation| match o.success.binary {
            true => "ByteStream".to_owned(),
            false => o.success.schema.as_deref().map_or("()".to_owned(), type_name),
        };
        let (old, new) = (response(self.a), response(self.b));
        if differ.pairs.rename(&old) != new {
            let items = ["send", "pages"].map(|method| self.builder(method));
            self.note(differ, rules::ANSWER_REPLACED, items, instead(&old, &new));
        }
    }

    /// How a list is paged.
    fn streams(&self, differ: &mut Differ<'_, '_>) {
        let items = ["items", "pages"].map(|method| self.builder(method));
        let rows = |face: &Face, path: &str| face.type_of(path).to_owned();
        let old = rows(&differ.old.face, &items[0].0);
        let new = rows(&differ.new.face, &items[0].1);
        match (self.a.paging.as_ref(), self.b.paging.as_ref()) {
            (None, Some(_)) => self.note(differ, rules::PAGING_ADDED, items, ""),
            (Some(_), None) => self.note(differ, rules::PAGING_REMOVED, items, ""),
            (Some(a), Some(b)) => {
                if differ.pairs.rename(&old) != new {
                    self.note(differ, rules::PAGING_ROWS, items, "");
                }
                if a != b {
                    self.note(differ, rules::PAGING_CHANGED, [], "");
                }
            }
            (None, None) => {}
        }
    }

    /// How accepted work is polled.
    fn work(&self, differ: &mut Differ<'_, '_>) {
        let (start, wait) = (self.builder("start"), self.builder("send_and_wait"));
        let resumed = (resumed(self.a), resumed(self.b));
        let waits = (differ.old.face.get(&wait.0).is_some(), differ.new.face.get(&wait.1).is_some());
        match waits {
            (false, true) => self.note(differ, rules::WORK_ADDED, [start, wait], ""),
            (true, false) => self.note(differ, rules::WORK_REMOVED, [start, wait, resumed], ""),
            _ => {
                let old = differ.old.face.type_of(&wait.0).to_owned();
                if differ.pairs.rename(&old) != differ.new.face.type_of(&wait.1) {
                    self.note(differ, rules::WORK_RESULT, [start, wait, resumed], "");
                }
                if self.a.long_running != self.b.long_running {
                    self.note(differ, rules::WORK_CHANGED, [], "");
                }
            }
        }
    }
}
