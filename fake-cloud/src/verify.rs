//! Checks of the signatures that clients send.
//!
//! Problem: a client that signs and a server that verifies with the same code agree on every mistake. So the server
//! side is separate code, from the published descriptions alone: it parses the received request, computes the expected
//! signature, and compares.
//! Default: strict. Everything that a real server might refuse is refused, with the reason.
//! Override: none. Whether a time stamp is recent or a count was used before is state of the caller, to which these
//! values are returned.

pub mod digest;
pub mod scp_hmac;
pub mod sdk_hmac;

use http::HeaderMap;
use subtle::ConstantTimeEq;

/// Compares two signatures in constant time.
fn same(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

/// The value of a header that can occur at most once.
fn optional<'h>(headers: &'h HeaderMap, name: &str) -> Result<Option<&'h str>, String> {
    let mut values = headers.get_all(name).iter();
    let Some(value) = values.next() else {
        return Ok(None);
    };
    if values.next().is_some() {
        return Err(format!("the header {name} occurs more than once"));
    }
    match std::str::from_utf8(value.as_bytes()) {
        Ok(text) => Ok(Some(text)),
        Err(_) => Err(format!("the header {name} is not UTF-8")),
    }
}

/// The value of a header that must occur exactly once.
fn required<'h>(headers: &'h HeaderMap, name: &str) -> Result<&'h str, String> {
    optional(headers, name)?.ok_or_else(|| format!("the header {name} is missing"))
}

#[cfg(test)]
mod tests {
    //! Access to the signing vectors, which also test the client.

    use serde_json::Value;
    use std::fs;
    use std::path::{Path, PathBuf};

    /// All case directories of a scheme with their parsed `request.json`.
    pub(super) fn cases(scheme: &str) -> Vec<(PathBuf, Value)> {
        let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors")).join(scheme);
        let mut cases = Vec::new();
        for entry in fs::read_dir(root).unwrap() {
            let path = entry.unwrap().path();
            if let Ok(text) = fs::read(path.join("request.json")) {
                cases.push((path, serde_json::from_slice(&text).unwrap()));
            }
        }
        cases
    }

    /// Text of a stage file, if there is one.
    pub(super) fn stage(case: &Path, file: &str) -> Option<String> {
        fs::read_to_string(case.join(file)).ok()
    }

    /// A text member; an absent one is empty.
    pub(super) fn text<'v>(request: &'v Value, name: &str) -> &'v str {
        request[name].as_str().unwrap_or_default()
    }

    #[test]
    fn comparison_is_exact() {
        assert!(super::same("ab", "ab"));
        assert!(!super::same("ab", "aB") && !super::same("ab", "abc") && !super::same("", "a"));
    }
}
