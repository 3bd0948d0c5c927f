//! The versions that a command line names: files, folders, and git revisions of them.

use std::io;
use std::path::Path;
use std::process::Command;

use dbplane_codegen::finding::{Finding, Place};
use dbplane_codegen::spec::{self, Document, Service};
use dbplane_codegen::{lint, load, stem};

/// Where a revision has its specs.
const SPECS: &str = "specs/";

/// Makes a service of a document.
type Read = fn(&str, &Document) -> Result<Service, Vec<Finding>>;

/// Reads and checks the later version, which is called `name`; relative paths begin in `folder`, and so does the search
/// for the repository.
pub(super) fn later(name: &str, folder: &Path) -> Result<Vec<Service>, Vec<Finding>> {
    let path = folder.join(name);
    if path.is_dir() { load(&path) } else { read(name, folder, lint::check) }
}

/// Reads the earlier version. It is not checked: a rule may be newer than the specs, which nobody can correct any more.
pub(super) fn earlier(name: &str, folder: &Path) -> Result<Vec<Service>, Vec<Finding>> {
    read(name, folder, |stem, document| {
        let (service, findings) = spec::read(stem, document);
        if findings.is_empty() { Ok(service) } else { Err(findings) }
    })
}

fn read(name: &str, folder: &Path, read: Read) -> Result<Vec<Service>, Vec<Finding>> {
    let path = folder.join(name);
    if path.is_dir() {
        let label = format!("{}/", name.trim_end_matches('/'));
        return all(&files_of(&path, name)?, |file| {
            open(&label, file, read, |file| crate::files::text(&path.join(file)))
        });
    }
    if path.is_file() || name.ends_with(".yaml") && !name.contains(':') {
        let (label, file) = split(name);
        let beside = folder.join(label);
        return Ok(vec![open(label, file, read, |file| crate::files::text(&beside.join(file)))?]);
    }
    let (revision, path) = name.split_once(':').map_or((name, None), |(a, b)| (a, Some(b)));
    let git = Git::find(revision, folder).ok_or_else(|| {
        let message = format!("`{name}` is no file, no folder and no git revision");
        let remedy = "name a spec, an overlay, a folder of them, REVISION:FILE or REVISION";
        vec![Finding::new("version-unknown", Place::new(name, 1), message, remedy)]
    })?;
    let called = |path: &str| format!("{revision}:{path}");
    if let Some(path) = path {
        let (within, file) = split(path);
        return Ok(vec![open(&called(within), file, read, |file| git.text(&format!("{within}{file}")))?]);
    }
    all(&git.specs()?, |file| open(&called(SPECS), file, read, |file| git.text(&format!("{SPECS}{file}"))))
}

/// The services of files, or all that is wrong with them.
fn all(
    files: &[String],
    open: impl Fn(&str) -> Result<Service, Vec<Finding>>,
) -> Result<Vec<Service>, Vec<Finding>> {
    let (mut services, mut findings) = (Vec::new(), Vec::new());
    for file in files {
        match open(file) {
            Ok(service) => services.push(service),
            Err(more) => findings.extend(more),
        }
    }
    if findings.is_empty() { Ok(services) } else { Err(findings) }
}

/// The names of the specs and overlays in a folder, sorted.
fn files_of(folder: &Path, name: &str) -> Result<Vec<String>, Vec<Finding>> {
    let fail = |e: io::Error| {
        let remedy = "name a folder that can be read";
        vec![Finding::new("specs-folder", Place::new(name, 1), e.to_string(), remedy)]
    };
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(fail)? {
        names.push(entry.map_err(fail)?.file_name().to_string_lossy().into_owned());
    }
    names.retain(|name| stem(name).is_some());
    names.sort();
    if names.is_empty() {
        let (message, remedy) = ("the folder has no specs", "name one that has, or a file of it");
        return Err(vec![Finding::new("specs-folder", Place::new(name, 1), message, remedy)]);
    }
    Ok(names)
}

/// The path of a folder, with its slash, and the name of a file in it.
fn split(path: &str) -> (&str, &str) {
    path.split_at(path.rfind('/').map_or(0, |slash| slash + 1))
}

/// Reads one spec or overlay.
fn open(
    label: &str,
    file: &str,
    read: Read,
    text: impl Fn(&str) -> io::Result<String>,
) -> Result<Service, Vec<Finding>> {
    let Some(stem) = stem(file) else {
        let (message, remedy) = ("a spec ends in `.yaml`", "name a spec or an overlay");
        return Err(vec![Finding::new(
            "file-name",
            Place::new(&format!("{label}{file}"), 1),
            message,
            remedy,
        )]);
    };
    read(stem, &Document::open(label, file, text)?)
}

/// A revision of the repository.
struct Git<'g> {
    folder: &'g Path,
    revision: &'g str,
    commit: String,
}

impl<'g> Git<'g> {
    /// The revision, if there is one of this name.
    fn find(revision: &'g str, folder: &'g Path) -> Option<Self> {
        let wanted = format!("{revision}^{{commit}}");
        let commit = git(folder, &["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted]).ok()?;
        Some(Self { folder, revision, commit: commit.trim().to_owned() })
    }

    fn text(&self, path: &str) -> io::Result<String> {
        git(self.folder, &["show", &format!("{}:{path}", self.commit)])
    }

    /// The names of the specs and overlays of the revision.
    fn specs(&self) -> Result<Vec<String>, Vec<Finding>> {
        let listed = git(self.folder, &["ls-tree", "--full-tree", "--name-only", "-z", &self.commit, SPECS]);
        let listed = listed.unwrap_or_default();
        let names = listed.split('\0').filter_map(|path| path.strip_prefix(SPECS));
        let names: Vec<_> = names.filter(|name| stem(name).is_some()).map(str::to_owned).collect();
        if names.is_empty() {
            let place = Place::new(&format!("{}:{SPECS}", self.revision), 1);
            let (message, remedy) = ("the revision has no specs", "name one that has, or a file of it");
            return Err(vec![Finding::new("specs-folder", place, message, remedy)]);
        }
        Ok(names)
    }
}

/// What git prints.
fn git(folder: &Path, arguments: &[&str]) -> io::Result<String> {
    let mut command = Command::new("git");
    if folder != Path::new("") {
        command.arg("-C").arg(folder);
    }
    let output = command.args(arguments).output()?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(io::Error::other(said.lines().next().unwrap_or("git failed").to_owned()));
    }
    String::from_utf8(output.stdout).map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // clippy knows tests, not their helpers
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use super::*;

    const SPEC: &str = include_str!("../../../api-diff/tests/changes/base.yaml");
    const OVERLAY: &str = "\
overlay: 1.0.0
info: {title: Later, version: \"2.0\"}
extends: vendor-things.yaml
actions:
  - target: $.info
    description: A later version.
    x-source: {url: \"https://example.com/later\", date: \"2025-01-01\"}
    update: {version: \"2.0\"}
";

    /// A repository with one commit, which is gone after the test.
    struct Repository(PathBuf);

    impl Repository {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("dbplane-api-diff-{}-{name}", std::process::id()));
            let _ = fs::remove_dir_all(&path);
            fs::create_dir_all(path.join("specs")).unwrap();
            fs::write(path.join("specs/README.md"), "no spec").unwrap();
            fs::write(path.join("specs/vendor-things.yaml"), SPEC).unwrap();
            fs::write(path.join("specs/vendor-things-2.0.overlay.yaml"), OVERLAY).unwrap();
            for line in ["init -q", "add .", "-c user.name=a -c user.email=a@b commit -qm specs"] {
                git(&path, &line.split(' ').collect::<Vec<_>>()).unwrap();
            }
            Self(path)
        }

        fn read(&self, name: &str) -> Result<Vec<(String, String)>, String> {
            let services = later(name, &self.0).map_err(|findings| findings[0].to_string())?;
            Ok(services.into_iter().map(|s| (s.stem, s.files.first().to_owned())).collect())
        }
    }

    impl Drop for Repository {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn files_folders_and_revisions_are_versions() {
        let repository = Repository::new("good");
        let (spec, overlay) = ("vendor-things.yaml", "vendor-things-2.0.overlay.yaml");
        let called = |label: &str, names: &[&str]| {
            let name = |file: &&str| (stem(file).unwrap().to_owned(), format!("{label}specs/{file}"));
            Ok(names.iter().map(name).collect::<Vec<_>>())
        };
        assert_eq!(repository.read("specs"), called("", &[overlay, spec]));
        assert_eq!(repository.read("specs/vendor-things.yaml"), called("", &[spec]));
        assert_eq!(repository.read("HEAD"), called("HEAD:", &[overlay, spec]));
        assert_eq!(repository.read("HEAD:specs/vendor-things-2.0.overlay.yaml"), called("HEAD:", &[overlay]));
    }

    #[test]
    fn an_earlier_version_may_break_rules_that_are_newer() {
        let repository = Repository::new("earlier");
        let old = SPEC.replacen(
            "      operationId:",
            "      x-see: {after: [NoSuchOperation]}\n      operationId:",
            1,
        );
        fs::write(repository.0.join("specs/vendor-things.yaml"), old).unwrap();
        for name in ["specs", "specs/vendor-things.yaml", "specs/vendor-things-2.0.overlay.yaml"] {
            assert!(repository.read(name).unwrap_err().contains("[see-unknown]"), "{name}");
            assert!(earlier(name, &repository.0).is_ok(), "{name}");
        }
        // What can't be understood is still an error.
        fs::write(repository.0.join("specs/vendor-things.yaml"), SPEC.replacen("paths:", "routes:", 1))
            .unwrap();
        let findings = earlier("specs", &repository.0).unwrap_err();
        assert!(findings[0].to_string().starts_with("specs/vendor-things"), "{}", findings[0]);
        fs::create_dir(repository.0.join("empty")).unwrap();
        assert!(earlier("empty", &repository.0).unwrap_err()[0].to_string().contains("[specs-folder]"));
    }

    #[test]
    fn what_is_no_version_is_told_with_place_rule_and_remedy() {
        let repository = Repository::new("bad");
        for (name, said) in [
            ("nowhere", "nowhere:1: [version-unknown] `nowhere` is no file"),
            ("--output=x", "--output=x:1: [version-unknown]"),
            ("nowhere:specs/x.yaml", "[version-unknown]"),
            ("specs/none.yaml", "specs/none.yaml:1: [file-unreadable]"),
            ("specs/README.md", "specs/README.md:1: [file-name]"),
            ("HEAD:specs/none.yaml", "HEAD:specs/none.yaml:1: [file-unreadable]"),
            ("HEAD:specs/README.md", "HEAD:specs/README.md:1: [file-name]"),
        ] {
            let found = repository.read(name).unwrap_err();
            assert!(found.contains(said), "{name}: {found}");
        }
        fs::write(repository.0.join("specs/vendor-things.yaml"), "a: [").unwrap();
        let found = repository.read("specs").unwrap_err();
        assert!(found.starts_with("specs/vendor-things.yaml:") && found.contains("[yaml-syntax]"), "{found}");
    }
}
