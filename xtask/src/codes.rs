//! Error codes of the specs and the constants for them.
//!
//! Problem: specs name error codes by constants of the library, which the generator does not know; a wrong code or a
//! constant of another name would be found by a reader, or by rustdoc. Default: each code of `x-codes` is in the item or
//! in the docs of the constant that it is listed under, in `src/<vendor>/codes.rs`. Override: none.

use std::collections::BTreeSet;
use std::path::Path;

use dbplane_codegen::finding::{Finding, Place};
use dbplane_codegen::spec::{Codes, Service};

use crate::files;

/// The rule about codes: its id and what it means.
pub(crate) const RULES: &[(&str, &str)] =
    &[("code-constant", "a code of x-codes belongs to the constant that it is listed under")];

/// Every code of `services` that its constant does not have.
///
/// # Errors
/// A file that can't be read.
pub(crate) fn findings(root: &Path, services: &[Service]) -> Result<Vec<Finding>, String> {
    let mut wrong = BTreeSet::new();
    for service in services {
        let file = format!("src/{}/codes.rs", service.vendor());
        let source = files::text(&root.join(&file)).map_err(|e| format!("{file}: {e}"))?;
        let operations = service.operations.iter();
        let listed = operations.flat_map(|o| o.codes.iter().chain(o.errors.iter().flat_map(|e| &e.codes)));
        for message in listed.flat_map(|codes| unknown(&source, codes)) {
            wrong.insert((file.clone(), format!("{message} (x-codes of {})", service.stem)));
        }
    }
    let remedy = "add the code to the constant, or correct `x-codes`";
    let finding = |(file, message)| Finding::new("code-constant", Place { file, line: 1 }, message, remedy);
    Ok(wrong.into_iter().map(finding).collect())
}

/// What is wrong with the codes of a constant in the text of a module.
fn unknown(source: &str, Codes { constant, codes }: &Codes) -> Vec<String> {
    let head = format!("pub const {constant}:");
    let Some(item) = source.split("\n\n").find(|item| item.contains(&head)) else {
        return vec![format!("there is no constant {constant}")];
    };
    let missing = |code: &&String| ["\"", "`"].iter().all(|q| !item.contains(&format!("{q}{code}{q}")));
    codes.iter().filter(missing).map(|code| format!("{constant} does not have the code {code}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_in_its_constant_or_in_the_docs_of_it() {
        let source = "//! Codes.\n\n/// Busy; `A.2` means the same.\npub const BUSY: &str = \"A.1\";\n\n\
                      /// All.\npub const ALL: &[&str] = &[\n    BUSY,\n    \"A.3\",\n];\n";
        let check = |constant: &str, codes: &[&str]| {
            let codes = codes.iter().map(|&code| code.to_owned()).collect();
            unknown(source, &Codes { constant: constant.to_owned(), codes })
        };
        assert!(check("BUSY", &["A.1", "A.2"]).is_empty());
        assert!(check("ALL", &["A.3"]).is_empty());
        assert_eq!(check("BUSY", &["A.1", "A.3"]), ["BUSY does not have the code A.3"]);
        assert_eq!(check("GONE", &["A.1"]), ["there is no constant GONE"]);
    }
}
