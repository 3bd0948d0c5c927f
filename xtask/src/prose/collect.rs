//! Which files hold texts that people read.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Kind, Paragraph, markdown, rust, spec};

use crate::files;

/// Folders with sources whose doc comments and messages are read. `src/generated` is made of specs and of the
/// generator's own texts; it is read for samples only.
const SOURCES: &[&str] = &[
    "src",
    "codegen/src",
    "pages/src",
    "api-diff/src",
    "fake-cloud/src",
    "xtask/src",
    "examples",
    "benches",
];
const GENERATED: &str = "src/generated";
/// Folders with guides.
const GUIDES: &[&str] = &["", "docs", "specs", "fake-cloud", "fuzz"];

/// Every paragraph of the project below `root`, in the order of files and lines.
///
/// # Errors
/// A file that can't be read, with its name.
pub(crate) fn collect(root: &Path, generated: bool) -> Result<Vec<Paragraph>, String> {
    let mut found = Vec::new();
    for folder in SOURCES {
        for path in files(&root.join(folder), "rs", true)? {
            let name = name(root, &path);
            let is_generated = name.starts_with(GENERATED);
            if name.ends_with("tests.rs") || name.contains("/tests/") || is_generated && !generated {
                continue;
            }
            found.extend(rust::paragraphs(&name, &read(&path)?, is_generated)?);
        }
    }
    for folder in GUIDES {
        for path in files(&root.join(folder), "md", false)? {
            let source = without_computed(&read(&path)?);
            found.extend(markdown::paragraphs(&name(root, &path), &source, &|line| line, &Kind::Guide));
        }
    }
    for path in files(&root.join("specs"), "yaml", false)? {
        found.extend(spec::paragraphs(&name(root, &path), &read(&path)?)?);
    }
    Ok(found)
}

/// Empties the lines that `cargo xtask generate` writes into a guide: they list names, however many there are.
fn without_computed(source: &str) -> String {
    let mut computed = false;
    let mut text = String::with_capacity(source.len());
    for line in source.lines() {
        let begins = ["<!-- cargo xtask", "<!-- begin "].iter().any(|marker| line.starts_with(marker));
        computed = (computed || begins) && !line.starts_with("<!-- end");
        text.push_str(if computed { "" } else { line });
        text.push('\n');
    }
    text
}

fn read(path: &Path) -> Result<String, String> {
    files::text(path).map_err(|e| format!("{}: {e}", path.display()))
}

fn name(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// The files of a folder with this extension, sorted.
fn files(folder: &Path, extension: &str, below: bool) -> Result<Vec<PathBuf>, String> {
    let fail = |e| format!("{}: {e}", folder.display());
    let mut found = Vec::new();
    if !folder.is_dir() {
        return Ok(found);
    }
    let mut entries = fs::read_dir(folder).map_err(fail)?.collect::<Result<Vec<_>, _>>().map_err(fail)?;
    entries.sort_by_key(fs::DirEntry::path);
    for entry in entries {
        let path = entry.path();
        if path.is_dir() {
            if below {
                found.extend(files(&path, extension, true)?);
            }
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
    Ok(found)
}
