//! Collects the differences between two versions of a service.

use std::collections::BTreeSet;

use dbplane_codegen::finding::Line;
use dbplane_codegen::names::{field_name, type_name};
use dbplane_codegen::spec::Operation;

use crate::change::{Change, Impact, ItemChange, Rule};
use crate::face::Item;
use crate::pairs::{Pair, Pairs};
use crate::rules;
use crate::side::Side;
use crate::uses::Use;

/// The two versions, and what was found so far.
pub(crate) struct Differ<'s, 'a> {
    pub(crate) old: &'a Side<'s>,
    pub(crate) new: &'a Side<'s>,
    pub(crate) pairs: &'a Pairs<'s>,
    pub(crate) changes: Vec<Change>,
    /// Old paths of the items that a breaking change explains.
    explained: BTreeSet<String>,
}

/// What is known of something that may differ: its name, its Rust items, where it travels, and its two lines.
#[derive(Debug, Clone, Default)]
pub(crate) struct Subject {
    pub(crate) name: String,
    /// The model in whose place it stands.
    pub(crate) instead_of: Option<String>,
    /// Paths in the old and in the new Rust.
    pub(crate) items: Vec<(String, String)>,
    pub(crate) uses: Vec<Use>,
    pub(crate) old: Option<Line>,
    pub(crate) new: Option<Line>,
}

impl<'s, 'a> Differ<'s, 'a> {
    pub(crate) fn new(old: &'a Side<'s>, new: &'a Side<'s>, pairs: &'a Pairs<'s>) -> Self {
        Self { old, new, pairs, changes: Vec::new(), explained: BTreeSet::new() }
    }

    /// Notes a difference, with those of the subject's items that differ.
    pub(crate) fn note(&mut self, rule: &'static Rule, subject: &Subject, detail: impl Into<String>) {
        let moved = rule == rules::ARGUMENT_ORDER;
        let items = subject.items.iter().filter_map(|(old, new)| self.item(old, new, moved)).collect();
        if rule.impact == Impact::Breaking {
            self.explained.extend(subject.items.iter().map(|(old, _)| old.clone()));
        }
        let change = Change {
            rule,
            subject: subject.name.clone(),
            instead_of: subject.instead_of.clone(),
            detail: detail.into(),
            items,
            uses: subject.uses.clone(),
            old: subject.old.map(|line| self.old.service.place(line)),
            new: subject.new.map(|line| self.new.service.place(line)),
        };
        // What belongs to the client is met with every operation, and told once.
        match self
            .changes
            .iter_mut()
            .find(|known| known.rule == rule && known.sentence() == change.sentence())
        {
            Some(known) => known.uses.extend(change.uses),
            None => self.changes.push(change),
        }
    }

    /// How an item differs; `moved` takes names of arguments into account.
    fn item(&self, old: &str, new: &str, moved: bool) -> Option<ItemChange> {
        let (was, is) = (self.old.face.get(old), self.new.face.get(new));
        let same = match (was, is) {
            (Some(a), Some(b)) => self.path_now(old) == new && self.fits(a, b) && !(moved && a != b),
            (None, None) => true,
            _ => false,
        };
        let change = ItemChange { old: was.map(|item| item.shown(old)), new: is.map(|item| item.shown(new)) };
        (!same).then_some(change)
    }

    /// Whether code written for one item compiles with the other.
    fn fits(&self, old: &Item, new: &Item) -> bool {
        old.fits(new, |ty| self.pairs.rename(ty))
    }

    /// Notes the items that went or changed and that nothing explains: what the compiler sees is never missed.
    pub(crate) fn note_unexplained(&mut self) {
        let old = self.old;
        for (path, item) in old.face.items() {
            let owner = path.rsplit_once(['.', ':']).map_or("", |(owner, _)| owner.trim_end_matches(':'));
            let gone = old.face.get(owner).is_some_and(|owner_item| !self.kept(owner, owner_item));
            let explained = self.explained.contains(path) || gone && self.explained.contains(owner);
            if !self.kept(path, item) && !explained {
                let items = vec![(path.to_owned(), self.path_now(path))];
                let subject = Subject { name: path.to_owned(), items, ..Subject::default() };
                self.note(rules::ITEM_CHANGED, &subject, "");
            }
        }
    }

    /// Whether code that uses the item still compiles.
    fn kept(&self, path: &str, item: &Item) -> bool {
        self.new.face.get(&self.path_now(path)).is_some_and(|other| self.fits(item, other))
    }

    /// The path of an item after models were renamed.
    fn path_now(&self, path: &str) -> String {
        let Some(rest) = path.strip_prefix("models::") else { return path.to_owned() };
        let end = rest.find(['.', ':']).unwrap_or(rest.len());
        let (model, tail) = rest.split_at(end);
        let model = self.pairs.renamed.get(model).map_or(model, String::as_str);
        format!("models::{model}{tail}")
    }
}

impl Subject {
    /// An operation's, in one version or both.
    pub(crate) fn operation(old: Option<&Operation>, new: Option<&Operation>) -> Self {
        let rust = |first: Option<&Operation>, second: Option<&Operation>| {
            first.or(second).map_or_else(String::new, |o| o.rust_name.clone())
        };
        let (a, b) = (rust(old, new), rust(new, old));
        let client = (format!("Client::{}", field_name(&a)), format!("Client::{}", field_name(&b)));
        let builder = (format!("operations::{}", type_name(&a)), format!("operations::{}", type_name(&b)));
        let name = new.or(old).map_or_else(String::new, |o| o.id.clone());
        let (old, new) = (old.map(|o| o.line), new.map(|o| o.line));
        Self { name, items: vec![client, builder], old, new, ..Self::default() }
    }

    /// The same with other items.
    pub(crate) fn with_items(mut self, items: impl IntoIterator<Item = (String, String)>) -> Self {
        self.items = items.into_iter().collect();
        self
    }

    /// A part of it, which stands at lines of its own.
    pub(crate) fn part(&self, name: &str, old: Option<Line>, new: Option<Line>) -> Self {
        let uses = self.uses.iter().map(|at| at.inside(name)).collect();
        let instead_of = self.instead_of.as_ref().map(|old| format!("{old}.{name}"));
        Self { name: format!("{}.{name}", self.name), instead_of, items: Vec::new(), uses, old, new }
    }
}

impl Pair<'_> {
    /// The paths of something that belongs to the two models, both named alike.
    pub(crate) fn items(&self, tail: &str) -> (String, String) {
        (format!("models::{}{tail}", type_name(self.old)), format!("models::{}{tail}", type_name(self.new)))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // clippy knows tests, not their helpers
mod tests {
    use dbplane_codegen::lint;
    use dbplane_codegen::spec::{Document, Service};

    use super::*;

    const BASE: &str = include_str!("../tests/changes/base.yaml");

    fn service(text: &str) -> Service {
        lint::check("vendor-things", &Document::read("case.yaml", text).unwrap()).unwrap()
    }

    /// Without any rule at all, every item that the compiler misses is told, and no other.
    #[test]
    fn what_no_rule_explains_is_told() {
        let old = service(BASE);
        let text = BASE.replace("required: [weight]", "required: [weight, kind]");
        let new = service(&text.replace("operationId: StopThing", "operationId: HaltThing"));
        let (old, new) = (Side::new(&old).unwrap(), Side::new(&new).unwrap());
        let pairs = Pairs::find(&old, &new, &[]);
        let mut differ = Differ::new(&old, &new, &pairs);
        differ.note_unexplained();
        let found: Vec<_> = differ.changes.iter().map(|c| c.subject.as_str()).collect();
        assert!(differ.changes.iter().all(|c| c.rule == rules::ITEM_CHANGED));
        assert_eq!(
            found,
            [
                "Client::stop_thing",
                "models::Load.kind",
                "models::Load::kind",
                "models::Load::new",
                "operations::StopThing",
            ]
        );
    }
}
