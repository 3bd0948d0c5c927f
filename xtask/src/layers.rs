//! Layers: which module of a crate may use which.
//!
//! Problem: a circle of imports grows unseen, and afterwards no part can be understood, moved or tested alone.
//! Default: ARCHITECTURE.md has a block of code for each crate, ` ```layers FOLDER `, with a layer on each line, the
//! lowest first. A file uses modules of lower layers and of its own module only, modules of one layer do not use each
//! other, and files do not use each other in a circle. Unit tests and generated code are not looked at. Override: none;
//! change the block, which is where a reader looks.

mod imports;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use dbplane_codegen::finding::{Finding, Place};

use imports::{Import, Module, Modules};

/// The rules about layers: their ids and what they mean.
pub(crate) const RULES: &[(&str, &str)] = &[
    ("layer-climbs", "a module uses only lower layers, as listed in ARCHITECTURE.md"),
    ("layer-circle", "there are no cycles between files"),
    ("layer-unknown", "ARCHITECTURE.md lists exactly the modules of the crate"),
];

const DOCUMENT: &str = "ARCHITECTURE.md";
/// Stands for every module that no line names.
const OTHERS: &str = "*";

/// The layers of a crate as ARCHITECTURE.md has them.
struct Layers {
    /// The folder of the crate's sources.
    folder: String,
    line: usize,
    /// The layer of each module, and the line that says so; `*` is that of all others.
    of: BTreeMap<String, (usize, usize)>,
}

/// Everything that is wrong with the imports of the project below `root`.
///
/// # Errors
/// A file that can't be read.
pub(crate) fn findings(root: &Path) -> Result<Vec<Finding>, String> {
    let path = root.join(DOCUMENT);
    let document = crate::files::text(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut findings = Vec::new();
    for layers in read(&document) {
        let modules = imports::read(root, &layers.folder)?;
        findings.extend(check(&layers, &modules));
    }
    Ok(findings)
}

/// The blocks of the document.
fn read(document: &str) -> Vec<Layers> {
    let mut found: Vec<Layers> = Vec::new();
    let mut open = false;
    for (index, line) in document.lines().enumerate() {
        if let Some(folder) = line.strip_prefix("```layers ") {
            open = true;
            found.push(Layers { folder: folder.trim().to_owned(), line: index + 1, of: BTreeMap::new() });
        } else if line.starts_with("```") {
            open = false;
        } else if let Some(layers) = found.last_mut().filter(|_| open) {
            let names = line.split_whitespace().map(|name| (name.to_owned(), (index, index + 1)));
            layers.of.extend(names);
        }
    }
    found
}

impl Layers {
    fn layer(&self, module: &str) -> Option<usize> {
        self.of.get(module).or_else(|| self.of.get(OTHERS)).map(|(layer, _)| *layer)
    }
}

fn check(layers: &Layers, modules: &Modules) -> Vec<Finding> {
    let mut findings = Vec::new();
    let tops: BTreeSet<&str> = modules.values().filter_map(|module| module.top()).collect();
    for top in tops.iter().filter(|top| layers.layer(top).is_none()) {
        let message = format!("`{top}` of {} has no layer", layers.folder);
        let place = Place::new(DOCUMENT, layers.line);
        findings.push(Finding::new("layer-unknown", place, message, "add it to a line of the block"));
    }
    for (name, (_, line)) in
        layers.of.iter().filter(|(name, _)| *name != OTHERS && !tops.contains(name.as_str()))
    {
        let message = format!("{} has no module `{name}`", layers.folder);
        let place = Place::new(DOCUMENT, *line);
        findings.push(Finding::new("layer-unknown", place, message, "remove it from the block"));
    }
    for module in modules.values() {
        for (import, target) in targets(modules, module) {
            findings.extend(climb(layers, module, import, target));
        }
    }
    findings.extend(circles(modules));
    findings
}

/// An import of a module that is not below.
fn climb(layers: &Layers, module: &Module, import: &Import, target: &Module) -> Option<Finding> {
    let (own, other) = (module.top()?, target.top()?);
    let (from, to) = (layers.layer(own)?, layers.layer(other)?);
    (own != other && to >= from).then(|| {
        let message =
            format!("`{own}` uses `{other}`, which is not in a lower layer ({})", import.path.join("::"));
        let remedy = "move what is used to a lower module, or the user to a higher one";
        Finding::new("layer-climbs", Place::new(&module.file, import.line), message, remedy)
    })
}

/// The modules that a module imports from, and by which import.
fn targets<'m>(modules: &'m Modules, module: &'m Module) -> Vec<(&'m Import, &'m Module)> {
    let resolved = module.imports.iter().map(|import| (import, imports::resolve(modules, &import.path)));
    resolved
        .filter_map(|(import, target)| Some((import, target.filter(|t| t.path != module.path)?)))
        .collect()
}

/// Each import that closes a circle of files.
fn circles(modules: &Modules) -> Vec<Finding> {
    let edges: BTreeMap<&[String], BTreeSet<&[String]>> = modules
        .values()
        .map(|module| {
            let targets = targets(modules, module).into_iter().map(|(_, target)| target.path.as_slice());
            (module.path.as_slice(), targets.collect())
        })
        .collect();
    let mut findings = Vec::new();
    for module in modules.values() {
        let mut told = BTreeSet::new();
        for (import, target) in targets(modules, module) {
            let back = reach(&edges, &target.path).contains(module.path.as_slice());
            if back && told.insert(&target.path) {
                let name = |path: &[String]| if path.is_empty() { "lib".to_owned() } else { path.join("::") };
                let (own, other) = (name(&module.path), name(&target.path));
                let message = format!("`{own}` uses `{other}`, which uses `{own}` in turn");
                let remedy = "move what both need into a file of its own";
                let place = Place::new(&module.file, import.line);
                findings.push(Finding::new("layer-circle", place, message, remedy));
            }
        }
    }
    findings
}

/// Everything that a module uses, by however many steps.
fn reach<'m>(
    edges: &BTreeMap<&'m [String], BTreeSet<&'m [String]>>,
    from: &'m [String],
) -> BTreeSet<&'m [String]> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(module) = open.pop() {
        for next in edges.get(module).into_iter().flatten() {
            if reached.insert(*next) {
                open.push(next);
            }
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::{check, imports, read};

    /// What is found in a crate of these files, with these layers.
    fn found(layers: &str, files: &[(&str, &str)]) -> Vec<String> {
        let layers = read(&format!("# Layers\n\n```layers src\n{layers}\n```\n")).remove(0);
        let mut modules = imports::Modules::new();
        for (file, source) in files {
            let module = imports::module("src", file, source).unwrap();
            modules.insert(module.path.clone(), module);
        }
        check(&layers, &modules).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_import_that_climbs_is_named_with_file_and_line() {
        let files = [("low.rs", "\nuse crate::high::Thing;\n"), ("high.rs", "pub struct Thing;\n")];
        let found = found("low\nhigh", &files);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("src/low.rs:2: [layer-climbs] `low` uses `high`"), "{found:?}");
    }

    #[test]
    fn paths_in_code_and_in_macros_are_imports_too() {
        let inline = [("low.rs", "fn f() { crate::high::g() }\n"), ("high.rs", "pub fn g() {}\n")];
        assert_eq!(found("low\nhigh", &inline).len(), 1);
        let within = [("low.rs", "macro_rules! m { () => { $crate::high::g() } }\n"), ("high.rs", "")];
        assert_eq!(found("low\nhigh", &within).len(), 1);
    }

    #[test]
    fn modules_of_one_layer_do_not_use_each_other() {
        let files = [("a.rs", "use crate::b::B;\n"), ("b.rs", "pub struct B;\n")];
        assert_eq!(found("a b", &files).len(), 1);
        assert!(found("b\na", &files).is_empty());
    }

    #[test]
    fn what_is_exported_again_counts_where_it_is() {
        let files = [
            ("lib.rs", "mod a; mod b;\npub use b::B;\n"),
            ("a.rs", "use crate::B;\n"),
            ("b.rs", "pub struct B;\n"),
        ];
        assert_eq!(found("a\nb", &files).len(), 1);
        assert!(found("b\na", &files).is_empty());
    }

    #[test]
    fn circles_within_a_module_are_found_and_tests_are_not_looked_at() {
        let files = [
            ("a/mod.rs", "mod one; mod two;\n"),
            ("a/one.rs", "use super::two::{Two, other};\n"),
            ("a/two.rs", "use super::one::One;\n"),
        ];
        let circle = found("a", &files);
        assert_eq!(circle.len(), 2, "{circle:?}");
        assert!(circle[0].contains("[layer-circle] `a::one` uses `a::two`"), "{circle:?}");
        let tests =
            [("a.rs", "#[cfg(test)]\nmod tests { use crate::b::B; }\n"), ("b.rs", "use crate::a::A;\n")];
        assert!(found("a\nb", &tests).is_empty());
    }

    #[test]
    fn a_star_is_every_other_module() {
        let files = [("a.rs", "use crate::c::C;\n"), ("b.rs", "use crate::a::A;\n"), ("c.rs", "")];
        let found = found("a\n*", &files);
        assert!(found.len() == 1 && found[0].contains("`a` uses `c`"), "{found:?}");
    }

    #[test]
    fn the_block_names_the_modules_that_there_are() {
        let found = found("a\nc", &[("a.rs", ""), ("b.rs", "")]);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("`b` of src has no layer"), "{found:?}");
        assert!(
            found[1].starts_with("ARCHITECTURE.md:5: [layer-unknown] src has no module `c`"),
            "{found:?}"
        );
    }
}
