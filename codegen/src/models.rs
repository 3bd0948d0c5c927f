//! The structs and enums of a service.
//!
//! progenitor makes the structs from the lowered document; this module dresses them: docs, serde's attributes,
//! a constructor with what the vendor requires, a setter for each of the rest. Enums are our own
//! open ones.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use proc_macro2::TokenStream;
use progenitor_impl::{GenerationSettings, Generator, TypeImpl};
use quote::{ToTokens, quote};

use crate::docs;
use crate::finding::{Finding, Line};
use crate::lower::{self, Holding};
use crate::spec::{Kind, Property, Schema, Service};
use crate::{idents, names};

/// Writes the models of `service`.
pub(crate) fn models(service: &Service) -> Result<TokenStream, Finding> {
    let structs = structs(service)?;
    let requests = service.request_schemas();
    let mut out = TokenStream::new();
    for (name, schema) in &service.schemas {
        match &schema.kind {
            Kind::Object(properties) => {
                let fields =
                    structs.get(&names::type_name(name)).ok_or_else(|| missing(service, name, schema))?;
                let request = requests.contains(name);
                let model = Model { service, name, schema, properties, fields, request };
                out.extend(model.emit()?);
            }
            Kind::Enum { values, .. } => out.extend(open_enum(name, schema, values)),
            _ => {}
        }
    }
    Ok(out)
}

fn missing(service: &Service, name: &str, schema: &Schema) -> Finding {
    Finding::new(
        "progenitor",
        service.place(schema.line),
        format!("progenitor made no struct for {name}"),
        "report this as a bug of the generator",
    )
}

/// Field identifier and type of each property, by JSON name.
type Fields = HashMap<String, (syn::Ident, syn::Type)>;

/// Runs progenitor over the lowered document and reads its structs back.
fn structs(service: &Service) -> Result<HashMap<String, Fields>, Finding> {
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
fn field(field: &syn::Field) -> Option<(String, (syn::Ident, syn::Type))> {
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
    Some((name, (ident, plain_type(&field.ty))))
}

/// The type without the `::std::` paths that generated code is full of.
fn plain_type(ty: &syn::Type) -> syn::Type {
    let text = ty.to_token_stream().to_string();
    let mut short = text.clone();
    for (long, plain) in [
        (":: std :: string :: String", "String"),
        (":: std :: option :: Option", "Option"),
        (":: std :: vec :: Vec", "Vec"),
        (":: std :: boxed :: Box", "Box"),
        (":: serde_json :: Map", "Map"),
        (":: serde_json :: Value", "Value"),
    ] {
        short = short.replace(long, plain);
    }
    syn::parse_str(&short).unwrap_or_else(|_| ty.clone())
}

struct Model<'s> {
    service: &'s Service,
    name: &'s str,
    schema: &'s Schema,
    properties: &'s [Property],
    fields: &'s Fields,
    /// Can be sent.
    request: bool,
}

/// A field of a struct, ready to be written.
struct Slot<'s> {
    property: &'s Property,
    ident: &'s syn::Ident,
    ty: &'s syn::Type,
    holding: Holding,
}

impl Model<'_> {
    fn emit(&self) -> Result<TokenStream, Finding> {
        let mut slots = Vec::new();
        for property in self.properties {
            let found = self.fields.get(&property.name);
            let (ident, ty) = found.ok_or_else(|| missing(self.service, self.name, self.schema))?;
            let holding = lower::holding(self.service, property, self.request);
            slots.push(Slot { property, ident, ty, holding });
        }
        let ident = idents::of_type(self.name);
        let doc = docs::model(self.schema);
        let fields = slots.iter().map(|s| self.field(s));
        let decoded = slots.iter().map(Self::decoded);
        let default =
            if slots.iter().any(|s| s.holding == Holding::Plain) { quote!() } else { quote!(Default,) };
        let building = self.building(&slots, &ident);
        Ok(quote! {
            #doc
            #[derive(Clone, Debug, PartialEq, #default Serialize)]
            #[non_exhaustive]
            pub struct #ident { #(#fields)* }
            #building
            crate::wire::decoded!(#ident { #(#decoded),* });
        })
    }

    /// A field's name in Rust and on the wire, for the decoder; serde's own derive takes far longer to build.
    fn decoded(slot: &Slot<'_>) -> TokenStream {
        let (ident, name) = (slot.ident, &slot.property.name);
        let default = if slot.holding == Holding::Default { quote!(or default) } else { quote!() };
        quote!(#ident: #name #default)
    }

    fn field(&self, slot: &Slot<'_>) -> TokenStream {
        let Slot { property, ident, ty, holding } = slot;
        let doc = docs::property(self.service, property);
        let mut serde = Vec::new();
        if *ident != property.name.as_str() {
            let name = &property.name;
            serde.push(quote!(rename = #name));
        }
        if *holding == Holding::Optional {
            serde.push(quote!(skip_serializing_if = "Option::is_none"));
        }
        let serde = if serde.is_empty() { quote!() } else { quote!(#[serde(#(#serde),*)]) };
        quote! { #doc #serde pub #ident: #ty, }
    }

    /// Constructor and setters. A model that is only received has neither: it has nothing to set.
    fn building(&self, slots: &[Slot<'_>], ident: &syn::Ident) -> TokenStream {
        if !self.request {
            return quote!();
        }
        let mut required: Vec<_> = slots.iter().filter(|s| s.holding == Holding::Plain).collect();
        required.sort_by_key(|s| s.property.rank);
        let arguments = required.iter().map(|s| {
            let (ident, (ty, _)) = (s.ident, argument(s.ty));
            quote!(#ident: #ty)
        });
        let values = slots.iter().map(|s| {
            let (ident, (_, convert)) = (s.ident, argument(s.ty));
            let value = convert(quote!(#ident));
            match s.holding {
                Holding::Plain if *ident == value.to_string() => quote!(#ident),
                Holding::Plain => quote!(#ident: #value),
                _ => quote!(#ident: None),
            }
        });
        let setters = slots.iter().filter(|s| s.holding != Holding::Plain).map(setter);
        let many = many_arguments(required.len());
        let new = if required.is_empty() {
            quote! {
                /// With nothing set.
                #[must_use]
                pub fn new() -> Self { Self::default() }
            }
        } else {
            let names = required.iter().map(|s| format!("`{}`", s.ident)).collect::<Vec<_>>().join(", ");
            let doc = format!(" With what the vendor requires: {names}.");
            quote! {
                #[doc = #doc]
                #many
                pub fn new(#(#arguments),*) -> Self { Self { #(#values),* } }
            }
        };
        quote! { impl #ident { #new #(#setters)* } }
    }
}

fn setter(slot: &Slot<'_>) -> TokenStream {
    let (field, (ty, convert)) = (slot.ident, argument(inner_type(slot.ty)));
    let value = convert(quote!(value));
    let doc = format!(" Sets `{}`.", slot.property.name);
    quote! {
        #[doc = #doc]
        #[must_use]
        pub fn #field(mut self, value: #ty) -> Self {
            self.#field = Some(#value);
            self
        }
    }
}

/// What clippy is told where the vendor requires more than it likes.
pub(crate) fn many_arguments(count: usize) -> TokenStream {
    if count > 7 { quote!(#[allow(clippy::too_many_arguments)]) } else { quote!() }
}

/// `T` of `Option<T>`; any other type stays itself.
fn inner_type(ty: &syn::Type) -> &syn::Type {
    type_argument(ty, "Option").unwrap_or(ty)
}

fn type_argument<'t>(ty: &'t syn::Type, of: &str) -> Option<&'t syn::Type> {
    let syn::Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|s| s.ident == of)?;
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    arguments.args.iter().find_map(|a| if let syn::GenericArgument::Type(t) = a { Some(t) } else { None })
}

type Convert = fn(TokenStream) -> TokenStream;

/// The type that a caller gives for a field of type `ty`, and how it becomes that type.
pub(crate) fn argument(ty: &syn::Type) -> (TokenStream, Convert) {
    if let Some(item) = type_argument(ty, "Vec") {
        // Only text is converted: `[]` has no type to convert from.
        return match item.to_token_stream().to_string().as_str() {
            "String" => {
                let convert: Convert = |v| quote!(#v.into_iter().map(Into::into).collect());
                (quote!(impl IntoIterator<Item = impl Into<String>>), convert)
            }
            _ => (quote!(impl IntoIterator<Item = #item>), |v| quote!(#v.into_iter().collect())),
        };
    }
    let text = ty.to_token_stream().to_string();
    match text.as_str() {
        "bool" | "i32" | "i64" | "f64" => (quote!(#ty), |v| v),
        _ => (quote!(impl Into<#ty>), |v| quote!(#v.into())),
    }
}

/// An enum that keeps values it does not know; its behaviour is one macro of the library.
fn open_enum(name: &str, schema: &Schema, values: &[String]) -> TokenStream {
    let ident = idents::of_type(name);
    let doc = docs::lines(&schema.description);
    let variants: Vec<_> = values
        .iter()
        .filter_map(|value| Some((quote::format_ident!("{}", names::variant_name(value)?), value)))
        .collect();
    let named = variants.iter().map(|(variant, value)| {
        let doc = format!(" `{value}`");
        quote!(#[doc = #doc] #variant,)
    });
    let pairs = variants.iter().map(|(variant, value)| quote!(#variant = #value));
    quote! {
        #doc
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #ident {
            #(#named)*
            /// A value that this version has no name for, as the service wrote it. `From` text gives the named
            /// variant where there is one.
            UnknownValue(String),
        }
        crate::wire::open_enum!(#ident { #(#pairs),* });
    }
}
