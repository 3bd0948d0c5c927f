//! Which pages were reviewed, with the facts that they stated.
//!
//! Problem: a page is saved repeatedly, and mostly only its looks have changed. The lock file beside the specs
//! holds for each page its address, its date and all that it states; as long as the facts are the same, a check is quiet.
//! A fact that changed is a finding, also where no rule compares it with a spec. A page with open findings is not
//! recorded, unless the reviewer names them; those stay visible.

use std::collections::{BTreeMap, BTreeSet};

use dbplane_codegen::finding::{Files, Finding, Place};
use dbplane_codegen::yaml as reader;
use serde_json::{Value as Json, json};

use crate::check::Checked;
use crate::drift::{Drift, Severity};
use crate::facts::{Page, lines};
use crate::{rules, yaml};

const HEADER: &str = "# Pages that were reviewed, and what they stated. Written by `cargo xtask docs lock FILE...`; not \
                      edited.\n";

/// The most changed facts of a page that are reported one by one.
const TOLD: usize = 50;

/// The pages that were reviewed, by their addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock {
    pages: BTreeMap<String, Reviewed>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Reviewed {
    date: String,
    /// Findings that the reviewer accepted, as rule and place.
    accepted: BTreeSet<String>,
    /// What the page says, by place.
    facts: BTreeMap<String, String>,
}

impl Lock {
    /// Reads the lock file.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn read(file: &str, text: &str) -> Result<Self, Vec<Finding>> {
        let mut files = Files::default();
        let root = reader::read(&mut files, file, text).map_err(|finding| vec![finding])?;
        let mut lock = Self::default();
        let mut findings = Vec::new();
        for entry in root.entries() {
            let date = entry.node.get("date").and_then(reader::Node::text).map(str::to_owned);
            let facts = entry.node.get("facts").map(reader::Node::entries);
            let text = |node: &reader::Node| node.text().map(str::to_owned);
            let facts: Option<BTreeMap<String, String>> = facts
                .map(|facts| facts.iter().filter_map(|f| Some((f.key.clone(), text(&f.node)?))).collect());
            let accepted = entry.node.get("accepted").map(reader::Node::items).unwrap_or_default();
            let accepted = accepted.iter().filter_map(text).collect();
            match (date, facts.filter(|facts| !facts.is_empty())) {
                (Some(date), Some(facts)) => {
                    _ = lock.pages.insert(entry.key.clone(), Reviewed { date, accepted, facts })
                }
                _ => {
                    let (place, message) =
                        (files.place(entry.line), format!("`{}` has no date and facts", entry.key));
                    findings.push(Finding::new("lock-form", place, message, rules::remedy("lock-form")));
                }
            }
        }
        if findings.is_empty() { Ok(lock) } else { Err(findings) }
    }

    /// The text of the lock file.
    #[must_use]
    pub fn write(&self) -> String {
        let entry = |(url, page): (&String, &Reviewed)| {
            let mut out = json!({ "date": page.date, "facts": page.facts });
            if !page.accepted.is_empty() {
                out["accepted"] = page.accepted.iter().cloned().collect();
            }
            (url.clone(), out)
        };
        let all = Json::Object(self.pages.iter().map(entry).collect());
        HEADER.to_owned() + &yaml::write(&yaml::Node::from(&all))
    }

    /// Notes that a page was reviewed; `saved` is the day on which it was, for pages that print no date, and
    /// `accepted` are the findings on it that stay open.
    ///
    /// # Errors
    /// The page's address is not known.
    pub fn record(
        &mut self,
        page: &Page,
        checked: &Checked,
        saved: &str,
        accepted: &[Drift],
    ) -> Result<(), Finding> {
        let Some(url) = address(page, checked) else {
            let message = "neither the page nor a spec with its operations names an address";
            let place = Place::new(&page.file, 1);
            return Err(Finding::new("lock-address", place, message, rules::remedy("lock-address")));
        };
        let date = page.date.clone().unwrap_or_else(|| saved.to_owned());
        let facts = facts(page);
        let accepted = accepted.iter().map(Drift::key).collect();
        let same = |reviewed: &Reviewed| reviewed.facts == facts && reviewed.accepted == accepted;
        if !self.pages.get(&url).is_some_and(same) {
            self.pages.insert(url, Reviewed { date, accepted, facts });
        }
        Ok(())
    }

    /// Whether the reviewer of a page accepted a finding on it.
    pub(crate) fn accepts(&self, page: &Page, checked: &Checked, drift: &Drift) -> bool {
        let reviewed = address(page, checked).and_then(|url| self.pages.get(&url));
        reviewed.is_some_and(|reviewed| reviewed.accepted.contains(&drift.key()))
    }

    /// What changed on a page since it was reviewed, less what other findings tell.
    pub(crate) fn drifts(&self, page: &Page, checked: &Checked, told: &[&Drift]) -> Vec<Drift> {
        let Some(url) = address(page, checked) else {
            return if told.is_empty() { vec![missing(page, "page")] } else { Vec::new() };
        };
        let Some(reviewed) = self.pages.get(&url) else {
            return if told.is_empty() { vec![missing(page, &url)] } else { Vec::new() };
        };
        let unread = page.gaps.iter().any(crate::facts::Gap::hides_facts);
        let mut drifts = Vec::new();
        let now = lines(page);
        let reported: BTreeSet<usize> = told.iter().map(|drift| drift.page.line).collect();
        let shown_by =
            |place: &str| place.contains(" example of ") && told.iter().any(|drift| shows(place, drift));
        for fact in &now {
            let before = reviewed.facts.get(&fact.place);
            if before != Some(&fact.says) && !reported.contains(&fact.line) && !shown_by(&fact.place) {
                let before = before.map_or("nothing".to_owned(), |says| shown(says));
                drifts.push(changed(page, &fact.place, fact.line, (shown(&fact.says), before)));
            }
        }
        let places: BTreeSet<&String> = now.iter().map(|fact| &fact.place).collect();
        for (place, says) in reviewed.facts.iter().filter(|(place, _)| !unread && !places.contains(place)) {
            let name = place.rsplit([' ', '.']).next().unwrap_or_default();
            let told = told.iter().any(|drift| {
                drift.place.ends_with(name) || drift.rule == "method-changed" || drift.rule == "path-changed"
            });
            if !told {
                drifts.push(changed(page, place, 1, ("nothing".to_owned(), shown(says))));
            }
        }
        if drifts.len() > TOLD {
            let says = (format!("{} facts that were not reviewed", drifts.len()), "others".to_owned());
            drifts = vec![changed(page, &url, 1, says)];
        }
        drifts
    }
}

/// Whether a fact is the example of a body in which something else was found: the example shows that too.
fn shows(place: &str, drift: &Drift) -> bool {
    let of = place.split_once(" example of ").map(|(_, of)| of.split(' ').next().unwrap_or_default());
    of.is_some_and(|of| drift.place.split(' ').nth(1) == Some(of))
}

fn facts(page: &Page) -> BTreeMap<String, String> {
    lines(page).into_iter().map(|fact| (fact.place, fact.says)).collect()
}

fn shown(says: &str) -> String {
    if says.is_empty() { "nothing more".to_owned() } else { format!("`{}`", says.replace('`', "'")) }
}

fn missing(page: &Page, place: &str) -> Drift {
    drift("lock-missing", page, place, 1, ("facts that were not reviewed".to_owned(), "nothing".to_owned()))
}

fn changed(page: &Page, place: &str, line: usize, (now, before): (String, String)) -> Drift {
    drift("lock-changed", page, place, line, (now, format!("that it was reviewed as {before}")))
}

fn drift(rule: &'static str, page: &Page, place: &str, line: usize, says: (String, String)) -> Drift {
    Drift {
        rule,
        severity: Severity::Documentation,
        page: Place::new(&page.file, line),
        spec: None,
        service: String::new(),
        place: place.to_owned(),
        page_says: says.0,
        spec_says: says.1,
    }
}

/// The address by which a page is known: the one source of its operations, else what the saved page says.
fn address(page: &Page, checked: &Checked) -> Option<String> {
    let plain = |url: &String| url.split('#').next().unwrap_or_default().to_owned();
    let source = checked.sources.iter().next().filter(|_| checked.sources.len() == 1);
    source.or(page.url.as_ref()).map(plain)
}
