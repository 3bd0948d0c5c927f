//! Reading the limits of a schema.

use super::Limits;
use super::walker::Walker;
use crate::yaml::{Node, Value};

impl<'d> Walker<'d> {
    pub(super) fn limits(&mut self, node: &'d Node, what: &str) -> Limits {
        let mut excluded = Vec::new();
        if let Some(not) = node.get("not") {
            self.known_keys(not, "not", &["enum"]);
            let values = self.items(not, "not", "enum");
            excluded = values.iter().filter_map(Node::int).collect();
            if let Some(other) = values.iter().find(|v| v.int().is_none()) {
                let message = format!("{what} excludes something that is not a whole number");
                self.report("int-expected", other.line, message, "write whole numbers, unquoted");
            }
            if excluded.is_empty() {
                self.report(
                    "composition",
                    not.line,
                    format!("{what} excludes nothing"),
                    "write `not: {enum: [1, 2]}`",
                );
            }
        }
        Limits {
            minimum: self.number(node, what, "minimum"),
            maximum: self.number(node, what, "maximum"),
            multiple_of: self.int(node, what, "multipleOf").filter(|n| *n > 0),
            excluded,
            min_length: self.int(node, what, "minLength"),
            max_length: self.int(node, what, "maxLength"),
            pattern: self.optional_text(node, what, "pattern"),
            min_items: self.int(node, what, "minItems"),
            max_items: self.int(node, what, "maxItems"),
        }
    }

    #[allow(clippy::cast_precision_loss)]
    fn number(&mut self, node: &'d Node, what: &str, key: &str) -> Option<f64> {
        let value = node.get(key)?;
        match value.value {
            Value::Int(i) => Some(i as f64),
            Value::Float(f) => Some(f),
            _ => {
                let message = format!("`{key}` of {what} must be a number");
                self.report("int-expected", value.line, message, "write a number, unquoted");
                None
            }
        }
    }
}
