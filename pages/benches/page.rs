//! How long a page of ten megabytes takes to read and to check, in every form and as an attack.
//!
//! ```text
//! cargo bench --package dbplane-pages                  # optimised
//! cargo bench --package dbplane-pages --profile dev    # as `cargo xtask docs` runs
//! cargo bench --package dbplane-pages -- lists         # those with a word in their name
//! ```
//!
//! The goal is less than a second each. On a machine with other work, the time of the processor tells more than the
//! clock; it is shown where the system says it.

#![allow(clippy::print_stdout, reason = "printing is what a benchmark is for")]
#![allow(clippy::unwrap_used, reason = "nothing here can fail but the machine")]
#![allow(clippy::disallowed_methods, reason = "a benchmark measures real time")]

use std::path::Path;
use std::time::{Duration, Instant};

const SIZE: usize = 10 * 1024 * 1024;

/// A page whose middle part is repeated until it is large.
fn large(page: &str, from: &str, to: &str) -> String {
    let start = page.find(from).unwrap();
    let end = start + page[start..].find(to).unwrap();
    let part = &page[start..end];
    [&page[..start], &part.repeat(SIZE / part.len()), &page[end..]].concat()
}

/// A text of ten megabytes, of pieces with numbers.
fn pieces(piece: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for n in 0.. {
        if text.len() > SIZE {
            break;
        }
        text += &piece(n);
    }
    text
}

/// A page in which something stands before a text of it.
fn with(page: &str, before: &str, inserted: &str) -> String {
    page.replacen(before, &format!("{inserted}{before}"), 1)
}

/// Repeats a text until it has ten megabytes.
fn many(text: &str) -> String {
    text.repeat(SIZE / text.len())
}

/// A page as a browser saves it in a single file.
fn mhtml(html: &str) -> String {
    let body = html.replace('=', "=3D").replace('\u{a0}', "=C2=A0");
    let lines: Vec<&str> = body.split('\n').collect();
    let head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"x\"\n\n--x\nContent-Type: text/html\n\
                Content-Transfer-Encoding: quoted-printable\n\n";
    format!("{head}{}\n--x--\n", lines.join("=\n=0A"))
}

/// The processor's time of this program, in hundredths of a second.
fn ticks() -> Option<u64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    Some(fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?)
}

/// Takes the name of a page and what makes it.
type Run<'r> = dyn FnMut(&str, &dyn Fn() -> String) + 'r;

/// A page of the tests.
fn page(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(name)).unwrap()
}

/// A page of parameters in Markdown that goes on with a text.
fn parameters(inside: &str) -> String {
    format!("{}#### Request Parameters\n{inside}", page("huawei-lists.md"))
}

/// A page in HTML with a text before its first table.
fn tables(inside: &str) -> String {
    with(&page("huawei-lists.html"), "<table><caption", inside)
}

/// A page in HTML with a text in a cell.
fn cell(inside: &str) -> String {
    let row = format!("<tr><td><p>big</p></td><td>No</td><td>String</td><td>{inside}</td></tr>");
    with(&page("huawei-lists.html"), "<tr><td><p>state", &row)
}

/// What pages hold, in every form.
fn forms(run: &mut Run<'_>) {
    let html = page("huawei-lists.html");
    run("samsung, text", &|| large(&page("samsung.txt"), "1 - Create Box", "3 - Delete Box"));
    run("samsung, HTML", &|| large(&page("samsung.html"), "<h2>1 - Create Box", "<h2>3 - Delete Box"));
    run("samsung, Markdown", &|| large(&page("samsung.md"), "## 1 - Create Box", "## 3 - Delete Box"));
    run("huawei, text", &|| large(&page("huawei-lists.txt"), "state\n", "created\n"));
    run("huawei, HTML", &|| large(&html, "<tr><td><p>state", "<tr><td><p>created"));
    run("oceanbase, text", &|| large(&page("oceanbase.txt"), "| pageCount |", "| callerUid |"));
    run("oceanbase, HTML", &|| large(&page("oceanbase.html"), "<tr><td>pageCount", "<tr><td>callerUid"));
    run("single file", &|| mhtml(&large(&html, "<tr><td><p>state", "<tr><td><p>created")));
}

/// Many of what pages have a few of.
fn floods(run: &mut Run<'_>) {
    let text = page("huawei-lists.md");
    let limits = |n: usize| {
        format!(
            "| limit_{n} | No | Integer | **Definition**: Words. **Range**: The value ranges from {n} to {}, excluding \
             1033, and 5342 to 5345. At least {n}, and no more than 65,534. **Default Value**: 100 |\n",
            n + 9000
        )
    };
    let object = |n: usize| {
        format!(
            "\n**Table {n}** Lamp{n}\n\n| Parameter | Type | Description |\n|---|---|---|\n| next | Array of Lamp{} objects | \
             See Table {}. |\n",
            n + 1,
            n + 1
        )
    };
    let row =
        |n: usize| format!("| name_{n} | No | String | Words that describe it. 1 to 64 characters. |\n");
    let samsung = page("samsung.md");
    let operation = |n: usize| samsung.replace("## 1 - Create Box", &format!("## 1 - Create Box {n}"));
    run("many names", &|| with(&text, "| limit |", &pieces(row)));
    run("many limits", &|| with(&text, "| limit |", &pieces(limits)));
    run("many objects", &|| format!("{text}#### Response Parameters\n{}", pieces(object)));
    run("many operations", &|| pieces(operation));
    run("many statuses", &|| {
        parameters(&pieces(|n| {
            format!(
                "\nStatus code: {}\n\n| Parameter | Type |\n|---|---|\n| a{n} | String |\n",
                100 + n % 500
            )
        }))
    });
    run("many captions", &|| many("Table 1 x\nParameter\nType\nDescription\na\nString\n"));
    run("many headings", &|| text.clone() + &many("#### Request Parameters\n"));
    run("many lists, text", &|| parameters(&many("- a (String, required): b\n")));
    run("many lists, HTML", &|| cell(&many("<ul><li>a</li></ul>")));
    run("many lists of words", &|| parameters(&many("- words of a sentence, and more\n")));
    run("many values", &|| cell(&pieces(|n| format!("<p>- V{n}: words</p>"))));
    run("many examples", &|| {
        page("oceanbase.txt") + "Example response\n" + &many("{\"a\": [1, 2, {\"b\": null}]}\n\n")
    });
    run("tiny tables", &|| tables(&many("<table><tr><td>a</td></tr></table>")));
    run("tiny tables, headed", &|| {
        tables(&many(
            "<table><tr><th>Parameter</th><th>Type</th></tr><tr><td>a</td><td>String</td></tr></table>",
        ))
    });
    run("tiny tables, pipes", &|| parameters(&many("\n| Parameter | Type |\n|---|---|\n| a | String |\n")));
    run("tiny tables, tabs", &|| {
        parameters(&many("\nParameter\tMandatory\tType\tDescription\na\tNo\tString\tb\n"))
    });
    run("tiny tables, bare", &|| parameters(&many("Name|Required|Type\na|No|String\n\n")));
    run("rows of tabs", &|| {
        parameters(&format!("Parameter\tMandatory\tType\tDescription\n{}", many("a\tNo\tString\tb\n")))
    });
    run("rows in HTML within text", &|| parameters(&many("<table><tr><td>a</td></tr></table>\n")));
    run("merged cells", &|| {
        cell(&many("<table><tr><td rowspan=1000>a</td><td rowspan=999>b</td></tr></table>"))
    });
    run("merged rows", &|| tables(&format!("<table>{}</table>", many("<tr><td rowspan=1000>a"))));
    run("wide rows", &|| tables(&format!("<table><tr>{}</table>", many("<td>a"))));
    run("spread cells", &|| tables(&format!("<table><tr>{}</table>", many("<td colspan=20>a"))));
    run("pipes", &|| page("oceanbase.txt") + &many("| a |\nb\n"));
    run("pipes without rows", &|| page("oceanbase.txt") + &many("Name|\n"));
}

/// Lines, cells and nesting without end.
fn lines(run: &mut Run<'_>) {
    let text = page("huawei-lists.md");
    let deep = |n: usize| format!("{}{}", "{\"a\":[".repeat(n), "]}".repeat(n));
    run("one cell, HTML", &|| cell(&many("words of a long description, 1 to 64 characters. ")));
    run("one cell, Markdown", &|| {
        with(
            &text,
            "| limit |",
            &format!("| big | No | String | {} |\n", many("words, 1 to 64 characters. ")),
        )
    });
    run("one line", &|| many("a "));
    run("one word", &|| many("a"));
    run("one line of tags", &|| text.clone() + &many("<b "));
    run("one line of entities", &|| text.clone() + &many("&a"));
    run("one line of links", &|| text.clone() + &many("[a]("));
    run("one line of brackets", &|| text.clone() + &many("([{"));
    run("one line of stars", &|| many("**a "));
    run("one line of dashes", &|| parameters(&many("a – b - ")));
    run("one line of JSON", &|| page("oceanbase.txt") + "Example response\n[" + &many("{\"a\":[0]},") + "0]");
    run("deep JSON", &|| page("oceanbase.txt") + "Example response\n" + &deep(SIZE / 8));
    run("deep lists", &|| tables(&many("<ul><li>a")));
    run("deep blocks", &|| tables(&many("<div><div>")));
    run("deep tables", &|| many("<table><tr><td>"));
    run("open brackets", &|| page("samsung.txt") + &many("[\n"));
    run("open scripts", &|| page("huawei-lists.html") + &many("<script>"));
}

fn main() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/specs");
    let services = dbplane_codegen::load(&specs).unwrap();
    let wanted = std::env::args().skip(1).find(|word| !word.starts_with('-'));
    let mut run = |name: &str, page: &dyn Fn() -> String| {
        if wanted.as_ref().is_some_and(|word| !name.contains(word)) {
            return;
        }
        let text = page();
        let (start, before) = (Instant::now(), ticks());
        let read = dbplane_pages::read("page", text.as_bytes());
        let reading = start.elapsed();
        let found = read.map(|page| dbplane_pages::check(&page, &services).drifts.len());
        let found = found.map_or_else(|refused| refused.rule.to_owned(), |n| format!("{n} findings"));
        let (all, size) = (start.elapsed(), text.len());
        let processor = before.zip(ticks()).map_or(all, |(from, to)| Duration::from_millis(10 * (to - from)));
        println!(
            "{name:<26} {size:>9} bytes  read {reading:>8.1?}  and checked {all:>8.1?}  processor {processor:>8.1?}  {found}"
        );
    };
    forms(&mut run);
    floods(&mut run);
    lines(&mut run);
}
