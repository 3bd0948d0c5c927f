//! Documents that hold what a command says.
//!
//! Problem: the list of rules and the upgrade guides are computed, and stale the day after they were copied.
//! Default: in a file of `docs/`, the lines between `<!-- cargo xtask api-diff ... -->` and `<!-- end -->` are what
//! that command prints, as `cargo xtask generate` last wrote it. Override: none; write around them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::api_diff;
use crate::files;

const BEGIN: &str = "<!-- cargo xtask api-diff ";
const END: &str = "<!-- end -->";

/// A document of the folder that is to be rewritten.
pub(crate) struct Stale {
    pub(crate) path: PathBuf,
    pub(crate) old: String,
    pub(crate) new: String,
}

/// The documents in `root/docs` that are not what their commands say.
pub(crate) fn stale(root: &Path) -> Result<Vec<Stale>, String> {
    let folder = root.join("docs");
    let fail = |e: std::io::Error| format!("{}: {e}", folder.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(&folder).map_err(fail)? {
        paths.push(entry.map_err(fail)?.path());
    }
    paths.retain(|path| path.extension().is_some_and(|e| e == "md"));
    paths.sort();
    let mut stale = Vec::new();
    for path in paths {
        let old = files::text(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let old = old.replace("\r\n", "\n");
        let run = |line: &str| said(line, root);
        let new = renewed(&old, run).map_err(|message| format!("{}: {message}", path.display()))?;
        if old != new {
            stale.push(Stale { path, old, new });
        }
    }
    Ok(stale)
}

/// What a command line of `api-diff` prints.
fn said(line: &str, root: &Path) -> Result<String, String> {
    let command = api_diff::parse(&mut lexopt::Parser::from_args(line.split_whitespace()))?;
    let output = api_diff::output(&command, root);
    let output =
        output.map_err(|findings| findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    Ok(output.text)
}

/// A document with what its commands say now.
fn renewed(text: &str, said: impl Fn(&str) -> Result<String, String>) -> Result<String, String> {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((head, tail)) = rest.split_once(BEGIN) {
        let (line, tail) =
            tail.split_once(" -->\n").ok_or("a command has no end: write ` -->` and a new line")?;
        let (_, tail) = tail.split_once(END).ok_or_else(|| format!("`{line}` lacks its `{END}`"))?;
        out.push_str(&format!("{head}{BEGIN}{line} -->\n\n{}\n{END}", said(line)?));
        rest = tail;
    }
    Ok(out + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_commands_say_is_renewed_and_the_rest_stays() {
        let text = "a\n<!-- cargo xtask api-diff x y -->\nstale\n<!-- end -->\nb\n";
        let said = |line: &str| Ok(format!("<{line}>\n"));
        let new = "a\n<!-- cargo xtask api-diff x y -->\n\n<x y>\n\n<!-- end -->\nb\n";
        assert_eq!(renewed(text, said).as_deref(), Ok(new));
        assert_eq!(renewed(new, said).as_deref(), Ok(new));
        assert_eq!(renewed("nothing\n", said).as_deref(), Ok("nothing\n"));
    }

    #[test]
    fn what_cannot_be_renewed_is_told() {
        let said = |_: &str| Ok(String::new());
        assert!(renewed("<!-- cargo xtask api-diff x y", said).is_err());
        assert!(renewed("<!-- cargo xtask api-diff x y -->\nno end", said).is_err());
        let fails = |_: &str| Err("no version".to_owned());
        assert!(renewed("<!-- cargo xtask api-diff x y -->\n<!-- end -->", fails).is_err());
    }
}
