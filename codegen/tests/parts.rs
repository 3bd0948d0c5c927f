//! However the tags of a service are spread over parts, each item is written once, where all that it needs is.
//!
//! What would break is a build with some of the features, and nobody builds with all combinations of them. So the
//! generated files are compared with those of the service as one whole, and each name in them with the files that are
//! there together with it.

#![allow(clippy::unwrap_used)] // clippy knows tests, not their helpers

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use dbplane_codegen::spec::{Document, Service};
use dbplane_codegen::{generate, lint};
use proc_macro2::{TokenStream, TokenTree};
use proptest::prelude::*;
use quote::ToTokens as _;
use regex_lite::Regex;
use syn::Item;

const SPEC: &str = include_str!("../../specs/huawei-taurusdb-v3.yaml");
const STEM: &str = "huawei-taurusdb-v3";
const MODULES: [&str; 6] = ["client", "examples", "limits", "models", "operations", "table"];

/// A link in docs.
static LINK: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\[`(?:(models|operations)::)?(\w+)`\]").unwrap());

/// A module and a name in it.
type Name = (String, String);

/// What a file has and what it uses, of the modules of its service.
#[derive(Default)]
struct Contents {
    has: Vec<Name>,
    uses: BTreeSet<Name>,
}

/// The contents of each part: the name of its file's module is empty for the first.
fn contents(service: &Service) -> BTreeMap<String, Contents> {
    let mut parts = BTreeMap::<String, Contents>::new();
    for (path, text) in generate(service).unwrap().files {
        let Some(path) = path.strip_suffix(".rs") else { continue };
        let (module, part) = path.split_once('/').unwrap_or((path, ""));
        if MODULES.contains(&module) {
            parts.entry(part.to_owned()).or_default().read(module, &text);
        }
    }
    parts
}

impl Contents {
    fn read(&mut self, module: &str, text: &str) {
        let tokens: TokenStream = text.parse().unwrap();
        let file: syn::File = syn::parse2(tokens.clone()).unwrap();
        let names = file.items.iter().flat_map(items);
        self.has.extend(names.map(|name| (module.to_owned(), name)));
        self.walk(module, tokens);
    }

    /// Collects the names that code uses. What is there only with a feature is left out.
    fn walk(&mut self, module: &str, tokens: TokenStream) {
        let (mut tokens, mut before) = (tokens.into_iter().peekable(), [String::new(), String::new()]);
        while let Some(token) = tokens.next() {
            let text = match token {
                TokenTree::Group(group) => {
                    self.walk(module, group.stream());
                    String::new()
                }
                TokenTree::Literal(literal) => {
                    self.links(module, &literal.to_string());
                    String::new()
                }
                TokenTree::Ident(ident) => {
                    self.name(module, &before, &ident.to_string());
                    ident.to_string()
                }
                TokenTree::Punct(punct) if punct.as_char() == '#' => {
                    let attribute = tokens.peek().map(attribute).unwrap_or_default();
                    if attribute.starts_with("cfg") {
                        tokens.next();
                    }
                    if attribute == "cfg" {
                        tokens.by_ref().find(ends);
                    }
                    String::new()
                }
                TokenTree::Punct(punct) => punct.to_string(),
            };
            if text == ":" && before[1] == ":" {
                before[1] = "::".to_owned();
            } else {
                before = [std::mem::take(&mut before[1]), text];
            }
        }
    }

    fn name(&mut self, module: &str, before: &[String; 2], name: &str) {
        let module = match before {
            [path, colons] if colons == "::" && MODULES.contains(&path.as_str()) => path,
            [_, colons] if colons == "::" => return, // of a type, or of another module
            _ if module == "examples" => "models",
            _ => module,
        };
        self.uses.insert((module.to_owned(), name.to_owned()));
    }

    /// The links in a line of docs.
    fn links(&mut self, module: &str, text: &str) {
        if !text.contains("[`") {
            return;
        }
        let links = LINK.captures_iter(text).map(|found| {
            let module = found.get(1).map_or(module, |module| module.as_str());
            (module.to_owned(), found[2].to_owned())
        });
        self.uses.extend(links);
    }
}

/// The name of an attribute.
fn attribute(brackets: &TokenTree) -> String {
    let TokenTree::Group(group) = brackets else { return String::new() };
    group.stream().into_iter().next().map(|name| name.to_string()).unwrap_or_default()
}

/// Whether a token ends what an attribute is for: an item, a variant, an arm or an element of a list.
fn ends(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if [';', ','].contains(&punct.as_char()))
}

/// The names of an item: of what it defines, of methods, and of what a macro gives to a type.
fn items(item: &Item) -> Vec<String> {
    match item {
        Item::Struct(item) => vec![item.ident.to_string()],
        Item::Enum(item) => vec![item.ident.to_string()],
        Item::Static(item) => vec![item.ident.to_string()],
        Item::Const(item) => vec![item.ident.to_string()],
        Item::Impl(item) => {
            let of = item.self_ty.to_token_stream();
            let methods = item.items.iter().map(|item| match item {
                syn::ImplItem::Fn(method) => format!("{of}::{}", method.sig.ident),
                _ => format!("{of}: another item"),
            });
            methods.collect()
        }
        Item::Macro(item) => {
            let name = item.mac.path.to_token_stream();
            let idents = item.mac.tokens.clone().into_iter().filter(|t| matches!(t, TokenTree::Ident(_)));
            let count = if name.to_string() == "examples" { usize::MAX } else { 1 };
            idents.take(count).map(|ident| format!("{name}! {ident}")).collect()
        }
        _ => Vec::new(),
    }
}

/// The service with its tags in parts; none where lint refuses it.
fn in_parts(parts: &BTreeMap<usize, Vec<&str>>) -> Option<Service> {
    let (head, rest) = SPEC.split_once("x-features:\n").unwrap();
    let rest = &rest[rest.find("\nx-states:").unwrap()..];
    let lines: String =
        parts.iter().map(|(part, tags)| format!("  p{part}: [{}]\n", tags.join(", "))).collect();
    let text = format!("{head}x-features:\n{lines}{rest}");
    let found = lint::check(STEM, &Document::read("spec.yaml", &text).unwrap());
    if let Err(findings) = &found {
        assert!(findings.iter().all(|finding| finding.rule == "features-apart"), "{findings:?}");
    }
    found.ok()
}

fn check(service: &Service, whole: &Contents) {
    let parts = contents(service);
    let mut has: Vec<&Name> = parts.values().flat_map(|part| &part.has).collect();
    let mut wanted: Vec<&Name> = whole.has.iter().collect();
    has.sort();
    wanted.sort();
    assert_eq!(has, wanted);
    let known: BTreeSet<&Name> = has.into_iter().collect();
    for (name, part) in &parts {
        let there: BTreeSet<&Name> = parts[""].has.iter().chain(&part.has).collect();
        let missing: Vec<_> = part.uses.iter().filter(|u| known.contains(u) && !there.contains(u)).collect();
        assert!(missing.is_empty(), "part `{name}` of {:?} uses {missing:?}", service.features);
    }
}

/// The service as one whole, and its tags.
static WHOLE: LazyLock<(Contents, Vec<String>)> = LazyLock::new(|| {
    let document = Document::read("spec.yaml", SPEC).unwrap();
    let mut service = lint::check(STEM, &document).unwrap();
    service.features.clear();
    let tags: BTreeSet<String> = service.operations.iter().filter_map(|o| o.tag.clone()).collect();
    let whole = contents(&service).remove("").unwrap();
    assert!(
        whole.has.len() > 1000 && whole.uses.iter().filter(|name| whole.has.contains(name)).count() > 1000
    );
    (whole, tags.into_iter().collect())
});

/// A part for each tag. Most operations need some of the first part, so most tags are there.
fn assignment() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(prop_oneof![2 => Just(0_usize), 1 => 1_usize..5], WHOLE.1.len())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(3) })]

    #[test]
    fn each_item_is_written_once_where_all_that_it_needs_is(assigned in assignment()) {
        let (whole, tags) = &*WHOLE;
        let mut parts = BTreeMap::<usize, Vec<&str>>::new();
        for (tag, part) in tags.iter().zip(assigned) {
            parts.entry(part).or_default().push(tag);
        }
        let service = in_parts(&parts);
        prop_assume!(service.is_some());
        check(&service.unwrap(), whole);
    }
}
