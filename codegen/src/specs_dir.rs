//! Specs in files: a folder of them, or one by its path.
//!
//! Every `*.yaml` in the folder is a service, named by its stem; `*.overlay.yaml` is one made of another spec.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::Path;

use crate::finding::{Finding, Place};
use crate::index::ALL_SERVICES;
use crate::lint;
use crate::names::module_name;
use crate::parallel;
use crate::regular_file;
use crate::spec::{Document, Feature, OVERLAY, Service};
use crate::yaml::MAX_BYTES;

/// Vendor and service in lower case, separated by dashes; a version may follow, as in `samsung-mariadb-1.3`.
const STEM: &str = r"^[a-z][a-z0-9]*(-[a-z0-9]+(\.[a-z0-9]+)*)+$";

/// The file beside the specs that says where they deviate from their pages; no spec.
pub const DEVIATIONS: &str = "deviations.yaml";

/// Reads and checks every spec of a folder, in the order of their names.
///
/// # Errors
/// All that is wrong with all of them.
pub fn load(folder: &Path) -> Result<Vec<Service>, Vec<Finding>> {
    let label = folder.file_name().map_or_else(|| "specs".to_owned(), |n| n.to_string_lossy().into_owned());
    let mut findings = Vec::new();
    let names = names(folder, &label, &mut findings).map_err(|message| {
        let remedy = "name a folder with one YAML document per service";
        vec![Finding::new("specs-folder", Place::new(&label, 1), message, remedy)]
    })?;
    let read = parallel::map(&names, |name| {
        let document = open(folder, &format!("{label}/"), name)?;
        lint::check(stem(name).unwrap_or_default(), &document)
    });
    let mut services = Vec::new();
    for service in read {
        match service {
            Ok(service) => services.push(service),
            Err(more) => findings.extend(more),
        }
    }
    findings.extend(unknown_requirements(&services));
    findings.extend(shared_features(&services));
    // What is wrong with a spec is wrong with every overlay over it.
    let mut seen = HashSet::new();
    findings.retain(|finding| seen.insert(finding.to_string()));
    if findings.is_empty() { Ok(services) } else { Err(findings) }
}

/// Reads and checks the spec or the overlay in one file. Findings call it by the path that was given.
///
/// # Errors
/// All that is wrong with it.
pub fn load_file(path: &Path) -> Result<Service, Vec<Finding>> {
    let document = open_file(path)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    lint::check(stem(&name).unwrap_or_default(), &document)
}

/// Reads the spec or the overlay in one file, with the overlays applied, and doesn't check it.
///
/// # Errors
/// What is wrong with the YAML and the overlays.
pub fn open_file(path: &Path) -> Result<Document, Vec<Finding>> {
    let whole = path.to_string_lossy();
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let label = whole.strip_suffix(name.as_str()).unwrap_or_default();
    if stem(&name).is_none() {
        let (message, remedy) = ("a spec ends in `.yaml`", "name a spec or an overlay");
        return Err(vec![Finding::new("file-name", Place::new(&whole, 1), message, remedy)]);
    }
    open(path.parent().unwrap_or(Path::new("")), label, &name)
}

fn open(folder: &Path, label: &str, name: &str) -> Result<Document, Vec<Finding>> {
    Document::open(label, name, |name| regular_file::text(&folder.join(name), MAX_BYTES))
}

/// The stem of a spec's or an overlay's file; none for any other file.
#[must_use]
pub fn stem(name: &str) -> Option<&str> {
    if name == DEVIATIONS {
        return None;
    }
    name.strip_suffix(OVERLAY).or_else(|| name.strip_suffix(".yaml"))
}

/// The files of a folder's specs, sorted; names that no spec can have are found.
fn names(folder: &Path, label: &str, findings: &mut Vec<Finding>) -> Result<Vec<String>, String> {
    let fail = |e: std::io::Error| format!("{}: {e}", folder.display());
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).map_err(fail)? {
        all.push(entry.map_err(fail)?.file_name());
    }
    all.sort();
    let mut names = Vec::new();
    for name in all {
        match name.to_str() {
            Some(name) if is_spec(label, name, findings) => names.push(name.to_owned()),
            Some(_) => {}
            None => {
                let name = name.to_string_lossy();
                findings.push(misnamed(label, &name, "is not UTF-8", "rename it, or move it elsewhere"));
            }
        }
    }
    one_module_each(label, &names, findings);
    if names.is_empty() && findings.is_empty() {
        return Err(format!("{} holds no *.yaml", folder.display()));
    }
    Ok(names)
}

/// Whether a file is a spec; a name that no spec can have is found.
fn is_spec(label: &str, name: &str, findings: &mut Vec<Finding>) -> bool {
    let Some((_, extension)) = name.rsplit_once('.') else { return false };
    if name == DEVIATIONS || !["yaml", "yml"].contains(&extension.to_ascii_lowercase().as_str()) {
        return false;
    }
    let Some(stem) = stem(name) else {
        let message = format!("ends in `.{extension}`, which is not read");
        findings.push(misnamed(label, name, &message, "let it end in `.yaml`"));
        return false;
    };
    if !regex_lite::Regex::new(STEM).is_ok_and(|r| r.is_match(stem)) {
        let remedy =
            "write vendor and service in lower case, separated by a dash: `samsung-mariadb-1.0.yaml`";
        findings.push(misnamed(label, name, "cannot become a module and a feature", remedy));
    }
    true
}

/// What `x-requires` names and no spec is called.
fn unknown_requirements(services: &[Service]) -> Vec<Finding> {
    let known = |stem: &String| services.iter().any(|service| service.stem == *stem);
    let unknown = |service: &Service| {
        let place = Place::new(service.files.first(), 1);
        let names: Vec<_> = service.requires.iter().filter(|stem| !known(stem)).cloned().collect();
        names.into_iter().map(move |stem| {
            let message = format!("`x-requires` names `{stem}`, and there is no such spec");
            Finding::new("requires-unknown", place.clone(), message, "name the stem of another spec")
        })
    };
    services.iter().flat_map(unknown).collect()
}

/// Parts of services whose Cargo feature is also that of another service, of a part of one, or of all services.
fn shared_features(services: &[Service]) -> Vec<Finding> {
    let stems =
        services.iter().map(|service| (service.stem.as_str(), format!("`{}`", service.files.first())));
    let mut known: BTreeMap<&str, String> = stems.collect();
    known.insert(ALL_SERVICES, "all services".to_owned());
    let mut findings = Vec::new();
    for service in services {
        for feature in &service.features {
            if let Some(other) = known.get(feature.cargo.as_str()) {
                let Feature { name, cargo, line, .. } = feature;
                let message =
                    format!("`{name}` of x-features becomes the feature {cargo}, which is that of {other}");
                let remedy = "write another name";
                findings.push(Finding::new("features-collision", service.place(*line), message, remedy));
            } else {
                known.insert(&feature.cargo, format!("`{}` of `{}`", feature.name, service.files.first()));
            }
        }
    }
    findings
}

/// The stem becomes a module, in which a dot and a dash are the same.
fn one_module_each(label: &str, names: &[String], findings: &mut Vec<Finding>) {
    let mut modules = BTreeMap::new();
    for name in names {
        let module = module_name(stem(name).unwrap_or_default());
        if let Some(other) = modules.insert(module.clone(), name) {
            let message = format!("and `{other}` both become the module `{module}`");
            findings.push(misnamed(label, name, &message, "rename one of the two"));
        }
    }
}

fn misnamed(label: &str, name: &str, fault: &str, remedy: &str) -> Finding {
    let place = Place::new(&format!("{label}/{name}"), 1);
    Finding::new("file-name", place, format!("the name `{name}` {fault}"), remedy)
}
