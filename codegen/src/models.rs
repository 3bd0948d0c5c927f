//! The structs of a service.
//!
//! Names and types of their fields come from progenitor; docs, a constructor with the required fields where these are
//! few, a setter for each of the rest and the input of the library's `model!` are added here.

use std::collections::HashSet;

use crate::docs;
use crate::enums;
use crate::finding::{Finding, Line};
use crate::idents;
use crate::layout::{Code, filled, fits, method_head};
use crate::lower::{self, Holding, Usage};
use crate::names;
use crate::scope::Scope;
use crate::spec::{Kind, Property, Schema, Service};
use crate::structs::Structs;

/// Writes the models.
pub(crate) fn models(scope: &Scope<'_>, structs: &Structs) -> Result<Vec<String>, Finding> {
    let service = scope.service;
    let requests = service.request_schemas();
    // An envelope is one type, whatever is in it.
    let wrapped = service.operations.iter().filter(|o| service.wrapped(o).is_some());
    let wrapped: HashSet<_> = wrapped.filter_map(|o| o.success.schema.as_ref()).collect();
    let mut out = Vec::new();
    for (name, schema) in scope.schemas().filter(|(name, _)| !wrapped.contains(name)) {
        match &schema.kind {
            Kind::Object(properties) => {
                let usage = lower::usage(service, properties, requests.contains(name));
                let slots = slots(service, name, properties, usage, structs);
                let slots = slots.ok_or_else(|| missing(service, name, schema.line))?;
                out.extend(Model { service, name, schema, usage }.emit(&slots));
            }
            Kind::Enum { values, .. } => out.extend(enums::open_enum(name, schema, values)),
            _ => {}
        }
    }
    if scope.feature.is_none() {
        out.extend(envelopes(service));
    }
    Ok(out)
}

/// Which property of an envelope holds what an operation returns.
fn envelopes(service: &Service) -> Option<String> {
    let (wrapper, _) = service.operations.iter().find_map(|o| service.wrapped(o))?;
    let (ident, data) = (idents::of_type(&wrapper.schema), &wrapper.data);
    Some(format!("impl EnvelopeModel for {ident} {{\n    const DATA: &'static str = {data:?};\n}}\n"))
}

fn missing(service: &Service, name: &str, line: Line) -> Finding {
    let message = format!("progenitor made no struct for {name}");
    Finding::new("progenitor", service.place(line), message, "report this as a bug of the generator")
}

struct Model<'s> {
    service: &'s Service,
    name: &'s str,
    schema: &'s Schema,
    usage: Usage,
}

/// A field of a struct, ready to be written.
pub(crate) struct Slot<'s> {
    pub(crate) property: &'s Property,
    pub(crate) ident: &'s str,
    ty: &'s str,
    pub(crate) holding: Holding,
    /// Set by its setter, and missed when it is not.
    pub(crate) required: bool,
}

/// The fields of a struct, in the order of the schema.
pub(crate) fn slots<'s>(
    service: &Service,
    name: &str,
    properties: &'s [Property],
    usage: Usage,
    structs: &'s Structs,
) -> Option<Vec<Slot<'s>>> {
    let fields = structs.get(&names::type_name(name))?;
    let slot = |property: &'s Property| {
        let (ident, ty) = fields.get(&property.rust_name)?;
        let holding = lower::holding(service, property, usage);
        let required = lower::is_required_by_name(service, property, usage);
        Some(Slot { property, ident, ty, holding, required })
    };
    properties.iter().map(slot).collect()
}

/// The fields that the constructor takes, in the order of its arguments.
pub(crate) fn arguments<'a, 's>(slots: &'a [Slot<'s>]) -> Vec<&'a Slot<'s>> {
    let mut taken: Vec<_> = slots.iter().filter(|s| s.holding == Holding::Plain).collect();
    taken.sort_by_key(|s| s.property.rank);
    taken
}

impl Model<'_> {
    fn emit(&self, slots: &[Slot<'_>]) -> Vec<String> {
        let mut items = vec![self.definition(slots)];
        if self.usage != Usage::Received {
            items.push(self.building(slots));
        }
        items.push(self.wire(slots));
        items
    }

    fn definition(&self, slots: &[Slot<'_>]) -> String {
        let ident = idents::of_type(self.name);
        let doc = docs::model(self.schema);
        let plain = slots.iter().any(|s| s.holding == Holding::Plain);
        let derives = if plain { "Clone, Debug, PartialEq" } else { "Clone, Debug, Default, PartialEq" };
        let head = format!("{doc}#[derive({derives})]\n#[non_exhaustive]\npub struct {ident} {{");
        if slots.is_empty() {
            return format!("{head}}}\n");
        }
        let fields = slots.iter().map(|slot| {
            let required = if slot.required { "/// Required.\n" } else { "" };
            let doc = docs::indented(&(docs::property(self.service, slot.property) + required));
            let renamed = slot.property.rust_name != slot.property.name;
            let alias = if renamed { idents::alias(&slot.property.name, slot.ident) } else { String::new() };
            format!("{doc}{}    pub {}: {},\n", docs::indented(&alias), slot.ident, slot.ty)
        });
        format!("{head}\n{}}}\n", fields.collect::<String>())
    }

    /// The fields by how they are held, with their names on the wire where those differ.
    fn wire(&self, slots: &[Slot<'_>]) -> String {
        let ident = idents::of_type(self.name);
        let groups = [
            ("required", Holding::Plain),
            ("optional", Holding::Optional),
            ("defaulted", Holding::Default),
            ("nullable", Holding::Nullable),
        ];
        let mut written = Vec::new();
        for (word, holding) in groups {
            let fields = slots.iter().filter(|s| s.holding == holding).map(|slot| {
                let (ident, name) = (slot.ident, &slot.property.name);
                if ident == name { ident.to_owned() } else { format!("{ident} = {name:?}") }
            });
            let fields: Vec<_> = fields.collect();
            if !fields.is_empty() {
                written.push((word, fields));
            }
        }
        let flat: Vec<_> =
            written.iter().map(|(word, fields)| format!("{word}: [{}]", fields.join(", "))).collect();
        let flat = format!("model! {{ {ident} {{ {} }} }}\n", flat.join(", "));
        if written.is_empty() {
            return format!("model! {{ {ident} {{}} }}\n");
        }
        if fits(flat.trim_end(), 0) {
            return flat;
        }
        let lines = written.iter().map(|(word, fields)| {
            let line = format!("{word}: [{}],", fields.join(", "));
            if fits(&line, 8) {
                return format!("        {line}\n");
            }
            format!("        {word}: [\n{}        ],\n", filled(fields, 12))
        });
        format!("model! {{\n    {ident} {{\n{}    }}\n}}\n", lines.collect::<String>())
    }

    /// Constructor and setters. A model that is only received has neither: it has nothing to set.
    fn building(&self, slots: &[Slot<'_>]) -> String {
        let ident = idents::of_type(self.name);
        let setters = slots.iter().filter(|s| s.holding != Holding::Plain).map(|slot| setter(slot, slots));
        let methods: Vec<_> = std::iter::once(self.constructor(slots)).chain(setters).collect();
        format!("impl {ident} {{\n{}}}\n", methods.join("\n"))
    }

    fn constructor(&self, slots: &[Slot<'_>]) -> String {
        let ident = idents::of_type(self.name);
        let required = arguments(slots);
        if required.is_empty() {
            let named: Vec<_> =
                slots.iter().filter(|s| s.required).map(|s| format!("`{}`", s.ident)).collect();
            let doc = match named.as_slice() {
                [] => String::new(),
                names => format!(
                    "    ///\n    /// Required fields: {}. A request without one of them is refused before it is \
                     sent; the error names all that are missing.\n",
                    names.join(", ")
                ),
            };
            return format!(
                "    /// Creates an empty `{ident}`.\n{doc}    #[must_use]\n    pub fn new() -> Self {{\n        \
                 Self::default()\n    }}\n"
            );
        }
        let arguments =
            required.iter().map(|s| Code::text(format!("{}: {}", s.ident, argument(s.ty, "").0))).collect();
        let values = slots.iter().map(|s| {
            let value = argument(s.ty, s.ident).1;
            match s.holding {
                Holding::Plain if s.ident == value => Code::text(value),
                Holding::Plain => Code::text(format!("{}: {value}", s.ident)),
                _ => Code::text(format!("{}: None", s.ident)),
            }
        });
        let many = many_arguments(required.len());
        let article = if ident.starts_with(['A', 'E', 'I', 'O', 'U']) { "an" } else { "a" };
        let head = method_head("pub fn new", arguments, "Self");
        let value = Code::object("Self", values).lay_out(8, 8, 0);
        format!(
            "    /// Creates {article} `{ident}` with the required fields.\n{many}{head}        {value}\n    }}\n"
        )
    }
}

fn setter(slot: &Slot<'_>, slots: &[Slot<'_>]) -> String {
    let Slot { ident, ty, property, .. } = slot;
    let (ty, value) = argument(inner_type(ty), "value");
    let head = method_head(
        &format!("pub fn {ident}"),
        vec![Code::text("mut self"), Code::text(format!("value: {ty}"))],
        "Self",
    );
    let name = &property.name;
    let required = if slot.required { ", which is required" } else { "" };
    let named = |name: &str| slots.iter().find(|s| s.property.name == name).map(|s| s.ident.to_owned());
    let deprecated = property.deprecated.as_ref().map(|d| docs::deprecated(d, named)).unwrap_or_default();
    let deprecated = docs::indented(&deprecated);
    format!(
        "    /// Sets `{name}`{required}.\n{deprecated}    #[must_use]\n{head}        self.{ident} = Some({value});\n        self\n    }}\n"
    )
}

/// The attribute for clippy where the vendor requires more fields than its limit of arguments.
pub(crate) fn many_arguments(count: usize) -> &'static str {
    if count > 7 { "    #[allow(clippy::too_many_arguments)]\n" } else { "" }
}

/// `T` of `Option<T>`; any other type stays itself.
fn inner_type(ty: &str) -> &str {
    type_argument(ty, "Option").unwrap_or(ty)
}

fn type_argument<'t>(ty: &'t str, of: &str) -> Option<&'t str> {
    ty.strip_prefix(of)?.strip_prefix('<')?.strip_suffix('>')
}

/// The type that a caller gives for a field of type `ty`, and how `value` becomes that type.
fn argument(ty: &str, value: &str) -> (String, String) {
    match (type_argument(ty, "Vec"), ty) {
        // Only text is converted: `[]` has no type to convert from.
        (Some("String"), _) => (
            "impl IntoIterator<Item = impl Into<String>>".to_owned(),
            format!("{value}.into_iter().map(Into::into).collect()"),
        ),
        (Some(item), _) => {
            (format!("impl IntoIterator<Item = {item}>"), format!("{value}.into_iter().collect()"))
        }
        (None, "bool" | "i32" | "i64" | "f64") => (ty.to_owned(), value.to_owned()),
        (None, _) => (format!("impl Into<{ty}>"), format!("{value}.into()")),
    }
}
