//! A folder of specs: every `*.yaml` in it is a service, named by its stem.

use std::path::Path;

use crate::finding::{Finding, Place};
use crate::lint;
use crate::spec::Service;

/// Reads and checks every spec of a folder, in the order of their names.
///
/// # Errors
/// All that is wrong with all of them.
pub fn load(folder: &Path) -> Result<Vec<Service>, Vec<Finding>> {
    let label = folder.file_name().map_or_else(|| "specs".to_owned(), |n| n.to_string_lossy().into_owned());
    let fail = |message: String| {
        let remedy = "name a folder with one YAML document per service";
        vec![Finding::new("specs-folder", Place::new(&label, 1), message, remedy)]
    };
    let entries = std::fs::read_dir(folder).map_err(|e| fail(format!("{}: {e}", folder.display())))?;
    let mut stems: Vec<String> = entries
        .filter_map(Result::ok)
        .filter_map(|e| e.file_name().into_string().ok())
        .filter_map(|n| n.strip_suffix(".yaml").map(str::to_owned))
        .collect();
    stems.sort();
    if stems.is_empty() {
        return Err(fail(format!("{} holds no *.yaml", folder.display())));
    }
    let mut services = Vec::new();
    let mut findings = Vec::new();
    for stem in stems {
        let file = format!("{label}/{stem}.yaml");
        let read = std::fs::read_to_string(folder.join(format!("{stem}.yaml")));
        match read.map_err(|e| fail(format!("{file}: {e}"))).and_then(|t| lint::check(&file, &stem, &t)) {
            Ok(service) => services.push(service),
            Err(more) => findings.extend(more),
        }
    }
    if findings.is_empty() { Ok(services) } else { Err(findings) }
}
