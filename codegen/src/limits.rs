//! The documented limits of requests, as static tables for the validator of the library.
//!
//! Tables instead of code: they compile fast, and one validator reads them all.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::idents;
use crate::spec::{Kind, Limits, Relation, Schema, Service};

/// Writes a static for each request schema that has something to check.
pub(crate) fn limits(service: &Service) -> TokenStream {
    let mut out = TokenStream::new();
    for name in checked(service) {
        let Some(schema) = service.schemas.get(&name) else { continue };
        let Kind::Object(properties) = &schema.kind else { continue };
        let fields = properties.iter().filter_map(|p| {
            let (name, check) = (&p.name, check(service, &p.schema)?);
            Some(quote!((#name, #check)))
        });
        let ident = idents::of_static(&name);
        let check = related(schema, quote!(Check::Object { fields: &[#(#fields),*] }));
        out.extend(quote! {
            pub(super) static #ident: Check = #check;
        });
    }
    out
}

/// The static of a request schema, if it has one.
pub(crate) fn table(service: &Service, name: &str) -> Option<TokenStream> {
    let ident = idents::of_static(name);
    checked(service).contains(name).then(|| quote!(&limits::#ident))
}

/// Request schemas that have limits or secrets, themselves or further in.
fn checked(service: &Service) -> BTreeSet<String> {
    let requests = service.request_schemas();
    let mut checked = BTreeSet::new();
    loop {
        let before = checked.len();
        for name in &requests {
            let Some(schema) = service.schemas.get(name) else { continue };
            let Kind::Object(properties) = &schema.kind else { continue };
            if !schema.relations.is_empty()
                || properties.iter().any(|p| is_checked(service, &p.schema, &checked))
            {
                checked.insert(name.clone());
            }
        }
        if checked.len() == before {
            return checked;
        }
    }
}

fn is_checked(service: &Service, schema: &Schema, known: &BTreeSet<String>) -> bool {
    if let Kind::Ref(name) = &schema.kind
        && known.contains(name)
    {
        return true;
    }
    let target = service.resolve(schema);
    let limited = target.limits != Limits::default();
    match &target.kind {
        Kind::Enum { extensible, .. } => !extensible,
        Kind::Array(item) => limited || !target.relations.is_empty() || is_checked(service, item, known),
        Kind::Object(_) => false,
        _ => target.secret || limited,
    }
}

/// A reference to the check of a schema; `None` when it has no limits and is no secret.
pub(crate) fn check(service: &Service, schema: &Schema) -> Option<TokenStream> {
    if let Kind::Ref(name) = &schema.kind
        && let Some(target) = service.schemas.get(name)
    {
        return match target.kind {
            Kind::Object(_) => {
                let ident = idents::of_static(name);
                checked(service).contains(name).then(|| quote!(&#ident))
            }
            _ => check(service, target),
        };
    }
    let limits = &schema.limits;
    match &schema.kind {
        Kind::Enum { values, extensible: false } => Some(quote!(&Check::OneOf { values: &[#(#values),*] })),
        Kind::Array(item) => {
            let item = check(service, item);
            if item.is_none() && *limits == Limits::default() && schema.relations.is_empty() {
                return None;
            }
            let (min, max) = counts(limits.min_items, limits.max_items);
            let item = item.map_or_else(|| quote!(None), |item| quote!(Some(#item)));
            let list = related(schema, quote!(Check::List { min: #min, max: #max, item: #item }));
            Some(quote!(&#list))
        }
        // A secret is there even without limits: the tables also say what to keep out of errors.
        _ if *limits == Limits::default() && !schema.secret => None,
        Kind::Text { .. } => {
            let (min, max) = counts(limits.min_length, limits.max_length);
            let pattern = limits.pattern.clone().unwrap_or_default();
            let secret = schema.secret;
            Some(quote!(&Check::Text { min: #min, max: #max, pattern: #pattern, secret: #secret }))
        }
        Kind::Integer { .. } => Some(integer(limits)),
        Kind::Number => {
            let min = limits.minimum.map_or_else(|| quote!(f64::MIN), |n| quote!(#n));
            let max = limits.maximum.map_or_else(|| quote!(f64::MAX), |n| quote!(#n));
            Some(quote!(&Check::Number { min: #min, max: #max }))
        }
        _ => None,
    }
}

/// The check of a value together with its relations.
fn related(schema: &Schema, check: TokenStream) -> TokenStream {
    if schema.relations.is_empty() {
        return check;
    }
    let relations = schema.relations.iter().map(|(_, relation)| match relation {
        Relation::GivenWhen { property, other, value } => {
            quote!(Relation::GivenWhen { field: #property, other: #other, value: #value })
        }
        Relation::ExactlyOne { properties } => quote!(Relation::ExactlyOne { fields: &[#(#properties),*] }),
        Relation::Count { property, value, minimum, maximum } => {
            let (min, max) = counts(Some(*minimum), *maximum);
            quote!(Relation::Count { field: #property, value: #value, min: #min, max: #max })
        }
    });
    quote!(Check::Related { check: &#check, relations: &[#(#relations),*] })
}

#[allow(clippy::cast_possible_truncation)] // limits are whole numbers far below 2^53
fn integer(limits: &Limits) -> TokenStream {
    let bound = |n: Option<f64>, none: TokenStream| {
        n.map_or(none, |n| {
            let n = proc_macro2::Literal::i64_unsuffixed(n as i64);
            quote!(#n)
        })
    };
    let min = bound(limits.minimum, quote!(i64::MIN));
    let max = bound(limits.maximum, quote!(i64::MAX));
    let multiple = proc_macro2::Literal::i64_unsuffixed(limits.multiple_of.unwrap_or(1));
    let excluded = limits.excluded.iter().map(|n| proc_macro2::Literal::i64_unsuffixed(*n));
    quote!(&Check::Integer { min: #min, max: #max, multiple_of: #multiple, excluded: &[#(#excluded),*] })
}

fn counts(min: Option<i64>, max: Option<i64>) -> (TokenStream, TokenStream) {
    let number = |n: i64| {
        let n = proc_macro2::Literal::u64_unsuffixed(u64::try_from(n).unwrap_or(0));
        quote!(#n)
    };
    (number(min.unwrap_or(0)), max.map_or_else(|| quote!(usize::MAX), number))
}
