//! Which pages were reviewed, by the digest of their facts.
//!
//! Problem: a page is saved repeatedly, and mostly only its looks have changed. The lock file beside the specs
//! holds for each page its address, its date and the digest of what it states; as long as the facts are the same, a
//! check is quiet. When they are not, something was said that no rule compares, and the page must be read again.

use std::collections::BTreeMap;

use dbplane_codegen::finding::{Files, Finding, Place};
use dbplane_codegen::yaml as reader;
use serde_json::{Value as Json, json};

use crate::check::Checked;
use crate::drift::{Drift, Severity};
use crate::facts::{Page, digest};
use crate::{rules, yaml};

const HEADER: &str = "# Pages that were reviewed. Written by `cargo xtask docs lock FILE...`; not edited.\n";

/// The pages that were reviewed, by their addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock {
    pages: BTreeMap<String, Reviewed>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Reviewed {
    date: String,
    facts: String,
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
            let text = |key: &str| entry.node.get(key).and_then(reader::Node::text).map(str::to_owned);
            match (text("date"), text("facts")) {
                (Some(date), Some(facts)) => {
                    _ = lock.pages.insert(entry.key.clone(), Reviewed { date, facts })
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
            (url.clone(), json!({ "date": page.date, "facts": page.facts }))
        };
        let all = Json::Object(self.pages.iter().map(entry).collect());
        HEADER.to_owned() + &yaml::write(&yaml::Node::from(&all))
    }

    /// Notes that a page was reviewed; `saved` is the day on which it was, for pages that print no date.
    ///
    /// # Errors
    /// The page's address is not known.
    pub fn record(&mut self, page: &Page, checked: &Checked, saved: &str) -> Result<(), Finding> {
        let Some(url) = address(page, checked) else {
            let message = "neither the page nor a spec with its operations names an address";
            let place = Place::new(&page.file, 1);
            return Err(Finding::new("lock-address", place, message, rules::remedy("lock-address")));
        };
        let date = page.date.clone().unwrap_or_else(|| saved.to_owned());
        let facts = digest(page);
        if self.pages.get(&url).is_none_or(|reviewed| reviewed.facts != facts) {
            self.pages.insert(url, Reviewed { date, facts });
        }
        Ok(())
    }

    /// What is to be said of a page on which nothing else was found.
    pub(crate) fn drift(&self, page: &Page, checked: &Checked) -> Option<Drift> {
        let url = address(page, checked);
        let reviewed = url.as_ref().and_then(|url| self.pages.get(url));
        let (rule, spec_says) = match reviewed {
            Some(reviewed) if reviewed.facts == digest(page) => return None,
            Some(reviewed) => ("lock-changed", format!("that it was reviewed as of {}", reviewed.date)),
            None => ("lock-missing", "nothing".to_owned()),
        };
        Some(Drift {
            rule,
            severity: Severity::Documentation,
            page: Place::new(&page.file, 1),
            spec: None,
            service: String::new(),
            place: url.unwrap_or_else(|| "page".to_owned()),
            page_says: "facts that were not reviewed".to_owned(),
            spec_says,
        })
    }
}

/// The address by which a page is known: the one source of its operations, else what the saved page says.
fn address(page: &Page, checked: &Checked) -> Option<String> {
    let plain = |url: &String| url.split('#').next().unwrap_or_default().to_owned();
    let source = checked.sources.iter().next().filter(|_| checked.sources.len() == 1);
    source.or(page.url.as_ref()).map(plain)
}
