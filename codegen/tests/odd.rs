//! A spec of what vendors do oddly. Its code is a module of the library's tests, where rustc and clippy see it.

#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

use std::path::Path;

/// The code that the library's tests include; `DBPLANE_WRITE=1 cargo test -p dbplane-codegen --test odd` writes it.
const CODE: &str = "../tests/odd/vendor_odd_1.rs";

fn generated() -> String {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/odd/vendor-odd-1.yaml");
    let service = dbplane_codegen::load_file(&spec).unwrap();
    dbplane_codegen::generate_inline(&service).unwrap()
}

#[test]
fn the_code_of_an_odd_spec_is_the_one_that_the_library_compiles() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(CODE);
    let (fresh, write) = (generated(), std::env::var_os("DBPLANE_WRITE").is_some());
    if write {
        std::fs::write(&file, &fresh).unwrap();
    }
    assert!(std::fs::read_to_string(&file).unwrap() == fresh, "{CODE} is stale; see above how it is written");
}

/// rustdoc would compile a block of code as a test.
#[test]
fn no_words_of_a_spec_become_a_doc_test() {
    let code = generated();
    let docs = code.lines().filter_map(|line| line.trim_start().strip_prefix("///"));
    // The example of an operation is a test, which no words of the spec end.
    let mut example = false;
    for line in docs {
        if example || line == " ```rust,no_run" {
            example = line != " ```";
            assert!(!example || line == " ```rust,no_run" || !line.contains("```"), "{line}");
            continue;
        }
        let text = line.trim_start_matches([' ', '-', '*', '>', '+']);
        assert!(!text.contains("```") && !text.contains("~~~"), "{line}");
        assert!(!line.starts_with("     ") && !line.contains("-     "), "{line}");
    }
}
