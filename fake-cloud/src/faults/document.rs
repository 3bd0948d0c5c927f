//! Rules as JSON, in a file or at the control endpoint, and errors about invalid ones.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::rule::Rule;

/// A document with rules.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Document {
    pub(crate) rules: Vec<Rule>,
}

/// Problems of a set of rules, each with its place and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultError {
    pub(super) problems: Vec<String>,
}

impl fmt::Display for FaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problems.join("\n"))
    }
}

impl std::error::Error for FaultError {}

/// Parses the rules of a document: `{"rules": [...]}`.
///
/// ```
/// use dbplane_fake_cloud::faults;
/// let rules = faults::read(r#"{"rules": [{"fault": "truncate", "when": {"first": 2}}]}"#)?;
/// assert_eq!(rules, [faults::Rule::new(faults::Fault::Truncate).first(2)]);
/// # Ok::<(), faults::FaultError>(())
/// ```
///
/// # Errors
/// The text is not such a document; the error contains line, column, place and problem. Whether services and operations
/// exist is checked when the rules are set on a cloud.
pub fn read(text: &str) -> Result<Vec<Rule>, FaultError> {
    from_json::<Document>(text.as_bytes()).map(|document| document.rules)
}

/// Reads a value; errors contain the place.
pub(crate) fn from_json<'t, T: Deserialize<'t>>(text: &'t [u8]) -> Result<T, FaultError> {
    let mut reader = serde_json::Deserializer::from_slice(text);
    let read = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let place = error.path().to_string();
        match place.as_str() {
            // The document itself, or a place that was not reached.
            "." | "?" => error.into_inner().to_string(),
            _ => format!("{place}: {}", error.into_inner()),
        }
    });
    let whole = read.and_then(|value| reader.end().map(|()| value).map_err(|error| error.to_string()));
    whole.map_err(|problem| FaultError { problems: vec![problem] })
}
