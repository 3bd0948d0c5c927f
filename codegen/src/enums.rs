//! The enums of a service: open ones, whose behaviour is one macro of the library.

use crate::docs;
use crate::idents;
use crate::layout::{filled, fits};
use crate::names;
use crate::spec::Schema;

/// An enum that keeps values it does not know.
pub(crate) fn open_enum(name: &str, schema: &Schema, values: &[String]) -> [String; 2] {
    let ident = idents::of_type(name);
    let doc = docs::lines(&schema.description);
    let variants: Vec<_> =
        values.iter().filter_map(|value| Some((names::variant_name(value)?, value))).collect();
    let named: String = variants
        .iter()
        .map(|(variant, value)| format!("    /// {}\n    {variant},\n", docs::code(value)))
        .collect();
    let definition = format!(
        "{doc}#[derive(Clone, Debug, PartialEq, Eq, Hash)]\n#[non_exhaustive]\npub enum {ident} {{\n{named}    \
         /// Unknown value, as returned by the service.\n    UnknownValue(String),\n}}\n"
    );
    let pairs: Vec<_> = variants.iter().map(|(variant, value)| format!("{variant} = {value:?}")).collect();
    let flat = format!("open_enum! {{ {ident} {{ {} }} }}", pairs.join(", "));
    let behaviour = if fits(&flat, 0) {
        format!("{flat}\n")
    } else {
        format!("open_enum! {{\n    {ident} {{\n{}    }}\n}}\n", filled(&pairs, 8))
    };
    [definition, behaviour]
}
