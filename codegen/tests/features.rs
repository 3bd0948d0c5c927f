//! Services in parts: what belongs to a feature is there only with it.

#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

mod support;

use dbplane_codegen::spec::Service;
use support::{base, file};

/// Things and jobs are the first part, moves are another.
fn in_parts() -> Service {
    base(&[
        (
            "operationId: ListThings",
            "operationId: ListThings\n      tags: [Things]\n      x-see: {after: [MoveThing]}",
        ),
        ("operationId: MoveThing", "operationId: MoveThing\n      tags: [Moves]"),
        ("operationId: ShowJob", "operationId: ShowJob\n      tags: [Things]"),
        ("x-states:", "x-features:\n  things: [Things]\n  big-moves: [Moves]\nx-states:"),
    ])
}

const CONDITION: &str = "#[cfg(feature = \"vendor-things-big-moves\")]";

#[test]
fn a_part_is_a_module_below_each_module_with_its_feature() {
    let service = in_parts();
    assert_eq!(service.base_feature(), "vendor-things-things");
    for name in ["client", "limits", "models", "operations", "table"] {
        let whole = file(&service, &format!("{name}.rs"));
        assert!(whole.contains(&format!("{CONDITION}\nmod part_big_moves;\n")), "{whole}");
        let part = file(&service, &format!("{name}/part_big_moves.rs"));
        assert!(part.contains("use super::*;\n"), "{part}");
    }
    for name in ["models", "operations"] {
        let whole = file(&service, &format!("{name}.rs"));
        assert!(whole.contains(&format!("{CONDITION}\npub use self::part_big_moves::*;\n")), "{whole}");
    }
    assert!(!file(&service, "parameters.rs").contains("cfg"), "parameters are shared");
}

#[test]
fn each_item_stands_once_in_its_part() {
    let service = in_parts();
    let [whole, part] = ["operations.rs", "operations/part_big_moves.rs"].map(|name| file(&service, name));
    assert!(whole.contains("pub struct ListThings(") && !whole.contains("MoveThing("), "{whole}");
    assert!(part.contains("pub struct MoveThing(") && !part.contains("ListThings("), "{part}");
    let [whole, part] = ["models.rs", "models/part_big_moves.rs"].map(|name| file(&service, name));
    assert!(
        part.contains("pub struct MoveRequest {") && !whole.contains("pub struct MoveRequest {"),
        "{part}"
    );
    assert!(whole.contains("pub struct Thing {") && !part.contains("pub struct Thing {"), "{whole}");
    let table = file(&service, "table.rs");
    assert!(
        table.contains(&format!("    &LIST_THINGS,\n    {CONDITION}\n    &MOVE_THING,\n    &SHOW_JOB,\n")),
        "{table}"
    );
}

/// The body of an error is in no response, and what it has is there with it.
#[test]
fn what_only_errors_have_is_in_the_first_part() {
    let service = base(&[
        ("operationId: ListThings", "operationId: ListThings\n      tags: [Things]"),
        ("operationId: MoveThing", "operationId: MoveThing\n      tags: [Moves]"),
        ("operationId: ShowJob", "operationId: ShowJob\n      tags: [Things]"),
        ("x-states:", "x-features:\n  things: [Things]\n  moves: [Moves]\nx-states:"),
        (
            "      description: What went wrong.\n      properties:",
            "      description: What went wrong.\n      properties:\n        what: {$ref: \"#/components/schemas/Resource\"}",
        ),
    ]);
    let whole = file(&service, "models.rs");
    assert!(whole.contains("pub struct Failure {") && whole.contains("pub struct Resource {"), "{whole}");
    let part = file(&service, "models/part_moves.rs");
    assert!(part.contains("pub struct Accepted {") && !part.contains("pub struct Resource {"), "{part}");
}

#[test]
fn the_end_of_work_is_known_only_with_its_feature() {
    let client = file(&in_parts(), "client.rs");
    assert!(client.contains(&format!("    {CONDITION}\n    Thing(Box<models::Thing>),\n")), "{client}");
    let arm = format!("            {CONDITION}\n            \"thing\" => Self::Thing(");
    assert!(client.contains(&arm), "{client}");
}

#[test]
fn docs_name_the_feature_and_link_only_to_what_is_there() {
    let service = in_parts();
    let client = file(&service, "client.rs");
    assert!(client.contains("/// | Things | `vendor-things-things` | [`list_things`]"), "{client}");
    let row = "doc = \"| Moves | `vendor-things-big-moves` | [`move_thing`](Self::move_thing) |\"";
    assert!(client.contains(row), "{client}");
    let part = file(&service, "operations/part_big_moves.rs");
    assert!(part.contains("Needs the feature `vendor-things-big-moves`."), "{part}");
    let whole = file(&service, "operations.rs");
    let line = "#[cfg_attr(feature = \"vendor-things-big-moves\", doc = \"Usually followed by [`MoveThing`].\")]\n///\n";
    assert!(whole.contains(line), "{whole}");
}

#[test]
fn the_build_script_gets_the_same_in_one_piece() {
    let text = dbplane_codegen::generate_inline(&in_parts()).unwrap();
    assert_eq!(
        text.matches(&format!("{CONDITION}\nmod part_big_moves {{\nuse super::*;\n")).count(),
        6,
        "{text}"
    );
}

#[test]
fn a_service_has_at_most_64_parts() {
    let parts = |count: usize| (0..count).map(|n| format!("  part-{n}: [Tag {n}]\n")).collect::<String>();
    let found = |count: usize| {
        let text = include_str!("bad/base.yaml").replacen(
            "x-states:",
            &format!("x-features:\n{}x-states:", parts(count)),
            1,
        );
        let document = dbplane_codegen::spec::Document::read("base.yaml", &text).unwrap();
        let findings = dbplane_codegen::lint::check("vendor-things", &document).unwrap_err();
        findings.iter().any(|finding| finding.to_string().contains("x-features has more than 64 parts"))
    };
    assert!(!found(64) && found(65));
}
