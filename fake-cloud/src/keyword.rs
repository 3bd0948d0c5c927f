//! Keywords of our own for the validator: a function says what is wrong with a value, in plain words.

use jsonschema::{Keyword, ValidationError};
use serde_json::Value as Json;

/// A keyword that finds the faults of a value, which are never its own text: it may be a password.
pub(crate) struct Told<F>(pub(crate) F);

impl<'i, F> Keyword<'i> for Told<F>
where
    F: Fn(&Json) -> Vec<String> + Send + Sync,
{
    fn validate(&self, value: &'i Json) -> Result<(), ValidationError<'i>> {
        let faults = (self.0)(value);
        if faults.is_empty() { Ok(()) } else { Err(ValidationError::custom(faults.join(", "))) }
    }

    fn is_valid(&self, value: &'i Json) -> bool {
        (self.0)(value).is_empty()
    }
}
