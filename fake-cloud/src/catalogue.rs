//! The specs, read and compiled once for the whole process.
//!
//! Problem: a test suite starts many clouds, and reading the specs takes longer than all of their requests.

use std::sync::{Arc, OnceLock};

use serde_json::Value as Json;

use crate::error::StartError;
use crate::host::VERSION;
use crate::operation::Operation;
use crate::routes::Routes;
use crate::specs::{self, SPECS};
use crate::vendor::Vendor;

/// A service as its spec describes it.
#[derive(Debug)]
pub(crate) struct Described {
    pub(crate) stem: String,
    pub(crate) vendor: Vendor,
    pub(crate) routes: Routes,
    /// The spec, references and all.
    pub(crate) document: Json,
}

impl Described {
    /// The API version as requests name it, where they do.
    pub(crate) fn version(&self) -> Option<&str> {
        let parameters = self.routes.operations().next()?.parameters.iter();
        parameters.into_iter().find(|p| p.name == VERSION)?.default.as_ref()?.as_str()
    }
}

/// All services.
///
/// # Errors
/// When a spec cannot be read or served.
pub(crate) fn catalogue() -> Result<&'static [Arc<Described>], StartError> {
    static READ: OnceLock<Result<Vec<Arc<Described>>, String>> = OnceLock::new();
    let read = READ.get_or_init(|| SPECS.iter().map(|(name, _)| describe(name).map(Arc::new)).collect());
    read.as_deref().map_err(|problem| StartError::Spec(problem.clone()))
}

fn describe(name: &str) -> Result<Described, String> {
    let file = format!("specs/{name}");
    let stem = dbplane_codegen::stem(name).ok_or_else(|| format!("{file}: this is no spec"))?;
    let vendor =
        Vendor::of(stem).ok_or_else(|| format!("{file}: the fake cloud does not know this vendor"))?;
    let document = specs::open(name)
        .map_err(|findings| findings.first().map(ToString::to_string).unwrap_or_default())?;
    let (service, findings) = dbplane_codegen::spec::read(stem, &document);
    if let Some(first) = findings.first() {
        return Err(first.to_string());
    }
    let compile = |read| Operation::compile(&service, read).map(Arc::new);
    let operations: Vec<_> = service
        .operations
        .iter()
        .map(compile)
        .collect::<Result<_, _>>()
        .map_err(|e| format!("{file}: {e}"))?;
    let routes = Routes::new(operations);
    Ok(Described { stem: stem.to_owned(), vendor, routes, document: service.json })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{sample, schema};
    use serde_json::json;

    #[test]
    fn every_spec_is_served() {
        let catalogue = catalogue().unwrap();
        let counts: Vec<(&str, usize)> =
            catalogue.iter().map(|d| (d.stem.as_str(), d.routes.operations().count())).collect();
        assert!(counts.contains(&("samsung-mariadb-1.0", 44)), "{counts:?}");
        assert_eq!(counts.len(), SPECS.len());
    }

    #[test]
    fn examples_and_made_values_fit_their_schemas() {
        for (stem, _) in SPECS {
            let (service, _) = dbplane_codegen::spec::read(stem, &specs::open(stem).unwrap());
            for read in &service.operations {
                let operation = Operation::compile(&service, read).unwrap();
                if let (Some(body), Some(example)) =
                    (&operation.body, read.body.as_ref().and_then(|b| b.example.as_ref()))
                {
                    let faults = schema::faults(&body.validator, example);
                    assert!(faults.is_empty(), "{stem} {}: request: {faults:?}", read.id);
                }
                if let (Some(name), Some(answer)) = (&read.success.schema, &operation.answer) {
                    let reference = json!({"$ref": format!("#/components/schemas/{name}")});
                    let validator = schema::compile(&reference, &service.json).unwrap();
                    for value in [answer, &sample::sample(&reference, &service.json)] {
                        let faults = schema::faults(&validator, value);
                        assert!(faults.is_empty(), "{stem} {}: {value} {faults:?}", read.id);
                    }
                }
            }
        }
    }
}
