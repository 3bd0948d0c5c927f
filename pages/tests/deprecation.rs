//! Which version a page is about, and whether it or its parts are withdrawn.

#![allow(clippy::unwrap_used, clippy::panic)] // tests; clippy does not know their helpers

mod spoilt;

use spoilt::{found, rules, text};

#[test]
fn deprecation_is_a_fact() {
    let state = text("samsung.txt").replacen("ACTIVE (CURRENT)", "ACTIVE (DEPRECATED)", 1);
    assert_eq!(rules(&state), ["deprecated-changed"]);
    let until = text("samsung.txt").replacen("| 1.0 | - |", "| 1.0 | 20260531 |", 1);
    let [found] = &found(&until)[..] else { panic!("{:#?}", found(&until)) };
    assert!(found.contains("served until 20260531"), "{found}");
    for (file, from, to) in [
        ("huawei-lists.md", "| created | Long |", "| created (deprecated) | Long |"),
        ("huawei-lists.md", "| Creation time |", "| (Deprecated) Creation time |"),
        (
            "huawei-lists.md",
            "#### Function\n\nListing Lamps",
            "#### Function\n\nThis API is unavailable soon.",
        ),
        ("oceanbase.md", "You can call this API to add a book.", "This API will be taken offline."),
    ] {
        let spoilt = text(file).replacen(from, to, 1);
        assert_ne!(spoilt, text(file), "{to}");
        assert_eq!(rules(&spoilt), ["deprecated-changed"], "{to}");
    }
}

/// An operation whose sample lacks the header of the version has the product and version of the others.
#[test]
fn one_operation_without_a_version_does_not_flood() {
    let base = text("samsung.txt");
    let without = base.replacen("\"Scp-Api-Version = boxes 1.0\"\n", "", 1);
    assert_ne!(without, base);
    let found = rules(&without);
    assert!(found.len() <= 1 && !found.contains(&"operation-removed"), "{found:?}");
    let headings = base.replace("Request header\n", "");
    assert_ne!(headings, base);
    assert_eq!(rules(&headings), [""; 0], "the heading over the headers is missing");
}

/// What a page says of withdrawal, wherever it says it.
#[test]
fn withdrawal_is_told_wherever_it_stands() {
    for row in [
        "| limit | No | Integer | Deprecated. Use marker instead. |",
        "| limit [Deprecated] | No | Integer | The most lamps. |",
        "| ~~limit~~ | No | Integer | The most lamps. |",
        "| limit | No | Integer | The most lamps (to be discarded). |",
        "| limit | No | Integer | 已废弃，请使用marker。 |",
        "| limit<br>Deprecated | No | Integer | The most lamps. |",
    ] {
        let spoilt = text("huawei-lists.md").replace("| limit | No | Integer | The most lamps. |", row);
        assert_eq!(rules(&spoilt), ["deprecated-changed"], "{row}: {:#?}", found(&spoilt));
    }
    let kept = "| limit | No | Integer | Not deprecated: lamps in use. |";
    assert_eq!(
        rules(&text("huawei-lists.md").replace("| limit | No | Integer | The most lamps. |", kept)),
        [""; 0]
    );
    for title in
        ["(Deprecated) Listing Lamps", "Listing Lamps - Deprecated", "Listing Lamps (Unavailable Soon)"]
    {
        let spoilt = text("huawei-lists.md").replacen("# Listing Lamps\n", &format!("# {title}\n"), 1);
        assert_eq!(rules(&spoilt), ["deprecated-changed"], "{title}: {:#?}", found(&spoilt));
    }
    for state in [
        "State DEPRECATED",
        "State: ACTIVE (DEPRECATED)",
        "State\nINACTIVE (EOS)",
        "상태 ACTIVE (DEPRECATED)",
    ] {
        let spoilt = text("samsung.txt").replacen("State ACTIVE (CURRENT)", state, 1);
        assert_eq!(rules(&spoilt), ["deprecated-changed"], "{state}: {:#?}", found(&spoilt));
    }
    let said = text("samsung.txt").replacen("\nCreate Box.\n", "\nCreate Box. This API is deprecated.\n", 1);
    assert_eq!(rules(&said), ["deprecated-changed"], "{:#?}", found(&said));
    let struck = text("huawei-lists.html").replacen("<p>room</p>", "<p><del>room</del></p>", 1);
    assert_eq!(rules(&struck), ["deprecated-changed"], "{:#?}", found(&struck));
}

/// What the overview says of a version holds for operations that say nothing of it.
#[test]
fn the_overview_tells_until_when_a_version_is_served() {
    let over = "Version\n| Version | Status | Supported Until |\n|---|---|---|\n| 1.0 | DEPRECATED | 20251231 |\nAPIs\n";
    let spoilt = text("samsung.txt").replacen("APIs\n", over, 1);
    let told = found(&spoilt);
    assert_eq!(told.len(), 3, "{told:#?}");
    assert!(told.iter().all(|line| line.contains("served until 20251231")), "{told:#?}");
}

/// A page without any version, or with one that is not known, is about one version of each product at most.
#[test]
fn an_operation_has_the_version_of_its_page() {
    let base = text("samsung.txt");
    for (what, spoilt) in [
        ("no product", base.replacen("boxes 1.0\"", "1.0\"", 1)),
        ("no version", base.replacen("boxes 1.0\"", "boxes\"", 1)),
        ("no headings of headers", base.replacen("Request header\n", "", 2)),
    ] {
        assert_ne!(spoilt, base, "{what}");
        assert_eq!(rules(&spoilt), [""; 0], "{what}: {:#?}", found(&spoilt));
    }
}
