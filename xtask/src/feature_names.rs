//! Names of Cargo features in texts.
//!
//! Problem: a part or a service is renamed, and guides and docs go on naming a feature that is not there; the compiler
//! finds only those in attributes. Default: whatever stands in backquotes and begins like a service of one of the vendors
//! is a feature. Override: none; the changelog, which is about earlier versions too, is not read.

use std::collections::BTreeSet;

use dbplane_codegen::finding::Finding;
use dbplane_codegen::spec::Service;

use crate::prose::Paragraph;

/// The rule about features: its id and what it means.
pub(crate) const RULES: &[(&str, &str)] = &[("feature-unknown", "features in texts exist")];

const CHANGELOG: &str = "CHANGELOG.md";

/// Every feature that `paragraphs` name and that none of `services` has.
pub(crate) fn findings(paragraphs: &[Paragraph], services: &[Service]) -> Vec<Finding> {
    let parts = services.iter().flat_map(|s| s.features.iter().map(|part| part.cargo.as_str()));
    let known: BTreeSet<&str> = services.iter().map(|s| s.stem.as_str()).chain(parts).collect();
    let vendors: BTreeSet<&str> = services.iter().map(Service::vendor).collect();
    let mut findings = Vec::new();
    for paragraph in paragraphs.iter().filter(|paragraph| paragraph.file != CHANGELOG) {
        let mut at = 0;
        // Code is between backquotes.
        for (index, text) in paragraph.text.split('`').enumerate() {
            if index % 2 == 1 && is_feature(text, &vendors) && !known.contains(text) {
                let message = format!("there is no feature `{text}`");
                let remedy = "write the name of a service or of one of its parts (`x-features`)";
                findings.push(Finding::new("feature-unknown", paragraph.place(at), message, remedy));
            }
            at += text.len() + 1;
        }
    }
    findings
}

/// Whether a text has the form of a feature: vendor, service, version and perhaps a part, with dashes between them.
fn is_feature(text: &str, vendors: &BTreeSet<&str>) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ['-', '.'].contains(&c);
    let version = |word: &str| {
        let number = word.strip_prefix('v').unwrap_or(word);
        number.starts_with(|c: char| c.is_ascii_digit()) && number.ends_with(|c: char| c.is_ascii_digit())
    };
    let mut words = text.split('-');
    text.chars().all(plain) && words.next().is_some_and(|first| vendors.contains(first)) && words.any(version)
}

#[cfg(test)]
mod tests {
    use super::findings;
    use crate::prose::{Kind, Paragraph};
    use dbplane_codegen::spec::{Document, Service, read};

    fn service(stem: &str) -> Service {
        let text = "openapi: 3.0.3\ninfo: {title: T, version: '1', description: D}\nx-features: {one: [A], two: [B]}\npaths: {}\n";
        read(stem, &Document::read("spec.yaml", text).unwrap()).0
    }

    #[test]
    fn features_of_texts_are_those_of_services_and_parts() {
        let services = ["vendor-things-v3", "vendor-hats-1.3"].map(service);
        let found = |file: &str, text: &str| {
            let (file, text) = (file.to_owned(), text.to_owned());
            let paragraph = Paragraph { file, line: 7, kind: Kind::Guide, text, lines: Vec::new() };
            findings(&[paragraph], &services).iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        let good = "With `vendor-things-v3`, `vendor-things-v3-two`, `vendor-hats-1.3`, `other-x-1.3` and `vendor-id`.";
        assert!(found("docs/a.md", good).is_empty());
        assert_eq!(
            found("docs/a.md", "With `vendor-things-v3-three`."),
            [
                "docs/a.md:7: [feature-unknown] there is no feature `vendor-things-v3-three`; write the name of a \
                 service or of one of its parts (`x-features`)"
            ]
        );
        assert_eq!(found("docs/a.md", "With `vendor-hats-1.4`, `vendor-hat-1.3`.").len(), 2);
        assert!(found("CHANGELOG.md", "Was `vendor-hats-1.0`.").is_empty());
    }
}
