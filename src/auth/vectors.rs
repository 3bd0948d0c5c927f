//! Access to the signing vectors for tests.
//!
//! Problem: each scheme is tested by a directory of cases. A case is a directory with one file per stage of the
//! computation, so that a failure shows the stage.
//! Default: all cases under `tests/vectors/<scheme>`, in order of name; a file holds exactly the bytes of its
//! stage, without a final line end.
//! Override: none; a new case is a new directory.

use std::fs;
use std::path::{Path, PathBuf};

/// One case: a directory with `request.json` and the expected text of some stages.
pub(crate) struct Case {
    /// Name of the directory, for messages.
    pub(crate) name: String,
    /// The parsed `request.json`.
    pub(crate) request: serde_json::Value,
    directory: PathBuf,
}

impl Case {
    /// The text of a stage, if this case has it.
    pub(crate) fn text(&self, file: &str) -> Option<String> {
        fs::read_to_string(self.directory.join(file)).ok()
    }

    /// A text member of the request; an absent one is empty.
    pub(crate) fn field(&self, name: &str) -> &str {
        self.request[name].as_str().unwrap_or_default()
    }

    /// Compares with the stage file, and returns whether there is one.
    pub(crate) fn check(&self, file: &str, actual: &str) -> bool {
        let expected = self.text(file);
        if let Some(expected) = &expected {
            assert_eq!(actual, expected, "case {}, stage {file}", self.name);
        }
        expected.is_some()
    }
}

/// All cases of a scheme, in order of name.
pub(crate) fn cases(scheme: &str) -> Vec<Case> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors")).join(scheme);
    let mut directories: Vec<PathBuf> = fs::read_dir(&root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    directories.sort();
    directories
        .into_iter()
        .map(|directory| Case {
            name: directory.file_name().unwrap().to_string_lossy().into_owned(),
            request: serde_json::from_slice(&fs::read(directory.join("request.json")).unwrap()).unwrap(),
            directory,
        })
        .collect()
}
