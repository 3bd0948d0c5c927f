//! A folder of specs: every `*.yaml` in it is a service, named by its stem.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::finding::{Finding, Place};
use crate::lint;
use crate::names::module_name;
use crate::spec::Service;

/// Vendor and service in lower case, parted by dashes; a version may follow, as in `samsung-mariadb-1.3`.
const STEM: &str = r"^[a-z][a-z0-9]*(-[a-z0-9]+(\.[a-z0-9]+)*)+$";

/// Reads and checks every spec of a folder, in the order of their names.
///
/// # Errors
/// All that is wrong with all of them.
pub fn load(folder: &Path) -> Result<Vec<Service>, Vec<Finding>> {
    let label = folder.file_name().map_or_else(|| "specs".to_owned(), |n| n.to_string_lossy().into_owned());
    let mut findings = Vec::new();
    let stems = stems(folder, &label, &mut findings).map_err(|message| {
        let remedy = "name a folder with one YAML document per service";
        vec![Finding::new("specs-folder", Place::new(&label, 1), message, remedy)]
    })?;
    let mut services = Vec::new();
    for stem in stems {
        let file = format!("{label}/{stem}.yaml");
        match text(folder, &stem, &file).and_then(|text| lint::check(&file, &stem, &text)) {
            Ok(service) => services.push(service),
            Err(more) => findings.extend(more),
        }
    }
    if findings.is_empty() { Ok(services) } else { Err(findings) }
}

/// The stems of a folder's specs, sorted; names that no spec can have are found.
fn stems(folder: &Path, label: &str, findings: &mut Vec<Finding>) -> Result<Vec<String>, String> {
    let fail = |e: std::io::Error| format!("{}: {e}", folder.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(fail)? {
        names.push(entry.map_err(fail)?.file_name());
    }
    names.sort();
    let mut stems = Vec::new();
    for name in names {
        match name.to_str() {
            Some(name) => stems.extend(stem(label, name, findings)),
            None => {
                let name = name.to_string_lossy();
                findings.push(misnamed(label, &name, "is not UTF-8", "rename it, or move it elsewhere"));
            }
        }
    }
    one_module_each(label, &stems, findings);
    if stems.is_empty() && findings.is_empty() {
        return Err(format!("{} holds no *.yaml", folder.display()));
    }
    Ok(stems)
}

/// The stem of a file, if it is a spec.
fn stem(label: &str, name: &str, findings: &mut Vec<Finding>) -> Option<String> {
    let (stem, extension) = name.rsplit_once('.')?;
    if !["yaml", "yml"].contains(&extension.to_ascii_lowercase().as_str()) {
        return None;
    }
    if extension != "yaml" {
        let message = format!("ends in `.{extension}`, which is not read");
        findings.push(misnamed(label, name, &message, "let it end in `.yaml`"));
        return None;
    }
    if !regex_lite::Regex::new(STEM).is_ok_and(|r| r.is_match(stem)) {
        let remedy = "write vendor and service in lower case, parted by a dash: `samsung-mariadb.yaml`";
        findings.push(misnamed(label, name, "cannot become a module and a feature", remedy));
    }
    Some(stem.to_owned())
}

/// The stem becomes a module, in which a dot and a dash are the same.
fn one_module_each(label: &str, stems: &[String], findings: &mut Vec<Finding>) {
    let mut modules = BTreeMap::new();
    for stem in stems {
        let module = module_name(stem);
        if let Some(other) = modules.insert(module.clone(), stem) {
            let message = format!("and `{other}.yaml` both become the module `{module}`");
            findings.push(misnamed(label, &format!("{stem}.yaml"), &message, "rename one of the two"));
        }
    }
}

fn misnamed(label: &str, name: &str, fault: &str, remedy: &str) -> Finding {
    let place = Place::new(&format!("{label}/{name}"), 1);
    Finding::new("file-name", place, format!("the name `{name}` {fault}"), remedy)
}

fn text(folder: &Path, stem: &str, file: &str) -> Result<String, Vec<Finding>> {
    fs::read_to_string(folder.join(format!("{stem}.yaml"))).map_err(|e| {
        let (message, remedy) = match e.kind() {
            ErrorKind::InvalidData => ("it is not UTF-8".to_owned(), "save it as UTF-8"),
            _ => (e.to_string(), "let it be a file that you may read"),
        };
        let message = format!("the document cannot be read: {message}");
        vec![Finding::new("file-unreadable", Place::new(file, 1), message, remedy)]
    })
}
