//! Pages that are wrong, huge or hostile: an error that says what was looked for, or facts; never a panic.

#![allow(clippy::unwrap_used)] // tests; clippy does not know their helpers

use std::path::Path;

use dbplane_pages::read;
use proptest::prelude::*;

const BASES: [&str; 8] = [
    include_str!("corpus/oceanbase.txt"),
    include_str!("corpus/oceanbase.html"),
    include_str!("corpus/huawei-topics.txt"),
    include_str!("corpus/huawei-topics.html"),
    include_str!("corpus/huawei-lists.txt"),
    include_str!("corpus/huawei-lists.md"),
    include_str!("corpus/samsung.txt"),
    include_str!("corpus/samsung.html"),
];

#[test]
fn what_is_no_page_is_refused_with_what_was_looked_for() {
    for text in
        ["", "hello", "<html><body><p>Not found</p></body></html>", "{\"openapi\": \"3.0.3\"}", "POST /v1/x"]
    {
        let finding = read("page.txt", text.as_bytes()).unwrap_err();
        assert_eq!((finding.rule, finding.place.file.as_str()), ("page-unknown", "page.txt"), "{text}");
        for family in ["OceanBase", "Huawei", "Samsung"] {
            assert!(finding.message.contains(family), "{finding}");
        }
    }
    assert_eq!(read("gbk.html", b"<html>\xb9\xa6\xc4\xdc").unwrap_err().rule, "page-encoding");
    assert_eq!(read("huge.txt", &vec![b' '; dbplane_pages::MAX_BYTES + 1]).unwrap_err().rule, "page-size");
}

/// What no page has: refused before anything is made of it, and a flood of findings or examples told in one.
#[test]
fn floods_are_told_in_one() {
    let tables = format!("<p>x</p>{}", "<table><tr><td>a</td></tr></table>".repeat(100_001));
    assert_eq!(read("page.html", tables.as_bytes()).unwrap_err().rule, "page-size");
    assert_eq!(read("page.txt", "a\n".repeat(1_000_001).as_bytes()).unwrap_err().rule, "page-size");
    let merged = format!("<table>{}</table>", "<tr><td rowspan=1000>a".repeat(5000));
    assert_eq!(read("page.html", merged.as_bytes()).unwrap_err().rule, "page-unknown");
    let unread = format!(
        "{}#### Request Parameters\n{}",
        BASES[5],
        "\n| a | b |\n|---|---|\n| c | d |\n".repeat(3000)
    );
    let gaps = read("page.md", unread.as_bytes()).unwrap().gaps;
    assert_eq!(gaps.len(), 1001);
    assert!(gaps[1000].message.starts_with("2000 more parts"), "{}", gaps[1000].message);
    let examples = format!("{}\nExample response\n{}", BASES[0], "{\"a\": 1}\n\n".repeat(3000));
    let page = read("page.txt", examples.as_bytes()).unwrap();
    assert_eq!(page.operations[0].examples.len(), 1001);
    assert_eq!(page.gaps.len(), 1, "{:?}", page.gaps);
}

/// Nesting and repetition without end: read in a time that grows as the page does.
#[test]
fn hostile_pages_end() {
    let samsung = BASES[6];
    let n = 20_000;
    for text in [
        "<table><tr><td>".repeat(n),
        "<div>".repeat(n),
        "<pre>".repeat(n),
        "<svg>".repeat(n),
        format!("<html>{}", "<a b='".repeat(n)),
        "{\n".repeat(n),
        "[{\"a\":".repeat(n),
        "| a |\n".repeat(n),
        "| a |\nb |\n".repeat(n),
        "|".repeat(n),
        "curl '\n".repeat(n),
        "```\n".repeat(n),
        "**".repeat(n),
        "[](".repeat(n),
        "Table 1 x\nParameter\nType\nDescription\n".repeat(n),
        "a\nString\n".repeat(n),
        format!("{samsung}\nRequest body\n{}{}", "[".repeat(n), "]".repeat(n)),
        samsung.replace("enum (wood, tin box)", &"any of [".repeat(n)),
        BASES[2].replace("1 to 100, excluding 13", "1 to 100, excluding 1 to 9999999999999999999"),
        BASES[2].replace("1 to 100, excluding 13", &"1 to 100 ".repeat(n)),
    ] {
        let _ = read("page", text.as_bytes());
    }
}

/// Objects that hold each other are looked into once for each level that is compared, and not for ever.
#[test]
fn objects_that_hold_themselves_end() {
    let text = BASES[4].replace(
        "floor\n\nInteger\n\nFloor",
        "floor\n\nLampPlace object\n\nFloor\n\nroof\n\nLampPlace object\n\nRoof",
    );
    let services =
        dbplane_codegen::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/specs")).unwrap();
    let page = read("page.txt", text.as_bytes()).unwrap();
    let drifts = dbplane_pages::check(&page, &services).drifts;
    assert!(drifts.iter().any(|d| d.rule == "type-changed") && drifts.len() < 10, "{drifts:?}");
}

#[derive(Debug, Clone)]
enum Edit {
    Delete(prop::sample::Index),
    Double(prop::sample::Index),
    Replace(prop::sample::Index, String),
    Truncate(prop::sample::Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    let index = any::<prop::sample::Index>;
    prop_oneof![
        index().prop_map(Edit::Delete),
        index().prop_map(Edit::Double),
        (index(), "[ |<>{}\\[\\]\"'*/a-z0-9:,\\\\-]{0,12}|\\PC{0,8}")
            .prop_map(|(at, text)| Edit::Replace(at, text)),
        index().prop_map(Edit::Truncate),
    ]
}

fn edited(text: &str, edit: &Edit) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    if lines.is_empty() {
        return String::new();
    }
    match edit {
        Edit::Delete(at) => _ = lines.remove(at.index(lines.len())),
        Edit::Double(at) => lines.insert(at.index(lines.len()), lines[at.index(lines.len())]),
        Edit::Replace(at, line) => {
            let at = at.index(lines.len());
            lines[at] = line;
        }
        Edit::Truncate(at) => lines.truncate(at.index(lines.len())),
    }
    lines.join("\n")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn no_text_panics(text in "\\PC{0,200}") {
        let _ = read("page", text.as_bytes());
    }

    #[test]
    fn no_edit_of_a_page_panics(base in 0..BASES.len(), edits in prop::collection::vec(edit(), 1..8)) {
        let text = edits.iter().fold(BASES[base].to_owned(), |text, edit| edited(&text, edit));
        if let Ok(page) = read("page", text.as_bytes()) {
            let _ = dbplane_pages::facts::json(&page, true);
        }
    }
}
