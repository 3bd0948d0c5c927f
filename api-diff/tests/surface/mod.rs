//! What the compiler sees of a generated service: its public items as text. Read without the crate's own reader, so
//! that the two do not err together.

use std::collections::BTreeSet;

use dbplane_codegen::spec::Service;
use quote::{ToTokens, quote};
use syn::{FnArg, ImplItem, Item, Visibility};

/// The public items.
pub(crate) struct Surface {
    /// As they are written.
    pub(crate) written: BTreeSet<String>,
    /// As the compiler sees them: without the names of arguments.
    pub(crate) compiled: BTreeSet<String>,
}

impl Surface {
    pub(crate) fn of(service: &Service) -> Self {
        let text = dbplane_codegen::generate_inline(service).unwrap();
        let mut surface = Self { written: BTreeSet::new(), compiled: BTreeSet::new() };
        for item in syn::parse_file(&text).unwrap().items {
            read(&item, true, &mut surface.written);
            read(&item, false, &mut surface.compiled);
        }
        surface
    }
}

fn read(item: &Item, names: bool, found: &mut BTreeSet<String>) {
    match item {
        Item::Mod(module) => {
            let items = module.content.as_ref().map(|(_, items)| items.as_slice()).unwrap_or_default();
            items.iter().for_each(|item| read(item, names, found));
        }
        Item::Struct(item) if matches!(item.vis, Visibility::Public(_)) => {
            let name = &item.ident;
            found.insert(format!("struct {name}"));
            for field in item.fields.iter().filter(|f| matches!(f.vis, Visibility::Public(_))) {
                let (ident, ty) = (&field.ident, &field.ty);
                found.insert(quote!(#name . #ident : #ty).to_string());
            }
            for derive in item.attrs.iter().filter(|a| a.path().is_ident("derive")) {
                derive
                    .parse_nested_meta(|meta| {
                        found.insert(format!("{name}: {}", meta.path.to_token_stream()));
                        Ok(())
                    })
                    .unwrap();
            }
        }
        Item::Enum(item) => {
            let name = &item.ident;
            found.insert(format!("enum {name}"));
            found.extend(item.variants.iter().map(|v| format!("{name}::{}", v.ident)));
        }
        Item::Impl(item) => {
            let of = item.self_ty.to_token_stream();
            for function in &item.items {
                if let ImplItem::Fn(function) = function
                    && matches!(function.vis, Visibility::Public(_))
                {
                    let mut signature = function.sig.clone();
                    if !names {
                        signature.inputs = signature.inputs.into_iter().map(nameless).collect();
                    }
                    found.insert(quote!(#of :: #signature).to_string());
                }
            }
        }
        // `Builder -> Response, list(PAGING) -> Row, wait -> Outcome`: the methods that the library's macro writes.
        Item::Macro(item) if item.mac.path.is_ident("operation") => {
            let tokens = item.mac.tokens.to_string();
            let mut parts = tokens.split(',').map(|part| part.split_once("->").unwrap());
            let (builder, response) = parts.next().unwrap();
            found.insert(format!("{builder}:: send -> {}", response.trim()));
            for (part, ty) in parts {
                let method = part.trim().split([' ', '(']).next().unwrap();
                found.insert(format!("{builder}:: {method} -> {}", ty.trim()));
            }
        }
        _ => {}
    }
}

fn nameless(mut argument: FnArg) -> FnArg {
    if let FnArg::Typed(typed) = &mut argument {
        *typed.pat = syn::parse_quote!(_);
    }
    argument
}
