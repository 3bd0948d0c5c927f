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

    /// A switched-on service without a spec would fail later with a riddle; a spec without a module would do
    /// nothing without a word.
    fn compare(services: &[dbplane_codegen::spec::Service]) -> Result<(), String> {
        let list = include_str!("src/generated/mod.rs");
        let known = dbplane_codegen::index::stems(list);
        for service in services.iter().filter(|s| !known.contains(s.stem.as_str())) {
            println!(
                "cargo::warning={}: the library has no module for it; it is not used",
                service.files.first()
            );
        }
        // Cargo writes features in upper case, dashes as underscores.
        let on = |stem: &str| {
            env::var_os(format!("CARGO_FEATURE_{}", stem.to_uppercase().replace('-', "_"))).is_some()
        };
        let missing = known.into_iter().filter(|stem| on(stem) && !services.iter().any(|s| s.stem == *stem));
        let missing = missing.collect::<Vec<_>>().join(", ");
        if missing.is_empty() {
            return Ok(());
        }
        Err(format!("no spec for {missing}: add the document to the specs folder, or switch the feature off"))
    }
}
