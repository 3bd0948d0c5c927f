//! The lists of guides.
//!
//! Problem: a guide that is in no list is found by nobody. Default: each document of `docs/` is linked from
//! `docs/README.md` and included by a file of the library, in `src/guide.rs` or in the module that it is about.
//! Override: documents for maintainers are in [`FOR_MAINTAINERS`].

use std::path::Path;

use dbplane_codegen::finding::{Finding, Place};

use crate::files;

/// The rule about guides: its id and what it means.
pub(crate) const RULES: &[(&str, &str)] =
    &[("guide-unlisted", "a guide is linked from docs/README.md and included in the docs of the library")];

/// Documents that CONTRIBUTING.md links.
const FOR_MAINTAINERS: &[&str] = &["api-diff.md"];
/// The list that readers of the repository see.
const LIST: &str = "docs/README.md";
/// Files that include guides.
const INCLUDING: &[&str] = &["src/guide.rs", "src/credentials.rs"];

/// Every guide that is in no list.
///
/// # Errors
/// A file or folder that can't be read.
pub(crate) fn findings(root: &Path) -> Result<Vec<Finding>, String> {
    let read = |name: &str| files::text(&root.join(name)).map_err(|e| format!("{name}: {e}"));
    let list = read(LIST)?;
    let including = INCLUDING.iter().map(|name| read(name)).collect::<Result<Vec<_>, _>>()?.concat();
    let mut names = Vec::new();
    for entry in root.join("docs").read_dir().map_err(|e| format!("docs: {e}"))? {
        names.push(entry.map_err(|e| format!("docs: {e}"))?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names.iter().filter_map(|name| unlisted(name, &list, &including)).collect())
}

/// What is wrong with the document `name`, by the text of the list and of the files that include guides.
fn unlisted(name: &str, list: &str, including: &str) -> Option<Finding> {
    let guide = name.ends_with(".md") && name != "README.md" && !FOR_MAINTAINERS.contains(&name);
    let linked = list.contains(&format!("]: {name}\n"));
    let included = [format!("\"{name}\""), format!("/{name}\"")].iter().any(|text| including.contains(text));
    let remedy = match (linked, included) {
        _ if !guide => return None,
        (true, true) => return None,
        (false, _) => "add a row with a link to docs/README.md",
        (true, false) => "include it in src/guide.rs",
    };
    let place = Place { file: format!("docs/{name}"), line: 1 };
    Some(Finding::new("guide-unlisted", place, "no list of guides leads to this one".to_owned(), remedy))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guide_is_linked_and_included() {
        let (list, including) = ("[a]: a.md\n[b]: b.md\n", "a: \"a.md\", include_str!(\"../docs/c.md\")");
        let wrong = |name: &str| unlisted(name, list, including).map(|f| f.remedy);
        assert_eq!(wrong("a.md"), None);
        assert_eq!(wrong("b.md").as_deref(), Some("include it in src/guide.rs"));
        assert_eq!(wrong("c.md").as_deref(), Some("add a row with a link to docs/README.md"));
        assert_eq!([wrong("README.md"), wrong("api-diff.md"), wrong("x.png")], [None, None, None]);
    }
}
