//! Which model of the new version stands where a model of the old one stood.
//!
//! Models of the same name belong together. Beyond that a vendor renames a schema with each version, or gives one
//! operation a narrower schema of its own; a caller then has to know what differs at that place. So two models also
//! belong together when an operation, or a field of a pair, used the one and now uses the other, and one of them is
//! not in both versions.

use std::collections::{BTreeMap, BTreeSet};

use dbplane_codegen::names::{field_name, type_name};
use dbplane_codegen::spec::{Kind, Operation, Property};

use crate::side::Side;

/// Two models, by the names of their schemas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Pair<'s> {
    pub(crate) old: &'s str,
    pub(crate) new: &'s str,
}

/// The models of both versions that belong together.
pub(crate) struct Pairs<'s> {
    pub(crate) all: BTreeSet<Pair<'s>>,
    /// Rust names of models that are gone, and of those that took their place alone.
    pub(crate) renamed: BTreeMap<String, String>,
}

impl<'s> Pairs<'s> {
    pub(crate) fn find(
        old: &Side<'s>,
        new: &Side<'s>,
        operations: &[(&'s Operation, &'s Operation)],
    ) -> Self {
        let (olds, news) = (old.models(), new.models());
        let same = olds.iter().filter_map(|(rust, old)| Some(Pair { old, new: news.get(rust)? }));
        let mut queue: Vec<_> = same.collect();
        for (a, b) in operations {
            let body = a.body.as_ref().zip(b.body.as_ref()).map(|(a, b)| (&a.schema, &b.schema));
            let response = a.success.schema.as_ref().zip(b.success.schema.as_ref());
            queue.extend(body.into_iter().chain(response).map(|(old, new)| Pair { old, new }));
        }
        let mut pairs = Self { all: BTreeSet::new(), renamed: BTreeMap::new() };
        while let Some(pair) = queue.pop() {
            let (a, b) = (type_name(pair.old), type_name(pair.new));
            let known = news.contains_key(&a) && olds.contains_key(&b);
            if (a == b || !known) && pairs.all.insert(pair) {
                queue.extend(inside(old, new, pair));
            }
        }
        pairs.renamed = renamed(&pairs.all, |old| news.contains_key(old), |new| olds.contains_key(new));
        pairs
    }

    /// The text of a type, with the new names of renamed models.
    pub(crate) fn rename(&self, ty: &str) -> String {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let mut out = String::with_capacity(ty.len());
        let mut rest = ty;
        while let Some(first) = rest.chars().next() {
            let end = rest.find(|c| word(c) != word(first)).unwrap_or(rest.len());
            let (part, tail) = rest.split_at(end);
            out.push_str(self.renamed.get(part).map_or(part, String::as_str));
            rest = tail;
        }
        out
    }
}

/// The models that stand at the same place within a pair.
fn inside<'s>(old: &Side<'s>, new: &Side<'s>, pair: Pair<'s>) -> Vec<Pair<'s>> {
    let properties = |side: &Side<'s>, name: &str| match side.service.schemas.get(name).map(|s| &s.kind) {
        Some(Kind::Object(properties)) => properties.as_slice(),
        _ => &[],
    };
    let mut found = Vec::new();
    for a in properties(old, pair.old) {
        let same = |b: &&Property| field_name(&a.rust_name) == field_name(&b.rust_name);
        let b = properties(new, pair.new).iter().find(same);
        let models = b.and_then(|b| Some((old.model_of(&a.schema)?, new.model_of(&b.schema)?)));
        found.extend(models.map(|(old, new)| Pair { old, new }));
    }
    found
}

/// Models that are gone and whose place was taken by one new model, and only by it.
fn renamed(
    pairs: &BTreeSet<Pair<'_>>,
    stays: impl Fn(&str) -> bool,
    existed: impl Fn(&str) -> bool,
) -> BTreeMap<String, String> {
    let names = pairs.iter().map(|p| (type_name(p.old), type_name(p.new)));
    one_to_one(&names.filter(|(old, new)| !stays(old) && !existed(new)).collect())
}

/// The pairs of an old name that has one new name, which has no other old name.
pub(crate) fn one_to_one(pairs: &BTreeSet<(String, String)>) -> BTreeMap<String, String> {
    let alone =
        |(old, new): &&(String, String)| pairs.iter().filter(|(a, b)| a == old || b == new).count() == 1;
    pairs.iter().filter(alone).cloned().collect()
}
