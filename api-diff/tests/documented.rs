//! The document of the rules has all of them, and they read well.

use dbplane_api_diff::report::rules_markdown;
use dbplane_api_diff::rules;

#[test]
fn the_document_has_the_rules() {
    let document = include_str!("../../docs/api-diff.md");
    assert!(document.contains(&rules_markdown()), "run `cargo xtask generate`");
}

#[test]
fn rules_read_well() {
    for rule in rules() {
        let plain = rule.id.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        assert!(plain && rule.id.contains('-'), "{}", rule.id);
        assert!(rule.meaning.ends_with('.') && !rule.happened.ends_with('.'), "{}", rule.id);
        assert!(!rule.meaning.contains('|') && !rule.happened.contains('|'), "{} is a cell", rule.id);
    }
}
