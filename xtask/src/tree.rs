//! A folder of texts: read, compared, written.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

use similar::TextDiff;

use crate::files;

/// Texts by their paths below the folder.
pub(crate) type Texts = BTreeMap<PathBuf, String>;

/// What a folder holds.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    /// `None` is a file that is not text.
    files: BTreeMap<PathBuf, Option<String>>,
    /// Folders below it, each after the one that holds it.
    folders: Vec<PathBuf>,
}

impl Tree {
    /// Reads a folder; one that is not there holds nothing.
    pub(crate) fn read(folder: &Path) -> Result<Self, String> {
        let mut tree = Self::default();
        if folder.exists() {
            tree.add(folder, Path::new(""))?;
        }
        Ok(tree)
    }

    fn add(&mut self, folder: &Path, below: &Path) -> Result<(), String> {
        let here = folder.join(below);
        for entry in fs::read_dir(&here).map_err(|e| fail(&here, &e))? {
            let entry = entry.map_err(|e| fail(&here, &e))?;
            let name = below.join(entry.file_name());
            if entry.file_type().map_err(|e| fail(&entry.path(), &e))?.is_dir() {
                self.folders.push(name.clone());
                self.add(folder, &name)?;
            } else {
                let text = text(&entry.path()).map_err(|e| fail(&entry.path(), &e))?;
                self.files.insert(name, text);
            }
        }
        Ok(())
    }

    /// How the tree differs from what is wanted, as a diff of paths below `label`; empty if it does not.
    pub(crate) fn difference(&self, wanted: &Texts, label: &str) -> String {
        let mut report = String::new();
        let stale = self.files.keys().filter(|path| !wanted.contains_key(*path));
        for path in wanted.keys().chain(stale) {
            let name = format!("{label}/{}", path.display());
            report.push_str(&match (self.files.get(path), wanted.get(path)) {
                (Some(None), _) => format!("{name} is not text\n"),
                (Some(Some(old)), Some(new)) if old == new => String::new(),
                (Some(Some(old)), None) if old.is_empty() => format!("{name} is empty, and too many\n"),
                (old, new) => {
                    let (old, new) = (old.and_then(Option::as_deref), new.map(String::as_str));
                    difference(&name, old.unwrap_or_default(), new.unwrap_or_default())
                }
            });
        }
        report
    }

    /// Makes the folder hold what is wanted and nothing else. Returns how many files were written and removed.
    pub(crate) fn replace(&self, folder: &Path, wanted: &Texts) -> Result<(usize, usize), String> {
        let stale: Vec<_> = self.files.keys().filter(|path| !wanted.contains_key(*path)).collect();
        for name in &stale {
            let path = folder.join(name);
            fs::remove_file(&path).map_err(|e| fail(&path, &e))?;
        }
        let changed =
            |(name, text): &(&PathBuf, &String)| self.files.get(*name) != Some(&Some((*text).clone()));
        let mut written = 0;
        for (name, text) in wanted.iter().filter(changed) {
            let path = folder.join(name);
            let parent = path.parent().unwrap_or(folder);
            fs::create_dir_all(parent).map_err(|e| fail(parent, &e))?;
            files::write(&path, text.as_bytes()).map_err(|e| fail(&path, &e))?;
            written += 1;
        }
        for name in self.folders.iter().rev() {
            remove_empty(&folder.join(name))?;
        }
        Ok((written, stale.len()))
    }
}

/// How a text differs from what is wanted, as a diff.
pub(crate) fn difference(name: &str, old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    diff.unified_diff().header(name, &format!("{name} (from the specs)")).to_string()
}

/// The text of a file with plain line ends; `None` if it is not text.
fn text(path: &Path) -> Result<Option<String>, Error> {
    match files::text(path) {
        Ok(text) => Ok(Some(text.replace("\r\n", "\n"))),
        Err(e) if e.kind() == ErrorKind::InvalidData => Ok(None),
        Err(e) => Err(e),
    }
}

fn remove_empty(folder: &Path) -> Result<(), String> {
    match fs::remove_dir(folder) {
        Err(e) if e.kind() != ErrorKind::DirectoryNotEmpty => Err(fail(folder, &e)),
        _ => Ok(()),
    }
}

fn fail(path: &Path, error: &Error) -> String {
    format!("{}: {error}", path.display())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // clippy knows tests, not their helpers
mod tests {
    use super::*;

    /// A folder that is gone after the test.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str, files: &[(&str, &[u8])]) -> Self {
            let folder = std::env::temp_dir().join(format!("dbplane-xtask-{}-{name}", std::process::id()));
            let _ = fs::remove_dir_all(&folder);
            for (name, bytes) in files {
                let path = folder.join(name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, bytes).unwrap();
            }
            Self(folder)
        }

        fn tree(&self) -> Tree {
            Tree::read(&self.0).unwrap()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn wanted(texts: &[(&str, &str)]) -> Texts {
        texts.iter().map(|(name, text)| (PathBuf::from(name), (*text).to_owned())).collect()
    }

    #[test]
    fn a_service_that_is_gone_leaves_no_folder() {
        let files: [(&str, &[u8]); 4] =
            [("mod.rs", b"a"), ("x/mod.rs", b"b"), ("x/y/z.rs", b"c"), ("k/mod.rs", b"d")];
        let folder = Folder::new("gone", &files);
        fs::create_dir(folder.0.join("empty")).unwrap();
        let wanted = wanted(&[("mod.rs", "new"), ("k/mod.rs", "d")]);
        assert_eq!(folder.tree().replace(&folder.0, &wanted), Ok((1, 2)));
        let after = folder.tree();
        assert_eq!(after.difference(&wanted, "g"), "");
        assert_eq!(after.folders, [Path::new("k")]);
    }

    #[test]
    fn a_file_that_is_no_text_differs_and_goes() {
        let files: [(&str, &[u8]); 2] = [("mod.rs", b"\xff\xfe"), ("x/blob", b"\xff")];
        let folder = Folder::new("bytes", &files);
        let wanted = wanted(&[("mod.rs", "text\n")]);
        assert_eq!(folder.tree().difference(&wanted, "g"), "g/mod.rs is not text\ng/x/blob is not text\n");
        assert_eq!(folder.tree().replace(&folder.0, &wanted), Ok((1, 1)));
        assert_eq!(folder.tree().difference(&wanted, "g"), "");
    }

    #[test]
    fn differences_are_shown_and_line_ends_are_none() {
        let files: [(&str, &[u8]); 3] =
            [("same.rs", b"a\r\nb\r\n"), ("other.rs", b"old\n"), ("stale.rs", b"")];
        let folder = Folder::new("shown", &files);
        let wanted = wanted(&[("same.rs", "a\nb\n"), ("other.rs", "new\n"), ("missing.rs", "more\n")]);
        let report = folder.tree().difference(&wanted, "g");
        for line in ["-old", "+new", "+more", "--- g/missing.rs", "g/stale.rs is empty, and too many"] {
            assert!(report.lines().any(|l| l == line), "{line}: {report}");
        }
        assert!(!report.contains("same.rs"), "{report}");
    }

    #[test]
    fn a_folder_that_is_not_there_holds_nothing_and_is_made() {
        let folder = Folder::new("new", &[]);
        let wanted = wanted(&[("x/mod.rs", "a")]);
        assert_eq!(folder.tree().replace(&folder.0, &wanted), Ok((1, 0)));
        assert_eq!(folder.tree().difference(&wanted, "g"), "");
    }
}
