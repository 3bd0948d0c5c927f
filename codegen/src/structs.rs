//! The structs that progenitor makes from the lowered document, read back: a name and a type for each field.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use progenitor_impl::{GenerationSettings, Generator, TypeImpl};
use quote::ToTokens;

use crate::finding::{Finding, Line};
use crate::spec::{Kind, Service};
use crate::{lower, names};

/// Field identifier and type of each property, by JSON name.
pub(crate) type Fields = HashMap<String, (String, String)>;

/// The fields of each struct, by its name.
pub(crate) type Structs = HashMap<String, Fields>;

/// Runs progenitor over the lowered document and reads its structs back.
pub(crate) fn structs(service: &Service) -> Result<Structs, Finding> {
    let fail = |message: String| {
        Finding::new("progenitor", service.place(Line::TOP), message, "write the schema in simpler terms")
    };
    let document = serde_json::from_value(lower::lower(service)).map_err(|e| fail(e.to_string()))?;
    let tokens = catch_unwind(AssertUnwindSafe(|| {
        let settings = settings(service);
        Generator::new(&settings).generate_tokens(&document)
    }))
    .map_err(|_| fail("progenitor panicked".to_owned()))?
    .map_err(|e| fail(e.to_string()))?;
    let file: syn::File = syn::parse2(tokens).map_err(|e| fail(e.to_string()))?;
    let types = file.items.into_iter().find_map(|item| match item {
        syn::Item::Mod(module) if module.ident == "types" => module.content,
        _ => None,
    });
    let Some((_, items)) = types else { return Err(fail("progenitor wrote no types".to_owned())) };
    let mut structs = HashMap::new();
    for item in items {
        if let syn::Item::Struct(item) = item {
            let fields = item.fields.iter().filter_map(field).collect();
            structs.insert(item.ident.to_string(), fields);
        }
    }
    Ok(structs)
}

fn settings(service: &Service) -> GenerationSettings {
    let mut settings = GenerationSettings::default();
    let none = std::iter::empty::<TypeImpl>;
    settings.with_replacement(lower::SECRET, "Secret", none());
    settings.with_replacement(lower::TIMESTAMP, "Timestamp", none());
    for (name, schema) in &service.schemas {
        if matches!(schema.kind, Kind::Enum { .. }) {
            let name = names::type_name(name);
            settings.with_replacement(&name, &name, none());
        }
    }
    settings
}

/// JSON name, identifier and type of one of progenitor's fields.
fn field(field: &syn::Field) -> Option<(String, (String, String))> {
    let ident = field.ident.clone()?;
    let mut name = ident.to_string();
    for attribute in field.attrs.iter().filter(|a| a.path().is_ident("serde")) {
        // `default` and `skip_serializing_if` stand beside `rename`; only the last one matters here.
        let _ = attribute.parse_nested_meta(|meta| {
            let value = meta.value().and_then(syn::parse::ParseBuffer::parse::<syn::LitStr>);
            if meta.path.is_ident("rename")
                && let Ok(value) = value
            {
                name = value.value();
            }
            Ok(())
        });
    }
    Some((name, (ident.to_string(), plain_type(&field.ty))))
}

/// The type as people write it, without the `::std::` paths that progenitor's code is full of.
fn plain_type(ty: &syn::Type) -> String {
    let mut text: String = ty.to_token_stream().to_string().chars().filter(|c| *c != ' ').collect();
    for path in ["::std::string::", "::std::option::", "::std::vec::", "::std::boxed::", "::serde_json::"] {
        text = text.replace(path, "");
    }
    // Of what refers to itself progenitor boxes the `Option`; a setter and the decoder want it outside.
    if let Some(inner) = text.strip_prefix("Box<Option<").and_then(|rest| rest.strip_suffix(">>")) {
        text = format!("Option<Box<{inner}>>");
    }
    text.replace(',', ", ")
}
