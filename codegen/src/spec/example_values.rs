//! Values of examples that differ from product to product.
//!
//! Problem: the samples of sister products differ in a few values, such as the name of the engine, in dozens of places;
//! one action for each place hides what else differs.
//! Default: an entry of `x-example-values` replaces a text wherever it is a whole value of an `example`.

use crate::yaml::{Node, Value};

/// Replaces the text `old` in all examples below `node`. False when no example has it.
pub(super) fn replace(node: &mut Node, old: &str, new: &Node) -> bool {
    let mut found = false;
    match &mut node.value {
        Value::Map(entries) => {
            for entry in entries {
                found |= match entry.key.as_str() {
                    "example" => replace_value(&mut entry.node, old, new),
                    // The keys inside are names of properties, of which one may be called `example`.
                    "properties" => replace_below(&mut entry.node, old, new),
                    _ => replace(&mut entry.node, old, new),
                };
            }
        }
        Value::List(items) => items.iter_mut().for_each(|item| found |= replace(item, old, new)),
        _ => {}
    }
    found
}

fn replace_below(node: &mut Node, old: &str, new: &Node) -> bool {
    let Value::Map(entries) = &mut node.value else { return false };
    entries.iter_mut().fold(false, |found, entry| replace(&mut entry.node, old, new) | found)
}

fn replace_value(node: &mut Node, old: &str, new: &Node) -> bool {
    match &mut node.value {
        Value::Map(entries) => {
            entries.iter_mut().fold(false, |found, entry| replace_value(&mut entry.node, old, new) | found)
        }
        Value::List(items) => {
            items.iter_mut().fold(false, |found, item| replace_value(item, old, new) | found)
        }
        Value::Text { text, .. } if text == old => {
            *node = new.clone();
            true
        }
        _ => false,
    }
}
