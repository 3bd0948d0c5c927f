//! The operation table: what the runtime, the tests and the tracing know of each operation.

use proc_macro2::TokenStream;
use quote::quote;

use crate::idents;
use crate::limits;
use crate::spec::{Kind, Location, Operation, Parameter, Property, Service};

/// Writes the table of `service`.
pub(crate) fn table(service: &Service) -> TokenStream {
    let statics = service.operations.iter().map(|o| operation(service, o));
    let idents = service.operations.iter().map(|o| idents::of_static(&o.id));
    let (stem, version) = (&service.stem, &service.version);
    quote! {
        /// Every operation of the service, in the order of the spec.
        pub static OPERATIONS: &[&Operation] = &[#(&#idents),*];

        pub(crate) static SERVICE: Service = Service { name: #stem, version: #version };

        #(#statics)*
    }
}

fn operation(service: &Service, operation: &Operation) -> TokenStream {
    let ident = idents::of_static(&operation.id);
    let Operation { id, method, path, summary, idempotent, reads, single_attempt, security, .. } = operation;
    let stem = &service.stem;
    let status = operation.success.status;
    let url = &operation.source.url;
    let parameters = operation.parameters.iter().map(|p| parameter(service, p));
    let body = operation.body.as_ref().and_then(|b| limits::table(service, &b.schema));
    let body = body.map_or_else(|| quote!(None), |b| quote!(Some(#b)));
    let copies = copies(service, operation);
    let json_texts =
        body_properties(service, operation).iter().filter(|p| p.schema.json_text).map(|p| &p.name);
    let (paging_static, paging) = paging(service, operation);
    let (long_running, envelope) = (long_running(operation), envelope(operation));
    quote! {
        #paging_static
        pub(super) static #ident: Operation = Operation {
            id: #id,
            service: #stem,
            title: #summary,
            method: #method,
            path: #path,
            status: #status,
            idempotent: #idempotent,
            reads: #reads,
            single_attempt: #single_attempt,
            auth: &[#(#security),*],
            paging: #paging,
            long_running: #long_running,
            page: #url,
            parameters: &[#(#parameters),*],
            body: #body,
            copies: &[#(#copies),*],
            envelope: #envelope,
            json_texts: &[#(#json_texts),*],
        };
    }
}

fn parameter(service: &Service, parameter: &Parameter) -> TokenStream {
    let Parameter { name, required, client, generated, .. } = parameter;
    let location = match parameter.location {
        Location::Path => quote!(Location::Path),
        Location::Query => quote!(Location::Query),
        Location::Header => quote!(Location::Header),
    };
    let source = match (client, generated) {
        (true, _) => quote!(Source::Client),
        (false, true) => quote!(Source::Generated),
        (false, false) => quote!(Source::Caller),
    };
    let default = match parameter.schema.default.as_ref().and_then(serde_json::Value::as_str) {
        Some(default) if *client => quote!(Some(#default)),
        _ => quote!(None),
    };
    let check = limits::check(service, &parameter.schema);
    let check = check.map_or_else(|| quote!(None), |c| quote!(Some(#c)));
    quote! {
        Parameter {
            name: #name, location: #location, source: #source, required: #required,
            default: #default, check: #check,
        }
    }
}

/// Body properties that repeat a path parameter.
fn copies(service: &Service, operation: &Operation) -> Vec<TokenStream> {
    let properties = body_properties(service, operation).iter();
    let copies = properties.filter_map(|p| p.schema.copy_of.as_ref().map(|from| (&p.name, from)));
    copies.map(|(property, from)| quote!((#property, #from))).collect()
}

fn body_properties<'s>(service: &'s Service, operation: &Operation) -> &'s [Property] {
    let body = operation.body.as_ref().and_then(|b| service.schemas.get(&b.schema));
    match body.map(|s| &s.kind) {
        Some(Kind::Object(properties)) => properties,
        _ => &[],
    }
}

/// Rows a page where neither the caller nor the vendor says.
const ROWS: i64 = 100;

/// The paging of an operation as a static of its own, and a reference to it.
fn paging(service: &Service, operation: &Operation) -> (TokenStream, TokenStream) {
    let Some(paging) = &operation.paging else { return (quote!(), quote!(None)) };
    let ident = idents::of_static(&format!("{}_PAGING", operation.id));
    let style = if paging.style == "page" { quote!(PagingStyle::Page) } else { quote!(PagingStyle::Offset) };
    let (number, size, items) = (&paging.number, &paging.size, &paging.items);
    let first = proc_macro2::Literal::i64_unsuffixed(paging.first);
    let (total, more) = (optional(paging.total.as_deref()), optional(paging.more.as_deref()));
    let default_size = proc_macro2::Literal::i64_unsuffixed(default_size(service, operation, size));
    let constant = quote! {
        pub(super) const #ident: Paging = Paging {
            style: #style, number: #number, size: #size, first: #first, default_size: #default_size,
            items: #items, total: #total, more: #more,
        };
    };
    (constant, quote!(Some(#ident)))
}

/// The vendor's default for the page size, else [`ROWS`] or what the vendor allows at most.
#[allow(clippy::cast_possible_truncation)] // limits are whole numbers far below 2^53
fn default_size(service: &Service, operation: &Operation, size: &str) -> i64 {
    let Some(parameter) = operation.parameters.iter().find(|p| p.name == size) else { return ROWS };
    let schema = service.resolve(&parameter.schema);
    let documented = schema.default.as_ref().and_then(serde_json::Value::as_i64);
    documented.unwrap_or_else(|| schema.limits.maximum.map_or(ROWS, |max| ROWS.min(max as i64)))
}

fn long_running(operation: &Operation) -> TokenStream {
    let Some(work) = &operation.long_running else { return quote!(None) };
    let id = optional(work.id.as_deref());
    let (resource, poll) = (optional(work.resource.as_deref()), optional(work.poll.as_deref()));
    quote!(Some(LongRunning { id: #id, resource: #resource, poll: #poll }))
}

fn envelope(operation: &Operation) -> TokenStream {
    let Some(envelope) = &operation.envelope else { return quote!(None) };
    let (success, values) = (&envelope.success, &envelope.success_values);
    let request_id = optional(envelope.request_id.as_deref());
    quote!(Some(Envelope { success: #success, values: &[#(#values),*], request_id: #request_id }))
}

fn optional(text: Option<&str>) -> TokenStream {
    text.map_or_else(|| quote!(None), |t| quote!(Some(#t)))
}
