//! The list of rules.

/// A rule: its id, what holds where it is kept, and what to do where it is not.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The stable id.
    pub id: &'static str,
    /// What holds where the rule is kept.
    pub meaning: &'static str,
    /// What to do where it is not.
    pub remedy: &'static str,
}

/// Every rule by which pages are checked.
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
const REMOVE: &str = "remove it from the spec, or record where it is known from";
const LOCK: &str = "read the page, then run `cargo xtask docs lock` on it";
const SAVE: &str = "save the page again; if the vendor's page is like that, record it";

const fn rule(id: &'static str, meaning: &'static str, remedy: &'static str) -> Rule {
    Rule { id, meaning, remedy }
}

const RULES: &[Rule] = &[
    // The page itself
    rule(
        "page-size",
        "a page has at most 64 MiB, 100,000 tables, 400,000 rows of tables and 1,000,000 blocks",
        "save the page without its pictures, or in parts",
    ),
    rule("page-encoding", "a page is UTF-8", "save it as UTF-8"),
    rule("page-unknown", "a page is one of the known families", "save the page of an operation"),
    rule("page-unreadable", "the file of a page can be read", "name a file that you may read"),
    rule(
        "unread",
        "what looks like facts is understood",
        "read that part of the page; save the page as HTML if its form was lost, or record the deviation",
    ),
    rule("page-cut", "a page has all that its index lists", SAVE),
    rule("table-cut", "a row says what its table has columns for", SAVE),
    rule("example-unreadable", "an example is valid JSON", SAVE),
    rule("type-unread", "types are named in words that are understood", "read it, follow it, and record it"),
    rule(
        "range-unread",
        "limits are stated in words that are understood",
        "read it, follow it, and record it",
    ),
    // The file of deviations
    rule(
        "deviation-form",
        "an entry says rule, place, page, spec, reason, source and date",
        "write what is missing",
    ),
    rule("deviation-rule", "an entry names a rule, or `note`", "see `cargo xtask docs check --rules`"),
    rule("deviation-date", "a date is YYYY-MM-DD, YYYY-MM, YYYY or `undated`", "correct the date"),
    rule("deviation-service", "entries stand under the stem of a spec", "correct the stem"),
    rule("deviation-place", "a place begins with an operation id of its spec", "correct the id"),
    rule("deviation-stale", "an entry explains something", "remove the entry, or correct it"),
    // The lock file
    rule(
        "lock-form",
        "the lock file says date and facts of each page",
        "write it with `cargo xtask docs lock`",
    ),
    rule("lock-address", "the address of a page is known", "save it as HTML, or put it into a spec first"),
    rule("lock-changed", "a page states what it stated when it was reviewed", LOCK),
    rule("lock-missing", "a page was reviewed", LOCK),
    // Operations
    rule(
        "operation-added",
        "every operation of a page is in a spec",
        "run `cargo xtask docs draft` on the page",
    ),
    rule("operation-removed", "every operation of a spec is on the page that lists all", REMOVE),
    rule("path-changed", "an operation has the page's path", FOLLOW),
    rule("method-changed", "an operation has the page's method", FOLLOW),
    rule("variable-renamed", "the variables of a path have the names that the page gives them", FOLLOW),
    rule(
        "deprecated-changed",
        "what a page calls deprecated is deprecated in the spec",
        "write `deprecated: true` beside it, with `x-replaced-by` where something takes its place; tell callers in CHANGELOG.md",
    ),
    rule("title-changed", "an operation has the page's title", FOLLOW),
    // Parameters
    rule("parameter-added", "every parameter of a page is in the spec", ADD),
    rule("parameter-removed", "every parameter of a spec is on the page", REMOVE),
    rule("parameter-renamed", "a parameter has the page's name", FOLLOW),
    rule("parameter-moved", "a parameter stands where the page says", FOLLOW),
    // Bodies
    rule("body-added", "an operation has the body that its page has", ADD),
    rule("body-removed", "an operation has no body that its page lacks", REMOVE),
    rule("schema-renamed", "a schema has the page's name", FOLLOW),
    rule("request-field-added", "every property of a page's request is in the spec", ADD),
    rule("request-field-removed", "every property of a spec's request is on the page", REMOVE),
    rule("request-field-renamed", "a property of a request has the page's name", FOLLOW),
    rule("response-field-added", "every property of a page's response is in the spec", ADD),
    rule("response-field-removed", "every property of a spec's response is on the page", REMOVE),
    rule("response-field-renamed", "a property of a response has the page's name", FOLLOW),
    rule("omitted-unknown", "what a spec leaves out is on the page", "remove it from `x-omitted`"),
    // Values
    rule("type-changed", "types are the page's", FOLLOW),
    rule("required-changed", "what the page requires is required, and nothing else", FOLLOW),
    rule("default-changed", "defaults are the page's", FOLLOW),
    rule("range-changed", "limits are the page's", FOLLOW),
    rule("value-added", "every value that a page lists is in the spec", ADD),
    rule("value-removed", "every value of a spec is listed on the page", REMOVE),
    // Statuses and examples
    rule("status-added", "every status of a page is in the spec", ADD),
    rule("status-removed", "every status of a spec is on the page", REMOVE),
    rule("status-changed", "success has the page's status", FOLLOW),
    rule("example-mismatch", "examples of a page conform to the spec", FOLLOW),
];
