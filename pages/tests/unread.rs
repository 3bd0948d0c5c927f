//! What looks like facts and cannot be read is told, and nothing that may follow from it.

#![allow(clippy::unwrap_used, clippy::panic)] // tests; clippy does not know their helpers

mod spoilt;

use dbplane_pages::deviations::{self, Deviations};
use dbplane_pages::lock::Lock;
use dbplane_pages::review;
use spoilt::{cells, found, page, rows, rules, services, text};

/// What cannot be read is told, and nothing that may follow from it.
#[test]
fn nothing_is_lost_in_silence() {
    let spaces =
        rows(
            &text("oceanbase.md"),
            |line| if line.contains("---") { String::new() } else { cells(line).join(" ") },
        );
    let headless =
        text("huawei-lists.md").replace("| Parameter | Mandatory | Type |", "| Parametr | Povinný | Druh |");
    let shifted = text("huawei-lists.md")
        .replace("| total | Integer | Quantity |", "| Integer | Quantity of all the lamps there are | |");
    let divided = text("huawei-lists.md")
        .replace("| total | Integer |", "| Further properties | | |\n| total | Integer |");
    let cut = text("huawei-lists.txt")
        .replace("Parameter\n\nType\n\nDescription\n\nroom", "Parametr\n\nDruh\n\nPopis\n\nroom");
    for (what, spoilt) in
        [("spaces", spaces), ("columns", headless), ("shifted", shifted), ("divider", divided), ("flat", cut)]
    {
        let rules = rules(&spoilt);
        assert!(rules.contains(&"unread"), "{what}: {:#?}", found(&spoilt));
        let wrong = |rule: &&str| {
            rule.ends_with("-removed") || rule.ends_with("-renamed") || rule.ends_with("-added")
        };
        assert!(!rules.iter().any(wrong), "{what}: {:#?}", found(&spoilt));
    }
}

/// An entry of the deviations is not stale while its page was not read wholly.
#[test]
fn nothing_is_stale_on_a_page_that_was_not_read() {
    let entry = "oceanbase-library:\n  - {rule: default-changed, place: addBook request title, page: none, spec: none, reason: r, \
                 source: s, date: '2025'}\n";
    let services = services();
    let entries: Deviations = deviations::read("deviations.yaml", entry, &services).unwrap();
    let stale = |text: &str| {
        let found = review(&[page(text)], &services, &entries, &Lock::default()).findings;
        found.iter().filter(|d| d.rule == "deviation-stale").count()
    };
    assert_eq!(stale(&text("oceanbase.md")), 1);
    let unread = rows(&text("oceanbase.md"), |line| cells(line).join(" "));
    assert_eq!(stale(&unread), 0);
}

/// A table whose form was lost, as a list, as text between other marks, as code.
#[test]
fn rows_that_lost_their_table_are_told() {
    let bullets = |cells: &[String]| {
        format!("- **{}** ({}): {}", cells[0], cells[cells.len().min(3) - 1], cells.join(" "))
    };
    let record = |cells: &[String]| format!("Name: {}\nType: {}\n", cells[0], cells[cells.len().min(3) - 1]);
    type Row<'r> = &'r dyn Fn(&[String]) -> String;
    let forms: [(&str, Row<'_>); 7] = [
        ("a list", &bullets),
        ("labels", &record),
        ("commas", &|cells| cells.join(",")),
        ("semicolons", &|cells| cells.join("; ")),
        ("lines of a box", &|cells| format!("│ {} │", cells.join(" │ "))),
        ("wide pipes", &|cells| cells.join("｜")),
        ("code", &|cells| format!("```\n{}\n```", cells.join("   "))),
    ];
    for file in ["huawei-topics.md", "huawei-lists.md", "oceanbase.md", "samsung.txt"] {
        for (form, row) in forms {
            let line = |line: &str| if line.contains("---") { String::new() } else { row(&cells(line)) };
            let spoilt = rows(&text(file).replace("<br>", " "), line);
            let rules = rules(&spoilt);
            assert!(rules.contains(&"unread"), "{file}: {form}: {:#?}", found(&spoilt));
            let wrong = |rule: &&str| {
                rule.ends_with("-removed") || rule.ends_with("-renamed") || rule.ends_with("-added")
            };
            assert!(!rules.iter().any(wrong), "{file}: {form}: {:#?}", found(&spoilt));
        }
    }
}

/// One table of several is lost: its caption, its rows or its empty section tell it.
#[test]
fn one_lost_table_is_told() {
    for (file, from, to) in [
        (
            "huawei-topics.md",
            "| Parameter | Mandatory | Type | Description |\n|---|---|---|---|\n| color |",
            "color |",
        ),
        ("huawei-lists.md", "| Parameter | Type | Description |\n|---|---|---|\n| room |", "room |"),
        (
            "oceanbase.md",
            "| Name | Type | Description | Example value |\n| :--- | :--- | :--- | :--- |\n",
            "What it answers:\n",
        ),
        (
            "samsung.txt",
            "| HTTP Code | Description | Schema |\n|---|---|---|\n| 202 | Accepted | AsyncResponse |\n| 400 | Bad Request | None |\n",
            "",
        ),
    ] {
        let spoilt = text(file).replacen(from, to, 1);
        assert_ne!(spoilt, text(file), "{file}");
        let rules = rules(&spoilt);
        assert!(rules.contains(&"unread"), "{file}: {:#?}", found(&spoilt));
        assert!(!rules.iter().any(|rule| rule.ends_with("-removed")), "{file}: {:#?}", found(&spoilt));
    }
}

/// A section that says that there is nothing, or refers to another page, is no table that was lost.
#[test]
fn nothing_is_not_unread() {
    let base = text("huawei-topics.md");
    let start = base.find("**Table 4**").unwrap();
    let end = base.find("Status code: 400").unwrap();
    for (said, unread) in
        [("None", false), ("This API has no response parameters.", false), ("See Responses (Task).", true)]
    {
        let told =
            format!("{}{said}\n\n{}", &base[..start], &base[end..]).replace("Status code: 200\n\n", "");
        let told = told.replacen("**Table 5** Response body parameters", "", 1);
        let told = told.split("Status code: 400").next().unwrap().to_owned();
        let rules = rules(&told);
        assert_eq!(rules.contains(&"unread"), unread, "{said}: {:#?}", found(&told));
        assert_eq!(rules.contains(&"body-removed"), !unread, "{said}: {:#?}", found(&told));
    }
}

/// A column with an unknown title is known by its cells; a mark of nesting is not guessed at.
#[test]
fn unknown_columns_are_known_by_their_cells() {
    let head = "| Parameter | Mandatory | Type | Description |\n|---|---|---|---|\n| limit";
    for (from, to) in [
        ("Parameter", "Key"),
        ("Mandatory", "Necessity"),
        ("Type", "Format"),
        ("Parameter", "Parameter (query)"),
    ] {
        let titled = head.replace(&format!("| {from} |"), &format!("| {to} |"));
        let other = text("huawei-lists.md").replacen(head, &titled, 1);
        assert_eq!(found(&other), [""; 0], "{to}");
        let changed = other.replace("| limit | No | Integer |", "| limit | Yes | String |");
        assert!(rules(&changed).contains(&"type-changed"), "{to}: {:#?}", found(&changed));
    }
    // What `yes` is said to may be the opposite.
    for title in ["Optional", "Nullable"] {
        let other = text("huawei-lists.md").replacen(head, &head.replace("Mandatory", title), 1);
        assert_eq!(rules(&other), ["unread"], "{title}: {:#?}", found(&other));
    }
    let nested = text("huawei-lists.md")
        .replace("| total | Integer |", "| total | Integer | Q |\n| └ unit | String |");
    assert_eq!(rules(&nested), ["unread"], "{:#?}", found(&nested));
}

/// A path that cannot be sent was not read.
#[test]
fn broken_paths_are_told() {
    for path in ["/v2/{project\\_id}/lamps/search/{", "/v2/{project\\_id/lamps/search", "/v2/{}/lamps/search"]
    {
        let spoilt = text("huawei-lists.md").replacen("/v2/{project\\_id}/lamps/search", path, 1);
        assert!(rules(&spoilt).contains(&"unread"), "{path}: {:#?}", found(&spoilt));
    }
}
