//! Every rule fires on the change that it is about, and what it says of the compiler is true.
//!
//! `changes/base.yaml` is a small document. Each case of `changes/*.diff` changes it in one way; its name is the rules
//! that come of it, a bar, and the rules of the way back. The truth about the compiler is read from the Rust that is
//! generated before and after.

#![allow(clippy::unwrap_used, clippy::panic)] // clippy knows tests, not their helpers

#[path = "../../codegen/tests/cases/mod.rs"]
mod cases;
mod surface;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use dbplane_api_diff::{Change, Impact, compare, rules};
use dbplane_codegen::finding::Finding;
use dbplane_codegen::lint;
use dbplane_codegen::spec::{Document, Service};
use proptest::prelude::*;
use surface::Surface;

const BASE: &str = include_str!("changes/base.yaml");

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/changes")
}

struct Case {
    name: String,
    body: String,
    /// The rules of the way there and of the way back.
    rules: [Vec<String>; 2],
}

fn all() -> Vec<Case> {
    let case = |(name, body): (String, String)| {
        let (there, back) = name.split_once(" | ").unwrap();
        let rules = [there, back].map(|side| {
            let ids = side.split(':').next().unwrap().split_whitespace();
            let mut ids: Vec<_> = ids.map(str::to_owned).collect();
            ids.sort();
            ids
        });
        let body = body.lines().filter(|l| !l.starts_with('#')).collect::<Vec<_>>().join("\n");
        Case { rules, name, body }
    };
    cases::read(&folder()).into_iter().map(case).collect()
}

fn read(stem: &str, text: &str) -> Result<Service, Vec<Finding>> {
    let document = Document::read("case.yaml", text).map_err(|finding| vec![finding])?;
    lint::check(stem, &document)
}

fn changes(old: &Service, new: &Service) -> Vec<Change> {
    compare(std::slice::from_ref(old), std::slice::from_ref(new)).unwrap()
}

/// A document, what it means, and what the compiler sees of it.
struct Version {
    text: String,
    service: Service,
    surface: Surface,
}

impl Version {
    fn of(text: &str) -> Result<Self, Vec<Finding>> {
        let service = read("vendor-things", text)?;
        let surface = Surface::of(&service);
        Ok(Self { text: text.to_owned(), service, surface })
    }
}

/// What is wrong with the changes between two versions: with their rules, places, or claims about the compiler.
fn faults(old: &Version, new: &Version, rules: Option<&[String]>) -> String {
    let changes = changes(&old.service, &new.service);
    let mut wrong = String::new();
    let mut found: Vec<_> = changes.iter().map(|c| c.rule.id.to_owned()).collect();
    found.sort();
    if rules.is_some_and(|rules| rules != found) {
        let _ = writeln!(wrong, "  expected {rules:?}, found {found:?}");
    }
    // In a mixture a name of the one document may be another's in the other.
    for change in changes.iter().filter(|_| rules.is_some()) {
        for (place, text) in [(&change.old, &old.text), (&change.new, &new.text)] {
            if place.as_ref().is_some_and(|place| !stands_at(change, place.line, text)) {
                let _ = writeln!(wrong, "  {} is not at {place:?}", change.sentence());
            }
        }
    }
    let breaks = changes.iter().any(|c| c.rule.impact == Impact::Breaking);
    let gone: Vec<_> = old.surface.compiled.difference(&new.surface.compiled).collect();
    // Crossed arguments of one type break callers, though not for the compiler.
    let written = old.surface.written != new.surface.written;
    let crossed = written && changes.iter().any(|c| c.rule.id == "argument-order");
    if breaks != (!gone.is_empty() || crossed) {
        let _ = writeln!(wrong, "  found {found:?}, but the compiler misses {gone:?}");
    }
    let words = changes.iter().all(|c| c.rule.impact <= Impact::Documentation);
    if words && old.surface.compiled != new.surface.compiled {
        let _ = writeln!(wrong, "  found {found:?}, but the Rust differs");
    }
    wrong
}

/// Whether a line is that of the thing, by its name or a name in the detail.
fn stands_at(change: &Change, line: usize, text: &str) -> bool {
    let near: String = text.lines().skip(line - 1).take(2).collect();
    let told = change.detail.split('`').skip(1).step_by(2);
    let instead = change.instead_of.iter().flat_map(|old| old.rsplit('.').take(1));
    let names = change.subject.rsplit('.').take(1).chain(told).chain(instead);
    // The name of a Cargo feature in the document is without the service.
    let mut names = names.map(|name| name.strip_prefix("vendor-things-").unwrap_or(name));
    names.any(|name| near.to_lowercase().contains(&name.to_lowercase()))
        || line == 1 && change.subject == "vendor-things"
}

#[test]
fn every_case_gives_its_rules_there_and_back() {
    let base = Version::of(BASE).unwrap();
    let mut wrong = String::new();
    for Case { name, body, rules } in all() {
        let text = cases::edited(BASE, &body).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        let other = match Version::of(&text) {
            Ok(other) => other,
            Err(findings) => {
                let _ = writeln!(wrong, "{name}: {findings:?}");
                continue;
            }
        };
        let there = faults(&base, &other, Some(&rules[0]));
        let back = faults(&other, &base, Some(&rules[1]));
        if !there.is_empty() || !back.is_empty() {
            let _ = writeln!(wrong, "{name}\n{there}{back}");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Rules that no change within one document can give; they have tests of their own.
const ELSEWHERE: [&str; 8] = [
    "service-added",
    "service-removed",
    "item-changed",
    "field-added-named",
    "field-named",
    "field-named-optional",
    "field-named-required",
    "field-unnamed",
];

#[test]
fn every_rule_has_a_case() {
    let mut seen: BTreeSet<String> = all().into_iter().flat_map(|c| c.rules).flatten().collect();
    seen.extend(ELSEWHERE.map(str::to_owned));
    let listed: BTreeSet<String> = rules().iter().map(|r| r.id.to_owned()).collect();
    assert_eq!(listed.len(), rules().len(), "a rule is listed twice");
    let missing: Vec<_> = listed.difference(&seen).collect();
    assert!(missing.is_empty(), "rules without a case: {missing:?}");
}

#[test]
fn nothing_differs_from_itself() {
    let base = read("vendor-things", BASE).unwrap();
    assert!(changes(&base, &base).is_empty());
}

#[test]
fn services_come_and_go() {
    let named = |stem: &str| read(stem, BASE).unwrap();
    let (one, two) = ([named("vendor-a"), named("vendor-b")], [named("vendor-b"), named("vendor-c")]);
    let found = compare(&one, &two).unwrap();
    let found: Vec<_> = found.iter().map(|c| (c.rule.id, c.subject.as_str())).collect();
    assert_eq!(found, [("service-removed", "vendor-a"), ("service-added", "vendor-c")]);
    let renamed = compare(&[named("vendor-a")], &[named("vendor-a-2.0")]).unwrap();
    assert!(renamed.iter().all(|c| c.rule.impact == Impact::Documentation), "{renamed:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(32) })]

    /// Changes in any mixture: what breaks is said to break, and nothing else is.
    #[test]
    fn mixtures_tell_the_truth(picks in prop::collection::vec(any::<prop::sample::Index>(), 2..8), turn: bool) {
        let cases = all();
        let mut text = BASE.to_owned();
        for pick in picks {
            // Cases that touch the same lines, or do not go together, are left out.
            if let Ok(edited) = cases::edited(&text, &cases[pick.index(cases.len())].body)
                && read("vendor-things", &edited).is_ok()
            {
                text = edited;
            }
        }
        let (base, other) = (Version::of(BASE).unwrap(), Version::of(&text).unwrap());
        let wrong = if turn { faults(&base, &other, None) } else { faults(&other, &base, None) };
        prop_assert!(wrong.is_empty(), "{}", wrong);
    }
}
