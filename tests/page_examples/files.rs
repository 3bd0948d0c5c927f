//! The files: which there are, and what they hold.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::PathBuf;

use serde_json::Value;

/// An example: `<service>/<operation>.<request or response>.json`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct File {
    pub(crate) service: String,
    pub(crate) operation: String,
    pub(crate) kind: String,
}

impl File {
    pub(crate) fn new(service: &str, operation: &str, kind: &str) -> Self {
        Self { service: service.to_owned(), operation: operation.to_owned(), kind: kind.to_owned() }
    }

    /// The page's JSON as it is.
    pub(crate) fn read(&self) -> Value {
        read(&self.to_string())
    }
}

impl fmt::Display for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}.{}.json", self.service, self.operation, self.kind)
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/examples")
}

/// A JSON file, by its path below the examples.
pub(crate) fn read(path: &str) -> Value {
    let text = fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn names(path: PathBuf, folders: bool) -> BTreeSet<String> {
    let entries = fs::read_dir(path).unwrap().map(Result::unwrap);
    let wanted = entries.filter(|entry| entry.file_type().unwrap().is_dir() == folders);
    wanted.map(|entry| entry.file_name().into_string().unwrap()).collect()
}

/// The services that have examples.
pub(crate) fn folders() -> BTreeSet<String> {
    names(root(), true)
}

/// The examples of a service. Any other file but the table of placeholders fails the test.
pub(crate) fn list(service: &str) -> Vec<File> {
    if !folders().contains(service) {
        return Vec::new();
    }
    let names = names(root().join(service), false).into_iter().filter(|name| name != "placeholders.json");
    let file = |name: String| match name.split('.').collect::<Vec<_>>()[..] {
        [operation, kind @ ("request" | "response"), "json"] => File::new(service, operation, kind),
        _ => panic!("{service}/{name} is no example"),
    };
    names.map(file).collect()
}
