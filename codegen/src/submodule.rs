//! A module of a service, with a module below it for each part of the service that adds to it.

use crate::names;
use crate::scope::{Scope, condition};
use crate::spec::Feature;

/// A module of a service.
pub(crate) struct Submodule<'s> {
    name: &'static str,
    /// The library's feature without which it is not there.
    feature: Option<&'static str>,
    /// What a public module is for; a private one has none.
    doc: Option<&'static str>,
    /// What it uses: the same in every service, whether a service needs it all or not.
    uses: &'static str,
    /// Who sees what features add to it; none where they only add methods.
    export: Option<&'static str>,
    items: Vec<String>,
    additions: Vec<Addition<'s>>,
}

/// What a part of the service adds to a module.
struct Addition<'s> {
    feature: &'s Feature,
    items: Vec<String>,
}

impl<'s> Submodule<'s> {
    /// A private module.
    pub(crate) fn new(name: &'static str, uses: &'static str) -> Self {
        Self { name, feature: None, doc: None, uses, export: None, items: Vec::new(), additions: Vec::new() }
    }

    /// The same with docs, for programs.
    pub(crate) fn public(self, doc: &'static str) -> Self {
        Self { doc: Some(doc), export: Some("pub"), ..self }
    }

    /// The same with items that other modules of the library use.
    pub(crate) fn shared(self) -> Self {
        Self { export: Some("pub(crate)"), ..self }
    }

    /// The same, there only with a feature of the library.
    pub(crate) fn only_with(self, feature: &'static str) -> Self {
        Self { feature: Some(feature), ..self }
    }

    /// Adds what belongs to a feature of the service, or to none.
    pub(crate) fn add(&mut self, scope: &Scope<'s>, items: Vec<String>) {
        match scope.feature {
            None => self.items = items,
            Some(_) if items.is_empty() => {}
            Some(feature) => self.additions.push(Addition { feature, items }),
        }
    }

    /// Its declaration in the module of the service.
    pub(crate) fn declaration(&self) -> String {
        let condition = self.feature.map(|name| format!("#[cfg(feature = {name:?})]\n")).unwrap_or_default();
        match self.doc {
            Some(doc) => format!("{condition}/// {doc}\npub mod {};\n", self.name),
            None => format!("{condition}mod {};\n", self.name),
        }
    }

    /// The files that it consists of, and their texts.
    pub(crate) fn files(&self) -> Vec<(String, String)> {
        let own = (format!("{}.rs", self.name), self.text(|addition| addition.declaration()));
        let below = self.additions.iter().map(|a| (format!("{}/{}.rs", self.name, a.module()), a.text()));
        std::iter::once(own).chain(below).collect()
    }

    /// The whole of it in one piece.
    pub(crate) fn inline(&self) -> String {
        inline(&self.declaration(), &self.text(|addition| inline(&addition.declaration(), &addition.text())))
    }

    fn text(&self, module: impl Fn(&Addition<'_>) -> String) -> String {
        let export = |a: &Addition<'_>| self.export.map(|who| a.export(who)).unwrap_or_default();
        // rustfmt sorts modules unless lines are between them.
        let modules = self.additions.iter().map(|a| format!("{}{}\n", module(a), export(a)));
        let head = format!("{}\n{}", self.uses, modules.collect::<String>());
        // Statics that are mostly a line each read as a table.
        let items = self.items.join(if self.name == "parameters" { "" } else { "\n" });
        format!("#![allow(unused_imports)] // the same in every service\n\n{head}{items}")
    }
}

impl Addition<'_> {
    /// Its module. No name of a part can be that of anything else in the module around it, or a word of Rust.
    fn module(&self) -> String {
        format!("part_{}", names::module_name(&self.feature.name))
    }

    fn declaration(&self) -> String {
        format!("{}\nmod {};\n", condition(self.feature), self.module())
    }

    fn export(&self, who: &str) -> String {
        format!("{}\n{who} use self::{}::*;\n", condition(self.feature), self.module())
    }

    fn text(&self) -> String {
        format!("use super::*;\n\n{}", self.items.join("\n"))
    }
}

/// A module with its text in place.
fn inline(declaration: &str, text: &str) -> String {
    format!("{} {{\n{text}}}\n", declaration.trim_end().trim_end_matches(';'))
}
