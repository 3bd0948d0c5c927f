//! The lock file: quiet as long as a page states what it did, whatever its bytes.

#![allow(clippy::unwrap_used, clippy::panic)] // tests; clippy does not know their helpers

use std::path::Path;

use dbplane_pages::deviations::Deviations;
use dbplane_pages::facts::Page;
use dbplane_pages::lock::Lock;
use dbplane_pages::{check, read, review};

fn corpus() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

fn page(file: &str, edit: impl Fn(String) -> String) -> Page {
    read(file, edit(std::fs::read_to_string(corpus().join(file)).unwrap()).as_bytes()).unwrap()
}

fn rules(page: &Page, lock: &Lock) -> Vec<&'static str> {
    let services = dbplane_codegen::load(&corpus().join("specs")).unwrap();
    let found = review(std::slice::from_ref(page), &services, &Deviations::default(), lock);
    found.findings.iter().map(|f| f.rule).collect()
}

#[test]
fn a_page_is_quiet_until_its_facts_change() {
    let services = dbplane_codegen::load(&corpus().join("specs")).unwrap();
    let base = page("huawei-topics.txt", |t| t);
    let mut lock = Lock::default();
    assert_eq!(rules(&base, &lock), ["lock-missing"]);
    lock.record(&base, &check(&base, &services), "2025-09-09", &[]).unwrap();
    assert!(rules(&base, &lock).is_empty());
    let again = Lock::read("pages.lock", &lock.write()).unwrap();
    assert_eq!(again, lock);
    assert!(
        lock.write().contains("ChangeLampColor.html") && lock.write().contains("2025-01-02"),
        "{}",
        lock.write()
    );

    let later = page("huawei-topics.txt", |t| t.replace("Updated on 2025-01-02", "Updated on 2025-06-06"));
    assert!(rules(&later, &lock).is_empty(), "another date is no other fact");
    assert!(rules(&page("huawei-topics.html", |t| t), &lock).is_empty(), "another format is no other fact");
    let masked =
        page("huawei-topics.txt", |t| t.replace("\"job_id\" : \"********\"", "\"job_id\" : \"4711\""));
    assert_eq!(rules(&masked, &lock), ["lock-changed"], "no rule compares it, but it is another fact");
    let other = page("huawei-topics.txt", |t| t.replace("\n50\n", "\n60\n"));
    assert_eq!(
        rules(&other, &lock),
        ["default-changed"],
        "what is found says more than that something changed"
    );
}

#[test]
fn reviewing_the_same_facts_keeps_the_date() {
    let services = dbplane_codegen::load(&corpus().join("specs")).unwrap();
    let base = page("oceanbase.txt", |t| t);
    let mut lock = Lock::default();
    lock.record(&base, &check(&base, &services), "2025-09-09", &[]).unwrap();
    let before = lock.write();
    assert!(before.contains("2025-09-09"));
    lock.record(&base, &check(&base, &services), "2026-01-01", &[]).unwrap();
    assert_eq!(lock.write(), before);
}

#[test]
fn a_page_without_address_and_a_bad_file_are_refused() {
    let base = page("oceanbase.txt", |t| t);
    let mut lock = Lock::default();
    assert_eq!(lock.record(&base, &check(&base, &[]), "2025-09-09", &[]).unwrap_err().rule, "lock-address");
    let bad = Lock::read("pages.lock", "\"https://a\":\n  date: \"2025-01-01\"\n").unwrap_err();
    assert_eq!((bad[0].rule, bad[0].place.line), ("lock-form", 1));
}

/// What changed is named, with both texts, also where no rule compares it.
#[test]
fn changed_facts_are_named() {
    let services = dbplane_codegen::load(&corpus().join("specs")).unwrap();
    for (file, from, to, place, before, now) in [
        ("huawei-lists.txt", "Long\n", "Integer\n", "created", "integer of 64 bits", "integer"),
        (
            "oceanbase.txt",
            "| pageCount |\nInteger |\nNo |",
            "| pageCount |\nInteger |\nConditionally required |",
            "pageCount",
            "optional",
            "conditional",
        ),
        ("oceanbase.txt", "635 |", "636 |", "pageCount", "example `635`", "example `636`"),
    ] {
        let base = page(file, |t| t);
        let mut lock = Lock::default();
        lock.record(&base, &check(&base, &services), "2025-09-09", &[]).unwrap();
        let later = page(file, |t| t.replacen(from, to, 1));
        let found = review(&[later], &services, &Deviations::default(), &lock).findings;
        let [drift] = &found[..] else { panic!("{file}: {found:#?}") };
        assert_eq!(drift.rule, "lock-changed", "{drift}");
        assert!(drift.place.ends_with(place), "{drift}");
        let says = |text: &str, word: &str| text.replace('\'', "`").contains(word);
        assert!(says(&drift.spec_says, before) && says(&drift.page_says, now), "{drift}");
    }
}

/// An accepted finding stays visible, and is not counted as open.
#[test]
fn accepted_findings_stay_visible() {
    let services = dbplane_codegen::load(&corpus().join("specs")).unwrap();
    let spoilt = page("oceanbase.txt", |t| t.replace("boolean |", "string |"));
    let open = review(std::slice::from_ref(&spoilt), &services, &Deviations::default(), &Lock::default());
    let [drift] = &open.findings[..] else { panic!("{:#?}", open.findings) };
    let mut lock = Lock::default();
    lock.record(&spoilt, &check(&spoilt, &services), "2025-09-09", std::slice::from_ref(drift)).unwrap();
    let lock = Lock::read("pages.lock", &lock.write()).unwrap();
    let later = review(&[spoilt], &services, &Deviations::default(), &lock);
    assert!(later.findings.is_empty(), "{:#?}", later.findings);
    assert_eq!(later.accepted.iter().map(|d| d.key()).collect::<Vec<_>>(), [drift.key()]);
}
