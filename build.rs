//! Generates the clients at build time, if asked to.
//!
//! Problem: a vendor changes a service overnight, and a user can't wait for a release. With the feature
//! `regenerate` this script runs the project's own generator over `specs/`, or over the folder that
//! `DBPLANE_SPECS_DIR` names, and the library is built from what comes out. Without the feature it does
//! nothing and depends on nothing.

fn main() -> std::process::ExitCode {
    println!("cargo::rerun-if-changed=build.rs");
    #[cfg(feature = "regenerate")]
    if let Err(message) = regenerate::run() {
        for line in message.lines() {
            println!("cargo::error={line}");
        }
        return std::process::ExitCode::FAILURE;
    }
    std::process::ExitCode::SUCCESS
}

#[cfg(feature = "regenerate")]
mod regenerate {
    use std::env;
    use std::fs;
    use std::path::PathBuf;

    use dbplane_codegen::spec::{Feature, Service};

    /// Writes `OUT_DIR/<service>.rs` for every spec.
    pub(crate) fn run() -> Result<(), String> {
        println!("cargo::rerun-if-env-changed=DBPLANE_SPECS_DIR");
        let own = || PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("specs");
        let folder = env::var_os("DBPLANE_SPECS_DIR").map_or_else(own, PathBuf::from);
        println!("cargo::rerun-if-changed={}", folder.display());
        let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
        let services = dbplane_codegen::load(&folder)
            .map_err(|findings| findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
        for service in &services {
            let text = dbplane_codegen::generate_inline(service).map_err(|f| f.to_string())?;
            let path = out.join(format!("{}.rs", dbplane_codegen::names::module_name(&service.stem)));
            fs::write(&path, text).map_err(|e| format!("{}: {e}", path.display()))?;
        }
        compare(&services)
    }

    /// What would fail later with a riddle, or do nothing without a word: a switched-on service without a spec, a spec
    /// without a module, a part of a spec without a feature.
    fn compare(services: &[Service]) -> Result<(), String> {
        let known = dbplane_codegen::index::modules(include_str!("src/generated/mod.rs"));
        let module = |service: &Service| dbplane_codegen::names::module_name(&service.stem);
        for service in services.iter().filter(|s| !known.contains_key(module(s).as_str())) {
            println!(
                "cargo::warning={}: the library has no module for it; it is not used",
                service.files.first()
            );
        }
        let mut faults: Vec<String> = services.iter().flat_map(unknown_features).collect();
        // Cargo writes features in upper case, dashes as underscores.
        let on = |feature: &str| {
            env::var_os(format!("CARGO_FEATURE_{}", feature.to_uppercase().replace('-', "_"))).is_some()
        };
        let missing =
            known.into_iter().filter(|(m, on_by)| on(on_by) && !services.iter().any(|s| module(s) == *m));
        faults.extend(missing.map(|(module, feature)| {
            format!(
                "no spec for {feature} (module {module}): add the document to the specs folder, or switch the \
                 feature off"
            )
        }));
        if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
    }

    /// Parts of a service that the library has no feature for, so that their operations would never be there.
    fn unknown_features(service: &Service) -> Vec<String> {
        let manifest = include_str!("Cargo.toml");
        let declared = |name: &str| {
            manifest
                .lines()
                .any(|line| line.split('=').next().unwrap_or_default().trim().trim_matches('"') == name)
        };
        let unknown = service.features.iter().filter(|feature| !declared(&feature.cargo));
        let fault = |feature: &Feature| {
            let place = service.place(feature.line);
            format!(
                "{}:{}: the library has no feature {} for `{}` of x-features; write its tags under a part that the \
                 library has a feature for",
                place.file, place.line, feature.cargo, feature.name
            )
        };
        unknown.map(fault).collect()
    }
}
