//! The list of generated modules: what is written can be read back.

#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

use std::path::{Path, PathBuf};

use dbplane_codegen::index;
use dbplane_codegen::lint;
use dbplane_codegen::names::module_name;
use dbplane_codegen::spec::Document;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn what_is_written_is_read_back() {
    let stems = ["vendor-things", "vendor-things-1.3"];
    let services = stems.map(|s| {
        lint::check(s, &Document::read("base.yaml", include_str!("bad/base.yaml")).unwrap()).unwrap()
    });
    let list = index::write(&services);
    let modules = index::modules(&list);
    assert_eq!(modules.get("vendor_things"), Some(&"vendor-things"), "{modules:?}");
    assert_eq!(modules.get("vendor_things_1_3"), Some(&"vendor-things-1.3"), "{modules:?}");
    assert_eq!(modules.len(), 2, "{modules:?}");
    assert!(list.contains("feature = \"vendor-things-1.3\", not"), "{list}");
    assert!(list.contains("pub(crate) mod vendor_things_1_3;"), "{list}");
    assert!(index::modules(&index::write(&[])).is_empty());
}

#[test]
fn the_list_of_this_project_names_every_spec() {
    let list = std::fs::read_to_string(root().join("src/generated/mod.rs")).unwrap();
    let services = dbplane_codegen::load(&root().join("specs")).unwrap();
    let named =
        services.iter().map(|s| (module_name(&s.stem), s.base_feature().to_owned())).collect::<Vec<_>>();
    assert_eq!(
        index::modules(&list).into_iter().map(|(m, f)| (m.to_owned(), f.to_owned())).collect::<Vec<_>>(),
        named
    );
}

#[test]
fn the_manifest_names_the_parts_of_each_service() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    for service in dbplane_codegen::load(&root().join("specs")).unwrap() {
        let parts: Vec<_> = service.features.iter().map(|feature| feature.cargo.as_str()).collect();
        assert_eq!(index::parts(&manifest, &service.stem), parts, "{}", service.stem);
    }
    // As Cargo packs it: without quotes that are not needed.
    let packed =
        "[features]\na-b = [\n    \"a-b-c\",\n    \"a-b-d\",\n]\na-b-c = [\"a-iam\"]\na-b-d = [\"a-b-c\"]\n";
    assert_eq!(index::parts(packed, "a-b"), ["a-b-c", "a-b-d"]);
    assert!(index::parts(packed, "a-b-c").is_empty() && index::parts(packed, "a").is_empty());
}
