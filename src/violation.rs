//! One reason why a request was refused before it was sent.
//!
//! Problem: for an invalid request, vendors return a code, often without the name of the field. Default: documented
//! limits are checked first, and all violations are reported together, each with its field and its rule. Override:
//! none.

use std::fmt;

/// A field of a request and the documented rule that it breaks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Violation {
    field: String,
    rule: String,
}

impl Violation {
    pub(crate) fn new(field: impl Into<String>, rule: impl Into<String>) -> Self {
        Self { field: field.into(), rule: rule.into() }
    }

    /// The path of the field, in the vendor's names, such as `instance_groups[0].block_storage_groups[1].size_gb`.
    /// Empty if the rule applies to the whole body.
    pub fn field(&self) -> &str {
        &self.field
    }

    /// The rule and the value, such as `must be a multiple of 8, is 17`. Secrets are not shown.
    pub fn rule(&self) -> &str {
        &self.rule
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.field.is_empty() {
            write!(f, "{}: ", self.field)?;
        }
        f.write_str(&self.rule)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_field_and_rule() {
        let named = Violation::new("disks[0].size", "must be a multiple of 8, is 17");
        assert_eq!(named.to_string(), "disks[0].size: must be a multiple of 8, is 17");
        assert_eq!((named.field(), named.rule()), ("disks[0].size", "must be a multiple of 8, is 17"));
        assert_eq!(Violation::new("", "must be a list, is text").to_string(), "must be a list, is text");
    }
}
