//! Links of the project's documents.
//!
//! Problem: a link to a file that was renamed, or to a heading that was rewritten, is found dead by a reader; and a link
//! that works in the repository is dead on a page of rustdoc, where there are no files. Default: every link to a file or
//! a heading leads somewhere; a document that rustdoc includes links files by reference (`[text][label]`), and the Rust
//! file that includes it says where the label leads there. Links to other sites are not followed. Override: none.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use dbplane_codegen::finding::{Finding, Place};
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::files;

/// The rules about links: their ids and what they mean.
pub(crate) const RULES: &[(&str, &str)] = &[
    ("link-dead", "a link points to a file of the project, or to a heading of a document"),
    ("link-rustdoc", "a document in rustdoc links files by labels that the Rust file around it defines"),
];

/// Folders with documents.
const FOLDERS: &[&str] = &["", "docs", "specs", "fake-cloud", "fuzz"];
/// Documents that rustdoc includes, by their folder, and the Rust files that include them.
const INCLUDED: &[(&str, &str)] = &[("README.md", "src/lib.rs"), ("docs/", "src/guide.rs")];
/// Documents below these that are in no page of rustdoc, or have no links there.
const NOT_INCLUDED: &[&str] = &["docs/api-diff.md"];

/// A link of a document.
struct Link {
    line: usize,
    to: String,
    /// Its label, if it has one and the address stands elsewhere.
    label: Option<String>,
}

/// Every link that is wrong in the documents below `root`.
///
/// # Errors
/// A file or folder that can't be read.
pub(crate) fn findings(root: &Path) -> Result<Vec<Finding>, String> {
    let mut findings = Vec::new();
    for name in documents(root)? {
        let source = read(&root.join(&name))?;
        let links = links(&source);
        for link in &links {
            findings.extend(dead(root, &name, &source, link)?);
        }
        let around = INCLUDED.iter().find(|(document, _)| name.starts_with(document));
        if let Some((_, rust)) = around.filter(|_| !NOT_INCLUDED.contains(&name.as_str())) {
            findings.extend(undefined(&name, &links, rust, &read(&root.join(rust))?));
        }
    }
    Ok(findings)
}

fn documents(root: &Path) -> Result<Vec<String>, String> {
    let mut names = Vec::new();
    for folder in FOLDERS {
        let path = root.join(folder);
        let fail = |e: std::io::Error| format!("{}: {e}", path.display());
        for entry in path.read_dir().map_err(fail)? {
            let name = entry.map_err(fail)?.file_name().to_string_lossy().into_owned();
            if name.ends_with(".md") {
                names.push(if folder.is_empty() { name } else { format!("{folder}/{name}") });
            }
        }
    }
    names.sort();
    Ok(names)
}

fn read(path: &Path) -> Result<String, String> {
    files::text(path).map_err(|e| format!("{}: {e}", path.display()))
}

/// The links to files and headings.
fn links(source: &str) -> Vec<Link> {
    let parser = Parser::new_ext(source, Options::ENABLE_TABLES).into_offset_iter();
    let mut found = Vec::new();
    for (event, range) in parser {
        let Event::Start(
            Tag::Link { link_type, dest_url, id, .. } | Tag::Image { link_type, dest_url, id, .. },
        ) = event
        else {
            continue;
        };
        if dest_url.contains("://") || dest_url.starts_with("mailto:") {
            continue;
        }
        let labelled = !matches!(link_type, LinkType::Inline | LinkType::Autolink | LinkType::Email);
        let line = 1 + source.get(..range.start).unwrap_or_default().matches('\n').count();
        found.push(Link { line, to: dest_url.into_string(), label: labelled.then(|| id.into_string()) });
    }
    found
}

/// What is wrong with where a link leads.
fn dead(root: &Path, name: &str, source: &str, link: &Link) -> Result<Option<Finding>, String> {
    let (file, heading) = link.to.split_once('#').unwrap_or((&link.to, ""));
    let folder = Path::new(name).parent().unwrap_or(Path::new(""));
    let target = plain(&folder.join(file));
    let finding = |message: String| {
        Ok(Some(Finding::new("link-dead", Place::new(name, link.line), message, "correct the link")))
    };
    let inside = target.as_ref().filter(|_| !file.is_empty()).map(|path| root.join(path));
    if !file.is_empty() && !inside.as_ref().is_some_and(|path| path.exists()) {
        return finding(format!("`{}` leads to no file of the project", link.to));
    }
    if heading.is_empty() {
        return Ok(None);
    }
    let other = inside.map(|path| read(&path)).transpose()?;
    if headings(other.as_deref().unwrap_or(source)).contains(heading) {
        return Ok(None);
    }
    finding(format!("`{}` leads to no heading", link.to))
}

/// A path without `..`; none when it leaves the project.
fn plain(path: &Path) -> Option<PathBuf> {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => out.push(name),
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop().then_some(())?;
            }
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(out)
}

/// The fragments of a document's headings, as GitHub and rustdoc write them.
fn headings(source: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut text: Option<String> = None;
    for event in Parser::new(source) {
        match event {
            Event::Start(Tag::Heading { .. }) => text = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => found.extend(text.take().map(|text| fragment(&text))),
            Event::Text(part) | Event::Code(part) => {
                if let Some(text) = &mut text {
                    text.push_str(&part);
                }
            }
            _ => {}
        }
    }
    found
}

fn fragment(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).flat_map(char::to_lowercase).collect()
}

/// Links of an included document that lead nowhere in rustdoc.
fn undefined(name: &str, links: &[Link], rust: &str, around: &str) -> Vec<Finding> {
    let wrong = links.iter().filter(|link| !link.to.starts_with('#')).filter_map(|link| {
        let message = match &link.label {
            None => format!("`{}` is a dead link in rustdoc", link.to),
            Some(label) if around.contains(&format!("\"[{label}]: ")) => return None,
            Some(label) => format!("the label `{label}` leads nowhere in rustdoc"),
        };
        let remedy = format!("write `[text][label]`, and where the label leads in rustdoc in {rust}");
        Some(Finding::new("link-rustdoc", Place::new(name, link.line), message, &remedy))
    });
    wrong.collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // clippy knows tests, not their helpers
mod tests {
    use super::*;

    fn wrong(source: &str) -> Vec<String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let dead =
            links(source).into_iter().filter_map(|link| dead(&root, "docs/x.md", source, &link).unwrap());
        dead.map(|finding| format!("{}: {}", finding.place.line, finding.message)).collect()
    }

    #[test]
    fn a_link_that_leads_nowhere_is_found() {
        let good = "# A `b` c!\n[a](../README.md) [b](#a-b-c) [c][label] <https://example.com> \
                    [d](https://example.com/x)\n\n[label]: ../specs/README.md#the-specs\n";
        assert_eq!(wrong(good), Vec::<String>::new());
        let bad = "# A\n[a](nothing.md)\n\n[b](#b) [c][label]\n[d](../../x.md) ![e](none.png)\n\n[label]: \
                   ../README.md#nothing\n";
        assert_eq!(
            wrong(bad),
            [
                "2: `nothing.md` leads to no file of the project",
                "4: `#b` leads to no heading",
                "4: `../README.md#nothing` leads to no heading",
                "5: `../../x.md` leads to no file of the project",
                "5: `none.png` leads to no file of the project",
            ]
        );
    }

    #[test]
    fn links_in_rustdoc_have_a_label_that_leads_somewhere() {
        let source = "[a](b.md) [c][d] [e][f] [g](#h)\n\n[d]: d.md\n[f]: f.md\n";
        let found = undefined("docs/x.md", &links(source), "src/guide.rs", "#![doc = \"[d]: crate::d\"]");
        let found: Vec<_> = found.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(found, ["`b.md` is a dead link in rustdoc", "the label `f` leads nowhere in rustdoc"]);
    }
}
