//! Documents that differ from a base in a few lines, written like diffs without line numbers.
//!
//! A file holds cases, each below a line `== NAME`. In a case ` ` lines must be there once, `-` lines go, `+` lines
//! come, `@@` begins the next place. A case of `+` lines alone is a document of its own.

use std::path::Path;

/// The cases of every `*.diff` in a folder: name and body.
pub(crate) fn read(folder: &Path) -> Vec<(String, String)> {
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "diff"));
    files.sort();
    let texts = files.iter().map(|file| std::fs::read_to_string(file).unwrap());
    let blocks = texts.flat_map(|text| {
        text.split("\n== ")
            .skip(1)
            .map(|block| block.split_once('\n').unwrap_or((block, "")))
            .map(own)
            .collect::<Vec<_>>()
    });
    blocks.collect()
}

fn own((name, body): (&str, &str)) -> (String, String) {
    (name.to_owned(), body.trim_end_matches('\n').to_owned())
}

/// The base with the case's lines; `Err` where they do not fit.
pub(crate) fn edited(base: &str, body: &str) -> Result<String, String> {
    let mut lines: Vec<&str> = base.lines().collect();
    if body.lines().all(|l| l.starts_with('+')) {
        lines = body.lines().map(|l| &l[1..]).collect();
    } else {
        for hunk in body.split("\n@@\n") {
            apply(&mut lines, hunk)?;
        }
    }
    Ok(lines.join("\n"))
}

fn apply<'l>(lines: &mut Vec<&'l str>, hunk: &'l str) -> Result<(), String> {
    let (mut old, mut new) = (Vec::new(), Vec::new());
    for line in hunk.lines() {
        match line.split_at_checked(1).unwrap_or((" ", "")) {
            ("+", added) => new.push(added),
            ("-", gone) => old.push(gone),
            (" ", kept) => {
                old.push(kept);
                new.push(kept);
            }
            _ => return Err(format!("no diff line: {line}")),
        }
    }
    let found: Vec<usize> = (0..lines.len()).filter(|at| lines[*at..].starts_with(&old)).collect();
    let [at] = found[..] else { return Err(format!("found {} times:\n{}", found.len(), old.join("\n"))) };
    lines.splice(at..at + old.len(), new);
    Ok(())
}
