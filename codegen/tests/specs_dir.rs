//! Folders of specs: what is read, and what is said of the rest.

#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

use std::fs;
use std::path::PathBuf;

use dbplane_codegen::finding::Finding;

const GOOD: &str = include_str!("bad/base.yaml");

/// A folder that is gone after the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let path = std::env::temp_dir().join(format!("dbplane-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(path.join("specs")).unwrap();
        for (name, text) in files {
            fs::write(path.join("specs").join(name), text).unwrap();
        }
        Self(path)
    }

    fn specs(&self) -> PathBuf {
        self.0.join("specs")
    }

    fn findings(&self) -> Vec<Finding> {
        dbplane_codegen::load(&self.specs()).err().unwrap_or_default()
    }

    /// Rule and file of each finding.
    fn places(&self) -> Vec<(&'static str, String)> {
        self.findings().into_iter().map(|f| (f.rule, f.place.file)).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn good_names_are_services_and_other_files_are_left_alone() {
    let files = [
        ("vendor-things.yaml", GOOD),
        ("vendor-things-1.3.yaml", GOOD),
        ("v2-x.yaml", GOOD),
        ("README.md", ""),
        ("notes", ""),
    ];
    let folder = Folder::new("good", &files);
    let services = dbplane_codegen::load(&folder.specs()).unwrap();
    let stems: Vec<_> = services.iter().map(|s| s.stem.as_str()).collect();
    assert_eq!(stems, ["v2-x", "vendor-things-1.3", "vendor-things"]);
    let module = dbplane_codegen::generate(&services[1]).unwrap();
    assert_eq!((module.name.as_str(), module.feature.as_str()), ("vendor_things_1_3", "vendor-things-1.3"));
}

#[test]
fn names_that_are_no_module_are_found() {
    for name in [
        "things.yaml",
        "Vendor-things.yaml",
        "vendor-Things.yaml",
        "vendor_things.yaml",
        "vendor-things copy.yaml",
        "1vendor-things.yaml",
        "vendor-.yaml",
        "vendor-things..yaml",
        "vendor-thíngs.yaml",
        ".yaml",
        "vendor-things.yml",
        "vendor-things.YAML",
    ] {
        let folder = Folder::new("names", &[("vendor-good.yaml", GOOD), (name, GOOD)]);
        assert_eq!(folder.places(), [("file-name", format!("specs/{name}"))], "{name}");
    }
}

#[test]
fn a_folder_of_yml_is_not_called_empty() {
    let folder = Folder::new("yml", &[("vendor-things.yml", GOOD)]);
    let found = folder.findings();
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0].to_string(),
        "specs/vendor-things.yml:1: [file-name] the name `vendor-things.yml` ends in `.yml`, which is not read; \
         let it end in `.yaml`"
    );
}

#[test]
fn two_stems_with_one_module_are_found() {
    let folder = Folder::new("modules", &[("vendor-things-1.yaml", GOOD), ("vendor-things.1.yaml", GOOD)]);
    assert_eq!(folder.places(), [("file-name", "specs/vendor-things.1.yaml".to_owned())]);
}

#[test]
fn two_features_of_one_name_are_found() {
    let in_parts = |parts: &str| {
        let tags = [("ListThings", "Things"), ("MoveThing", "Moves"), ("ShowJob", "Things")];
        let tagged = tags.iter().fold(GOOD.to_owned(), |text, (id, tag)| {
            text.replace(&format!("operationId: {id}"), &format!("operationId: {id}\n      tags: [{tag}]"))
        });
        tagged.replace("x-states:", &format!("x-features: {parts}\nx-states:"))
    };
    let files = [
        ("vendor-things-moves.yaml", in_parts("{all: [Things], a-b: [Moves]}")),
        ("vendor-things-moves-a.yaml", in_parts("{b: [Things], c: [Moves]}")),
        ("vendor-things.yaml", in_parts("{all: [Things], moves: [Moves]}")),
    ];
    let files: Vec<_> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let found = Folder::new("features", &files).findings();
    let texts: Vec<_> = found.iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        [
            "specs/vendor-things-moves.yaml:133: [features-collision] `a-b` of x-features becomes the feature \
             vendor-things-moves-a-b, which is that of `b` of `specs/vendor-things-moves-a.yaml`; write another name",
            "specs/vendor-things.yaml:133: [features-collision] `moves` of x-features becomes the feature \
             vendor-things-moves, which is that of `specs/vendor-things-moves.yaml`; write another name",
        ]
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_text_is_found() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = Folder::new("bytes", &[("vendor-good.yaml", GOOD)]);
    let name = std::ffi::OsStr::from_bytes(b"vendor-\xff.yaml");
    fs::write(folder.specs().join(name), GOOD).unwrap();
    assert_eq!(folder.places(), [("file-name", "specs/vendor-\u{fffd}.yaml".to_owned())]);
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let folder = Folder::new("unreadable", &[("vendor-good.yaml", GOOD)]);
    fs::write(folder.specs().join("vendor-latin.yaml"), b"openapi: \xe9").unwrap();
    fs::create_dir(folder.specs().join("vendor-more.yaml")).unwrap();
    let found = folder.findings();
    let said: Vec<_> = found.iter().map(|f| (f.rule, f.place.file.as_str(), f.remedy.as_str())).collect();
    assert_eq!(
        said,
        [
            ("file-unreadable", "specs/vendor-latin.yaml", "save it as UTF-8"),
            ("file-unreadable", "specs/vendor-more.yaml", "let it be a file that you may read"),
        ]
    );
}

#[test]
fn a_folder_without_specs_is_found() {
    let empty = Folder::new("empty", &[("README.md", "")]);
    assert_eq!(empty.places(), [("specs-folder", "specs".to_owned())]);
    let missing = dbplane_codegen::load(&empty.0.join("nothing")).err().unwrap();
    assert_eq!((missing.len(), missing[0].rule), (1, "specs-folder"));
}

#[test]
fn all_that_is_wrong_comes_together() {
    let faults = [("vendor-a.yaml", "hello"), ("vendor-b.yml", GOOD), ("vendor-c.yaml", "a: [")];
    let rules: Vec<_> = Folder::new("all", &faults).findings().into_iter().map(|f| f.rule).collect();
    assert!(["file-name", "not-a-mapping", "yaml-syntax"].iter().all(|r| rules.contains(r)), "{rules:?}");
}

/// The file of deviations lies beside the specs and is none.
#[test]
fn deviations_are_no_spec() {
    assert_eq!(dbplane_codegen::stem("vendor-things.yaml"), Some("vendor-things"));
    assert_eq!(dbplane_codegen::stem(dbplane_codegen::DEVIATIONS), None);
}
