//! What is written of a comparison.

#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

use dbplane_api_diff::report::{Report, changelog, json, markdown, text};
use dbplane_api_diff::{Change, compare};
use dbplane_codegen::lint;
use dbplane_codegen::spec::{Document, Service};
use serde_json::{Value as Json, json};

const BASE: &str = include_str!("changes/base.yaml");

fn service(file: &str, text: &str) -> Service {
    lint::check("vendor-things", &Document::read(file, text).unwrap()).unwrap()
}

/// One change of each impact.
fn changes() -> Vec<Change> {
    let text = BASE
        .replace("required: [weight]", "required: [weight, kind]")
        .replace("x-idempotent: true", "x-idempotent: false")
        .replace("enum: [\"running\", \"done\"]", "enum: [\"running\", \"done\", \"lost\"]")
        .replace("How fast it goes, in km/h.", "How fast it goes, in km an hour.");
    compare(&[service("old.yaml", BASE)], &[service("new.yaml", &text)]).unwrap()
}

fn report(changes: &[Change]) -> Report<'_> {
    Report { old: "old.yaml", new: "new.yaml", version: (0, 1, 7), changes }
}

#[test]
fn text_tells_place_rule_meaning_and_items() {
    let changes = changes();
    let text = text(&report(&changes));
    let wanted = "\
new.yaml:268: [field-required] breaking: `Load.kind` became required
    The setter became an argument of the constructor, and the field is no longer an `Option`.
    was old.yaml:268
    in request of MoveThing `load.kind`
    - models::Load.kind: Option<LoadKind>
    + models::Load.kind: LoadKind
    - models::Load::kind(value: impl Into<LoadKind>) -> Self
    - models::Load::new(weight: f64) -> Self
    + models::Load::new(weight: f64, kind: impl Into<LoadKind>) -> Self

new.yaml:117: [repeat-lost] behaviour: `StopThing` no longer safe to retry
    A call that may have taken effect is not retried: the program sees errors that retries used to prevent.
    was old.yaml:117

new.yaml:310: [enum-widened] compatible: `JobState` gained values (`lost`)
    New variants; enums are open, so every `match` already handles other values. What was an `UnknownValue` now has a name.
    was old.yaml:310
    in response of ShowJob `state`
    + models::JobState::Lost

new.yaml:237: [field-described] documentation: `MoveRequest.speed` described differently

old.yaml to new.yaml: 1 breaking, 1 behaviour, 1 compatible, 1 documentation
Raise the minor number: 0.1.7 becomes 0.2.0.

For the changelog:

### Added
- `JobState` gained values (`lost`).

### Changed
- **Breaking:** `Load.kind` became required.
- `StopThing` no longer safe to retry.
";
    assert_eq!(text, wanted);
}

#[test]
fn json_tells_the_same() {
    let changes = changes();
    let value: Json = serde_json::from_str(&json(&report(&changes))).unwrap();
    assert_eq!(value["version"], json!({"old": "0.1.7", "step": "minor", "new": "0.2.0"}));
    let impacts: Vec<_> = value["changes"].as_array().unwrap().iter().map(|c| &c["impact"]).collect();
    assert_eq!(impacts, ["breaking", "behaviour", "compatible", "documentation"]);
    let added = &value["changes"][2];
    assert_eq!(added["rule"], "enum-widened");
    assert_eq!(added["items"], json!([{"old": null, "new": "models::JobState::Lost"}]));
    assert_eq!(added["uses"], json!([{"operation": "ShowJob", "direction": "response", "path": "state"}]));
    assert_eq!(added["new"]["file"], "new.yaml");
}

#[test]
fn markdown_has_a_section_for_each_impact() {
    let changes = changes();
    let guide = markdown(&report(&changes));
    let headings: Vec<_> = guide.lines().filter(|l| l.starts_with("### ")).collect();
    assert_eq!(headings.len(), 4, "{guide}");
    assert!(guide.contains("\n- `Load.kind` became required (`field-required`).\n"), "{guide}");
    assert!(guide.contains("\n  + models::Load.kind: LoadKind\n"), "{guide}");
}

#[test]
fn changes_of_one_rule_and_owner_share_a_line_of_the_changelog() {
    let text = BASE.replace("required: [port, load, note]", "required: [port, load, note, key, tags]");
    let changes = compare(&[service("old.yaml", BASE)], &[service("new.yaml", &text)]).unwrap();
    let entry = changelog(&report(&changes));
    assert_eq!(
        entry,
        "### Added\n- `MoveRequest` gained `Default`.\n\n### Changed\n\
         - **Breaking:** `MoveRequest.port`, `MoveRequest.load` moved from the constructor to a setter.\n\
         - **Breaking:** `MoveRequest.key`, `MoveRequest.tags` became required.\n"
    );
}

#[test]
fn many_required_fields_are_given_by_name() {
    let rules = |old: &str, new: &str| {
        let with = |required: &str| BASE.replace("required: [port, load, note]", required);
        let (old, new) = (with(old), with(new));
        let changes = compare(&[service("old.yaml", &old)], &[service("new.yaml", &new)]).unwrap();
        changes.iter().map(|c| (c.rule.id, c.subject.clone())).collect::<Vec<_>>()
    };
    let (few, many) = ("required: [port, load, note]", "required: [port, load, note, speed, key]");
    let more = "required: [port, load, note, speed, key, depth]";
    let moved = |rules: &[(&'static str, &str)]| {
        rules.iter().map(|(rule, field)| (*rule, format!("MoveRequest{field}"))).collect::<Vec<_>>()
    };
    for (old, new, expected) in [
        (few, many, ["field-named-required", "field-named"]),
        (many, few, ["field-named-optional", "field-unnamed"]),
    ] {
        let found = rules(old, new);
        for (rule, field) in [(expected[0], ".key"), (expected[1], ".port")] {
            assert!(moved(&[(rule, field)]).iter().all(|row| found.contains(row)), "{rule}: {found:?}");
        }
    }
    assert_eq!(rules(many, more), moved(&[("field-named-required", ".depth")]));
    assert_eq!(rules(more, many), moved(&[("field-named-optional", ".depth")]));
    let lane = BASE.replace("required: [port, load, note]", "required: [port, load, note, speed, key, lane]");
    let lane = lane.replace(
        "        speed:\n",
        "        lane:\n          type: integer\n          description: Lane.\n        speed:\n",
    );
    let old = BASE.replace("required: [port, load, note]", many);
    let changes = compare(&[service("old.yaml", &old)], &[service("new.yaml", &lane)]).unwrap();
    assert!(changes.iter().any(|c| c.rule.id == "field-added-named"), "{changes:?}");
}

#[test]
fn nothing_to_tell_is_told() {
    let said = text(&report(&[]));
    assert!(said.ends_with("No differences; the version stays 0.1.7.\n"), "{said}");
    assert!(changelog(&report(&[])).is_empty());
}
