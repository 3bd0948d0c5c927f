//! An operation that both versions have, and its address.

use dbplane_codegen::names::{field_name, type_name};
use dbplane_codegen::spec::Operation;

use crate::change::Rule;
use crate::differ::{Differ, Subject};

/// An operation in both versions.
pub(crate) struct Call<'c> {
    pub(crate) subject: Subject,
    pub(crate) a: &'c Operation,
    pub(crate) b: &'c Operation,
}

impl Call<'_> {
    /// The paths of the client's method.
    pub(crate) fn client(&self) -> (String, String) {
        let path = |o: &Operation| format!("Client::{}", field_name(&o.rust_name));
        (path(self.a), path(self.b))
    }

    /// The paths of a method of the builder.
    pub(crate) fn builder(&self, method: &str) -> (String, String) {
        let path = |o: &Operation| format!("operations::{}::{method}", type_name(&o.rust_name));
        (path(self.a), path(self.b))
    }

    /// Notes a difference that touches these items.
    pub(crate) fn note(
        &self,
        differ: &mut Differ<'_, '_>,
        rule: &'static Rule,
        items: impl IntoIterator<Item = (String, String)>,
        detail: impl Into<String>,
    ) {
        differ.note(rule, &self.subject.clone().with_items(items), detail);
    }
}

/// A path without the names of its parameters.
pub(crate) fn path_shape(path: &str) -> String {
    let parts = path.split('/').map(|part| {
        let (head, rest) = part.split_once('{').unwrap_or((part, ""));
        let tail = rest.split_once('}').map_or("", |(_, tail)| tail);
        if rest.is_empty() { part.to_owned() } else { format!("{head}{{}}{tail}") }
    });
    parts.collect::<Vec<_>>().join("/")
}
