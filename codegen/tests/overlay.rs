//! Overlays: what they make of a spec, where their faults are said to be, and that no overlay hangs the reader.

#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

use std::io;
use std::path::Path;

use dbplane_codegen::finding::Finding;
use dbplane_codegen::lint;
use dbplane_codegen::spec::{Document, Kind, Service};
use proptest::prelude::*;

const BASE: &str = include_str!("bad/base.yaml");

const HEAD: &str = "\
overlay: 1.0.0
info:
  title: Things, later
  version: \"1\"
extends: vendor-things.yaml
actions:
";

/// An action with reason and source, as one line of flow mapping for each key of `change`.
fn action(target: &str, change: &str) -> String {
    let source = "x-source: {url: https://vendor.example/things, date: \"2026-01-31\"}";
    format!("  - target: {target}\n    description: The page says so.\n    {source}\n    {change}\n")
}

fn open(overlay: &str) -> Result<Document, Vec<Finding>> {
    Document::open("specs/", "vendor-things-2.overlay.yaml", |name| match name {
        "vendor-things-2.overlay.yaml" => Ok(overlay.to_owned()),
        "vendor-things.yaml" => Ok(BASE.to_owned()),
        _ => Err(io::ErrorKind::NotFound.into()),
    })
}

fn check(overlay: &str) -> Result<Service, Vec<Finding>> {
    lint::check("vendor-things-2", &open(overlay)?)
}

/// Rule, file and line of each finding.
fn places(overlay: &str) -> Vec<(&'static str, String, usize)> {
    let findings = check(overlay).err().unwrap_or_default();
    findings.into_iter().map(|f| (f.rule, f.place.file, f.place.line)).collect()
}

fn only(overlay: &str) -> (&'static str, usize) {
    let found = places(overlay);
    assert_eq!(found.len(), 1, "{found:?}\n{overlay}");
    assert_eq!(found[0].1, "specs/vendor-things-2.overlay.yaml", "{found:?}");
    (found[0].0, found[0].2)
}

#[test]
fn mappings_are_merged_lists_appended_to_values_replaced_and_the_rest_goes() {
    let overlay = [
        HEAD,
        &action("$.info", "update: {version: \"2.0\"}"),
        &action("$.paths[*][*]", "update: {x-source: {date: \"2026-02-02\"}}"),
        &action("$.components.schemas.Mode.enum", "update: \"wild\""),
        &action(
            "$.components.schemas.Thing",
            "update: {required: [weight], properties: {name: {type: string, description: Its name.}}}",
        ),
        &action("$.components.schemas.MoveRequest.properties.port['multipleOf','not']", "remove: true"),
        &action("$.paths['/v1/things'].get.parameters[?@.name == 'mode']", "remove: true"),
        &action("$.components.schemas.MoveRequest.required[1]", "remove: true"),
    ]
    .concat();
    let service = check(&overlay).unwrap();
    assert_eq!((service.stem.as_str(), service.version.as_str()), ("vendor-things-2", "2.0"));
    assert!(
        service.operations.iter().all(|o| o.source.date == "2026-02-02" && o.source.url.contains("example"))
    );
    let list = service.operations.iter().find(|o| o.id == "ListThings").unwrap();
    assert!(list.parameters.iter().all(|p| p.name != "mode") && list.parameters.len() == 3);
    assert!(
        matches!(&service.schemas["Mode"].kind, Kind::Enum { values, .. } if *values == ["slow", "fast", "wild"])
    );
    let required = |schema: &str| match &service.schemas[schema].kind {
        Kind::Object(properties) => {
            properties.iter().filter(|p| p.required).map(|p| p.name.clone()).collect::<Vec<_>>()
        }
        other => unreachable!("{other:?}"),
    };
    assert_eq!(required("Thing"), ["id", "weight"]);
    assert_eq!(required("MoveRequest"), ["thing_id"]);
    let place = service.place(service.schemas["Mode"].line);
    assert_eq!(place.file, "specs/vendor-things.yaml", "what the overlay leaves alone keeps its place");
}

#[test]
fn parts_of_an_overlay_are_features_of_its_own() {
    let overlay = [
        HEAD,
        &action("$.paths[*][*]", "update: {tags: [Things]}"),
        &action("$.paths['/v1/things/{thing_id}/move'].post.tags[0]", "remove: true"),
        &action("$.paths['/v1/things/{thing_id}/move'].post.tags", "update: Moves"),
        &action("$", "update: {x-features: {things: [Things], moves: [Moves]}}"),
    ]
    .concat();
    let features: Vec<_> = check(&overlay).unwrap().features.into_iter().map(|f| f.cargo).collect();
    assert_eq!(features, ["vendor-things-2-things", "vendor-things-2-moves"]);
    let wrong = overlay + &action("$['x-features'].moves", "update: Hats");
    let line = wrong.lines().position(|line| line.contains("update: {x-features")).unwrap() + 1;
    assert_eq!(only(&wrong), ("features-unknown", line));
}

/// `$.x-features` is not valid JSONPath: the dash needs quotes.
#[test]
fn a_name_with_a_dash_is_quoted() {
    let target = "$.x-states.thing['id']";
    let found = check(&format!("{HEAD}{}", action(target, "remove: true"))).err().unwrap();
    let text = found[0].to_string();
    assert!(text.contains(&format!("the target {target} is invalid JSONPath")), "{text}");
    assert!(text.contains("quotes, as in $['x-states'].thing.done"), "{text}");
}

#[test]
fn what_comes_from_the_overlay_has_the_overlays_lines() {
    let added = "update:\n      properties:\n        size: {type: integer, maximum: true}\n        name: {type: string}";
    let overlay = format!("{HEAD}{}", action("$.components.schemas.Thing", added));
    let file = || "specs/vendor-things-2.overlay.yaml".to_owned();
    assert_eq!(
        places(&overlay),
        [
            ("description-missing", file(), 12),
            ("int-expected", file(), 12),
            ("description-missing", file(), 13)
        ]
    );
    // Something that is gone is missed where it was.
    let gone = format!("{HEAD}{}", action("$.paths['/v1/things'].get.summary", "remove: true"));
    let line = BASE.lines().position(|l| l.contains("operationId: ListThings")).unwrap() + 1;
    assert_eq!(places(&gone), [("summary-missing", "specs/vendor-things.yaml".to_owned(), line)]);
}

#[test]
fn faults_of_an_overlay_are_found_at_their_lines() {
    let schema = "$.components.schemas.Thing";
    let long = format!("$.{}", "x".repeat(1_000));
    for (target, change, rule) in [
        ("$.components.schemas.Things", "remove: true", "overlay-match"),
        ("$.components.schemas.Mode.enum[5]", "remove: true", "overlay-match"),
        (schema, "update: [1]", "overlay-action"),
        ("$.components.schemas.Mode.enum", "update: [\"wild\"]", "overlay-action"),
        ("$.components.schemas.Mode.description", "update: \"other\"", "overlay-action"),
        (schema, "remove: false", "overlay-action"),
        (schema, "remove: true\n    update: {type: object}", "overlay-action"),
        (schema, "removed: true\n    remove: true", "keyword-unsupported"),
        (schema, "x-why: that\n    remove: true", "extension-unknown"),
        (schema, "remove: 1\n    update: {type: object}", "bool-expected"),
        ("$", "remove: true", "overlay-target"),
        ("$", "update: {x: 1}", "keyword-unsupported"),
        ("$", "update: [1]", "overlay-action"),
        ("$..enum", "remove: true", "overlay-target"),
        ("$.paths[?length(@) > 1]", "remove: true", "overlay-target"),
        ("$.paths[?((((((1 == 1))))))]", "remove: true", "overlay-target"),
        ("components.schemas", "remove: true", "overlay-target"),
        (&long, "remove: true", "overlay-target"),
    ] {
        let (found, line) = only(&format!("{HEAD}{}", action(target, change)));
        assert_eq!(found, rule, "{target} {change}");
        assert!((7..=11).contains(&line), "{target} {change}: {line}");
    }
    let plain = action(schema, "update: {description: Another.}");
    for (old, new, rule, line) in [
        ("overlay: 1.0.0", "overlay: 2.0.0", "overlay-version", 1),
        ("overlay: 1.0.0\n", "", "key-missing", 1),
        ("extends: vendor-things.yaml\n", "", "key-missing", 1),
        ("extends: vendor-things.yaml", "extends: ../vendor-things.yaml", "overlay-extends", 5),
        ("extends: vendor-things.yaml", "extends: https://vendor.example/things.yaml", "overlay-extends", 5),
        ("extends: vendor-things.yaml", "extends: vendor-things-2.overlay.yaml", "overlay-chain", 5),
        ("extends: vendor-things.yaml", "extends: vendor-other.yaml", "file-unreadable", 5),
        ("version: \"1\"", "version: 1", "text-expected", 4),
        ("    description: The page says so.\n", "", "description-missing", 7),
        ("date: \"2026-01-31\"", "date: \"January\"", "source-incomplete", 9),
        ("x-source:", "x-sources:", "extension-unknown", 9),
    ] {
        let text = format!("{HEAD}{plain}");
        assert!(text.contains(old));
        let found = places(&text.replace(old, new));
        let file = "specs/vendor-things-2.overlay.yaml".to_owned();
        assert!(found.contains(&(rule, file, line)), "{new}: {found:?}");
    }
    assert_eq!(only(&HEAD.replace("actions:\n", "")), ("key-missing", 1));
    assert_eq!(only(&HEAD.replace("actions:", "actions: {}")), ("not-a-list", 6));
}

/// The overlay `vendor-things-N.overlay.yaml`, where each extends the one that `below` names.
fn chained(below: &dyn Fn(usize) -> String, top: usize) -> Result<Service, Vec<Finding>> {
    let name = |n: usize| format!("vendor-things-{n}.overlay.yaml");
    let document = Document::open("specs/", &name(top), |file| {
        let Some(n) = (1..=9).find(|n| name(*n) == file) else { return Ok(BASE.to_owned()) };
        let head = HEAD.replace("extends: vendor-things.yaml", &format!("extends: {}", below(n)));
        let mode = action("$.components.schemas.Mode.enum", &format!("update: \"v{n}\""));
        Ok(head + &mode + &action("$.info", &format!("update: {{version: \"{n}\"}}")))
    });
    lint::check("vendor-things-9", &document?)
}

#[test]
fn overlays_lie_over_overlays_and_the_lowest_is_applied_first() {
    let below = |n: usize| match n {
        1 => "vendor-things.yaml".to_owned(),
        n => format!("vendor-things-{}.overlay.yaml", n - 1),
    };
    let service = chained(&below, 4).unwrap();
    assert_eq!(
        (service.version.as_str(), service.files.first()),
        ("4", "specs/vendor-things-4.overlay.yaml")
    );
    let Kind::Enum { values, .. } = &service.schemas["Mode"].kind else { unreachable!() };
    assert_eq!(values, &["slow", "fast", "v1", "v2", "v3", "v4"]);
    let found = chained(&below, 5).unwrap_err();
    assert_eq!((found.len(), found[0].rule, found[0].place.line), (1, "overlay-chain", 5), "{found:?}");
    assert_eq!(found[0].place.file, "specs/vendor-things-2.overlay.yaml");
    let names = [5, 4, 3, 2, 1].map(|n| format!("vendor-things-{n}.overlay.yaml")).join(" -> ");
    assert!(found[0].message.ends_with(&names), "{}", found[0]);
}

#[test]
fn a_circle_of_overlays_names_them() {
    let found = chained(&|n| format!("vendor-things-{}.overlay.yaml", 3 - n), 1).unwrap_err();
    assert_eq!((found.len(), found[0].rule, found[0].place.line), (1, "overlay-chain", 5), "{found:?}");
    let circle =
        "vendor-things-1.overlay.yaml -> vendor-things-2.overlay.yaml -> vendor-things-1.overlay.yaml";
    assert!(found[0].message.ends_with(circle), "{}", found[0]);
}

/// A fault of an overlay in the middle is found in its own file.
#[test]
fn a_fault_in_the_chain_has_its_own_place() {
    let document = Document::open("", "top.overlay.yaml", |file| match file {
        "top.overlay.yaml" => Ok(HEAD.replace("vendor-things.yaml", "middle.overlay.yaml")
            + &action("$.info", "update: {version: \"3\"}")),
        "middle.overlay.yaml" => Ok(HEAD.to_owned() + &action("$.nothing", "remove: true")),
        _ => Ok(BASE.to_owned()),
    });
    let found = document.unwrap_err();
    assert_eq!((found.len(), found[0].rule), (1, "overlay-match"));
    assert_eq!((found[0].place.file.as_str(), found[0].place.line), ("middle.overlay.yaml", 7));
}

#[test]
fn an_overlay_does_not_blow_a_document_up() {
    let twice = action("$.components.schemas[*]", "update: {x-a: {b: {c: {d: {}}}}}");
    let wide =
        format!("update: {{{}}}", (0..1000).map(|i| format!("k{i}: 1")).collect::<Vec<_>>().join(", "));
    let mut overlay = HEAD.to_owned() + &action("$.components.schemas", &wide.replace(": 1", ": {}"));
    for level in 0..3 {
        let stars = "[*]".repeat(level + 1);
        overlay += &action(&format!("$.components.schemas{stars}"), &wide.replace(": 1", ": {}"));
    }
    let rules: Vec<_> = open(&overlay).err().unwrap().into_iter().map(|f| f.rule).collect();
    assert!(rules.contains(&"overlay-size"), "{rules:?}");
    assert!(open(&format!("{HEAD}{}", twice.repeat(200))).is_ok());
}

#[test]
fn files_are_opened_by_their_paths() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let service = dbplane_codegen::load_file(&specs.join("samsung-mariadb-1.0.yaml")).unwrap();
    assert_eq!((service.stem.as_str(), service.operations.len()), ("samsung-mariadb-1.0", 44));
    for (path, rule) in [("nothing.yaml", "file-unreadable"), ("README.md", "file-name"), ("", "file-name")] {
        let path = specs.join(path);
        let found = dbplane_codegen::load_file(&path).unwrap_err();
        assert_eq!((found.len(), found[0].rule), (1, rule), "{found:?}");
        assert_eq!(found[0].place.file, path.to_string_lossy());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn no_target_panics(target in "\\$([.\\[\\]*?@'\"a-z0-9:,<=!&| -]{1,4}){0,20}") {
        let _ = check(&format!("{HEAD}{}", action(&format!("{target:?}"), "remove: true")));
    }

    #[test]
    fn no_update_panics(at in "(\\.(components|schemas|Thing|properties|paths|\\*)|\\[\\*\\]){1,5}", update in "(\\{[a-z]+: ){0,3}(1|\\[\\]|\\{\\}|true|a)\\}{0,3}") {
        let _ = check(&format!("{HEAD}{}", action(&format!("${at}"), &format!("update: {update}"))));
    }
}

#[test]
fn the_source_of_an_overlay_serves_for_actions_without_one() {
    let source = "x-source: {url: https://vendor.example/things-2, date: \"2026-02-01\"}\n";
    let head = HEAD.replace("actions:", &format!("{source}actions:"));
    let action = "  - target: $.info\n    description: The page says so.\n    update: {version: \"2\"}\n";
    assert_eq!(check(&format!("{head}{action}")).unwrap().version, "2");
    assert_eq!(only(&format!("{HEAD}{action}")).0, "source-missing");
    let bad = head.replace("2026-02-01", "yesterday");
    assert_eq!(only(&format!("{bad}{action}")), ("source-incomplete", 6));
}

#[test]
fn values_of_examples_are_replaced_wherever_they_are_whole_values() {
    let values = |lines: &str| HEAD.replace("actions:", &format!("x-example-values:\n{lines}actions:"));
    let other = action("$.info", "update: {version: \"2\"}");
    let document = open(&format!("{}{other}", values("  slow: fast\n"))).unwrap();
    let text = document.root.to_json().to_string();
    assert!(text.contains("\"enum\":[\"slow\","), "an enum is no example: {text}");
    assert!(!text.contains("\"example\":\"slow\""), "{text}");
    assert_eq!(only(&format!("{}{other}", values("  slower: fast\n"))), ("overlay-match", 7));
    assert_eq!(only(&format!("{}{other}", values("  slow: [fast]\n"))), ("text-expected", 7));
}

#[test]
fn an_assumed_property_says_so_and_refuses_nothing() {
    let target = "$.components.schemas.Thing";
    let property = |more: &str| {
        let property =
            format!("{{type: string, description: Its color.{more}, x-assumed: The sample shows it.}}");
        format!("{HEAD}{}", action(target, &format!("update: {{properties: {{color: {property}}}}}")))
    };
    let service = check(&property("")).unwrap();
    let Kind::Object(properties) = &service.schemas["Thing"].kind else { panic!("an object") };
    let color = properties.iter().find(|p| p.name == "color").unwrap();
    assert_eq!(
        color.schema.description,
        "Its color.\n\nNot confirmed by the vendor's page: The sample shows it."
    );
    assert_eq!(only(&property(", maxLength: 8")).0, "assumed-limit");
    let required = property("").replace("update: {", "update: {required: [color], ");
    assert_eq!(only(&required).0, "assumed-limit");
}
