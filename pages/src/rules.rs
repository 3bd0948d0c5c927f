//! The list of rules.

/// A rule: its id, its condition, and what to do if the condition is not met.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The stable id.
    pub id: &'static str,
    /// The condition.
    pub meaning: &'static str,
    /// What to do if the condition is not met.
    pub remedy: &'static str,
}

/// Every rule for pages.
#[must_use]
pub fn rules() -> &'static [Rule] {
    RULES
}

/// What to do about a finding.
pub(crate) fn remedy(id: &str) -> &'static str {
    RULES.iter().find(|rule| rule.id == id).map_or(FOLLOW, |rule| rule.remedy)
}

const FOLLOW: &str = "follow the page in the spec, or record the deviation with its reason";
const ADD: &str = "add it to the spec, or record the deviation with its reason";
const REMOVE: &str = "remove it from the spec, or record the deviation with its source";
const LOCK: &str = "read the page, then run `cargo xtask docs lock` for it";
const SAVE: &str = "save the page again; if the vendor's page is like this, record the deviation";

const fn rule(id: &'static str, meaning: &'static str, remedy: &'static str) -> Rule {
    Rule { id, meaning, remedy }
}

const RULES: &[Rule] = &[
    // The page itself
    rule(
        "page-size",
        "a page has at most 64 MiB, 100,000 tables, 400,000 rows of tables and 1,000,000 blocks",
        "save the page without images, or in parts",
    ),
    rule("page-encoding", "a page is UTF-8", "save it as UTF-8"),
    rule("page-unknown", "a page is of a supported kind", "save the page of an operation"),
    rule(
        "page-unreadable",
        "the file of a page can be read",
        "check the path and the permissions of the file",
    ),
    rule(
        "unread",
        "everything that looks like facts can be parsed",
        "read this part of the page; save the page as HTML if formatting was lost, or record the deviation",
    ),
    rule("page-cut", "a page contains everything that its table of contents lists", SAVE),
    rule("table-cut", "a row has a cell for every column of its table", SAVE),
    rule("example-unreadable", "an example is valid JSON", SAVE),
    rule(
        "type-unread",
        "the words of types are known",
        "read it, write it into the spec, and record the deviation",
    ),
    rule(
        "range-unread",
        "the words of limits are known",
        "read it, write it into the spec, and record the deviation",
    ),
    // The file of deviations
    rule(
        "deviation-form",
        "an entry has rule, place, page, spec, reason, source and date",
        "add the missing keys",
    ),
    rule("deviation-rule", "an entry names a rule, or `note`", "see `cargo xtask docs check --rules`"),
    rule("deviation-date", "a date is YYYY-MM-DD, YYYY-MM, YYYY or `undated`", "correct the date"),
    rule("deviation-service", "entries are listed under the stem of a spec", "correct the stem"),
    rule("deviation-place", "a place starts with an operation id of its spec", "correct the id"),
    rule("deviation-stale", "an entry matches a difference", "remove or correct the entry"),
    // The lock file
    rule(
        "lock-form",
        "the lock file has the date and the facts of each page",
        "write it with `cargo xtask docs lock`",
    ),
    rule(
        "lock-address",
        "the address of a page is known",
        "save the page as HTML, or add its address to a spec first",
    ),
    rule("lock-changed", "a page has the same facts as when it was reviewed", LOCK),
    rule("lock-missing", "a page was reviewed", LOCK),
    // Operations
    rule(
        "operation-added",
        "every operation of a page is in a spec",
        "run `cargo xtask docs draft` on the page",
    ),
    rule("operation-removed", "every operation of a spec is on the page that lists all operations", REMOVE),
    rule("path-changed", "an operation has the page's path", FOLLOW),
    rule("method-changed", "an operation has the page's method", FOLLOW),
    rule("variable-renamed", "the variables of a path have the page's names", FOLLOW),
    rule(
        "deprecated-changed",
        "what is deprecated on the page is deprecated in the spec",
        "add `deprecated: true`, with `x-replaced-by` if there is a replacement; note it in CHANGELOG.md",
    ),
    rule("title-changed", "an operation has the page's title", FOLLOW),
    // Parameters
    rule("parameter-added", "every parameter of a page is in the spec", ADD),
    rule("parameter-removed", "every parameter of a spec is on the page", REMOVE),
    rule("parameter-renamed", "a parameter has the page's name", FOLLOW),
    rule("parameter-moved", "a parameter is in the part of the request that the page says", FOLLOW),
    // Bodies
    rule("body-added", "every request body of a page is in the spec", ADD),
    rule("body-removed", "every request body of a spec is on the page", REMOVE),
    rule("schema-renamed", "a schema has the page's name", FOLLOW),
    rule("request-field-added", "every property of a page's request is in the spec", ADD),
    rule("request-field-removed", "every property of a spec's request is on the page", REMOVE),
    rule("request-field-renamed", "a property of a request has the page's name", FOLLOW),
    rule("response-field-added", "every property of a page's response is in the spec", ADD),
    rule("response-field-removed", "every property of a spec's response is on the page", REMOVE),
    rule("response-field-renamed", "a property of a response has the page's name", FOLLOW),
    rule("omitted-unknown", "properties of `x-omitted` are on the page", "remove it from `x-omitted`"),
    // Values
    rule("type-changed", "types are those of the page", FOLLOW),
    rule("required-changed", "required parameters and properties are those of the page", FOLLOW),
    rule("default-changed", "defaults are those of the page", FOLLOW),
    rule("range-changed", "limits are those of the page", FOLLOW),
    rule("value-added", "every value that a page lists is in the spec", ADD),
    rule("value-removed", "every value of a spec is listed on the page", REMOVE),
    // Statuses and examples
    rule("status-added", "every status of a page is in the spec", ADD),
    rule("status-removed", "every status of a spec is on the page", REMOVE),
    rule("status-changed", "the success status is that of the page", FOLLOW),
    rule("example-mismatch", "examples of a page conform to the spec", FOLLOW),
];
