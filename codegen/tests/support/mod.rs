//! Generated files of a small spec, and of changes to it.

use dbplane_codegen::spec::{Document, Service};

/// A generated file.
pub(crate) fn file(service: &Service, name: &str) -> String {
    let module = dbplane_codegen::generate(service).unwrap();
    module.files.into_iter().find(|(n, _)| n == name).unwrap().1
}

/// A generated module, with what features add to it.
#[allow(dead_code)] // not in every test
pub(crate) fn module(service: &Service, name: &str) -> String {
    let files = dbplane_codegen::generate(service).unwrap().files;
    let own = |file: &str| file.strip_suffix(".rs").and_then(|file| file.split('/').next()) == Some(name);
    files.into_iter().filter(|(file, _)| own(file)).map(|(_, text)| text).collect()
}

/// `bad/base.yaml` with some of its text replaced.
pub(crate) fn base(changes: &[(&str, &str)]) -> Service {
    let mut text = include_str!("../bad/base.yaml").to_owned();
    for (old, new) in changes {
        assert!(text.contains(old), "{old}");
        text = text.replacen(old, new, 1);
    }
    dbplane_codegen::lint::check("vendor-things", &Document::read("base.yaml", &text).unwrap()).unwrap()
}
