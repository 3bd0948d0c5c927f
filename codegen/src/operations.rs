//! The builders: one per operation, owned, on top of the library's `Call`.
//!
//! Progenitor's own client is not used: its builders borrow, check required parameters at run time and
//! bring an error type per operation. These hold a `Call` and do nothing but give values names and types.

use proc_macro2::TokenStream;
use quote::quote;

use crate::docs;
use crate::idents;
use crate::models;
use crate::spec::{Kind, Location, Operation, Parameter, Service};

/// Writes the builders of `service`.
pub(crate) fn operations(service: &Service) -> TokenStream {
    service.operations.iter().map(|o| Builder { service, operation: o }.emit()).collect()
}

/// Writes the client of `service`: a method per operation.
pub(crate) fn client(service: &Service) -> TokenStream {
    let methods = service.operations.iter().map(|o| Builder { service, operation: o }.method());
    let doc = docs::lines(&format!(
        "A client of {} {}.\n\n{}",
        service.title, service.version, service.description
    ));
    quote! {
        #doc
        #[doc = ""]
        #[doc = " Cheap to clone; clones share connections, credentials and settings."]
        #[derive(Clone, Debug)]
        pub struct Client {
            pub(crate) core: Core,
        }

        impl Client { #(#methods)* }
    }
}

struct Builder<'s> {
    service: &'s Service,
    operation: &'s Operation,
}

/// An argument of the constructor: a path or required parameter, or the body.
struct Argument {
    name: String,
    ty: TokenStream,
    /// Name and meaning, as Markdown.
    meaning: String,
    /// What the constructor does with it.
    apply: TokenStream,
    /// How a client method hands it on.
    pass: TokenStream,
    /// The constructor's own, plain type.
    plain: TokenStream,
}

impl Builder<'_> {
    fn emit(&self) -> TokenStream {
        let Operation { id, .. } = self.operation;
        let ident = idents::of_type(id);
        let table = idents::of_static(id);
        let arguments = self.arguments();
        let meanings: Vec<_> = arguments.iter().map(|a| a.meaning.clone()).collect();
        let doc = docs::operation(self.service, self.operation, &meanings);
        let parameters = arguments.iter().map(|a| {
            let (name, ty) = (idents::of_field(&a.name), &a.plain);
            quote!(#name: #ty)
        });
        let applied = arguments.iter().map(|a| &a.apply);
        let many = models::many_arguments(arguments.len() + 1);
        let mutable = if arguments.is_empty() { quote!() } else { quote!(mut) };
        let setters = self.optional().map(|p| self.setter(p));
        let answer = self.answer();
        let paging = self.paging(&answer);
        let waiting = self.waiting();
        quote! {
            #doc
            #[derive(Clone, Debug)]
            #[must_use = "an operation does nothing until it is sent"]
            pub struct #ident { call: Call }

            impl #ident {
                #many
                pub(super) fn new(core: &Core, #(#parameters),*) -> Self {
                    let #mutable call = Call::new(core, &table::#table);
                    #(#applied)*
                    Self { call }
                }
                #(#setters)*

                /// Sets what differs for this call: how long and how often it is tried.
                pub fn with_options(mut self, options: CallOptions) -> Self {
                    self.call.set_options(options);
                    self
                }

                /// Checks the request, sends it and reads the answer.
                ///
                /// # Errors
                /// See [`Error`](crate::Error): a request that breaks a documented limit is refused
                /// before anything is sent.
                pub fn send(self) -> impl Future<Output = Result<Response<#answer>, Error>> {
                    self.call.send()
                }
                #paging
                #waiting
            }
        }
    }

    /// The client method that makes the builder.
    fn method(&self) -> TokenStream {
        let method = idents::of_field(&self.operation.id);
        let ident = idents::of_type(&self.operation.id);
        let arguments = self.arguments();
        let parameters = arguments.iter().map(|a| {
            let (name, ty) = (idents::of_field(&a.name), &a.ty);
            quote!(#name: #ty)
        });
        let passed = arguments.iter().map(|a| &a.pass);
        let many = models::many_arguments(arguments.len() + 1);
        let title = one_line(self.operation.summary.trim_end_matches('.'));
        let doc = docs::lines(&format!("{title}: {}", first_sentence(&self.operation.description)));
        let more = format!(" See [`operations::{ident}`] for parameters, limits and errors.");
        let alias = alias(&title, &method.to_string());
        let deprecated = self.deprecated();
        quote! {
            #doc
            #[doc = ""]
            #[doc = #more]
            #alias
            #deprecated
            #many
            pub fn #method(&self, #(#parameters),*) -> operations::#ident {
                operations::#ident::new(&self.core, #(#passed),*)
            }
        }
    }

    /// Sending and waiting in one, where the service's module has a `work` that follows what was accepted.
    fn waiting(&self) -> TokenStream {
        if self.operation.long_running.as_ref().is_none_or(|work| work.poll.is_none()) {
            return quote!();
        }
        quote! {
            /// Sends it and waits until the work is done.
            ///
            /// # Errors
            /// As [`send`](Self::send), and as the `wait` of [`Client::work`]. To be able to go on with waiting
            /// after a restart, send, keep the ids of the work, and use that.
            pub fn send_and_wait(self, wait: &Wait) -> impl Future<Output = Result<Outcome, Error>> {
                Client::send_and_wait(self.call, wait.clone())
            }
        }
    }

    /// The two ways to walk a list.
    fn paging(&self, page: &TokenStream) -> TokenStream {
        let Some(row) = self.row() else { return quote!() };
        let paging = idents::of_static(&format!("{}_PAGING", self.operation.id));
        quote! {
            /// Walks the list row by row; see [`Items`].
            pub fn items(self) -> Items<#row> {
                Items::new(Plan::new(self.call, table::#paging))
            }

            /// Walks the list page by page; see [`Pages`].
            pub fn pages(self) -> Pages<#page> {
                Pages::new(Plan::new(self.call, table::#paging))
            }
        }
    }

    /// The type of a paged list's rows.
    fn row(&self) -> Option<TokenStream> {
        let items = &self.operation.paging.as_ref()?.items;
        let page = self.operation.success.schema.as_ref()?;
        let Kind::Array(item) = &self.service.property(page, items)?.kind else { return None };
        match &item.kind {
            Kind::Ref(name) => {
                let ident = idents::of_type(name);
                Some(quote!(models::#ident))
            }
            _ => Some(quote!(serde_json::Value)),
        }
    }

    /// On the client's method only, the one way to a builder: on the builder it would warn of its own code.
    fn deprecated(&self) -> TokenStream {
        if self.operation.deprecated {
            quote!(#[deprecated = "the vendor advises against it"])
        } else {
            quote!()
        }
    }

    fn answer(&self) -> TokenStream {
        match &self.operation.success.schema {
            Some(name) => {
                let ident = idents::of_type(name);
                quote!(models::#ident)
            }
            None => quote!(()),
        }
    }

    fn own(&self) -> impl Iterator<Item = &Parameter> {
        self.operation.parameters.iter().filter(|p| !p.client)
    }

    fn optional(&self) -> impl Iterator<Item = &Parameter> {
        self.own().filter(|p| p.location != Location::Path && (!p.required || p.generated))
    }

    fn arguments(&self) -> Vec<Argument> {
        let required = self.own().filter(|p| p.required && !p.generated);
        let mut arguments: Vec<Argument> = required
            .map(|p| {
                let (ty, pass, plain) = self.value(p);
                let (name, ident) = (&p.name, idents::of_field(&p.name));
                let set = self.set(p);
                Argument {
                    apply: quote!(call.#set(#name, #ident);),
                    pass: pass(quote!(#ident)),
                    meaning: docs::argument(self.service, p),
                    name: p.name.clone(),
                    ty,
                    plain,
                }
            })
            .collect();
        if let Some(body) = &self.operation.body {
            let ident = idents::of_type(&body.schema);
            arguments.push(Argument {
                name: "body".to_owned(),
                ty: quote!(models::#ident),
                meaning: docs::body(self.service, body),
                apply: quote!(call.set_body(&body);),
                pass: quote!(body),
                plain: quote!(models::#ident),
            });
        }
        arguments
    }

    fn setter(&self, parameter: &Parameter) -> TokenStream {
        let doc = docs::parameter(self.service, parameter);
        let method = idents::of_field(&parameter.name);
        let name = &parameter.name;
        let (ty, pass, _) = self.value(parameter);
        let (set, value) = (self.set(parameter), pass(quote!(value)));
        quote! {
            #doc
            pub fn #method(mut self, value: #ty) -> Self {
                self.call.#set(#name, #value);
                self
            }
        }
    }

    /// How a call is given the parameter.
    fn set(&self, parameter: &Parameter) -> TokenStream {
        if self.service.resolve(&parameter.schema).secret { quote!(set_secret) } else { quote!(set) }
    }

    /// The caller's type of a parameter, how it becomes plain, and the plain type.
    fn value(&self, parameter: &Parameter) -> (TokenStream, fn(TokenStream) -> TokenStream, TokenStream) {
        let schema = self.service.resolve(&parameter.schema);
        match (&parameter.schema.kind, &schema.kind) {
            (Kind::Ref(name), Kind::Enum { .. }) => {
                let ident = idents::of_type(name);
                (quote!(impl Into<models::#ident>), |v| quote!(#v.into().to_string()), quote!(String))
            }
            (_, Kind::Integer { small: true }) => (quote!(i32), |v| v, quote!(i32)),
            (_, Kind::Integer { small: false }) => (quote!(i64), |v| v, quote!(i64)),
            (_, Kind::Number) => (quote!(f64), |v| v, quote!(f64)),
            (_, Kind::Boolean) => (quote!(bool), |v| v, quote!(bool)),
            _ if schema.secret => (quote!(impl Into<Secret>), |v| quote!(&#v.into()), quote!(&Secret)),
            _ => (quote!(impl Into<String>), |v| quote!(#v.into()), quote!(String)),
        }
    }
}

/// The vendor's title as a word to search by. rustc takes no quotes, no white space but blanks, and not the name.
fn alias(title: &str, method: &str) -> TokenStream {
    let refused = |c: char| c == '"' || c == '\'' || c.is_whitespace() && c != ' ';
    if title.is_empty() || title == method || title.contains(refused) {
        return quote!();
    }
    quote!(#[doc(alias = #title)])
}

fn one_line(text: &str) -> String {
    text.trim().replace('\n', " ")
}

/// The first sentence, on one line.
fn first_sentence(text: &str) -> String {
    let line = one_line(text.split("\n\n").next().unwrap_or_default());
    match line.find(". ") {
        Some(end) => line[..=end].to_owned(),
        None => line,
    }
}
