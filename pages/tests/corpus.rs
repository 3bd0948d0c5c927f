//! The corpus: small pages of imagined vendors in every family's form and in every format, each spoilt in one way.
//!
//! The pages of `corpus/` say what the specs of `corpus/specs/` say; nothing is found on them. Each case of
//! `corpus/*.diff` names a page, spoils it in one way, and lists what must be found, as `! rule: place`; nothing else
//! may be. A case looks like a diff without line numbers: ` ` lines must be there, `-` lines go, `+` lines come,
//! `@@` begins the next place.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // tests; clippy does not know their helpers

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use dbplane_codegen::spec::Service;
use dbplane_pages::facts::{Page, digest};
use dbplane_pages::{Drift, Severity};

static SERVICES: LazyLock<Vec<Service>> = LazyLock::new(|| {
    dbplane_codegen::load(&folder().join("specs"))
        .map_err(|findings| findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
        .unwrap_or_else(|lines| panic!("{lines}"))
});

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

fn files(extensions: &[&str]) -> Vec<PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(folder()).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| extensions.iter().any(|x| e == *x)));
    files.sort();
    assert!(!files.is_empty());
    files
}

fn page(file: &str, text: &str) -> Page {
    dbplane_pages::read(file, text.as_bytes()).unwrap_or_else(|e| panic!("{e}"))
}

fn check(file: &str, text: &str) -> Vec<Drift> {
    dbplane_pages::check(&page(file, text), &SERVICES).drifts
}

fn name(file: &Path) -> String {
    file.file_name().unwrap().to_string_lossy().into_owned()
}

struct Case {
    title: String,
    file: String,
    text: String,
    expected: Vec<String>,
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for file in files(&["diff"]) {
        let text = std::fs::read_to_string(&file).unwrap();
        for block in text.split("\n== ").skip(1) {
            let (head, body) = block.split_once('\n').unwrap();
            cases.push(case(head, body));
        }
    }
    cases
}

/// `title (page)`, then hunks and what must be found.
fn case(head: &str, body: &str) -> Case {
    let (title, file) = head.trim().rsplit_once(" (").expect("title (page)");
    let file = file.trim_end_matches(')');
    let base = std::fs::read_to_string(folder().join(file)).unwrap_or_else(|e| panic!("{head}: {e}"));
    let mut lines: Vec<&str> = base.lines().collect();
    let (expected, hunks): (Vec<&str>, Vec<&str>) =
        body.trim_end().lines().partition(|l| l.starts_with("! "));
    let hunks = hunks.join("\n");
    for hunk in hunks.split("\n@@\n") {
        apply(head, &mut lines, &hunk.replace("\\u00a0", "\u{a0}"));
    }
    let expected = expected.iter().map(|l| l[2..].to_owned()).collect();
    Case { title: title.to_owned(), file: file.to_owned(), text: lines.join("\n"), expected }
}

fn apply<'l>(head: &str, lines: &mut Vec<&'l str>, hunk: &str) {
    let (mut old, mut new) = (Vec::new(), Vec::new());
    // A test may leak the few lines that it adds.
    let hunk: &'l str = Box::leak(hunk.to_owned().into_boxed_str());
    for line in hunk.lines() {
        match line.split_at_checked(1).unwrap_or((" ", "")) {
            ("+", added) => new.push(added),
            ("-", gone) => old.push(gone),
            (" ", kept) => {
                old.push(kept);
                new.push(kept);
            }
            _ => panic!("{head}: no diff line: {line}"),
        }
    }
    let found: Vec<usize> = (0..lines.len()).filter(|at| lines[*at..].starts_with(&old)).collect();
    let [at] = found[..] else { panic!("{head}: found {} times:\n{}", found.len(), old.join("\n")) };
    lines.splice(at..at + old.len(), new);
}

fn show(drifts: &[Drift]) -> String {
    drifts.iter().fold(String::new(), |mut out, drift| {
        let _ = writeln!(out, "    {drift}");
        out
    })
}

#[test]
fn nothing_is_found_on_the_pages_as_they_are() {
    for file in files(&["txt", "html", "md"]) {
        let drifts = check(&name(&file), &std::fs::read_to_string(&file).unwrap());
        assert!(drifts.is_empty(), "{}:\n{}", name(&file), show(&drifts));
    }
}

/// What a page states does not depend on how it was saved.
#[test]
fn all_formats_of_a_page_state_the_same() {
    for stem in ["oceanbase", "huawei-topics", "huawei-lists", "samsung"] {
        let facts = ["txt", "html", "md"].map(|extension| {
            let file = format!("{stem}.{extension}");
            let page = page(&file, &std::fs::read_to_string(folder().join(&file)).unwrap());
            assert_eq!(page.url.is_some(), extension != "txt", "{file}");
            (format!("{:#}", dbplane_pages::facts::json(&page, false)), digest(&page))
        });
        assert_eq!(facts[0].0, facts[1].0, "{stem}.html");
        assert_eq!(facts[0].0, facts[2].0, "{stem}.md");
        assert!(facts[0].1 == facts[1].1 && facts[0].1.starts_with("sha256:"), "{stem}");
    }
}

#[test]
fn every_case_is_found_and_nothing_else() {
    let mut wrong = String::new();
    for case in cases() {
        let drifts = check(&case.file, &case.text);
        let mut found: Vec<String> =
            drifts.iter().map(|d| format!("{} {}: {}", d.severity, d.rule, d.place)).collect();
        let mut expected = case.expected.clone();
        found.sort();
        expected.sort();
        let said = drifts
            .iter()
            .all(|d| !d.page_says.is_empty() && !d.spec_says.is_empty() && !d.remedy().is_empty());
        let lines = case.text.lines().count();
        let placed = drifts.iter().all(|d| d.page.file == case.file && d.page.line <= lines);
        if found != expected || !said || !placed {
            let _ =
                writeln!(wrong, "{} ({}): expected {expected:#?}\n{}", case.title, case.file, show(&drifts));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// A case without findings leaves the facts as they are; every other changes them.
#[test]
fn harmless_cases_keep_the_digest() {
    for case in cases() {
        let base = std::fs::read_to_string(folder().join(&case.file)).unwrap();
        let same = digest(&page(&case.file, &base)) == digest(&page(&case.file, &case.text));
        let gap = case.expected.iter().any(|e| e.contains("-unreadable") || e.contains("page-cut"));
        assert!(same == case.expected.is_empty() || gap, "{} ({})", case.title, case.file);
    }
}

/// Rules about files that can't be read, and about the file of deviations, have tests of their own.
#[test]
fn every_rule_has_a_case() {
    let elsewhere = ["page-size", "page-encoding", "page-unknown", "page-unreadable", "omitted-unknown"];
    let cases = cases();
    let found: BTreeSet<&str> =
        cases.iter().flat_map(|c| &c.expected).filter_map(|e| e.split([' ', ':']).nth(1)).collect();
    for rule in dbplane_pages::rules() {
        let other =
            elsewhere.contains(&rule.id) || rule.id.starts_with("deviation-") || rule.id.starts_with("lock-");
        assert!(other || found.contains(rule.id), "no case for {}", rule.id);
        assert!(!rule.meaning.is_empty() && !rule.remedy.is_empty());
    }
    let listed: BTreeSet<&str> = dbplane_pages::rules().iter().map(|rule| rule.id).collect();
    assert_eq!(listed.len(), dbplane_pages::rules().len(), "a rule is listed twice");
    assert!(found.is_subset(&listed), "{:?}", found.difference(&listed));
}

#[test]
fn reports_say_the_same_in_every_format() {
    let text = std::fs::read_to_string(folder().join("oceanbase.txt")).unwrap();
    let drifts = check("oceanbase.txt", &text.replace("boolean |", "string |"));
    let [drift] = &drifts[..] else { panic!("{}", show(&drifts)) };
    assert_eq!(drift.severity, Severity::Breaking);
    let json = dbplane_pages::report(&drifts, dbplane_pages::Format::Json);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let finding = &json["findings"][0];
    assert_eq!(finding["rule"], "type-changed");
    assert_eq!(finding["place"], "addBook response success");
    assert_eq!((&finding["page-says"], &finding["spec-says"]), (&"string".into(), &"boolean".into()));
    assert_eq!(finding["spec"]["file"], "specs/oceanbase-library.yaml");
    let github = dbplane_pages::report(&drifts, dbplane_pages::Format::GitHub);
    assert!(github.starts_with("::error file=specs/oceanbase-library.yaml,line="), "{github}");
    assert!(github.contains("title=type-changed::oceanbase.txt:"), "{github}");
    let text = dbplane_pages::report(&drifts, dbplane_pages::Format::Text);
    assert!(
        text.starts_with("oceanbase.txt:") && text.contains("breaking: addBook response success"),
        "{text}"
    );
}
