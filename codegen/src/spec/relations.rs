//! Reading `x-relations`: what the parts of a value have to do with each other, which OpenAPI has no words for.

use super::walker::Walker;
use crate::finding::Line;
use crate::yaml::Node;

/// A relation between the parts of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Relation {
    /// Of an object: the property is given exactly when the other one has the value.
    GivenWhen {
        /// The property that is given or left out.
        property: String,
        /// The property that decides.
        other: String,
        /// The value that it decides by.
        value: String,
    },
    /// Of an object: exactly one of these properties is given.
    ExactlyOne {
        /// The properties.
        properties: Vec<String>,
    },
    /// Of a list of objects: how many of its items have the value in the property.
    Count {
        /// The property.
        property: String,
        /// The value.
        value: String,
        /// The fewest.
        minimum: i64,
        /// The most.
        maximum: Option<i64>,
    },
}

impl Relation {
    /// The relation as a sentence without an end, about the value that it stands on.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::GivenWhen { property, other, value } => {
                format!("`{property}` is given exactly when `{other}` is `{value}`")
            }
            Self::ExactlyOne { properties } => {
                let names = properties.iter().map(|p| format!("`{p}`")).collect::<Vec<_>>().join(", ");
                format!("exactly one of {names} is given")
            }
            Self::Count { property, value, minimum, maximum } => {
                let count = match maximum {
                    Some(maximum) if maximum == minimum => format!("exactly {minimum}"),
                    Some(maximum) => format!("{minimum} to {maximum}"),
                    None => format!("at least {minimum}"),
                };
                format!("{count} with the `{property}` `{value}`")
            }
        }
    }
}

impl<'d> Walker<'d> {
    /// The relations of an object or a list, with their lines.
    pub(super) fn relations(&mut self, node: &'d Node, what: &str) -> Vec<(Line, Relation)> {
        let items = self.items(node, what, "x-relations");
        items.iter().map(|item| (item.line, self.relation(item, what))).collect()
    }

    fn relation(&mut self, node: &'d Node, what: &str) -> Relation {
        let label = format!("a relation of {what}");
        if node.get("given").is_some() {
            self.known_keys(node, &label, &["given", "when", "is"]);
            Relation::GivenWhen {
                property: self.text(node, &label, "given"),
                other: self.text(node, &label, "when"),
                value: self.text(node, &label, "is"),
            }
        } else if node.get("count").is_some() {
            self.known_keys(node, &label, &["count", "is", "minimum", "maximum"]);
            Relation::Count {
                property: self.text(node, &label, "count"),
                value: self.text(node, &label, "is"),
                minimum: self.int(node, &label, "minimum").unwrap_or(0),
                maximum: self.int(node, &label, "maximum"),
            }
        } else {
            self.known_keys(node, &label, &["exactly-one"]);
            let names = self.items(node, &label, "exactly-one").iter();
            Relation::ExactlyOne { properties: names.filter_map(|n| n.text().map(str::to_owned)).collect() }
        }
    }
}
