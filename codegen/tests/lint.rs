//! The lint: every rule fires on the line that breaks it, and nothing makes it panic.
//!
//! `bad/base.yaml` is a small document without faults. Each case of `bad/*.diff` spoils it in one way and marks
//! the spoilt lines with `# expect: <rule>`; those findings must come, and no others. How cases are written is told in
//! `cases/mod.rs`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod cases;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use dbplane_codegen::finding::Finding;
use dbplane_codegen::lint;
use dbplane_codegen::spec::Document;
use proptest::prelude::*;

const BASE: &str = include_str!("bad/base.yaml");

struct Case {
    name: String,
    text: String,
    expected: BTreeSet<(usize, String)>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad")
}

fn findings(text: &str) -> Vec<Finding> {
    let document = Document::read("case.yaml", text).map_err(|finding| vec![finding]);
    document.and_then(|document| lint::check("vendor-things", &document)).err().unwrap_or_default()
}

/// Every case of every diff file.
fn cases() -> Vec<Case> {
    cases::read(&folder()).iter().map(|(name, body)| case(name, body)).collect()
}

fn case(name: &str, body: &str) -> Case {
    let text = cases::edited(BASE, body).unwrap_or_else(|fault| panic!("{name}: {fault}"));
    let expected = text.lines().enumerate().flat_map(|(i, line)| {
        let rules = line.split_once("# expect: ").map_or("", |(_, rules)| rules);
        rules.split_whitespace().map(move |rule| (i + 1, rule.to_owned()))
    });
    Case { name: name.to_owned(), expected: expected.collect(), text }
}

fn show(findings: &[Finding]) -> String {
    findings.iter().fold(String::new(), |mut out, f| {
        let _ = writeln!(out, "    {f}");
        out
    })
}

#[test]
fn the_base_is_good() {
    let found = findings(BASE);
    assert!(found.is_empty(), "{}", show(&found));
}

/// The documents of this project keep to their own rules.
#[test]
fn the_specs_are_good() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let wrong = dbplane_codegen::load(&specs).err().map(|findings| show(&findings)).unwrap_or_default();
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_case_is_found_where_it_is() {
    let mut wrong = String::new();
    for Case { name, text, expected } in cases() {
        let found = findings(&text);
        let places = found.iter().map(|f| (f.place.line, f.rule.to_owned())).collect::<BTreeSet<_>>();
        let said =
            found.iter().all(|f| f.message.len() > 8 && f.remedy.len() > 4 && f.place.file == "case.yaml");
        let sorted = found.is_sorted_by_key(|f| f.place.line);
        if places != expected || expected.is_empty() || !said || !sorted || found.len() != places.len() {
            let _ = writeln!(wrong, "{name}: expected {expected:?}\n{}", show(&found));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Rules that no case can break: eight megabytes are no case to write down (see `hostile_documents_are_refused`),
/// files have tests of their own in `specs_dir.rs`, overlays in `overlay.rs`, and faults of the generator in
/// `generate.rs`.
const ELSEWHERE: [&str; 16] = [
    "assumed-limit",
    "features-collision",
    "requires-unknown",
    "yaml-size",
    "specs-folder",
    "file-name",
    "file-unreadable",
    "overlay-action",
    "overlay-chain",
    "overlay-extends",
    "overlay-match",
    "overlay-size",
    "overlay-target",
    "overlay-version",
    "progenitor",
    "emit",
];

#[test]
fn every_rule_has_a_case() {
    let mut seen: BTreeSet<String> =
        cases().into_iter().flat_map(|c| c.expected).map(|(_, rule)| rule).collect();
    seen.extend(ELSEWHERE.map(str::to_owned));
    let listed: BTreeSet<String> = lint::rules().iter().map(|(id, _)| (*id).to_owned()).collect();
    assert_eq!(listed.len(), lint::rules().len(), "a rule is listed twice");
    assert!(lint::rules().iter().all(|(_, meaning)| !meaning.is_empty()));
    let missing: Vec<_> = listed.difference(&seen).collect();
    assert!(missing.is_empty(), "rules without a case: {missing:?}");
}

/// The ids that the sources report are the ids that are listed.
#[test]
fn every_rule_is_listed() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = ["yaml.rs", "specs_dir.rs", "structs.rs", "idents.rs"].map(|f| src.join(f)).to_vec();
    for folder in ["spec", "lint"] {
        files.extend(std::fs::read_dir(src.join(folder)).unwrap().map(|e| e.unwrap().path()));
    }
    files.retain(|f| !f.ends_with("lint/rules.rs"));
    // A call that reports, or, in walker.rs, an arm of the tables of rules and remedies.
    let call = r#"(?:report|add|refuse|compare|Finding::new)\(\s*(?:view,\s*)?"([a-z]+(?:-[a-z]+)*)""#;
    let arm = r#"(?:=>|\{)\s*\(?"([a-z]+(?:-[a-z]+)*)"(?:,\s*"|,?\n)"#;
    let mut used = BTreeSet::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let patterns = if file.ends_with("walker.rs") { vec![call, arm] } else { vec![call] };
        for pattern in patterns {
            let pattern = regex_lite::Regex::new(pattern).unwrap();
            used.extend(pattern.captures_iter(&text).map(|c| c[1].to_owned()));
        }
    }
    let listed: BTreeSet<String> = lint::rules().iter().map(|(id, _)| (*id).to_owned()).collect();
    let unlisted: Vec<_> = used.difference(&listed).collect();
    let unused: Vec<_> = listed.difference(&used).collect();
    assert!(unlisted.is_empty() && unused.is_empty(), "not listed: {unlisted:?}; not used: {unused:?}");
}

#[test]
fn hostile_documents_are_refused() {
    let nested = |open: &str, n: usize| open.repeat(n);
    let documents = [
        ("empty", String::new()),
        ("only a comment", "# nothing\n".to_owned()),
        ("ten megabytes of spaces", " ".repeat(10 << 20)),
        ("five megabytes of spaces", " ".repeat(5 << 20)),
        ("deep lists", nested("[", 100_000)),
        ("deep mappings", nested("{a: ", 100_000)),
        ("deep blocks", nested("- ", 10_000)),
        ("deep keys", nested("? ", 10_000)),
        ("closed, but deep", format!("{}{}", nested("[", 65), nested("]", 65))),
        ("laughs", (0..20).fold("a: &a [x]\n".to_owned(), |s, i| s + &format!("b{i}: [*a, *a, *a]\n"))),
        ("an alias of itself", "&a [*a]".to_owned()),
        ("an alias of nothing", "a: *b".to_owned()),
        ("NUL", "a: \0".to_owned()),
        ("NUL inside", BASE.replace("Things", "Th\0ngs")),
        ("a byte order mark and nothing", "\u{feff}".to_owned()),
        ("a list", "- a\n- b\n".to_owned()),
        ("a word", "hello".to_owned()),
        ("null", "~".to_owned()),
        ("numbers as keys", "1: a\n2: b\n1.5: c\n".to_owned()),
        ("a long line", format!("openapi: \"{}\"", "x".repeat(100_000))),
        ("a long key", format!("{}: 1", "x".repeat(100_000))),
        ("many keys", (0..20_000).fold(String::new(), |s, i| s + &format!("k{i}: {i}\n"))),
        ("many documents", "---\na: 1\n".repeat(1000)),
        ("tabs", "a:\n\t- b\n".to_owned()),
        ("carriage returns", "a: 1\rb: [\r\n".to_owned()),
        ("an open quote", "a: \"b".to_owned()),
        ("a merge key", "<<: {a: b}".to_owned()),
        ("a huge number", format!("a: {}", "9".repeat(1000))),
        ("everything is null", "openapi:\ninfo:\npaths:\ncomponents:\nsecurity:\nx-envelope:\n".to_owned()),
        (
            "everything is a list",
            "openapi: []\ninfo: []\npaths: []\ncomponents: []\nsecurity: []\n".to_owned(),
        ),
        (
            "everything is a map",
            "openapi: {}\ninfo: {}\npaths: {}\ncomponents: {}\nsecurity: {}\n".to_owned(),
        ),
    ];
    for (name, text) in &documents {
        let found = findings(text);
        assert!(!found.is_empty(), "{name}: nothing found");
        assert!(found.iter().all(|f| f.place.line >= 1 && !f.message.is_empty()), "{name}: {found:?}");
    }
    assert_eq!(findings(&documents[2].1)[0].rule, "yaml-size");
}

/// Faults of different kinds come together, not one after the other.
#[test]
fn many_faults_are_reported_at_once() {
    let text = BASE.replace("summary: List Things", "callbacks: {}").replace("\"2025-02-28\"", "2025-02-30");
    let found = findings(&text.replace("minimum: 1000", "minimum: 10000"));
    let rules: Vec<_> = found.iter().map(|f| f.rule).collect();
    let expected = ["summary-missing", "callbacks-links", "date-impossible", "unquoted", "limit-order"];
    assert!(expected.iter().all(|rule| rules.contains(rule)), "{}", show(&found));
}

/// Each value of a document replaced by each kind of value.
#[test]
fn no_value_of_another_kind_panics() {
    let lines: Vec<&str> = BASE.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        let Some((key, _)) = line.split_once(": ").or_else(|| line.split_once(':')) else { continue };
        for value in [
            "",
            "[]",
            "{}",
            "0",
            "-1",
            "1e99",
            "true",
            "\"\"",
            "[[]]",
            "{$ref: \"#/components/schemas/Thing\"}",
        ] {
            let spoilt = format!("{key}: {value}");
            let mut copy = lines.clone();
            copy[at] = &spoilt;
            let _ = findings(&copy.join("\n"));
        }
    }
}

#[derive(Debug, Clone)]
enum Edit {
    DeleteLine(prop::sample::Index),
    DuplicateLine(prop::sample::Index),
    SwapLines(prop::sample::Index, prop::sample::Index),
    ReplaceLine(prop::sample::Index, String),
    DeleteChar(prop::sample::Index),
    ReplaceChar(prop::sample::Index, char),
    Truncate(prop::sample::Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    let index = any::<prop::sample::Index>;
    prop_oneof![
        index().prop_map(Edit::DeleteLine),
        index().prop_map(Edit::DuplicateLine),
        (index(), index()).prop_map(|(a, b)| Edit::SwapLines(a, b)),
        (index(), " {0,10}[a-z$-]{0,8}:? ?\\PC{0,12}").prop_map(|(at, line)| Edit::ReplaceLine(at, line)),
        index().prop_map(Edit::DeleteChar),
        (
            index(),
            prop_oneof![
                any::<char>(),
                prop::sample::select(&[':', '-', '{', '[', ']', '"', '&', '*', '!', ' ', '0'][..])
            ]
        )
            .prop_map(|(at, c)| Edit::ReplaceChar(at, c)),
        index().prop_map(Edit::Truncate),
    ]
}

fn edited(text: &str, edit: &Edit) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut chars: Vec<char> = text.chars().collect();
    if lines.is_empty() {
        return text.to_owned();
    }
    match edit {
        Edit::DeleteLine(at) => _ = lines.remove(at.index(lines.len())),
        Edit::DuplicateLine(at) => lines.insert(at.index(lines.len()), lines[at.index(lines.len())].clone()),
        Edit::SwapLines(a, b) => {
            let (a, b) = (a.index(lines.len()), b.index(lines.len()));
            lines.swap(a, b);
        }
        Edit::ReplaceLine(at, line) => {
            let at = at.index(lines.len());
            lines[at].clone_from(line);
        }
        Edit::DeleteChar(at) => {
            chars.remove(at.index(chars.len()));
            return chars.into_iter().collect();
        }
        Edit::ReplaceChar(at, c) => {
            let at = at.index(chars.len());
            chars[at] = *c;
            return chars.into_iter().collect();
        }
        Edit::Truncate(at) => {
            chars.truncate(at.index(chars.len()));
            return chars.into_iter().collect();
        }
    }
    lines.join("\n")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn no_text_panics(text in "\\PC{0,200}") {
        let _ = findings(&text);
    }

    #[test]
    fn no_yaml_like_text_panics(text in "([ \n]{0,4}[a-c\"'\\[{}\\]&*!|>?:,#%@0-9.-]{1,3}){0,60}") {
        let _ = findings(&text);
    }

    #[test]
    fn no_edit_of_a_good_document_panics(edits in prop::collection::vec(edit(), 1..6)) {
        let text = edits.iter().fold(BASE.to_owned(), |text, edit| edited(&text, edit));
        let _ = findings(&text);
    }
}
