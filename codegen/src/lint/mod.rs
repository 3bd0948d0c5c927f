//! Placeholder until the rules land.
use crate::finding::Finding;
use crate::spec::{self, Service};
use crate::yaml;

/// Reads a spec.
///
/// # Errors
/// What is wrong.
pub fn check(file: &str, stem: &str, text: &str) -> Result<Service, Vec<Finding>> {
    let root = yaml::read(file, text).map_err(|f| vec![f])?;
    let (service, findings) = spec::read(file, stem, &root);
    if findings.is_empty() { Ok(service) } else { Err(findings) }
}
/// Placeholder.
#[must_use]
pub fn rules() -> &'static [(&'static str, &'static str)] { &[] }
