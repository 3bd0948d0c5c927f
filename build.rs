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

    const MANIFEST: &str = include_str!("Cargo.toml");

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
    /// without a module, a part of a spec without a feature, a switched-on feature without a part.
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
        faults.extend(services.iter().flat_map(missing_features));
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

    /// Whether a feature is enabled. Cargo writes features in upper case, dashes as underscores.
    fn on(feature: &str) -> bool {
        env::var_os(format!("CARGO_FEATURE_{}", feature.to_uppercase().replace('-', "_"))).is_some()
    }

    /// Parts of a service that the library has no feature for, so that their operations would never be there.
    fn unknown_features(service: &Service) -> Vec<String> {
        let parts = dbplane_codegen::index::parts(MANIFEST, &service.stem);
        let unknown = service.features.iter().filter(|feature| !parts.contains(&feature.cargo.as_str()));
        let fault = |Feature { name, cargo, line, .. }: &Feature| {
            let place = service.place(*line);
            format!(
                "{}:{}: the library has no feature {cargo} for `{name}` of x-features; write its tags under a part \
                 that the library has a feature for",
                place.file, place.line
            )
        };
        unknown.map(fault).collect()
    }

    /// Enabled features that the spec has no part for, so that they add nothing. All features together have all
    /// operations, and so has each where the spec is not in parts.
    fn missing_features(service: &Service) -> Vec<String> {
        let parts = dbplane_codegen::index::parts(MANIFEST, &service.stem);
        let known = |cargo: &str| service.features.iter().any(|feature| feature.cargo == cargo);
        let whole = service.features.is_empty() || parts.iter().all(|part| on(part));
        let missing = parts.into_iter().filter(|part| !whole && on(part) && !known(part));
        let place = service.place(service.features.first().map(|first| first.line).unwrap_or_default());
        let fault = |part| {
            format!(
                "{}:{}: x-features has no part for the feature {part}; add the part, or enable {} instead",
                place.file, place.line, service.stem
            )
        };
        missing.map(fault).collect()
    }
}
