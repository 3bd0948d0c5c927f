//! What a page states: operations, parameters, schemas, statuses, examples.
//!
//! Facts carry over, sentences do not: descriptions are no part of the facts. What a page does not say is `None` or
//! [`Type::Unsaid`], never guessed.

mod lines;
mod print;

use std::collections::BTreeMap;

use dbplane_codegen::spec::Limits;
use serde_json::Value as Json;

pub use crate::family::Family;
pub use crate::types::Type;
pub use lines::{Fact, lines};
pub use print::{digest, json};
pub(crate) use print::{limits, place};

/// A page and all that it states.
#[derive(Debug, Clone)]
pub struct Page {
    /// The file, as it was named by the caller.
    pub file: String,
    /// The page's address, if the saved page names it.
    pub url: Option<String>,
    /// Whose page it is, and in which form.
    pub family: Family,
    /// The date that the page prints, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// The page lists all operations of its service.
    pub whole: bool,
    /// The operations, sorted by path, method and version.
    pub operations: Vec<Operation>,
    /// Places where the page is cut or cannot be understood.
    pub gaps: Vec<Gap>,
}

/// A place where a page is cut or cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Its line.
    pub line: usize,
    /// The rule that tells of it.
    pub rule: &'static str,
    /// What is wrong there.
    pub message: String,
}

/// An operation as its page describes it.
#[derive(Debug, Clone, Default)]
pub struct Operation {
    /// Line of method and path.
    pub line: usize,
    /// Upper-case HTTP method.
    pub method: String,
    /// Path template.
    pub path: String,
    /// The page's title for it.
    pub title: Option<String>,
    /// The product that the page names, such as `mariadb`.
    pub product: Option<String>,
    /// The version that the page names, such as `1.0`.
    pub version: Option<String>,
    /// Path, query and header parameters.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub request: Option<Body>,
    /// The responses, by status; `None` where the page names no status.
    pub responses: Vec<Response>,
    /// Example requests and responses.
    pub examples: Vec<Example>,
    /// The state that the page names, such as `DEPRECATED`.
    pub state: Option<String>,
    /// Until when the page says that it is served.
    pub until: Option<String>,
    /// The page says that it is or will be withdrawn.
    pub deprecated: bool,
    /// A part of its description was not read, so what it lacks may be there.
    pub unread: bool,
}

/// Where a parameter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Place {
    Path,
    Query,
    Header,
}

/// A parameter outside of the body.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Where it stands.
    pub place: Place,
    /// Only a sample shows it; the page says nothing about its type and whether it is required.
    pub sampled: bool,
    /// What the page says about it.
    pub field: Field,
}

/// A parameter or property.
#[derive(Debug, Clone, Default)]
pub struct Field {
    /// Its line.
    pub line: usize,
    /// Its name on the wire.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// Whether it is required.
    pub required: Option<bool>,
    /// It is required under a condition.
    pub conditional: bool,
    /// The page says that it is or will be withdrawn.
    pub deprecated: bool,
    /// Whether it may be null.
    pub nullable: bool,
    /// Its default, as the page writes it; an empty text where the page says that there is none.
    pub default: Option<String>,
    /// Its limits.
    pub limits: Limits,
    /// What the page says about limits in words that are not understood.
    pub unread: Option<String>,
    /// Its values.
    pub values: Vec<String>,
    /// An example, as the page writes it.
    pub example: Option<String>,
    /// Properties of an object, or of a list's items, that is described in place.
    pub fields: Vec<Field>,
    /// The table of its body that describes its properties, where no name of a type tells it.
    pub table: Option<String>,
}

/// A body of a request or response.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// Its line.
    pub line: usize,
    /// The name of its schema.
    pub schema: Option<String>,
    /// Its properties.
    pub fields: Vec<Field>,
    /// The properties are those of a sample: types are seen, not stated, and nothing is said of limits.
    pub sampled: bool,
    /// Tables of named objects within it.
    pub objects: BTreeMap<String, Vec<Field>>,
}

/// A response.
#[derive(Debug, Clone, Default)]
pub struct Response {
    /// Its line.
    pub line: usize,
    /// Its status, if the page names one.
    pub status: Option<u16>,
    /// Its body.
    pub body: Option<Body>,
}

/// An example of a body.
#[derive(Debug, Clone)]
pub struct Example {
    /// Its line.
    pub line: usize,
    /// Lines of its properties, by name.
    pub lines: BTreeMap<String, usize>,
    /// Of which response; `None` is the request. Without a status it is `Some(None)`.
    pub response: Option<Option<u16>>,
    /// The value.
    pub value: Json,
}

impl Gap {
    /// A row that ends before it has said what it must.
    pub(crate) fn cut(line: usize, name: &str) -> Self {
        let message = format!("the row of `{name}` ends before its type");
        Self { line, rule: "table-cut", message }
    }
}

impl Gap {
    /// Something that looks like facts and gave none.
    pub(crate) fn unread(line: usize, what: impl Into<String>) -> Self {
        Self { line, rule: "unread", message: what.into() }
    }

    /// Whether facts may be missing because of it.
    #[must_use]
    pub fn hides_facts(&self) -> bool {
        matches!(self.rule, "unread" | "table-cut" | "page-cut")
    }
}

impl Body {
    /// The properties of an object or of a list's items.
    #[must_use]
    pub fn inside<'a>(&'a self, field: &'a Field) -> &'a [Field] {
        let name = field.table.as_deref().or_else(|| field.ty.object());
        let named = || name.and_then(|name| self.objects.get(name)).map(Vec::as_slice);
        if field.fields.is_empty() { named().unwrap_or_default() } else { &field.fields }
    }
}

impl Response {
    /// Whether the response is one of success, or the only one that the page knows.
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.status.is_none_or(|status| (200..300).contains(&status))
    }
}

/// The most gaps that are reported one by one.
const GAPS: usize = 1000;

impl Page {
    /// Tells a flood of gaps in one: nobody reads a hundred thousand.
    pub(crate) fn fold_gaps(&mut self) {
        if let Some(first) = self.gaps.get(GAPS).map(|gap| gap.line) {
            let message = format!("{} more parts of the page were not read", self.gaps.len() - GAPS);
            self.gaps.truncate(GAPS);
            self.gaps.push(Gap::unread(first, message));
        }
    }

    /// Brings everything into an order that does not depend on that of the page.
    pub(crate) fn sort(&mut self) {
        self.operations.sort_by_key(|operation| operation.line);
        let single = self.operations.len() == 1;
        for gap in self.gaps.iter().filter(|gap| gap.hides_facts()) {
            let until = self.operations.partition_point(|operation| operation.line <= gap.line);
            match until.checked_sub(1).filter(|_| !single) {
                Some(before) => self.operations[before].unread = true,
                None => {
                    self.operations.iter_mut().for_each(|operation| operation.unread = true);
                    break;
                }
            }
        }
        self.operations
            .sort_by(|a, b| (&a.path, &a.method, &a.version).cmp(&(&b.path, &b.method, &b.version)));
        for operation in &mut self.operations {
            operation.parameters.sort_by_cached_key(|p| (p.place, p.field.name.clone()));
            operation.responses.sort_by_key(|r| r.status);
            operation.examples.sort_by_key(|e| (e.response, e.line));
            let bodies = operation.responses.iter_mut().filter_map(|r| r.body.as_mut());
            for body in bodies.chain(operation.request.as_mut()) {
                sort(&mut body.fields);
                body.objects.values_mut().for_each(|fields| sort(fields));
            }
        }
    }
}

fn sort(fields: &mut [Field]) {
    // Fields are large, so each is moved once.
    fields.sort_by_cached_key(|field| field.name.clone());
    fields.iter_mut().for_each(|field| sort(&mut field.fields));
}
