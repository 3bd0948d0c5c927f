//! The public items of the Rust that is generated from a spec: what a caller can write.
//!
//! Read back from the generated text with syn, so that names and types are the real ones.

use std::collections::BTreeMap;

use dbplane_codegen::finding::{Finding, Line};
use dbplane_codegen::spec::Service;
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, FnArg, Ident, ImplItem, Item as Code, ReturnType, Token, Type, Visibility};

/// Public items by path. A path begins in the module of the service; a field follows its struct after a dot.
#[derive(Debug)]
pub(crate) struct Face(BTreeMap<String, Item>);

/// A public item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Item {
    Struct,
    Enum,
    Variant,
    /// A field of this type.
    Field(String),
    Function {
        /// Names and types, without `self`.
        arguments: Vec<(String, String)>,
        output: String,
    },
}

impl Face {
    /// Generates the Rust of `service` and reads its public items.
    pub(crate) fn of(service: &Service) -> Result<Self, Finding> {
        let module = dbplane_codegen::generate(service)?;
        let mut face = Self(BTreeMap::new());
        for (name, text) in &module.files {
            // What belongs to a feature of the service is a file in the folder of its module, and public in that module.
            let module = name.strip_suffix(".rs").and_then(|name| name.split('/').next());
            let prefix = match module {
                Some("models") => "models::",
                Some("operations") => "operations::",
                Some("client") => "",
                _ => continue,
            };
            let file = syn::parse_file(text).map_err(|e| {
                let message = format!("the generated {name} does not parse: {e}");
                Finding::new("emit", service.place(Line::TOP), message, "report this as a bug")
            })?;
            file.items.iter().for_each(|item| face.read(prefix, item));
        }
        Ok(face)
    }

    fn read(&mut self, prefix: &str, code: &Code) {
        match code {
            Code::Struct(code) if public(&code.vis) => {
                let path = format!("{prefix}{}", code.ident);
                for field in code.fields.iter().filter(|f| public(&f.vis)) {
                    if let Some(ident) = &field.ident {
                        self.0.insert(format!("{path}.{ident}"), Item::Field(text(&field.ty)));
                    }
                }
                if derives(&code.attrs, "Default") {
                    let function = Item::Function { arguments: Vec::new(), output: "Self".to_owned() };
                    self.0.insert(format!("{path}::default"), function);
                }
                self.0.insert(path, Item::Struct);
            }
            Code::Enum(code) if public(&code.vis) => {
                let path = format!("{prefix}{}", code.ident);
                for variant in &code.variants {
                    self.0.insert(format!("{path}::{}", variant.ident), Item::Variant);
                }
                self.0.insert(path, Item::Enum);
            }
            Code::Macro(code) if code.mac.path.is_ident("operation") => {
                if let Ok(common) = code.mac.parse_body::<Common>() {
                    self.0.extend(
                        common
                            .methods()
                            .map(|(name, item)| (format!("{prefix}{}::{name}", common.builder), item)),
                    );
                }
            }
            Code::Impl(code) if code.trait_.is_none() => {
                let path = format!("{prefix}{}", text(&code.self_ty));
                for item in &code.items {
                    if let ImplItem::Fn(function) = item
                        && public(&function.vis)
                    {
                        let name = &function.sig.ident;
                        self.0.insert(format!("{path}::{name}"), signature(&function.sig));
                    }
                }
            }
            _ => {}
        }
    }

    /// The item at `path`.
    pub(crate) fn get(&self, path: &str) -> Option<&Item> {
        self.0.get(path)
    }

    /// Every item.
    pub(crate) fn items(&self) -> impl Iterator<Item = (&str, &Item)> {
        self.0.iter().map(|(path, item)| (path.as_str(), item))
    }

    /// The arguments of a function; none where there is no such function.
    pub(crate) fn arguments(&self, path: &str) -> &[(String, String)] {
        match self.get(path) {
            Some(Item::Function { arguments, .. }) => arguments,
            _ => &[],
        }
    }

    /// The return type of a function, or the type of a field; empty if there is no such item.
    pub(crate) fn type_of(&self, path: &str) -> &str {
        match self.get(path) {
            Some(Item::Field(ty) | Item::Function { output: ty, .. }) => ty,
            _ => "",
        }
    }
}

impl Item {
    /// The item as its documentation would show it, without its body.
    pub(crate) fn shown(&self, path: &str) -> String {
        match self {
            Self::Struct => format!("struct {path}"),
            Self::Enum => format!("enum {path}"),
            Self::Variant => path.to_owned(),
            Self::Field(ty) => format!("{path}: {ty}"),
            Self::Function { arguments, output } => {
                let arguments: Vec<_> = arguments.iter().map(|(name, ty)| format!("{name}: {ty}")).collect();
                format!("{path}({}) -> {output}", arguments.join(", "))
            }
        }
    }

    /// Whether code that was written for `self` compiles with `other`: names of arguments do not matter to it.
    /// `renamed` turns the types of `self` into those of `other`.
    pub(crate) fn fits(&self, other: &Self, renamed: impl Fn(&str) -> String) -> bool {
        match (self, other) {
            (Self::Field(a), Self::Field(b)) => renamed(a) == *b,
            (Self::Function { arguments, output }, Self::Function { arguments: others, output: other }) => {
                let types = arguments.iter().map(|(_, ty)| renamed(ty));
                renamed(output) == *other && types.eq(others.iter().map(|(_, ty)| ty.clone()))
            }
            _ => self == other,
        }
    }
}

/// The arguments of `operation!`: the types that the builder's methods, which the macro writes, return.
struct Common {
    builder: String,
    response: String,
    row: Option<String>,
    outcome: Option<String>,
}

impl Parse for Common {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let builder = input.parse::<Ident>()?.to_string();
        input.parse::<Token![->]>()?;
        let response = text(&input.parse::<Type>()?);
        let (mut row, mut outcome) = (None, None);
        while input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
            let list = input.parse::<Ident>()? == "list";
            let how;
            syn::parenthesized!(how in input);
            how.parse::<syn::Path>()?;
            input.parse::<Token![->]>()?;
            let ty = text(&input.parse::<Type>()?);
            *(if list { &mut row } else { &mut outcome }) = Some(ty);
        }
        Ok(Self { builder, response, row, outcome })
    }
}

impl Common {
    fn methods(&self) -> impl Iterator<Item = (&'static str, Item)> {
        let Self { response, row, outcome, .. } = self;
        let method = |name, arguments: &[(&str, &str)], output: String| {
            let arguments =
                arguments.iter().map(|(name, ty)| ((*name).to_owned(), (*ty).to_owned())).collect();
            (name, Item::Function { arguments, output })
        };
        let future = |of: &str| format!("impl Future<Output = Result<{of}, Error>>");
        let with_options = method("with_options", &[("options", "CallOptions")], "Self".to_owned());
        let send = method("send", &[], future(&format!("Response<{response}>")));
        let items = row.as_ref().map(|row| method("items", &[], format!("Items<{row}>")));
        let pages = row.as_ref().map(|_| method("pages", &[], format!("Pages<{response}>")));
        let start = outcome.as_ref().map(|of| method("start", &[], future(&format!("Accepted<{of}>"))));
        let done = |of: &String| future(&format!("Outcome<{of}>"));
        let wait = outcome.as_ref().map(|of| method("send_and_wait", &[("wait", "&Wait")], done(of)));
        [with_options, send].into_iter().chain(items).chain(pages).chain(start).chain(wait)
    }
}

/// `T` of `Option<T>`; any other type stays itself.
pub(crate) fn inner(ty: &str) -> &str {
    ty.strip_prefix("Option<").and_then(|rest| rest.strip_suffix('>')).unwrap_or(ty)
}

fn public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn derives(attributes: &[Attribute], what: &str) -> bool {
    let derives = attributes.iter().filter(|a| a.path().is_ident("derive"));
    derives.into_iter().any(|a| a.to_token_stream().to_string().contains(what))
}

fn signature(signature: &syn::Signature) -> Item {
    let arguments = signature.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(argument) => Some((text(&argument.pat), text(&argument.ty))),
        FnArg::Receiver(_) => None,
    });
    let output = match &signature.output {
        ReturnType::Default => "()".to_owned(),
        ReturnType::Type(_, ty) => text(ty),
    };
    Item::Function { arguments: arguments.collect(), output }
}

/// Code as text, spaced as people write types.
fn text(code: &impl ToTokens) -> String {
    let mut text = code.to_token_stream().to_string();
    for (wide, narrow) in
        [(" :: ", "::"), (" < ", "<"), (" <", "<"), ("< ", "<"), (" >", ">"), (" ,", ","), ("& ", "&")]
    {
        text = text.replace(wide, narrow);
    }
    text.trim_start_matches("mut ").to_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // clippy knows tests, not their helpers
mod tests {
    use dbplane_codegen::lint;
    use dbplane_codegen::spec::Document;

    use super::*;

    const BASE: &str = include_str!("../tests/changes/base.yaml");

    fn face(text: &str) -> Face {
        let document = Document::read("case.yaml", text).unwrap();
        Face::of(&lint::check("vendor-things", &document).unwrap()).unwrap()
    }

    /// An item that moves to another part of the service is not a removed item.
    #[test]
    fn items_are_the_same_in_every_division_into_parts() {
        let parts = "x-features:\n  things: [Things, Jobs]\n  moves: [Moves, Stops]\n";
        let base = face(BASE);
        assert!(base.get("models::MoveRequest").is_some() && base.get("Client::move_thing").is_some());
        let others = ["x-features:\n  things: [Things, Jobs, Moves]\n  stops: [Stops]\n", ""];
        for other in others {
            let other = BASE.replace(parts, other);
            assert_ne!(other, BASE);
            assert_eq!(face(&other).0, base.0);
        }
    }
}
