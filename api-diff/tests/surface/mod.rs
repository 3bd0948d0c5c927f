//! What the compiler sees of a generated service: its public items as text. Read without the crate's own reader, so
//! that the two do not err together.

use std::collections::BTreeSet;

use dbplane_codegen::spec::Service;
use quote::{ToTokens, quote};
use syn::{Attribute, FnArg, ImplItem, Item, MetaNameValue, Visibility};

/// The public items.
pub(crate) struct Surface {
    /// As they are written.
    pub(crate) written: BTreeSet<String>,
    /// As the compiler sees them with each Cargo feature of the service, and the services that come with it: without the
    /// names of arguments.
    pub(crate) compiled: BTreeSet<String>,
}

impl Surface {
    pub(crate) fn of(service: &Service) -> Self {
        let text = dbplane_codegen::generate_inline(service).unwrap();
        let items = syn::parse_file(&text).unwrap().items;
        let found = |enabled: &[&str], names| {
            let mut reader = Reader { stem: &service.stem, enabled, names, found: BTreeSet::new() };
            items.iter().for_each(|item| reader.read(item));
            reader.found
        };
        let features: Vec<_> = service.features.iter().map(|part| part.cargo.as_str()).collect();
        let mut compiled = found(&features, false);
        compiled.extend(service.requires.iter().map(|stem| format!("with {stem}")));
        for part in &service.features {
            let items = found(&[service.base_feature(), &part.cargo], false);
            compiled.extend(items.into_iter().map(|item| format!("{}: {item}", part.name)));
        }
        Self { written: found(&features, true), compiled }
    }
}

struct Reader<'r> {
    stem: &'r str,
    /// The features of the service that are enabled.
    enabled: &'r [&'r str],
    /// Whether arguments have their names.
    names: bool,
    found: BTreeSet<String>,
}

impl Reader<'_> {
    fn read(&mut self, item: &Item) {
        match item {
            Item::Mod(module) if self.has(&module.attrs) => {
                let items = module.content.as_ref().map(|(_, items)| items.as_slice()).unwrap_or_default();
                items.iter().for_each(|item| self.read(item));
            }
            Item::Struct(item) if matches!(item.vis, Visibility::Public(_)) => {
                let name = &item.ident;
                self.found.insert(format!("struct {name}"));
                for field in item.fields.iter().filter(|f| matches!(f.vis, Visibility::Public(_))) {
                    let (ident, ty) = (&field.ident, &field.ty);
                    self.found.insert(quote!(#name . #ident : #ty).to_string());
                }
                for derive in item.attrs.iter().filter(|a| a.path().is_ident("derive")) {
                    derive
                        .parse_nested_meta(|meta| {
                            self.found.insert(format!("{name}: {}", meta.path.to_token_stream()));
                            Ok(())
                        })
                        .unwrap();
                }
            }
            Item::Enum(item) => {
                let name = &item.ident;
                self.found.insert(format!("enum {name}"));
                let variants = item.variants.iter().filter(|variant| self.has(&variant.attrs));
                let variants: Vec<_> = variants.map(|v| format!("{name}::{}", v.ident)).collect();
                self.found.extend(variants);
            }
            Item::Impl(item) => {
                let of = item.self_ty.to_token_stream();
                for function in &item.items {
                    if let ImplItem::Fn(function) = function
                        && matches!(function.vis, Visibility::Public(_))
                    {
                        let mut signature = function.sig.clone();
                        if !self.names {
                            signature.inputs = signature.inputs.into_iter().map(nameless).collect();
                        }
                        self.found.insert(quote!(#of :: #signature).to_string());
                    }
                }
            }
            // `Builder -> Response, list(PAGING) -> Row, wait -> Outcome`: the methods that the library's macro writes.
            Item::Macro(item) if item.mac.path.is_ident("operation") => {
                let tokens = item.mac.tokens.to_string();
                let mut parts = tokens.split(',').map(|part| part.split_once("->").unwrap());
                let (builder, response) = parts.next().unwrap();
                self.found.insert(format!("{builder}:: send -> {}", response.trim()));
                for (part, ty) in parts {
                    let method = part.trim().split([' ', '(']).next().unwrap();
                    self.found.insert(format!("{builder}:: {method} -> {}", ty.trim()));
                }
            }
            _ => {}
        }
    }

    /// Whether something with these attributes is there with the enabled features.
    fn has(&self, attributes: &[Attribute]) -> bool {
        let conditions = attributes.iter().filter(|attribute| attribute.path().is_ident("cfg"));
        let features = conditions.map(|condition| condition.parse_args::<MetaNameValue>().unwrap().value);
        let mut features = features.map(|value| value.to_token_stream().to_string().replace('"', ""));
        features.all(|name| !name.starts_with(self.stem) || self.enabled.contains(&name.as_str()))
    }
}

fn nameless(mut argument: FnArg) -> FnArg {
    if let FnArg::Typed(typed) = &mut argument {
        *typed.pat = syn::parse_quote!(_);
    }
    argument
}
