//! Names for Rust where the vendor's cannot stay.

use std::collections::BTreeSet;

use dbplane_codegen::lint::{Named, is_reserved};
use heck::ToSnakeCase;

use crate::yaml::{Entry, Node};

/// The names that the properties of one object, or the parameters of one operation, have so far.
#[derive(Debug, Default)]
pub(super) struct RustNames {
    given: BTreeSet<String>,
}

impl RustNames {
    /// The `x-rust-name` that a name needs because generated code or another name has it already.
    pub(super) fn entry(&mut self, kind: Named, name: &str) -> Option<Entry> {
        let snake = name.to_snake_case();
        if !is_reserved(kind, name) && self.given.insert(snake.clone()) {
            return None;
        }
        let base: String = snake.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        let begins = base.starts_with(|c: char| c.is_ascii_lowercase());
        let base = if begins { base } else { format!("name_{base}").trim_end_matches('_').to_owned() };
        let mut others = (2_u32..).map(|n| format!("{base}_{n}"));
        let free = |name: &String| !is_reserved(kind, name) && !self.given.contains(name);
        let chosen = std::iter::once(format!("{base}_value")).find(free).or_else(|| others.find(free))?;
        self.given.insert(chosen.clone());
        let comment = Some("TODO: a name that says what it is");
        Some(Entry { comment, ..Entry::new("x-rust-name", Node::Scalar(chosen.into())) })
    }
}
