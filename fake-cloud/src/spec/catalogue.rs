//! The specs, read and compiled once for the whole process.
//!
//! Problem: a test suite starts many clouds, and reading the specs takes longer than all of their requests.

use std::sync::{Arc, OnceLock};

use dbplane_codegen::spec::States;
use serde_json::Value as Json;

use super::files::{self, SPECS};
use crate::spec::operation::Operation;
use crate::spec::routes::Routes;
use crate::vendor::Vendor;

/// The header with the version of an API, after the product and a space.
pub(crate) const VERSION: &str = "Scp-Api-Version";

/// A service, from its spec.
#[derive(Debug)]
pub(crate) struct ServiceSpec {
    pub(crate) stem: String,
    pub(crate) vendor: Vendor,
    pub(crate) routes: Routes,
    /// The operations that report on work, as `x-states` describes them.
    pub(crate) states: Vec<States>,
    /// The spec, including its references.
    pub(crate) document: Json,
}

impl ServiceSpec {
    /// The API version in requests, if they have one.
    pub(crate) fn version(&self) -> Option<&str> {
        let parameters = self.routes.operations().next()?.parameters.iter();
        parameters.into_iter().find(|p| p.name == VERSION)?.default.as_ref()?.as_str()
    }
}

/// All services.
///
/// # Errors A spec can't be read or served.
pub(crate) fn catalogue() -> Result<&'static [Arc<ServiceSpec>], String> {
    static READ: OnceLock<Result<Vec<Arc<ServiceSpec>>, String>> = OnceLock::new();
    let read = READ.get_or_init(|| SPECS.iter().map(|(name, _)| describe(name).map(Arc::new)).collect());
    read.as_deref().map_err(Clone::clone)
}

fn describe(name: &str) -> Result<ServiceSpec, String> {
    let file = format!("specs/{name}");
    let stem = dbplane_codegen::stem(name).ok_or_else(|| format!("{file}: this is no spec"))?;
    let vendor =
        Vendor::of(stem).ok_or_else(|| format!("{file}: the fake cloud does not know this vendor"))?;
    let document = files::open(name)
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
    let states = service.states().into_iter().cloned().collect();
    Ok(ServiceSpec { stem: stem.to_owned(), vendor, routes, states, document: service.json })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{sample, schema, validator};
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
            let (service, _) = dbplane_codegen::spec::read(stem, &files::open(stem).unwrap());
            for read in &service.operations {
                let operation = Operation::compile(&service, read).unwrap();
                if let (Some(body), Some(example)) =
                    (&operation.body, read.body.as_ref().and_then(|b| b.example.as_ref()))
                {
                    let faults = validator::faults(&body.validator, example);
                    assert!(faults.is_empty(), "{stem} {}: request: {faults:?}", read.id);
                }
                if let (Some(name), Some(response)) = (&read.success.schema, &operation.response) {
                    let reference = json!({"$ref": format!("#/components/schemas/{name}")});
                    let compiled = schema::compile(&reference, &service.json).unwrap();
                    for value in [response, &sample::sample(&reference, &service.json)] {
                        let faults = validator::faults(&compiled, value);
                        assert!(faults.is_empty(), "{stem} {}: {value} {faults:?}", read.id);
                    }
                }
            }
        }
    }
}
