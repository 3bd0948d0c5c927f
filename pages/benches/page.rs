//! How long a page of ten megabytes takes to read and to check, in every form and as an attack.
//!
//! ```text
//! cargo bench --package dbplane-pages                  # optimised
//! cargo bench --package dbplane-pages --profile dev    # as `cargo xtask docs` runs
//! ```
//!
//! The goal is less than a second each.

#![allow(clippy::print_stdout, reason = "printing is what a benchmark is for")]
#![allow(clippy::unwrap_used, reason = "nothing here can fail but the machine")]
#![allow(clippy::disallowed_methods, reason = "a benchmark measures real time")]

use std::path::Path;
use std::time::Instant;

const SIZE: usize = 10 * 1024 * 1024;

/// A page whose middle part is repeated until it is large.
fn large(page: &str, from: &str, to: &str) -> String {
    let start = page.find(from).unwrap();
    let end = start + page[start..].find(to).unwrap();
    let part = &page[start..end];
    [&page[..start], &part.repeat(SIZE / part.len()), &page[end..]].concat()
}

/// A page with as many properties as it holds, each of another name.
fn names(page: &str) -> String {
    let mut rows = String::new();
    for n in 0.. {
        if rows.len() > SIZE {
            break;
        }
        rows += &format!("| name_{n} | No | String | Words that describe it. 1 to 64 characters. |\n");
    }
    page.replacen("| limit |", &format!("{rows}| limit |"), 1)
}

fn main() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let services = dbplane_codegen::load(&corpus.join("specs")).unwrap();
    let page = |name: &str| std::fs::read_to_string(corpus.join(name)).unwrap();
    let pages = [
        ("samsung, text", large(&page("samsung.txt"), "1 - Create Box", "3 - Delete Box")),
        ("samsung, HTML", large(&page("samsung.html"), "<h2>1 - Create Box", "<h2>3 - Delete Box")),
        ("samsung, Markdown", large(&page("samsung.md"), "## 1 - Create Box", "## 3 - Delete Box")),
        ("huawei, text", large(&page("huawei-lists.txt"), "state\n", "created\n")),
        ("huawei, HTML", large(&page("huawei-lists.html"), "<tr><td><p>state", "<tr><td><p>created")),
        ("oceanbase, text", large(&page("oceanbase.txt"), "| pageCount |", "| callerUid |")),
        ("oceanbase, HTML", large(&page("oceanbase.html"), "<tr><td>pageCount", "<tr><td>callerUid")),
        ("many names", names(&page("huawei-lists.md"))),
        (
            "lost rows",
            page("huawei-lists.md")
                + "#### Request Parameters\n"
                + &"- a (String, required): b\n".repeat(SIZE / 26),
        ),
        ("one long line", "a ".repeat(SIZE / 2)),
        ("open brackets", page("samsung.txt") + &"[\n".repeat(SIZE / 2)),
        ("open tables", "<table><tr><td>".repeat(SIZE / 15)),
        ("pipes", page("oceanbase.txt") + &"| a |\nb\n".repeat(SIZE / 8)),
        ("stars", "**a ".repeat(SIZE / 4)),
        ("captions", "Table 1 x\nParameter\nType\nDescription\na\nString\n".repeat(SIZE / 46)),
    ];
    for (name, text) in &pages {
        let start = Instant::now();
        let read = dbplane_pages::read("page", text.as_bytes());
        let reading = start.elapsed();
        let found = read.map(|page| dbplane_pages::check(&page, &services).drifts.len());
        let found = found.map_or_else(|refused| refused.rule.to_owned(), |n| format!("{n} findings"));
        let (all, size) = (start.elapsed(), text.len());
        println!("{name:<18} {size:>9} bytes  read {reading:>8.1?}  read and checked {all:>8.1?}  {found}");
    }
}
