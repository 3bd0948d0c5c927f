//! Why a document can't be decoded: the place and the rule.
//!
//! Problem: the message "invalid response" does not help, and one with the value may show a secret. Default: a
//! [`Misfit`] has the path of the field, and what was expected and found there, but never the value. Override: none.

use std::fmt;

/// Where a document does not match its type, and how. Boxed, so that results stay small.
#[derive(Debug)]
pub(crate) struct Misfit(Box<MisfitInner>);

#[derive(Debug)]
struct MisfitInner {
    /// The path, innermost step first.
    path: Vec<PathSegment>,
    rule: Rule,
}

#[derive(Debug)]
enum PathSegment {
    Field(&'static str),
    Item(usize),
}

#[derive(Debug)]
enum Rule {
    Expected { wanted: &'static str, found: &'static str },
    Missing(&'static str),
    NoData(&'static str),
    Syntax { at: usize, wanted: &'static str },
    Limit(&'static str),
}

impl Misfit {
    fn new(rule: Rule) -> Self {
        Self(Box::new(MisfitInner { path: Vec::new(), rule }))
    }

    /// A value of an unexpected kind.
    pub(crate) fn expected(wanted: &'static str, found: &'static str) -> Self {
        Self::new(Rule::Expected { wanted, found })
    }

    /// A required field that is missing.
    pub(crate) fn missing(field: &'static str) -> Self {
        Self::new(Rule::Missing(field))
    }

    /// A successful response without the result of the operation.
    pub(crate) fn no_data(field: &'static str) -> Self {
        Self::new(Rule::NoData(field))
    }

    /// Text that is not JSON, at this byte.
    pub(crate) fn syntax(at: usize, wanted: &'static str) -> Self {
        Self::new(Rule::Syntax { at, wanted })
    }

    /// A document that is larger or deeper than is decoded.
    pub(crate) fn limit(rule: &'static str) -> Self {
        Self::new(Rule::Limit(rule))
    }

    pub(crate) fn is_syntax(&self) -> bool {
        matches!(self.0.rule, Rule::Syntax { .. })
    }

    pub(crate) fn in_field(mut self, name: &'static str) -> Self {
        self.0.path.push(PathSegment::Field(name));
        self
    }

    pub(crate) fn in_item(mut self, index: usize) -> Self {
        self.0.path.push(PathSegment::Item(index));
        self
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let MisfitInner { path, rule } = &*self.0;
        if !path.is_empty() {
            f.write_str("at `")?;
            for (number, step) in path.iter().rev().enumerate() {
                match step {
                    PathSegment::Field(name) if number == 0 => f.write_str(name)?,
                    PathSegment::Field(name) => write!(f, ".{name}")?,
                    PathSegment::Item(index) => write!(f, "[{index}]")?,
                }
            }
            f.write_str("`: ")?;
        }
        match rule {
            Rule::Expected { wanted, found } => write!(f, "expected {wanted}, found {found}"),
            Rule::Missing(field) => write!(f, "missing field `{field}`"),
            Rule::NoData(field) => {
                write!(f, "the service reports success, but the response has no `{field}`")
            }
            Rule::Syntax { at, wanted } => write!(f, "invalid JSON at byte {at}, expected {wanted}"),
            Rule::Limit(rule) => f.write_str(rule),
        }
    }
}

impl std::error::Error for Misfit {}
