//! The imports of a crate's files: `use`, and paths that begin with `crate`, in code and in macros.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::str::FromStr;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

use crate::files;

/// The modules of a crate by their paths; the root has an empty one.
pub(super) type Modules = BTreeMap<Vec<String>, Module>;

/// A file of a crate.
#[derive(Debug, Default)]
pub(super) struct Module {
    pub(super) path: Vec<String>,
    /// The file, from the root of the project.
    pub(super) file: String,
    pub(super) imports: Vec<Import>,
    /// Names that are exported again, and where they come from.
    exports: BTreeMap<String, Vec<String>>,
    /// What is declared with `mod`.
    children: Vec<String>,
}

/// A path from the root of the crate, and its line.
#[derive(Debug)]
pub(super) struct Import {
    pub(super) path: Vec<String>,
    pub(super) line: usize,
}

impl Module {
    /// The module below the root that this one is or belongs to.
    pub(super) fn top(&self) -> Option<&str> {
        self.path.first().map(String::as_str)
    }
}

/// Reads the sources in `folder`, except for programs, generated files and files of tests.
pub(super) fn read(root: &Path, folder: &str) -> Result<Modules, String> {
    let mut modules = Modules::new();
    walk(root, folder, "", &mut modules)?;
    Ok(modules)
}

fn walk(root: &Path, folder: &str, below: &str, modules: &mut Modules) -> Result<(), String> {
    let here = root.join(folder).join(below);
    let fail = |e: std::io::Error| format!("{}: {e}", here.display());
    for entry in fs::read_dir(&here).map_err(fail)? {
        let entry = entry.map_err(fail)?;
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            if !matches!(name.as_str(), "bin" | "generated") {
                walk(root, folder, &format!("{name}/"), modules)?;
            }
        } else if name.ends_with(".rs") && !name.ends_with("tests.rs") && name != "main.rs" {
            let source = files::text(&entry.path()).map_err(fail)?;
            let module = module(folder, &name, &source)?;
            modules.insert(module.path.clone(), module);
        }
    }
    Ok(())
}

/// Reads a file; `name` is its path below the folder.
pub(super) fn module(folder: &str, name: &str, source: &str) -> Result<Module, String> {
    let file = format!("{folder}/{name}");
    let mut path: Vec<String> = name.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if path.last().is_some_and(|last| matches!(last.as_str(), "mod" | "lib")) {
        path.pop();
    }
    let tokens = TokenStream::from_str(source).map_err(|e| format!("{file}: {e}"))?;
    let mut module = Module { path, file, ..Module::default() };
    declarations(&tokens, &mut module);
    visit(tokens, &mut module);
    Ok(module)
}

/// The modules that a file declares: a path may begin with one.
fn declarations(tokens: &TokenStream, module: &mut Module) {
    let mut before = None;
    for token in tokens.clone() {
        if let TokenTree::Ident(name) = &token {
            if before.as_deref() == Some("mod") {
                module.children.push(name.to_string());
            }
            before = Some(name.to_string());
        } else {
            before = None;
        }
    }
}

fn visit(tokens: TokenStream, module: &mut Module) {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let mut at = 0;
    let mut exported = false;
    while let Some(token) = tokens.get(at) {
        at += 1;
        match token {
            TokenTree::Group(group) if is_test_attribute(tokens.get(at.wrapping_sub(2)), group) => {
                at += item(tokens.get(at..).unwrap_or_default());
            }
            TokenTree::Group(group) => visit(group.stream(), module),
            TokenTree::Ident(word) if word == "pub" => {
                exported = true;
                let restricted = tokens.get(at).is_some_and(|t| is_group(t, Delimiter::Parenthesis));
                at += usize::from(restricted);
                continue;
            }
            TokenTree::Ident(word) if word == "use" && !tokens.get(at).is_some_and(|t| is_mark(t, '<')) => {
                let line = word.span().start().line;
                let rest = tokens.get(at..).unwrap_or_default();
                let end = rest.iter().position(|t| is_mark(t, ';')).unwrap_or(rest.len());
                tree(rest.get(..end).unwrap_or_default(), &[], &mut |path| add(module, path, line, exported));
                at += end;
            }
            TokenTree::Ident(word) if word == "crate" => {
                let line = word.span().start().line;
                let mut path = vec!["crate".to_owned()];
                while let Some(TokenTree::Ident(name)) = tokens.get(at + 2).filter(|_| is_colons(&tokens, at))
                {
                    path.push(name.to_string());
                    at += 3;
                }
                add(module, path, line, false);
            }
            _ => {}
        }
        exported = false;
    }
}

/// Tells every path of a tree of `use`.
fn tree(tokens: &[TokenTree], above: &[String], tell: &mut dyn FnMut(Vec<String>)) {
    for branch in tokens.split(|t| is_mark(t, ',')) {
        let mut path = above.to_vec();
        let mut renamed = false;
        for token in branch {
            match token {
                TokenTree::Ident(word) if word == "as" => renamed = true,
                TokenTree::Ident(word) if !renamed => path.push(word.to_string()),
                TokenTree::Group(group) => {
                    let inner: Vec<_> = group.stream().into_iter().collect();
                    tree(&inner, &path, tell);
                    path.clear();
                }
                _ => {}
            }
        }
        if path.len() > above.len() {
            tell(path);
        }
    }
}

/// Notes a path that leads into this crate.
fn add(module: &mut Module, path: Vec<String>, line: usize, exported: bool) {
    let mut segments = path.into_iter().peekable();
    let mut base = module.path.clone();
    match segments.peek().map(String::as_str) {
        Some("crate") => {
            segments.next();
            base.clear();
        }
        Some("self") => _ = segments.next(),
        Some("super") => {
            while segments.next_if(|segment| segment == "super").is_some() {
                base.pop();
            }
        }
        Some(child) if module.children.iter().any(|known| known == child) => {}
        _ => return,
    }
    base.extend(segments);
    if exported {
        module.exports.extend(base.last().cloned().map(|name| (name, base)));
    } else {
        module.imports.push(Import { path: base, line });
    }
}

/// The file that a path leads to, through names that are exported again.
pub(super) fn resolve<'m>(modules: &'m Modules, path: &[String]) -> Option<&'m Module> {
    let mut path = path.to_vec();
    for _ in 0..8 {
        let (module, rest) =
            (0..=path.len()).rev().find_map(|n| Some((modules.get(path.get(..n)?)?, path.get(n..)?)))?;
        let Some(further) = rest.first().and_then(|name| module.exports.get(name)) else {
            return Some(module);
        };
        path = further.iter().chain(rest.iter().skip(1)).cloned().collect();
    }
    None
}

/// How many tokens the item has that begins here.
fn item(tokens: &[TokenTree]) -> usize {
    let ends = |t: &TokenTree| is_mark(t, ';') || is_group(t, Delimiter::Brace);
    tokens.iter().position(ends).map_or(tokens.len(), |end| end + 1)
}

fn is_test_attribute(before: Option<&TokenTree>, group: &proc_macro2::Group) -> bool {
    let text = group.stream().to_string().replace(' ', "");
    before.is_some_and(|t| is_mark(t, '#')) && (text == "cfg(test)" || text.starts_with("cfg(all(test,"))
}

fn is_group(token: &TokenTree, delimiter: Delimiter) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == delimiter)
}

fn is_mark(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark)
}

fn is_colons(tokens: &[TokenTree], at: usize) -> bool {
    let joined = |t: &TokenTree| matches!(t, TokenTree::Punct(p) if p.spacing() == Spacing::Joint);
    tokens.get(at).is_some_and(|t| is_mark(t, ':') && joined(t))
        && tokens.get(at + 1).is_some_and(|t| is_mark(t, ':'))
}
